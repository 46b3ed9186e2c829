import { once } from 'node:events';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { WebSocket } from 'ws';
import { type Joined, ownDatabase } from '../../core/loopback/own.ts';
import { ownerOf } from '../../core/workbench/owner-address.ts';
import { connectRaw, type RawAnswer } from '../support/raw-client.ts';

const INDEX = '<!doctype html><meta name="csp-nonce" content="" /><title>The page</title>';

let folder: string;
let file: string;
let built: string;
let owned: Required<Joined>;
let port: number;

async function open(options: Partial<Parameters<typeof ownDatabase>[0]> = {}) {
  const opened = await ownDatabase({ file, keyStore: 'file', page: {}, ...options });
  if (!opened.ok) throw new Error(opened.failure.message);
  owned = opened.value;
  port = ownerOf(file)?.port ?? 0;
}

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'ocpi-workbench-page-'));
  file = join(folder, 'workbench.db');
  built = join(folder, 'built');
  mkdirSync(join(built, 'assets'), { recursive: true });
  writeFileSync(join(built, 'index.html'), INDEX);
  writeFileSync(join(built, 'assets', 'main-B2x_-9.js'), 'export {};');
  writeFileSync(join(built, 'icon.svg'), '<svg xmlns="http://www.w3.org/2000/svg"/>');
  writeFileSync(join(built, '.sources'), '1');
  writeFileSync(join(folder, 'secret.txt'), 'not for pages');
  vi.stubEnv('OCPI_WORKBENCH_PAGE', built);
  await open();
});
afterEach(async () => {
  await owned.close();
  vi.unstubAllEnvs();
  rmSync(folder, { recursive: true, force: true });
});

/** The request as it is written: what a browser would tidy up stays as it is. */
async function request(
  target: string,
  { method = 'GET', host = `127.0.0.1:${port}`, headers = [] as readonly string[] } = {},
): Promise<RawAnswer> {
  const client = await connectRaw({ port });
  try {
    await client.send([`${method} ${target} HTTP/1.1`, `Host: ${host}`, ...headers, '', ''].join('\r\n'));
    const [answer] = await client.answers(1, { bodyless: method === 'HEAD' });
    if (answer === undefined) throw new Error('no answer');
    return answer;
  } finally {
    client.destroy();
  }
}

async function letIn(): Promise<string> {
  const { pathname, search } = new URL((await owned.newAddress()) ?? '');
  const answer = await request(`${pathname}${search}`);
  return `Cookie: ${answer.header('Set-Cookie')?.split(';')[0]}`;
}

describe('the address that was printed', () => {
  it('lets one browser in: its token becomes a cookie that no script reads and no other site sends', async () => {
    const address = new URL((await owned.newAddress()) ?? '');
    expect(address.hostname).toBe('127.0.0.1');
    expect(Buffer.from(address.searchParams.get('token') ?? '', 'base64url')).toHaveLength(32);
    const answer = await request(`${address.pathname}${address.search}`);
    expect(answer.status).toBe(303);
    expect(answer.header('Location')).toBe('/');
    expect(answer.header('Set-Cookie')).toMatch(
      new RegExp(`^ocpi-workbench-${port}=[\\w-]{43}; Path=/; HttpOnly; SameSite=Strict$`),
    );
  });

  it('is good once', async () => {
    const { search } = new URL((await owned.newAddress()) ?? '');
    await request(`/${search}`);
    const again = await request(`/${search}`);
    expect(again.status).toBe(401);
    expect(again.header('Set-Cookie')).toBeUndefined();
    expect(again.body).toContain('wb ui');
  });

  it('is not used up by a look at its head, nor by a page elsewhere that has a name for this machine', async () => {
    const { search } = new URL((await owned.newAddress()) ?? '');
    await request(`/${search}`, { method: 'HEAD' });
    expect((await request(`/${search}`, { host: `evil.example:${port}` })).status).toBe(403);
    expect((await request(`/${search}`)).status).toBe(303);
  });

  it('leads a tab that was let in before to the page, though its token was used', async () => {
    const cookie = await letIn();
    const answer = await request('/?token=long-gone', { headers: [cookie] });
    expect([answer.status, answer.header('Location')]).toEqual([303, '/']);
  });

  it('forgets the oldest of many that nobody opened', async () => {
    const first = new URL((await owned.newAddress()) ?? '');
    for (let count = 0; count < 16; count++) await owned.newAddress();
    expect((await request(`/${first.search}`)).status).toBe(401);
  });
});

describe('a browser that was not let in', () => {
  it.each(['/', '/assets/main-B2x_-9.js', '/icon.svg'])('is told in words what to do at %s', async target => {
    const answer = await request(target);
    expect(answer.status).toBe(401);
    expect(answer.body).toContain('Open the address that wb ui printed');
    expect(answer.header('Content-Security-Policy')).toContain("default-src 'none'");
  });

  it('does not get in with a cookie of its own making, nor with that of another port', async () => {
    const [, value] = (await letIn()).split('=');
    expect((await request('/', { headers: [`Cookie: ocpi-workbench-${port}=${'A'.repeat(43)}`] })).status).toBe(401);
    expect((await request('/', { headers: [`Cookie: ocpi-workbench-1=${value}`] })).status).toBe(401);
  });
});

describe('the page', () => {
  it('carries a nonce of its own in each answer, in the policy and in its meta element', async () => {
    const cookie = await letIn();
    const answers = [await request('/', { headers: [cookie] }), await request('/index.html', { headers: [cookie] })];
    const nonces = answers.map(({ body }) => /name="csp-nonce" content="([^"]+)"/.exec(body)?.[1]);
    expect(new Set(nonces).size).toBe(2);
    for (const [at, answer] of answers.entries()) {
      expect(answer.header('Content-Security-Policy')).toBe(
        "default-src 'none'; script-src 'self'; " +
          `style-src 'self' 'nonce-${nonces[at]}'; style-src-attr 'none'; img-src 'self' data:; font-src 'self'; ` +
          "connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
      );
      expect(answer.header('Cache-Control')).toBe('no-store');
    }
  });

  it('comes with what keeps it apart from other sites', async () => {
    const answer = await request('/', { headers: [await letIn()] });
    expect(answer.header('X-Content-Type-Options')).toBe('nosniff');
    expect(answer.header('Referrer-Policy')).toBe('no-referrer');
    expect(answer.header('Cross-Origin-Opener-Policy')).toBe('same-origin');
    expect(answer.header('Cross-Origin-Resource-Policy')).toBe('same-origin');
    expect(answer.header('Access-Control-Allow-Origin')).toBeUndefined();
  });

  it('has its files by their types; those named by their content need not be asked for again', async () => {
    const headers = [await letIn()];
    const script = await request('/assets/main-B2x_-9.js', { headers });
    expect(script.header('Content-Type')).toBe('text/javascript; charset=utf-8');
    expect(script.header('Cache-Control')).toContain('immutable');
    const icon = await request('/icon.svg', { headers });
    expect([icon.header('Content-Type'), icon.header('Cache-Control')]).toEqual(['image/svg+xml', 'no-cache']);
    const head = await request('/icon.svg', { method: 'HEAD', headers });
    expect([head.status, head.header('Content-Length'), head.body]).toEqual([200, icon.header('Content-Length'), '']);
  });

  it.each([
    '/../secret.txt',
    '/assets/../../secret.txt',
    '/%2e%2e/secret.txt',
    '/..%2fsecret.txt',
    '/assets/..\\..\\secret.txt',
    '//secret.txt',
    '/.sources',
    '/assets',
    '/nothing.js',
    '/icon.svg%00.txt',
    'http://127.0.0.1/../secret.txt',
  ])('has nothing at %s', async target => {
    const answer = await request(target, { headers: [await letIn()] });
    expect([400, 404]).toContain(answer.status);
    expect(answer.body).not.toContain('not for pages');
  });

  it.each(['POST', 'PUT', 'DELETE', 'OPTIONS'])('answers %s with 405', async method => {
    const answer = await request('/', { method, headers: [await letIn(), 'Content-Length: 0'] });
    expect([answer.status, answer.header('Allow')]).toEqual([405, 'GET, HEAD']);
  });

  it('says how it is built where it was not', async () => {
    rmSync(join(built, 'index.html'));
    const answer = await request('/', { headers: [await letIn()] });
    expect(answer.status).toBe(503);
    expect(answer.body).toContain('npm run build');
  });

  it('may be built into a folder that is linked', async () => {
    symlinkSync(built, join(folder, 'linked'));
    vi.stubEnv('OCPI_WORKBENCH_PAGE', join(folder, 'linked'));
    await owned.close();
    await open();
    expect((await request('/', { headers: [await letIn()] })).status).toBe(200);
  });
});

describe('who asks from elsewhere', () => {
  it.each(['evil.example', 'localhost.evil.example:1', '127.0.0.1', '127.0.0.1:1', '[::1]:1', ''])(
    'is refused by the name it has for this machine: %j',
    async host => {
      const answer = await request('/', { host, headers: [await letIn()] });
      expect(answer.status).toBe(403);
    },
  );

  it.each(['http://evil.example', 'null', 'https://127.0.0.1', 'http://127.0.0.1:1'])(
    'is refused by the page it comes from: %s',
    async origin => {
      const answer = await request('/', { headers: [await letIn(), `Origin: ${origin}`] });
      expect(answer.status).toBe(403);
    },
  );

  it('is let in by the other name of this machine, localhost', async () => {
    const answer = await request('/', { host: `localhost:${port}`, headers: [await letIn()] });
    expect(answer.status).toBe(200);
  });
});

describe('the contract for a page', () => {
  async function upgrade(headers: Record<string, string>, path = '/contract'): Promise<number> {
    const webSocket = new WebSocket(`ws://127.0.0.1:${port}${path}`, { headers });
    const status = await new Promise<number>(resolve => {
      webSocket.on('unexpected-response', (_, response) => resolve(response.statusCode ?? 0));
      webSocket.on('open', () => resolve(101));
      webSocket.on('error', () => {});
    });
    webSocket.terminate();
    return status;
  }
  const cookieHeader = async () => ({ cookie: (await letIn()).slice('Cookie: '.length) });

  it('is spoken with one that was let in, from its own address', async () => {
    const cookie = await cookieHeader();
    expect(await upgrade({ ...cookie, origin: `http://127.0.0.1:${port}` })).toBe(101);
    expect(await upgrade({ ...cookie, origin: `http://localhost:${port}`, host: `localhost:${port}` })).toBe(101);
  });

  it('is refused without a cookie, without an Origin, and from a foreign one', async () => {
    const cookie = await cookieHeader();
    const own = { origin: `http://127.0.0.1:${port}` };
    expect(await upgrade(own)).toBe(401);
    expect(await upgrade(cookie)).toBe(401);
    expect(await upgrade({ ...cookie, origin: 'http://evil.example' })).toBe(403);
    expect(await upgrade({ ...cookie, origin: `http://localhost:${port}` })).toBe(403);
    expect(await upgrade({ ...cookie, ...own, host: `evil.example:${port}` })).toBe(403);
    expect(await upgrade({ ...cookie, ...own }, '/elsewhere')).toBe(404);
  });
});

describe('after a restart', () => {
  it('the page is where it was, and lets in whom it let in before', async () => {
    const cookie = await letIn();
    const before = port;
    await owned.close();
    await open();
    expect(port).toBe(before);
    expect((await request('/', { headers: [cookie] })).status).toBe(200);
  });

  it('neither cookie nor token stands in the database', async () => {
    const cookie = (await letIn()).split('=')[1] ?? '';
    const address = new URL((await owned.newAddress()) ?? '');
    const kept = JSON.stringify(owned.workbench.page.sessions());
    expect(kept).not.toContain(cookie);
    expect(kept).not.toContain(address.searchParams.get('token'));
    expect(owned.workbench.page.sessions()).toHaveLength(1);
  });

  it('a page that was not let in for thirty days has to be let in anew', async () => {
    const cookie = await letIn();
    const [session] = owned.workbench.page.sessions();
    owned.workbench.page.keepSessions([{ hash: session?.hash ?? '', since: Date.now() - 31 * 24 * 3600 * 1000 }]);
    await owned.close();
    await open();
    expect((await request('/', { headers: [cookie] })).status).toBe(401);
  });

  it('a port that was wished for is kept as the wish; taken, it is said, and nothing is owned', async () => {
    const wished = port;
    const other = join(folder, 'other.db');
    await owned.close();
    await open({ page: { port: wished } });
    const taken = { ok: false, failure: { code: 'PORT_TAKEN', message: expect.stringContaining(`:${wished}`) } };
    expect(await ownDatabase({ file: other, keyStore: 'file', page: { port: wished } })).toMatchObject(taken);

    await owned.close();
    const stranger = createServer().listen(wished, '127.0.0.1');
    await once(stranger, 'listening');
    expect(await ownDatabase({ file, keyStore: 'file', page: { insists: true } })).toMatchObject(taken);
    // Whoever is there for something else opens its page elsewhere meanwhile.
    await open();
    expect(port).not.toBe(wished);
    await owned.close();
    stranger.close();
    await open({ page: { insists: true } });
    expect(port).toBe(wished);
  });

  it('a port that nobody wished for makes room', async () => {
    const before = port;
    await owned.close();
    const other = await ownDatabase({ file: join(folder, 'other.db'), keyStore: 'file', page: { port: before } });
    await open();
    expect(port).not.toBe(before);
    if (other.ok) await other.value.close();
  });
});
