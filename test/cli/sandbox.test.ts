import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openShell, type Serving, type Shell } from '../support/command-line.ts';

let shell: Shell;
beforeEach(() => {
  shell = openShell();
});
afterEach(() => shell.close());

interface Told extends Serving {
  readonly token: string;
  readonly sandbox?: { readonly link: string; readonly versionsUrl: string; readonly database: string };
}

describe('wb sandbox', () => {
  it('prints one JSON line, lets a platform register with its token, and ends cleanly on SIGINT', async () => {
    const sandbox = (await shell.sandbox('--locations', '30', '--seed', 'a')) as Told;
    expect(sandbox).toMatchObject({
      versionsUrl: `http://127.0.0.1:${sandbox.port}/ocpi/versions`,
      token: expect.stringMatching(/^\S{20,64}$/),
      pid: expect.any(Number),
      locations: 30,
      seed: 'a',
    });
    await shell.wb('link', 'add', 'Box', '--versions-url', sandbox.versionsUrl, '--token', sandbox.token);
    expect(await shell.json('register', 'Box')).toMatchObject({ code: 0, document: { ok: true, version: '2.3.0' } });
    expect(await shell.json('pull', 'Box', 'locations')).toMatchObject({ code: 0, document: { ok: true, added: 30 } });
    const ended = await sandbox.stop();
    expect(ended.code).toBe(0);
    expect(ended.stdout.trim().split('\n')).toHaveLength(1);
    expect(ended.stderr).toBe('');
  });

  it('comes back at its port and with its world when it has a database, with a fresh invitation', async () => {
    const db = join(shell.folder, 'box.db');
    const first = (await shell.sandbox('--db', db, '--locations', '20', '--seed', 'kept', '--roles', 'cpo')) as Told;
    await first.stop();
    const second = (await shell.sandbox('--db', db)) as Told;
    expect(second).toMatchObject({ port: first.port, locations: 20, seed: 'kept' });
    expect(second.token).not.toBe(first.token);
    // Another process may look at it while it runs.
    expect(await shell.json('link', 'list', '--db', db)).toMatchObject({ code: 0, document: [{ name: 'guest' }] });
    await second.stop();
    const refused = await shell.wb('sandbox', '--db', db, '--seed', 'other');
    expect(refused).toMatchObject({ code: 1, stderr: expect.stringContaining('seed') });
  });

  it('ends with exit code 2 where an option makes no sense, and with a sentence', async () => {
    const wrong = [
      ['--locations', '0'],
      ['--profile', 'perfect'],
      ['--roles', 'HUB'],
      ['--countries', 'XX'],
    ];
    const ended = await Promise.all(wrong.map(args => shell.wb('sandbox', ...args)));
    expect(ended.map(({ code, stderr }) => [code, stderr.includes('    at ')])).toEqual(wrong.map(() => [2, false]));
  });
});

describe('wb serve --sandbox', () => {
  it('has the sandbox registered and ready, and finds it so the next time', async () => {
    const first = (await shell.serve('--sandbox', '--sandbox-locations', '40', '--sandbox-seed', 's')) as Told;
    expect(first.sandbox).toMatchObject({ link: 'sandbox', database: `${shell.db}.sandbox`, locations: 40, seed: 's' });
    const list = await shell.json('link', 'list');
    expect(list.document).toMatchObject([{ name: 'sandbox', state: 'registered' }]);
    const pulled = await shell.json('pull', 'sandbox', 'locations');
    expect(pulled).toMatchObject({ code: 0, document: { ok: true, added: 40 } });
    const runs = async () => (await shell.json('exchanges', '--limit', '1000')).document as unknown[];
    const said = (await runs()).length;
    expect((await first.stop()).code).toBe(0);
    expect(existsSync(`${shell.db}.sandbox.owner`)).toBe(false);

    const second = (await shell.serve('--sandbox')) as Told;
    expect(second.sandbox).toEqual(first.sandbox);
    expect((await runs()).length).toBe(said);
    expect(await shell.json('pull', 'sandbox', 'locations', '--full')).toMatchObject({
      code: 0,
      document: { ok: true, added: 0, changed: 0, unchanged: 40 },
    });
    await second.stop();
  });

  it('has it end with the process, even one that is killed', async () => {
    const serving = (await shell.serve('--sandbox', '--sandbox-locations', '5')) as Told;
    const { versionsUrl } = serving.sandbox ?? { versionsUrl: '' };
    expect((await fetch(versionsUrl)).status).toBe(401);
    await serving.stop('SIGKILL');
    await expect(fetch(versionsUrl)).rejects.toThrow();
  });

  it('takes a profile alone as the wish for a sandbox, and refuses one that is none before anything listens', async () => {
    const refused = await shell.wb('serve', '--sandbox-profile', 'perfect');
    expect(refused.code).toBe(2);
    expect(existsSync(shell.db)).toBe(false);
    const serving = (await shell.serve('--sandbox-profile', 'hub-fifo', '--sandbox-locations', '130')) as Told;
    expect(await shell.json('pull', 'sandbox', 'locations')).toMatchObject({
      document: { ok: true, added: 130, pages: 2 },
    });
    await serving.stop();
  });
});
