import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openShell, type Shell } from '../support/command-line.ts';
import { connectRaw } from '../support/raw-client.ts';

let shell: Shell;
beforeEach(() => {
  shell = openShell();
});
afterEach(() => shell.close());

describe('wb serve', () => {
  it('prints one JSON line when it listens, answers, and ends cleanly on SIGINT', async () => {
    const serving = await shell.serve('--party', 'NL-AAA', '--roles', 'EMSP');
    expect(serving).toMatchObject({ port: expect.any(Number), pid: expect.any(Number) });
    const answer = await fetch(serving.versionsUrl);
    expect(answer.status).toBe(401);
    const ended = await serving.stop();
    expect(ended.code).toBe(0);
    expect(ended.stdout.trim().split('\n')).toHaveLength(1);
    expect(existsSync(`${shell.db}-wal`)).toBe(false);
    expect(existsSync(`${shell.db}.owner`)).toBe(false);
  });

  it('listens on 127.0.0.1 unless told otherwise, and at the same port the next time', async () => {
    const first = await shell.serve();
    expect(first.versionsUrl).toContain('//127.0.0.1:');
    await first.stop();
    const second = await shell.serve();
    expect(second.port).toBe(first.port);
  });

  it('advertises the public URL with its path prefix', async () => {
    const serving = await shell.serve('--public-url', 'https://ocpi.example.org/test/wb');
    expect(serving.versionsUrl).toBe('https://ocpi.example.org/test/wb/ocpi/versions');
    const invitation = await shell.json('link', 'invite', 'Acme');
    expect(invitation.document).toMatchObject({ versionsUrl: serving.versionsUrl });
  });

  it('serves other commands from the process that owns the database', async () => {
    await shell.serve();
    await Promise.all(['One', 'Two', 'Three'].map(name => shell.wb('link', 'invite', name)));
    const { document } = await shell.json('link', 'list');
    expect((document as { name: string }[]).map(({ name }) => name)).toEqual(['One', 'Three', 'Two']);
  });

  it('takes over from an owner that was killed', async () => {
    const serving = await shell.serve();
    await shell.wb('link', 'invite', 'Acme');
    process.kill(serving.pid, 'SIGKILL');
    const listed = await shell.json('link', 'list');
    expect(listed).toMatchObject({ code: 0, document: [{ name: 'Acme', state: 'invited' }] });
  });

  it('refuses to own a database twice, and says who does', async () => {
    const serving = await shell.serve();
    const second = await shell.wb('serve');
    expect(second.code).toBe(3);
    expect(second.stderr).toContain(String(serving.pid));
  });

  it('says when its port is taken, with exit code 3', async () => {
    const other = createServer().listen(0, '127.0.0.1');
    await once(other, 'listening');
    const { port } = other.address() as { port: number };
    const refused = await shell.wb('serve', '--port', String(port));
    other.close();
    expect(refused.code).toBe(3);
    expect(refused.stderr).toContain(String(port));
  });

  it('refuses a database of a newer version and leaves it untouched', async () => {
    const database = new Database(shell.db);
    database.pragma('application_id = 0x4f435057');
    database.pragma('user_version = 999999');
    database.close();
    const before = readFileSync(shell.db);
    const refused = await shell.wb('serve');
    expect(refused.code).toBe(3);
    expect(refused.stderr).toMatch(/newer/i);
    expect(readFileSync(shell.db).equals(before)).toBe(true);
    expect(existsSync(`${shell.db}-wal`)).toBe(false);
  });

  it('refuses a file that is no database and leaves it untouched', async () => {
    writeFileSync(shell.db, 'These are my notes, not a database. '.repeat(100));
    const before = readFileSync(shell.db);
    expect(await shell.json('link', 'list')).toMatchObject({
      code: 3,
      document: { error: { code: 'DATABASE_UNUSABLE' } },
    });
    expect(readFileSync(shell.db).equals(before)).toBe(true);
  });

  it.each([
    [['--port', '0']],
    [['--party', 'Netherlands']],
    [['--roles', 'BOSS']],
    [['--versions', '2.1']],
    [['--tls-cert', 'only.pem']],
  ])('ends serve %j with exit code 2', async args => {
    expect((await shell.wb('serve', ...args)).code).toBe(2);
  });

  it('says which TLS file cannot be read', async () => {
    const missing = join(shell.folder, 'missing.pem');
    const refused = await shell.wb('serve', '--tls-cert', missing, '--tls-key', missing);
    expect(refused.code).toBe(3);
    expect(refused.stderr).toContain(missing);
  });

  it('records what came in before it ends', async () => {
    const serving = await shell.serve();
    const client = await connectRaw({ port: serving.port });
    await client.send('GET /ocpi/versions HTTP/1.1\r\nHost: x\r\nAuthorization: Token unknown\r\n\r\n');
    await client.answers(1);
    await serving.stop();
    const { document } = await shell.json('exchanges');
    expect(document).toMatchObject([{ direction: 'in', url: '/ocpi/versions', httpStatus: 401, ended: 'answered' }]);
  });
});

describe('the launcher', () => {
  it('runs the command with the Node of the project', async () => {
    const launcher = join(import.meta.dirname, '..', '..', 'core', 'setup', 'launch.js');
    const child = spawn(process.execPath, [launcher, '--help'], { stdio: ['ignore', 'pipe', 'ignore'] });
    let text = '';
    child.stdout.on('data', data => {
      text += String(data);
    });
    const [code] = (await once(child, 'close')) as [number];
    expect(code).toBe(0);
    expect(text).toContain('OCPI Workbench');
  });
});
