import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { systemClock } from '../../../core/clock.ts';
import type { LogViewing } from '../../../core/contract/session-log.ts';
import { openViewer, type Viewer } from '../../../core/loopback/viewer.ts';
import { exchangeLine, linkLine } from '../../session-log/support/lines.ts';
import { failureOf, must, openPlatform } from '../../support/platform.ts';
import { logFile, newPath } from './log-files.ts';

let folder: string;
const viewers: Viewer[] = [];
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'workbench-open-'));
  vi.stubEnv('TMPDIR', folder);
});
afterEach(async () => {
  await Promise.all(viewers.splice(0).map(viewer => viewer.close()));
  vi.unstubAllEnvs();
  rmSync(folder, { recursive: true, force: true });
});

const some = (count: number) => [linkLine(1), ...Array.from({ length: count }, (_, at) => exchangeLine(at + 1))];

/** Databases that were made to show a file. */
const left = () => readdirSync(folder).filter(name => name.startsWith('ocpi-workbench-open-'));

async function view(path: string, options: Partial<Parameters<typeof openViewer>[0]> = {}): Promise<Viewer> {
  const viewer = must(await openViewer({ path, name: 'acme.ocpilog', ...options }));
  viewers.push(viewer);
  return viewer;
}

async function read({ client }: Viewer): Promise<LogViewing> {
  for (;;) {
    const now = await client.logs.viewing();
    if (now !== null && now.state !== 'reading') return now;
    await systemClock.sleep(20);
  }
}

describe('a session log that is opened', () => {
  it('shows its rows while it is still being read, and says at its end whether it is whole', async () => {
    const viewer = await view(await logFile(some(2000), { header: { exchanges: 2000 } }));
    const early = await viewer.client.logs.viewing();
    expect(early).toMatchObject({ name: 'acme.ocpilog', state: 'reading', condition: null, total: 2000, logId: null });
    expect(early?.about?.workbench).toBe('0.8.0');
    const [row] = await viewer.client.exchanges.list({ limit: 1 });
    expect(row?.id).toBeLessThan(2000);

    const end = await read(viewer);
    expect(end).toMatchObject({
      state: 'read',
      condition: 'whole',
      problem: '',
      exchanges: 2000,
      total: 2000,
      logId: 1,
    });
    // Nothing stands beside it, so its links are called what they were called.
    expect(await viewer.client.links.list()).toMatchObject([{ name: 'acme-1', readOnly: true }]);
    expect(await viewer.client.logs.get({ logId: 1 })).toMatchObject({ counts: { exchanges: 2000 } });
  });

  it('is served to a browser at an address of its own, and leaves no file when it ends', async () => {
    const built = join(folder, 'page');
    vi.stubEnv('OCPI_WORKBENCH_PAGE', built);
    const viewer = await view(await logFile(some(3)));
    expect(left()).toHaveLength(1);
    const address = await viewer.newAddress();
    expect(address).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/\?token=/);
    expect((await fetch(address ?? '', { redirect: 'manual' })).status).toBe(303);
    await viewer.close();
    await viewer.ended;
    expect(left()).toEqual([]);
  });

  it('shows what stands before the cut of a cut file, and says where it was cut', async () => {
    const path = newPath('cut.ocpilog');
    const text = gunzipSync(readFileSync(await logFile(some(50)))).toString();
    writeFileSync(path, `${text.split('\n').slice(0, 12).join('\n')}\n`);
    const end = await read(await view(path));
    expect(end).toMatchObject({ state: 'read', condition: 'cut', exchanges: 10 });
    expect(end.problem).not.toBe('');
  });

  it('that is no log is refused, with nothing left', async () => {
    const path = newPath('notes.ocpilog');
    writeFileSync(path, 'these are notes');
    expect(await openViewer({ path, name: 'notes.ocpilog' })).toMatchObject({
      ok: false,
      failure: { code: 'INVALID_INPUT', message: expect.stringContaining('notes.ocpilog is no session log') },
    });
    expect(left()).toEqual([]);
  });

  it('takes away what a process that was killed left behind', async () => {
    // No process has this id.
    const stale = join(folder, `ocpi-workbench-open-${2 ** 22 + 1}-abcdef`);
    const alive = join(folder, `ocpi-workbench-open-${process.ppid}-abcdef`);
    for (const one of [stale, alive]) mkdirSync(one);
    await view(await logFile(some(1)));
    expect([existsSync(stale), existsSync(alive)]).toEqual([false, true]);
  });

  it('ends by itself when nobody has looked at it for a while', async () => {
    const viewer = await view(await logFile(some(1)), { endsWithItsPage: true, patience: 100 });
    await viewer.ended;
    expect(left()).toEqual([]);
  });
});

describe('opening a file from a workbench', () => {
  it('leads to another workbench; one’s own database is not touched, and shows none', async () => {
    const { client, close } = await openPlatform({ serve: false });
    expect(await client.logs.viewing()).toBeNull();
    const { address } = await client.logs.open({ path: await logFile(some(3)) });
    expect((await fetch(address, { redirect: 'manual' })).status).toBe(303);
    expect(await client.exchanges.list({})).toEqual([]);
    expect(await client.logs.list()).toEqual([]);
    // It ends with whoever opened it.
    await close();
    await expect(fetch(address)).rejects.toThrow();
    expect(left()).toEqual([]);
  });

  it('lets no more begin than can be open, and one that begins as the workbench closes ends with it', async () => {
    const { workbench, close } = await openPlatform({ serve: false });
    const path = await logFile(some(3));
    const opening = Array.from({ length: 7 }, () => workbench.logs.opening.open({ path }));
    const refused = await Promise.race([...opening, systemClock.sleep(10_000)]);
    expect(refused).toMatchObject({ ok: false, failure: { code: 'BUSY' } });
    await close();
    const ends = await Promise.all(opening);
    expect(ends.filter(end => !end.ok && end.failure.code === 'BUSY')).toHaveLength(1);
    for (const end of ends) if (end.ok) await expect(fetch(end.value.address)).rejects.toThrow();
    expect(left()).toEqual([]);
  });

  it('says in one sentence why a file cannot be shown', async () => {
    const { client } = await openPlatform({ serve: false });
    const path = newPath('table.ocpilog');
    writeFileSync(path, 'a,b,c\n');
    expect(await failureOf(client.logs.open({ path }))).toMatchObject({ code: 'INVALID_INPUT' });
    expect(await failureOf(client.logs.open({ path: '/not/there' }))).toMatchObject({ code: 'NOT_FOUND' });
    expect(await failureOf(client.logs.open({ upload: 'none', name: 'x' }))).toMatchObject({ code: 'NOT_FOUND' });
  });
});
