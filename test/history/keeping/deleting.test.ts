import { describe, expect, it } from 'vitest';
import { ReplayOptions } from '../../../core/contract/replay.ts';
import type { Retention } from '../../../core/contract/storage.ts';
import type { History } from '../../../core/history/history.ts';
import { newFile, newLink, openAt } from '../folder.ts';
import { answered, asked, countOf, DAY, daysAgo, KEEP_ALL, must, NOW, recordAll, standing } from './recorded.ts';

async function prune(history: History, retention: Partial<Retention>) {
  return must(
    await history.keeping.deleteExchanges({
      kind: 'retention',
      retention: { ...KEEP_ALL, ...retention },
      gently: false,
    }),
  );
}

async function opened(file = newFile()) {
  return { file, history: await openAt(file, { clock: standing }) };
}

/** Oldest first: exchange 1 is a hundred days old, the last one a day. */
function hundred() {
  return Array.from({ length: 100 }, (_, at) => daysAgo(100 - at, at, answered(at)));
}

describe('deleting exchanges by age, count and size', () => {
  it('lets those go that are older than the age, with their bodies', async () => {
    const { file, history } = await opened();
    await recordAll(history, hundred());
    const { exchanges, bodies } = await prune(history, { age: 30 });
    expect(exchanges).toBe(70);
    expect(bodies).toBe(70);
    expect(history.exchanges.list({ limit: 500 }).map(({ id }) => id)).toEqual(
      Array.from({ length: 30 }, (_, at) => 100 - at),
    );
    expect(countOf(file, 'body')).toBe(30);
  });

  it('keeps so many of the newest, and nothing goes twice', async () => {
    const { history } = await opened();
    await recordAll(history, hundred());
    expect(await history.keeping.due({ ...KEEP_ALL, count: 10 })).toEqual({
      ok: true,
      value: { due: 90, exchanges: 100 },
    });
    expect((await prune(history, { count: 10 })).exchanges).toBe(90);
    expect((await prune(history, { count: 10 })).exchanges).toBe(0);
    expect(history.exchanges.count()).toBe(10);
  });

  it('lets the oldest go until the files are small enough, and gives the space back', async () => {
    const { history } = await opened();
    const text = (at: number) =>
      `${at} ${Array.from({ length: 400 }, (_, n) => (n * 7919 * (at + 1)).toString(36)).join(' ')}`;
    await recordAll(
      history,
      Array.from({ length: 3000 }, (_, at) => daysAgo(1, at, answered(at, text(at)))),
    );
    await history.find({ search: 'nothing', limit: 10 });
    const before = must(await history.keeping.stats(KEEP_ALL));
    const used = before.tables.reduce((sum, { bytes }) => sum + bytes, 0);
    const size = Math.round(used / 2);
    const { exchanges, bytes } = await prune(history, { size });
    expect(exchanges).toBeGreaterThan(1000);
    expect(exchanges).toBeLessThan(3000);
    expect(bytes).toBeGreaterThan(used / 4);
    const after = must(await history.keeping.stats(KEEP_ALL));
    expect(after.tables.reduce((sum, each) => sum + each.bytes, 0)).toBeLessThanOrEqual(size * 1.05);
    expect(after.free).toBeLessThan(200_000);
    expect(history.exchanges.list({ limit: 1 })[0]?.id).toBe(3000);
  });

  it('leaves what is pinned, noted, open, part of a run that goes on, or only seconds old', async () => {
    const { history } = await opened();
    const running = history.runs.insert({ kind: 'look', initiator: 'us', startedAt: NOW - 50 * DAY });
    const ids = await recordAll(history, [
      daysAgo(50, 1),
      daysAgo(50, 2),
      daysAgo(50, 3),
      daysAgo(50, 4, { ended: { how: 'open' } }),
      daysAgo(50, 5, { runId: running.id }),
      daysAgo(0, 6),
    ]);
    expect(history.keeping.pins.set([2, 77], true)).toBe(1);
    history.notes.write(3, 'the one with the wrong tariff');
    await prune(history, { count: 1 });
    expect(history.exchanges.listIds(ids).map(({ id }) => id)).toEqual([2, 3, 4, 5, 6]);
    expect(history.exchanges.listIds([2, 3]).map(({ pinned }) => pinned)).toEqual([true, false]);
    expect(history.keeping.pins.set([2], false)).toBe(1);
    expect((await prune(history, { count: 1 })).exchanges).toBe(1);
  });

  it('counts the age of imported traffic from its import, and never takes an imported log apart', async () => {
    const { history } = await opened();
    const imported = history.links.insert(newLink('from a file'));
    const log = history.links.insert(newLink('from a log'));
    history.logs.addLink(
      history.logs.insert({
        name: 'old',
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
      }).logId,
      { linkId: log.id, was: 'there' },
    );
    await recordAll(history, [
      daysAgo(200, 1),
      daysAgo(200, 2, { linkId: imported.id }),
      daysAgo(200, 3, { linkId: log.id }),
    ]);
    await prune(history, { age: 90 });
    expect(history.exchanges.list().map(({ id }) => id)).toEqual([3, 2]);
    await recordAll(history, [daysAgo(0, 4)]);
    await prune(history, { count: 1 });
    expect(history.exchanges.list().map(({ id }) => id)).toEqual([4, 3]);
  });
});

describe('what hangs on a deleted exchange', () => {
  it('goes: what faults did to it, what was sent again, runs and replays without exchanges; other bodies stay', async () => {
    const { file, history } = await opened();
    const old = history.runs.insert({ kind: 'replay', initiator: 'us', startedAt: NOW - 60 * DAY });
    const mixed = history.runs.insert({ kind: 'look', initiator: 'us', startedAt: NOW - 60 * DAY });
    for (const run of [old, mixed]) history.runs.update(run.id, { state: 'done', endedAt: NOW - 60 * DAY });
    history.replays.insert({
      runId: old.id,
      target: 'acme',
      title: 'a charge',
      options: ReplayOptions.parse({ to: 'acme', source: { kind: 'scenario', name: 'charge' } }),
      seed: 's',
      rewrites: [],
      notes: [],
      ground: '{}',
      steps: 0,
      done: 0,
      same: 0,
      different: 0,
    });
    const shared = answered(0, '{"shared":true}');
    const intended = { start: 'HTTP/1.1 200 OK', headers: [], body: Buffer.from('{"meant":"this"}') };
    await recordAll(history, [
      daysAgo(60, 1, { ...shared, runId: old.id, faults: { firings: [], intended, wire: [] } }),
      daysAgo(60, 2, { ...answered(2, '{"meant":"this"}'), runId: mixed.id }),
      daysAgo(1, 3, { ...shared, runId: mixed.id }),
      daysAgo(1, 4, {
        ...answered(4),
        faults: { firings: [], intended: { ...intended, body: Buffer.from('kept') }, wire: [] },
      }),
    ]);
    history.resent.mark(3, 1);
    const { exchanges, runs, bodies } = await prune(history, { age: 30 });
    expect({ exchanges, runs, bodies }).toEqual({ exchanges: 2, runs: 1, bodies: 1 });
    expect(asked(file, 'SELECT exchange_id FROM exchange_fault')).toEqual([4]);
    expect(countOf(file, 'exchange_resent')).toBe(0);
    expect(asked(file, 'SELECT id FROM run')).toEqual([mixed.id]);
    expect(countOf(file, 'replay')).toBe(0);
    expect(history.exchanges.get(3)?.response?.body.text).toBe('{"shared":true}');
    expect(Buffer.from(history.exchanges.record(4)?.faults?.intended?.body ?? []).toString()).toBe('kept');
  });

  it('is never a body that is recorded again while unused ones are deleted', async () => {
    const { file, history } = await opened();
    const bodies = Array.from({ length: 400 }, (_, at) => `{"body":${at},"filled":"${'x'.repeat(200)}"}`);
    await recordAll(
      history,
      bodies.map((text, at) => daysAgo(60, at, answered(at, text))),
    );
    await recordAll(history, [daysAgo(0, 1000)]);
    let isOver = false;
    const deleting = prune(history, { age: 30 }).finally(() => {
      isOver = true;
    });
    const again: Promise<number[]>[] = [];
    for (let at = 0; !isOver || at < bodies.length; at++) {
      const text = bodies[at % bodies.length] ?? '';
      again.push(recordAll(history, [daysAgo(0, 2000 + at, answered(at, text))]));
      await new Promise(resolve => setImmediate(resolve));
    }
    expect((await deleting).exchanges).toBe(400);
    const ids = (await Promise.all(again)).flat();
    for (const [at, id] of ids.entries()) {
      expect(history.exchanges.get(id)?.response?.body.text).toBe(bodies[at % bodies.length]);
    }
    expect(asked(file, 'SELECT id FROM exchange WHERE response_body NOT IN (SELECT id FROM body)')).toEqual([]);
  });

  it('goes from filters, counts and full text, also from what was counted before', async () => {
    const { history } = await opened();
    history.links.insert(newLink('acme'));
    await recordAll(
      history,
      Array.from({ length: 300 }, (_, at) =>
        daysAgo(at < 200 ? 60 : 1, at, {
          ...answered(at, `{"word":"lantern","every":${at}}`),
          linkId: 1,
          correlationId: 'flow',
          ...(at % 3 === 0 ? { ocpiStatus: 2001 } : {}),
        }),
      ),
    );
    const count = async (conditions: object) => {
      const answer = await history.traffic.count(conditions);
      if (!answer.ok) throw new Error(answer.reason);
      return answer.found.count;
    };
    const wordsIndexed = async () => {
      for (;;) {
        const found = await history.find({ search: 'lantern', limit: 1 });
        if (found.ok && found.behind === 0) return;
      }
    };
    await wordsIndexed();
    expect(await count({ link: 'acme' })).toBe(300);
    expect(await count({ search: 'lantern' })).toBe(300);
    await prune(history, { count: 100 });
    expect(await count({})).toBe(100);
    expect(await count({ link: 'acme' })).toBe(100);
    expect(await count({ errors: true })).toBe(33);
    expect(await count({ search: 'lantern' })).toBe(100);
    expect(await count({ search: 'lantern', errors: true })).toBe(33);
    const page = await history.traffic.page({ direction: 'in', offset: 90, limit: 50 });
    expect(page.ok && page.found.rows.map(({ id }) => id)).toEqual([210, 209, 208, 207, 206, 205, 204, 203, 202, 201]);
    const related = await history.traffic.related(250);
    expect(related.ok && related.found?.correlated.map(({ id }) => id)[0]).toBe(201);
    const groups = await history.traffic.troubles({ leastRank: 0, stretches: 4, now: NOW, freshFrom: NOW - DAY });
    expect(groups.ok && groups.found.groups.map(group => group.count)).toEqual([33]);
  });

  it('finds what is pinned', async () => {
    const { history } = await opened();
    await recordAll(history, hundred());
    history.keeping.pins.set([4, 50], true);
    const found = await history.find({ pinned: true, limit: 10 });
    expect(found.ok && found.exchanges.map(({ id }) => id)).toEqual([50, 4]);
  });
});

describe('deleting what stands under links', () => {
  it('takes all of it, with notes, pins and runs, and nothing else', async () => {
    const { file, history } = await opened();
    for (const name of ['mine', 'one of a log', 'another of it']) history.links.insert(newLink(name));
    const run = history.runs.insert({ kind: 'pull', linkId: 2, initiator: 'us', startedAt: NOW });
    history.runs.update(run.id, { state: 'done', endedAt: NOW });
    await recordAll(
      history,
      Array.from({ length: 90 }, (_, at) => daysAgo(0, at, { ...answered(at), linkId: 1 + (at % 3) })),
    );
    history.keeping.pins.set([2, 4], true);
    history.notes.write(3, 'of the log');
    const told: string[] = [];
    const deleted = must(
      await history.keeping.deleteExchanges(
        { kind: 'links', linkIds: [2, 3] },
        { progress: ({ doing }) => told.push(doing) },
      ),
    );
    expect(deleted).toMatchObject({ exchanges: 60, bodies: 60, runs: 1 });
    expect(told).toContain('deleting');
    expect(asked(file, 'SELECT DISTINCT link_id FROM exchange')).toEqual([1]);
    expect(asked(file, 'SELECT exchange_id FROM exchange_pin')).toEqual([4]);
    expect(countOf(file, 'exchange_note')).toBe(0);
  });

  it('gives no id a second time, though the newest exchanges are gone, and what is derived need not be made anew', async () => {
    const { file, history } = await opened();
    history.links.insert(newLink('acme'));
    await recordAll(history, [daysAgo(0, 1), daysAgo(0, 2, { linkId: 1 }), daysAgo(0, 3, { linkId: 1 })]);
    await history.find({ search: 'nothing', limit: 1 });
    must(await history.keeping.deleteExchanges({ kind: 'links', linkIds: [1] }));
    await history.close();
    const again = await openAt(file, { clock: standing });
    expect(await recordAll(again, [daysAgo(0, 4)])).toEqual([4]);
    const found = await again.find({ search: 'versions', limit: 10 });
    expect(found.ok && found.exchanges.map(({ id }) => id)).toEqual([4, 1]);
  });
});

describe('deleting that is stopped', () => {
  it('leaves a sound database, and goes on the next time', async () => {
    const { history } = await opened();
    await recordAll(
      history,
      Array.from({ length: 3000 }, (_, at) => daysAgo(60, at, answered(at))),
    );
    await recordAll(history, [daysAgo(0, 1)]);
    const stop = new AbortController();
    const stopped = await history.keeping.deleteExchanges(
      { kind: 'retention', retention: { ...KEEP_ALL, age: 30 }, gently: false },
      { signal: stop.signal, progress: () => stop.abort() },
    );
    expect(stopped).toMatchObject({
      ok: false,
      failure: { message: 'exchanges could not be deleted: it was cancelled' },
    });
    const left = history.exchanges.count();
    expect(left).toBeGreaterThan(1);
    expect(must(await history.keeping.check()).problems).toEqual([]);
    expect((await prune(history, { age: 30 })).exchanges).toBe(left - 1);
  });
});
