import { closeSync, openSync, rmSync, statSync, writeSync } from 'node:fs';
import Database from 'better-sqlite3';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { systemClock } from '../../../core/clock.ts';
import type { ExchangeConditions } from '../../../core/contract/exchange.ts';
import type { History } from '../../../core/history/history.ts';
import type { TrafficFound, TrafficQuery } from '../../../core/history/traffic/traffic.ts';
import { finding } from '../../../core/ocpi/findings.ts';
import { versionsExchange } from '../../support/exchanges.ts';
import { newFile, newLink, openAt } from '../folder.ts';
import { conditions, exchange, failed, fits, type Kept, LINKS } from './model.ts';
import { settled } from './settled.ts';

function found<T>(answer: TrafficFound<T>): T {
  if (!answer.ok) throw new Error(answer.reason);
  return answer.found;
}

async function pageIds(history: History, query: TrafficQuery, offset = 0, limit = 500) {
  const { newest, rows, behind } = found(await history.traffic.page({ ...query, offset, limit }));
  return { newest, behind, ids: rows.map(({ id }) => id) };
}

/** Every page, one after the other. */
async function allIds(history: History, query: TrafficQuery, limit: number): Promise<number[]> {
  const first = await pageIds(history, query, 0, limit);
  expect(first.behind).toBe(0);
  const all = [...first.ids];
  for (let last = first.ids.length; last > 0; ) {
    const { ids } = await pageIds(history, { ...query, newest: first.newest }, all.length, limit);
    all.push(...ids);
    last = ids.length;
  }
  return all;
}

async function recordAll(history: History, count: number, seed: number): Promise<Kept[]> {
  const records = fc.sample(exchange, { numRuns: count, seed }).map((make, number) => make(number));
  const kept: Kept[] = [];
  for (let from = 0; from < count; from += 100) {
    const stored = await Promise.all(records.slice(from, from + 100).map(one => history.recorder.record(one)));
    for (const [at, { id }] of stored.entries()) {
      const record = records[from + at];
      if (record) kept.push({ id, record, noted: id % 700 === 0 });
    }
  }
  for (const { id, noted } of kept) if (noted) history.notes.write(id, `about ${id}`);
  return kept;
}

function wanted(kept: readonly Kept[], filter: ExchangeConditions, newest = Number.POSITIVE_INFINITY): number[] {
  return kept.flatMap(one => (one.id <= newest && fits(one, filter) ? [one.id] : [])).reverse();
}

async function withLinks(file = newFile()): Promise<History> {
  const history = await openAt(file);
  if (history.links.list().length === 0) for (const name of LINKS) history.links.insert(newLink(name));
  return history;
}

const LENGTH = 9000;
const LATE = 'registration.dead-token';

describe('a table of traffic', () => {
  it('pages through exactly what fits, whatever the filter, and count agrees', { timeout: 60_000 }, async () => {
    const history = await withLinks();
    const kept = await recordAll(history, LENGTH, 1);
    await settled(history);
    await fc.assert(
      fc.asyncProperty(conditions(LENGTH), fc.integer({ min: 150, max: 500 }), async (filter, limit) => {
        const fitting = wanted(kept, filter);
        expect(await allIds(history, filter, limit)).toEqual(fitting);
        const failures = fitting.filter(id => failed(kept[id - 1]?.record ?? versionsExchange(0)));
        expect(found(await history.traffic.count(filter))).toEqual({
          newest: LENGTH,
          count: fitting.length,
          errors: failures.length,
        });
        const listed = await history.find({ ...filter, limit: 50, before: 5000 });
        expect(listed.ok && listed.exchanges.map(({ id }) => id)).toEqual(wanted(kept, filter, 4999).slice(0, 50));
      }),
      { numRuns: 60 },
    );
  });

  it('stands still up to its newest exchange while more are recorded', { timeout: 30_000 }, async () => {
    const history = await withLinks();
    const before = await recordAll(history, 1500, 2);
    const newest = before.at(-1)?.id ?? 0;
    const more = fc.sample(exchange, { numRuns: 3000, seed: 3 });
    let going = true;
    const recording = (async () => {
      for (let at = 0; going && at < more.length; at += 10) {
        await Promise.all(more.slice(at, at + 10).map((make, number) => history.recorder.record(make(at + number))));
      }
    })();
    await fc.assert(
      fc.asyncProperty(conditions(1500), async filter => {
        const fitting = wanted(before, filter, newest);
        const pages = [];
        for (let offset = 0; offset <= fitting.length; offset += 400) {
          pages.push(...(await pageIds(history, { ...filter, newest }, offset, 400)).ids);
        }
        expect(pages).toEqual(fitting);
        expect(found(await history.traffic.count({ ...filter, newest })).count).toBe(fitting.length);
      }),
      { numRuns: 60 },
    );
    going = false;
    await recording;
  });

  it('has an exchange as soon as it is recorded, and a change as soon as it is made', async () => {
    const history = await withLinks();
    await Promise.all(Array.from({ length: 300 }, (_, number) => history.recorder.record(versionsExchange(number))));
    for (let round = 0; round < 30; round++) {
      if (round % 10 === 0) await settled(history);
      const { response: _, ...asked } = versionsExchange(round, { linkId: 2, ocpiStatus: 1000 });
      const { ocpiStatus: __, ...open } = asked;
      const opened = history.recorder.open({ ...open, direction: 'out', ended: { how: 'open' } });
      await opened.stored;
      expect((await pageIds(history, { open: true, link: 'Volt' })).ids[0]).toBe(opened.id);
      if (round % 3 === 0) await settled(history);
      const answer = { status: 401, statusText: 'No', headers: [], body: new Uint8Array() };
      await history.recorder.update(opened.id, { response: answer, ended: { how: 'complete' } });
      expect((await pageIds(history, { open: true, link: 'Volt' })).ids).not.toContain(opened.id);
      expect((await pageIds(history, { errors: true, status: '401' })).ids[0]).toBe(opened.id);
      await history.recorder.update(opened.id, {
        findings: [finding(LATE, { severity: 'warning', met: '', expected: '' })],
      });
      const late = await pageIds(history, { findingCode: LATE });
      expect(late.ids).toHaveLength(round + 1);
      expect(late.ids[0]).toBe(opened.id);
      const worded = (search: string) => pageIds(history, { findingCode: LATE, search });
      expect((await worded('ocpi versions')).ids).toEqual(late.ids);
      expect((await worded('nowhere')).ids).toEqual([]);
      expect(found(await history.traffic.count({ finding: 'warning', findingCode: LATE })).count).toBe(round + 1);
    }
    await settled(history);
    await systemClock.sleep(300);
    expect(found(await history.traffic.count({ findingCode: LATE })).count).toBe(30);
  });

  it('is derived anew where what is derived is gone, or of another database, and after a kill knows what changed last', async () => {
    const file = newFile();
    const first = await withLinks(file);
    const kept = await recordAll(first, 500, 5);
    expect(await allIds(first, { errors: true }, 100)).toEqual(wanted(kept, { errors: true }));
    await first.close();
    // As a killed workbench leaves it: stored, and nobody told.
    const database = new Database(file);
    const unseen = { ...finding(LATE, { met: '', expected: '' }), code: 'unseen' };
    database.prepare('UPDATE exchange SET findings = ? WHERE id = 450').run(JSON.stringify([unseen]));
    database.close();
    const second = await withLinks(file);
    await second.recorder.record(versionsExchange(600));
    await settled(second);
    await systemClock.sleep(300);
    expect((await pageIds(second, { findingCode: 'unseen' })).ids).toEqual([450]);
    expect((await pageIds(second, { open: true })).ids).toEqual([]);
    await second.close();
    for (const end of ['', '-wal', '-shm']) rmSync(`${file}.search${end}`, { force: true });
    const third = await withLinks(file);
    expect((await pageIds(third, { findingCode: 'unseen' })).ids).toEqual([450]);
    expect(found(await third.traffic.count({})).count).toBe(501);
  });

  it('is made anew where reading meets damage, and is right again without a restart', async () => {
    const file = newFile();
    const first = await withLinks(file);
    const kept = await recordAll(first, 3000, 7);
    await settled(first);
    await first.close();
    const size = statSync(`${file}.search`).size;
    // All but the first pages, which say whose it is and what stands where.
    const handle = openSync(`${file}.search`, 'r+');
    const rubbish = Buffer.alloc(size - 16 * 4096, 0x5a);
    writeSync(handle, rubbish, 0, rubbish.length, 16 * 4096);
    closeSync(handle);
    const second = await withLinks(file);
    const fitting = wanted(kept, { status: '4xx', direction: 'out' }).length;
    const counts = new Set<number>();
    for (let left = 200; left > 0; left--) {
      const counted = await second.traffic.count({ status: '4xx', direction: 'out' });
      if (counted.ok) counts.add(counted.found.count);
      if (counted.ok && counted.found.count === fitting) break;
      await systemClock.sleep(50);
    }
    expect([...counts].at(-1)).toBe(fitting);
    expect((await pageIds(second, { status: '4xx', direction: 'out' })).ids).toHaveLength(Math.min(fitting, 500));
  });

  it('is refused where the database was opened for reading only', async () => {
    const file = newFile();
    await (await openAt(file)).close();
    const history = await openAt(file, { readOnly: true });
    expect(await history.traffic.count({})).toMatchObject({ ok: false });
    expect(await history.find({ limit: 10, status: '404' })).toMatchObject({ ok: false });
    expect(await history.find({ limit: 10, errors: true })).toMatchObject({ ok: true });
  });
});
