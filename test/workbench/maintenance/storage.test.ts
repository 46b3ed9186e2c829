import { dirname, join } from 'node:path';
import Database from 'better-sqlite3';
import { describe, expect, it } from 'vitest';
import { type Clock, systemClock } from '../../../core/clock.ts';

import { DEFAULT_RETENTION, type Pruned } from '../../../core/contract/storage.ts';
import { newFile, newLink, openAt } from '../../history/folder.ts';
import { answered, DAY, daysAgo, NOW, recordAll, standing } from '../../history/keeping/recorded.ts';
import { messagesOf } from '../../insight/transactions/charge-messages.ts';
import { BEGIN } from '../../support/observed.ts';
import { openPlatform, type TestPlatform } from '../../support/platform.ts';
import { recordOf } from '../transactions/recorded-charge.ts';

/** A database with exchanges of the last hundred days, oldest first. */
async function platformOver(days: readonly number[], clock: Clock = standing): Promise<TestPlatform> {
  const file = newFile();
  const history = await openAt(file, { clock: standing });
  await recordAll(
    history,
    days.map((ago, at) => daysAgo(ago, at, answered(at))),
  );
  await history.close();
  return openPlatform({ file, serve: false, clock });
}

const HUNDRED = Array.from({ length: 100 }, (_, at) => 100 - at);

async function pruned(platform: TestPlatform, input: Parameters<TestPlatform['client']['storage']['prune']>[0]) {
  let last: Pruned | undefined;
  for await (const step of await platform.client.storage.prune(input)) if (step.kind === 'pruned') last = step;
  return last;
}

describe('what is kept', () => {
  it('is 90 days unless set, and each bound is set by itself', async () => {
    const platform = await platformOver(HUNDRED);
    const { client } = platform;
    const stats = await client.storage.stats();
    expect(stats).toMatchObject({ retention: DEFAULT_RETENTION, due: 10, lastPruned: null });
    expect(stats.prunesFrom).not.toBeNull();
    expect(await client.storage.setRetention({ count: 20 })).toEqual({ age: 90, count: 20, size: null });
    expect(await client.storage.setRetention({ age: null })).toEqual({ age: null, count: 20, size: null });
    expect((await client.storage.stats()).due).toBe(80);
    await expect(client.storage.setRetention({ age: -1 })).rejects.toMatchObject({ code: 'BAD_REQUEST' });
    const { file } = platform;
    await platform.close();
    const again = await openPlatform({ file, serve: false, clock: standing });
    expect((await again.client.storage.stats()).retention).toEqual({ age: null, count: 20, size: null });
  });

  it('goes by the bounds that are set or by others this once, is counted first, and needs a word where it is much', async () => {
    const platform = await platformOver(HUNDRED);
    const { client } = platform;
    expect(await pruned(platform, { dry: true })).toMatchObject({ exchanges: 10, kept: 90 });
    expect(await pruned(platform, {})).toMatchObject({ exchanges: 10, bodies: 10, kept: 90 });
    await client.storage.pin({ ids: [11], on: true });
    expect(await pruned(platform, { dry: true, retention: { count: 30 } })).toMatchObject({ exchanges: 59, kept: 31 });
    await expect(pruned(platform, { retention: { count: 30 } })).rejects.toMatchObject({
      code: 'CONFIRMATION_NEEDED',
      message: '59 of 90 exchanges would be deleted for good',
    });
    expect(await pruned(platform, { retention: { count: 30 }, confirmed: true })).toMatchObject({ exchanges: 59 });
    expect(await client.exchanges.list({ limit: 200, pinned: true })).toMatchObject([{ id: 11, pinned: true }]);
    expect((await client.storage.stats()).lastPruned).toMatchObject({ exchanges: 59 });
    expect((await client.exchanges.count({})).count).toBe(31);
    expect((await client.exchanges.get({ id: 11 })).pinned).toBe(true);
    await expect(client.exchanges.get({ id: 12 })).rejects.toMatchObject({ code: 'NOT_FOUND' });
  });

  it('tells whoever looks that what is shown may be old', async () => {
    const platform = await platformOver(HUNDRED);
    const leave = new AbortController();
    const batches = await platform.client.events.watch(undefined, { signal: leave.signal });
    let met = 0;
    for await (const { refetch } of batches) {
      if (!refetch) continue;
      // The first one comes to everybody who begins to listen.
      if (met++ > 0) break;
      expect(await pruned(platform, {})).toMatchObject({ exchanges: 10 });
    }
    leave.abort();
    expect(met).toBe(2);
  });
});

describe('pruning by itself', () => {
  /** Timers of a minute and more are over at once, so that hours pass; `now` is the moment it is. */
  function hasty(now: () => number): Clock {
    return { ...systemClock, now, deadline: (ms, late) => systemClock.deadline(ms >= 60_000 ? 30 : ms, late) };
  }

  it('begins a day after the database was first opened, and leaves what is pinned', async () => {
    let now = NOW;
    const platform = await platformOver(
      HUNDRED,
      hasty(() => now),
    );
    await platform.client.storage.pin({ ids: [1], on: true });
    await new Promise(resolve => setTimeout(resolve, 200));
    expect((await platform.client.exchanges.count({})).count).toBe(100);
    now = NOW + 2 * DAY;
    for (let waited = 0; waited < 200; waited++) {
      const { lastPruned, exchanges } = await platform.client.storage.stats();
      if (lastPruned !== null) {
        expect({ gone: lastPruned.exchanges, left: exchanges.count }).toEqual({ gone: 11, left: 89 });
        return;
      }
      await new Promise(resolve => setTimeout(resolve, 50));
    }
    throw new Error('nothing was pruned');
  });

  it('waits while a pull or a replay runs', async () => {
    let now = NOW;
    const platform = await platformOver(
      HUNDRED,
      hasty(() => now),
    );
    const database = new Database(platform.file);
    database
      .prepare("INSERT INTO run (kind, initiator, state, started_at, steps) VALUES ('pull', 'us', 'running', ?, '[]')")
      .run(NOW);
    now = NOW + 2 * DAY;
    await new Promise(resolve => setTimeout(resolve, 1000));
    const left = Number(database.prepare('SELECT count(*) FROM exchange').pluck().get());
    // What was begun stops before the next piece.
    expect(left).toBeGreaterThan(0);
    expect((await platform.client.storage.stats()).lastPruned).toBeNull();
    database.prepare("UPDATE run SET state = 'done'").run();
    database.close();
    for (let waited = 0; waited < 200; waited++) {
      const { lastPruned } = await platform.client.storage.stats();
      if (lastPruned !== null) {
        expect(lastPruned.exchanges).toBe(12);
        return;
      }
      await new Promise(resolve => setTimeout(resolve, 50));
    }
    throw new Error('nothing was pruned');
  });
});

describe('transactions of pruned exchanges', () => {
  it('go with the last of them; one of which something is left stays', async () => {
    const file = newFile();
    const say = messagesOf({ version: '2.2.1', we: 'emsp' });
    const literals = [
      say.start(0),
      say.result(0.2),
      say.put({ minute: 1 }),
      say.put({ minute: 31, begin: 1, status: 'COMPLETED', kwh: 10, end: 31 }),
      say.bill(32, say.cdrObject({ kwh: 12 })),
      say.start(40, { evse: 'E2', result: 'REJECTED' }),
    ];
    const later = { ...systemClock, now: () => BEGIN + DAY };
    const history = await openAt(file, { clock: { ...systemClock, now: () => BEGIN } });
    history.links.insert(newLink('acme'));
    await recordAll(
      history,
      literals.map(literal => recordOf(literal)),
    );
    await history.close();
    const { client } = await openPlatform({ file, serve: false, clock: later });
    const listed = async () => {
      for (;;) {
        const { rows, behind, count } = await client.transactions.page({});
        if (behind === 0) return { count, rows: rows.map(({ id, exchanges }) => [id, exchanges]) };
      }
    };
    const before = await listed();
    expect(before.rows).toEqual([
      [6, 1],
      [1, 5],
    ]);
    await client.storage.pin({ ids: [3], on: true });
    for await (const step of await client.storage.prune({ retention: { count: 1 }, confirmed: true })) void step;
    expect(await listed()).toEqual({
      count: 2,
      rows: [
        [6, 1],
        [1, 1],
      ],
    });
    await client.storage.pin({ ids: [3], on: false });
    for await (const step of await client.storage.prune({ retention: { count: 1 }, confirmed: true })) void step;
    expect(await listed()).toEqual({ count: 1, rows: [[6, 1]] });
    await expect(client.transactions.get({ id: 1 })).rejects.toMatchObject({ code: 'NOT_FOUND' });
  });
});

describe('a backup asked of the contract', () => {
  it('wants an absolute path, and can be opened', async () => {
    const platform = await platformOver([3, 2, 1]);
    const ask = async (path: string) => {
      for await (const step of await platform.client.storage.backup({ path }))
        if (step.kind === 'backed-up') return step;
      return undefined;
    };
    await expect(ask('copy.db')).rejects.toMatchObject({ code: 'INVALID_INPUT' });
    const path = join(dirname(platform.file), `copy-${NOW}.db`);
    expect(await ask(path)).toMatchObject({ path });
    const copy = await openPlatform({ file: path, serve: false, clock: standing });
    expect((await copy.client.exchanges.count({})).count).toBe(3);
  });
});
