import { spawn } from 'node:child_process';
import { existsSync, readFileSync, statSync } from 'node:fs';
import { createServer } from 'node:net';
import { describe, expect, it } from 'vitest';
import { systemClock } from '../../core/clock.ts';
import { openHistory } from '../../core/history/history.ts';
import { ownerProbe, readOwner } from '../../core/history/owner.ts';
import { versionsExchange } from '../support/exchanges.ts';
import { newFile, openAt } from './folder.ts';
import { recordingProcess } from './recording-process.ts';

const open = (file: string, more = {}) => openHistory({ file, clock: systemClock, keyStore: 'file', ...more });

describe('owning a database', () => {
  it('the second who opens it is told who owns it, where that one listens and the secret', async () => {
    const file = newFile();
    const history = await openAt(file);
    history.owner?.setPort(40_123);
    expect(await open(file)).toMatchObject({
      ok: false,
      code: 'OWNED',
      owner: { pid: process.pid, port: 40_123, secret: history.owner?.secret },
      message: expect.stringContaining('port 40123'),
    });
  });

  it('the secret lies in a file that only this user may read, and goes with the owner', async () => {
    const file = newFile();
    const history = await openAt(file);
    history.owner?.setPort(40_123);
    expect(statSync(`${file}.owner`).mode & 0o777).toBe(0o600);
    expect(readOwner(file)).toEqual({ pid: process.pid, port: 40_123, secret: history.owner?.secret });
    expect(history.owner?.secret.length).toBeGreaterThan(40);
    expect(readFileSync(file).includes(history.owner?.secret ?? '?')).toBe(false);
    await history.close();
    expect(existsSync(`${file}.owner`)).toBe(false);
    expect(readOwner(file)).toBeUndefined();
  });

  it('a living process that owns it is not taken over from, a killed one is', async () => {
    const file = newFile();
    const child = await recordingProcess(file);
    expect(await open(file)).toMatchObject({ ok: false, code: 'OWNED', owner: { pid: child.pid } });
    await child.kill();
    const history = await openAt(file);
    expect(readOwner(file)?.pid).toBe(process.pid);
    expect(await history.recorder.record(versionsExchange(1))).toMatchObject({ stored: true });
  });

  it('a pid that somebody else got meanwhile is told apart by its silent port', async () => {
    const file = newFile();
    const sleeper = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)'], { stdio: 'ignore' });
    const { pid = 0 } = sleeper;
    const free = await freePort();
    const owned = await openAt(file, { pid, isAlive: () => false });
    owned.owner?.setPort(free);
    expect(await ownerProbe(systemClock)({ pid, port: free })).toBe(false);
    expect((await open(file)).ok).toBe(true);
    sleeper.kill();
  });

  it('an owner whose port answers is alive', async () => {
    const server = createServer().listen(0, '127.0.0.1');
    await new Promise(resolve => server.once('listening', resolve));
    const address = server.address();
    const port = typeof address === 'object' && address ? address.port : 0;
    expect(await ownerProbe(systemClock)({ pid: process.pid, port })).toBe(true);
    await new Promise(resolve => server.close(resolve));
  });

  it('our own pid in the row of a process before us is no living owner', async () => {
    const file = newFile();
    const child = await recordingProcess(file, { pid: process.pid });
    await child.kill();
    expect((await openAt(file)).owner?.owner).toBe('us');
  });

  it('of many that open a new database at once, one gets it', async () => {
    const file = newFile();
    const opened = await Promise.all(Array.from({ length: 6 }, () => open(file)));
    const won = opened.filter(one => one.ok);
    expect(won).toHaveLength(1);
    for (const one of opened) {
      if (one.ok) await one.history.close();
      else expect(one.code).toBe('OWNED');
    }
  });

  it('one that was refused for being owned has changed nothing and may open once the owner is gone', async () => {
    const file = newFile();
    const history = await openAt(file);
    expect((await open(file)).ok).toBe(false);
    expect(readOwner(file)?.secret).toBe(history.owner?.secret);
    await history.close();
    expect((await openAt(file)).owner?.owner).toBe('us');
  });
});

/** A port on which nothing listens. */
function freePort(): Promise<number> {
  return new Promise(resolve => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => resolve(typeof address === 'object' && address ? address.port : 0));
    });
  });
}
