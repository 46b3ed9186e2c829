import Database from 'better-sqlite3';
import { describe, expect, it } from 'vitest';
import type { Retention } from '../../../core/contract/storage.ts';
import type { History } from '../../../core/history/history.ts';
import { newFile, newLink, openAt } from '../folder.ts';
import { answered, asked, DAY, daysAgo, KEEP_ALL, must, NOW, recordAll, standing } from './recorded.ts';

const MIB = 1024 * 1024;

async function prune(history: History, retention: Partial<Retention>, gently = false) {
  return must(
    await history.keeping.deleteExchanges({ kind: 'retention', retention: { ...KEEP_ALL, ...retention }, gently }),
  );
}

async function opened(file = newFile()) {
  return { file, history: await openAt(file, { clock: standing }) };
}

/** A link of an imported log. */
function logLink(history: History, name = 'of a log'): number {
  const { id } = history.links.insert(newLink(name));
  const { logId } = history.logs.insert({
    name,
    about: {
      format: 1,
      workbench: '0.1.0',
      writtenAt: '2026-01-01T00:00:00.000Z',
      title: '',
      scope: {},
      redacted: [],
      keptPersonal: null,
      platform: { parties: [], versions: [], versionsUrl: null },
      exchanges: 1,
    },
    condition: 'whole',
    counts: { links: 1, rules: 0, runs: 0, exchanges: 1, findings: 0, notes: 0, objects: 0, revisions: 0 },
    rules: [],
    from: null,
    to: null,
  });
  history.logs.addLink(logId, { linkId: id, was: 'there' });
  return id;
}

function runAgo(history: History, days: number, linkId?: number): number {
  const startedAt = NOW - days * DAY;
  const { id } = history.runs.insert({
    kind: 'pull',
    initiator: 'us',
    startedAt,
    ...(linkId === undefined ? {} : { linkId }),
  });
  history.runs.update(id, { state: 'failed', endedAt: startedAt });
  return id;
}

/** About a thousand bytes that do not pack. */
function filled(at: number): string {
  return Array.from({ length: 120 }, (_, n) => ((n + 3) * 7919 * 104_729 * (at + 1)).toString(36)).join('');
}

function recordFilled(history: History, count: number, more: { linkId?: number; days?: number } = {}) {
  const { days = 1, ...rest } = more;
  return recordAll(
    history,
    Array.from({ length: count }, (_, at) =>
      daysAgo(days, at, { ...answered(at, filled(at + (rest.linkId ?? 0) * 5000)), ...rest }),
    ),
  );
}

describe('runs without exchanges', () => {
  it('stay while they are younger than the age, though every exchange is older', async () => {
    const { file, history } = await opened();
    const old = runAgo(history, 60);
    const young = runAgo(history, 2);
    await recordAll(history, [daysAgo(60, 1), daysAgo(50, 2)]);
    expect(await prune(history, { age: 30 })).toMatchObject({ exchanges: 2, runs: 1 });
    expect(asked(file, 'SELECT id FROM run')).toEqual([young]);
    expect(old).toBeLessThan(young);
  });

  it('stay where they are newer than what a count or a size lets go', async () => {
    const { file, history } = await opened();
    const old = runAgo(history, 60);
    const young = runAgo(history, 30);
    await recordAll(history, [daysAgo(50, 1), daysAgo(40, 2), daysAgo(5, 3)]);
    expect(await prune(history, { count: 1 })).toMatchObject({ exchanges: 2, runs: 1 });
    expect(asked(file, 'SELECT id FROM run')).toEqual([young]);
    expect(old).toBeLessThan(young);
  });

  it('stay where they are part of an imported log', async () => {
    const { file, history } = await opened();
    const ofLog = runAgo(history, 60, logLink(history));
    await recordAll(history, [daysAgo(50, 1)]);
    expect(await prune(history, { age: 30 })).toMatchObject({ exchanges: 1, runs: 0 });
    expect(asked(file, 'SELECT id FROM run')).toEqual([ofLog]);
  });
});

describe('a bound of size', () => {
  it('takes no exchange for the bytes of objects', async () => {
    const { file, history } = await opened();
    await recordFilled(history, 200);
    const other = new Database(file);
    const insert = other.prepare('INSERT INTO object_block (content) VALUES (?)');
    for (let at = 0; at < 8; at++) insert.run(Buffer.alloc(MIB, at));
    other.close();
    expect(must(await history.keeping.due({ ...KEEP_ALL, size: 2 * MIB })).due).toBe(0);
    expect((await prune(history, { size: 2 * MIB })).exchanges).toBe(0);
    const some = (await prune(history, { size: 200_000 })).exchanges;
    expect(some).toBeGreaterThan(50);
    expect(some).toBeLessThan(150);
  });

  it('counts neither imported logs nor what is pinned, and takes the oldest of the rest', async () => {
    const { history } = await opened();
    const link = logLink(history);
    const ids = await recordFilled(history, 100, { days: 5 });
    const pinned = ids.slice(0, 20);
    history.keeping.pins.set(pinned, true);
    const ofLog = await recordFilled(history, 400, { linkId: link });
    const gone = (await prune(history, { size: 80_000 })).exchanges;
    expect(gone).toBeGreaterThan(10);
    expect(gone).toBeLessThan(60);
    const left = history.exchanges.list({ limit: 1000 }).map(({ id }) => id);
    expect(left).toEqual([...pinned, ...ids.slice(20 + gone), ...ofLog].reverse());
  });

  it('counts no free pages, where those are never given back', async () => {
    const file = newFile();
    await (await openAt(file, { clock: standing })).close();
    const other = new Database(file);
    other.exec('PRAGMA journal_mode = DELETE; PRAGMA auto_vacuum = NONE; VACUUM; PRAGMA journal_mode = WAL');
    other.close();
    const { history } = await opened(file);
    await recordFilled(history, 1000);
    expect((await prune(history, { size: 400_000 })).exchanges).toBeGreaterThan(500);
    const left = history.exchanges.count();
    expect(left).toBeGreaterThan(100);
    expect(must(await history.keeping.stats({ ...KEEP_ALL, size: 400_000 }))).toMatchObject({ due: 0 });
    expect((await prune(history, { size: 400_000 })).exchanges).toBe(0);
  });
});

describe('a bound of count', () => {
  it('counts what is recorded here, not an imported log that came later', async () => {
    const { history } = await opened();
    const link = logLink(history);
    await recordAll(history, [daysAgo(5, 1), daysAgo(5, 2), daysAgo(5, 3)]);
    await recordFilled(history, 20, { linkId: link });
    expect((await prune(history, { count: 2 })).exchanges).toBe(1);
    expect(
      history.exchanges
        .list({ limit: 100 })
        .map(({ id }) => id)
        .slice(-2),
    ).toEqual([3, 2]);
  });
});

describe('pruning by itself', () => {
  it('ends with what is done where a replay begins, and lets others have their turn', async () => {
    const { history } = await opened();
    await recordFilled(history, 2000, { days: 60 });
    await recordAll(history, [daysAgo(1, 1)]);
    let isReplaying = false;
    const deleting = history.keeping.deleteExchanges(
      { kind: 'retention', retention: { ...KEEP_ALL, age: 30 }, gently: true },
      {
        progress: () => {
          if (!isReplaying) history.runs.insert({ kind: 'replay', initiator: 'us', startedAt: NOW });
          isReplaying = true;
        },
      },
    );
    expect(await history.keeping.alone(async () => 'a turn')).toBe('a turn');
    const { exchanges } = must(await deleting);
    expect(exchanges).toBeGreaterThan(0);
    expect(history.exchanges.count()).toBe(2001 - exchanges);
    expect(await prune(history, { age: 30 }, true)).toMatchObject({ exchanges: 0, bodies: 0 });
    expect(must(await history.keeping.check()).problems).toEqual([]);
  });
});
