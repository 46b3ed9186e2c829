import Database from 'better-sqlite3';
import { describe, expect, it } from 'vitest';
import { systemClock } from '../../core/clock.ts';
import type { Health } from '../../core/history/health.ts';
import type { History } from '../../core/history/history.ts';
import { versionsExchange } from '../support/exchanges.ts';
import { newFile, newLink, openWithConnection } from './folder.ts';

const big = (number: number) =>
  versionsExchange(number, {
    response: { status: 200, statusText: 'OK', headers: [], body: Buffer.alloc(60_000, number) },
  });

/** Records until nothing can be stored any more; gives the reason. */
async function fill(history: History): Promise<string> {
  for (let number = 0; number < 500; number++) {
    const stored = await history.recorder.record(big(number));
    if (!stored.stored) return stored.reason;
  }
  throw new Error('there was room for everything');
}

function listen(history: History): Health[] {
  const heard: Health[] = [];
  history.onHealth(health => heard.push(health));
  return heard;
}

describe('when the storage fails', () => {
  it('a full disk is told to every waiting call, shown with its time, and recording resumes by itself', async () => {
    const { database, history } = await openWithConnection(newFile());
    const heard = listen(history);
    const pages = Number(database.pragma('page_count', { simple: true }));
    database.pragma(`max_page_count = ${pages + 100}`);
    const before = systemClock.now();
    expect(await fill(history)).toContain('the disk is full');
    const ill = history.health();
    expect(ill).toMatchObject({ ok: false, part: 'recording', reason: expect.stringContaining('full') });
    expect(ill.ok ? 0 : ill.since).toBeGreaterThanOrEqual(before);
    const waiting = Array.from({ length: 20 }, (_, number) => history.recorder.record(big(100 + number)));
    for (const stored of await Promise.all(waiting)) expect(stored.stored).toBe(false);

    const kept = history.exchanges.count();
    database.pragma('max_page_count = 1000000');
    expect(await history.recorder.record(big(1))).toMatchObject({ stored: true });
    expect(history.health()).toEqual({ ok: true });
    expect(history.exchanges.count()).toBe(kept + 1);
    expect(database.pragma('integrity_check', { simple: true })).toBe('ok');
    expect(heard.map(({ ok }) => ok)).toEqual([false, true]);
  });

  it('a body first seen in a commit that failed is stored with the next one', async () => {
    const { database, history } = await openWithConnection(newFile());
    const exchange = big(7);
    database.exec("CREATE TEMP TRIGGER refuse BEFORE INSERT ON exchange BEGIN SELECT RAISE(ABORT, 'refused'); END");
    expect(await history.recorder.record(exchange)).toMatchObject({ stored: false, reason: 'refused' });
    expect(await history.recorder.record(exchange)).toMatchObject({ stored: false });
    database.exec('DROP TRIGGER refuse');
    const { id } = await history.recorder.record(exchange);
    expect(history.exchanges.record(id)?.response?.body).toEqual(exchange.response?.body);
  });

  it('a database that may only be read says so, and resumes when it may be written again', async () => {
    const { database, history } = await openWithConnection(newFile());
    database.pragma('query_only = ON');
    expect(await history.recorder.record(versionsExchange(1))).toMatchObject({
      stored: false,
      reason: 'the database may only be read',
    });
    expect(history.transaction(() => history.links.insert(newLink('Acme')))).toMatchObject({
      ok: false,
      failure: { code: 'DATABASE_UNUSABLE' },
    });
    expect(history.links.list()).toEqual([]);
    database.pragma('query_only = OFF');
    expect(await history.recorder.record(versionsExchange(2))).toMatchObject({ stored: true });
    expect(history.health()).toEqual({ ok: true });
  });

  it('a lock held for a moment only delays, and the event loop goes on meanwhile', async () => {
    const file = newFile();
    const { history } = await openWithConnection(file);
    const heard = listen(history);
    const other = new Database(file);
    other.exec('BEGIN EXCLUSIVE');
    const stored = history.recorder.record(versionsExchange(1));
    const began = systemClock.elapsed();
    let turns = 0;
    while (systemClock.elapsed() - began < 100) {
      await systemClock.sleep(5);
      turns++;
    }
    other.exec('ROLLBACK');
    expect(await stored).toEqual({ stored: true, id: 1 });
    expect(turns).toBeGreaterThan(8);
    expect(heard).toEqual([]);
    other.close();
  });

  it('a lock held for long is told; while it lasts each call is answered at once, afterwards all is stored again', async () => {
    const file = newFile();
    const { history } = await openWithConnection(file);
    const other = new Database(file);
    other.exec('BEGIN EXCLUSIVE');
    expect(await history.recorder.record(versionsExchange(1))).toMatchObject({
      stored: false,
      reason: 'another program holds the database locked',
    });
    const began = systemClock.elapsed();
    expect(await history.recorder.record(versionsExchange(2))).toMatchObject({ stored: false });
    expect(systemClock.elapsed() - began).toBeLessThan(200);
    other.exec('ROLLBACK');
    expect(await history.recorder.record(versionsExchange(3))).toMatchObject({ stored: true });
    expect(history.health()).toEqual({ ok: true });
    other.close();
  });

  it('a call under way through the failure is whole in the database afterwards, one answered otherwise is not', async () => {
    const { database, history } = await openWithConnection(newFile());
    const { recorder, exchanges } = history;
    const early = recorder.open(versionsExchange(1, { direction: 'out', ended: { how: 'open' } }));
    await early.stored;
    database.pragma('query_only = ON');
    const late = recorder.open(versionsExchange(2, { direction: 'out', ended: { how: 'open' }, linkId: 5 }));
    const refused = await recorder.record(versionsExchange(3));
    expect(await late.stored).toMatchObject({ stored: false });
    expect(await recorder.update(early.id, { ended: { how: 'complete' }, ocpiStatus: 2001 })).toMatchObject({
      stored: false,
    });
    expect(await recorder.update(late.id, { ocpiStatus: 1000 })).toMatchObject({ stored: false });
    database.pragma('query_only = OFF');
    expect(await recorder.update(late.id, { ended: { how: 'cut', received: 3 } })).toEqual({
      stored: true,
      id: late.id,
    });
    expect(exchanges.get(early.id)).toMatchObject({ ended: 'complete', ocpiStatus: 2001 });
    expect(exchanges.record(late.id)).toMatchObject({
      linkId: 5,
      ocpiStatus: 1000,
      ended: { how: 'cut', received: 3 },
    });
    expect(exchanges.get(refused.id)).toBeUndefined();
    expect(exchanges.list({ errors: true }).map(({ id }) => id)).toEqual([late.id, early.id]);
  });

  it('closing on a full disk ends, and what was stored is there', async () => {
    const file = newFile();
    const { database, history } = await openWithConnection(file);
    database.pragma(`max_page_count = ${Number(database.pragma('page_count', { simple: true })) + 60}`);
    await fill(history);
    const kept = history.exchanges.count();
    await history.close();
    const again = new Database(file);
    expect(again.prepare('SELECT count(*) FROM exchange').pluck().get()).toBe(kept);
    again.close();
  });
});
