import { once } from 'node:events';
import { mkdirSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { browserOpening } from '../../core/cli/browser.ts';
import { connectLoopback } from '../../core/loopback/client.ts';
import { ownerOf } from '../../core/workbench/owner-address.ts';
import { openShell, type Shell } from '../support/command-line.ts';

let shell: Shell;
beforeEach(() => {
  shell = openShell();
  const built = join(shell.folder, 'page');
  mkdirSync(built);
  writeFileSync(join(built, 'index.html'), '<title>The page</title>');
  vi.stubEnv('OCPI_WORKBENCH_PAGE', built);
});
afterEach(async () => {
  await shell.close();
  vi.unstubAllEnvs();
});

/** Opens the address as a browser does: the cookie that it is given leads to the page. */
async function openPage(url: string): Promise<{ readonly status: number; readonly cookie: string }> {
  const first = await fetch(url, { redirect: 'manual' });
  const cookie = first.headers.get('set-cookie')?.split(';')[0] ?? '';
  return { status: await statusOf(url, cookie), cookie };
}

async function statusOf(url: string, cookie: string): Promise<number> {
  return (await fetch(new URL('/', url), { headers: { cookie } })).status;
}

async function occupied() {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  return { port: (server.address() as { port: number }).port, free: () => server.close() };
}

describe('wb ui', () => {
  it('prints one JSON line with the address of the page, answers partners, and ends cleanly on SIGINT', async () => {
    const page = await shell.ui();
    expect(page).toMatchObject({ port: expect.any(Number), pid: expect.any(Number) });
    expect(page.url).toMatch(new RegExp(`^http://127\\.0\\.0\\.1:${page.port}/\\?token=[\\w-]{43}$`));
    expect((await openPage(page.url)).status).toBe(200);
    const invited = await shell.json('link', 'invite', 'Acme');
    const { versionsUrl } = invited.document as { versionsUrl: string };
    expect((await fetch(versionsUrl)).status).toBe(401);
    const ended = await page.stop();
    expect([ended.code, ended.stdout.trim().split('\n').length, ended.stderr]).toEqual([0, 1, '']);
  });

  it('takes a Ctrl-C that is told twice, by the terminal and by what started it, as one', async () => {
    const page = await shell.ui();
    process.kill(page.pid, 'SIGINT');
    expect((await page.stop()).code).toBe(0);
  });

  it('is found at the same address again, by browsers that were let in before', async () => {
    const first = await shell.ui();
    const { cookie } = await openPage(first.url);
    await first.stop('SIGKILL');
    const second = await shell.ui();
    expect(second.port).toBe(first.port);
    expect(await statusOf(second.url, cookie)).toBe(200);
  });

  it('keeps the port it was told, and says when that is taken, with exit code 3', async () => {
    const { port, free } = await occupied();
    const taken = await shell.wb('ui', '--no-open', '--port', String(port));
    expect(taken).toMatchObject({ code: 3, stdout: '', stderr: expect.stringContaining(`127.0.0.1:${port}`) });
    free();
    const first = await shell.ui('--port', String(port));
    expect(first.port).toBe(port);
    await first.stop();
    expect((await shell.ui()).port).toBe(port);
  });

  it('opens the page though partners cannot reach us, and both say why', async () => {
    const serving = await shell.serve();
    await serving.stop();
    const other = createServer().listen(serving.port, '127.0.0.1');
    await once(other, 'listening');
    const page = await shell.ui();
    expect((await openPage(page.url)).status).toBe(200);
    const owner = ownerOf(shell.db);
    const connected = owner && (await connectLoopback(owner));
    expect(await connected?.client.platform.get()).toMatchObject({
      serving: false,
      servingFailure: { code: 'PORT_TAKEN', message: expect.stringContaining(String(serving.port)) },
    });
    connected?.close();
    other.close();
    expect((await page.stop()).stderr).toContain(String(serving.port));
  });

  it('has the page served by the process that owns the database, and goes on from its own when that one ends', async () => {
    const serving = await shell.serve();
    const page = await shell.ui();
    const { status, cookie } = await openPage(page.url);
    expect(status).toBe(200);
    expect(page.pid).not.toBe(serving.pid);
    await serving.stop('SIGKILL');
    // Taken over within moments: at the same address, the same browser is let in.
    await expect.poll(() => statusOf(page.url, cookie).catch(() => 0)).toBe(200);
    const ended = await page.stop();
    expect(ended).toMatchObject({ code: 0, stderr: expect.stringContaining('the page goes on from this one') });
    expect(ended.stdout.trim().split('\n')).toHaveLength(1);
  });

  it('prints another address while it is running, for another browser', async () => {
    const [first, second] = [await shell.ui(), await shell.ui()];
    expect(second.port).toBe(first.port);
    expect(second.url).not.toBe(first.url);
    expect((await openPage(second.url)).status).toBe(200);
    expect((await openPage(first.url)).status).toBe(200);
  });

  it.each([['0'], ['http'], ['70000']])('refuses --port %s with exit code 2', async port => {
    expect((await shell.wb('ui', '--no-open', '--port', port)).code).toBe(2);
  });
});

const url = 'http://127.0.0.1:1/?token=t';

describe('the browser', () => {
  it('is not opened where there is no desktop', () => {
    expect(browserOpening(url, { platform: 'linux', env: { DISPLAY: '' } })).toBeUndefined();
  });

  it.each([
    ['linux', { DISPLAY: ':0' }, ['xdg-open', url]],
    ['linux', { WAYLAND_DISPLAY: 'wayland-0' }, ['xdg-open', url]],
    ['darwin', {}, ['open', url]],
    ['win32', {}, ['rundll32', 'url.dll,FileProtocolHandler', url]],
  ] as const)('is opened on %s with %j as the system does it', (platform, env, opening) => {
    expect(browserOpening(url, { platform, env })).toEqual(opening);
  });
});
