import Database from 'better-sqlite3';
import fc from 'fast-check';
import { beforeEach, describe, expect, it } from 'vitest';
import { systemClock } from '../../../core/clock.ts';
import type { History } from '../../../core/history/history.ts';
import type { ObjectKey } from '../../../core/history/objects/objects.ts';
import type { PushedObject } from '../../../core/history/objects/pushing.ts';
import { versionsExchange } from '../../support/exchanges.ts';
import { newFile, newLink, openAt, openWithConnection } from '../folder.ts';
import { answer, counts, evse, location, pageOf } from './pages.ts';
import { createPlainTexts } from './plain-texts.ts';

const LIST = { linkId: 1, module: 'locations' } as const;

function pushed(object: unknown, more: Partial<PushedObject> = {}): PushedObject {
  return { ...LIST, version: '2.2.1', text: typeof object === 'string' ? object : JSON.stringify(object), ...more };
}

/** Everything a row says of an object but where its text stands and when it was seen. */
function rowsOf(file: string) {
  const database = new Database(file, { readonly: true });
  const rows = database
    .prepare(
      `SELECT key, version, hash, last_updated, revision, vanished_at IS NULL AS there, detector, findings,
         (SELECT group_concat(field || '=' || value) FROM object_value
           WHERE ',' || field_values || ',' LIKE '%,' || object_value.id || ',%') AS values_text
       FROM object ORDER BY key`,
    )
    .all();
  database.close();
  return rows;
}

async function withLink(file = newFile()): Promise<{ readonly file: string; readonly history: History }> {
  const history = await openAt(file);
  history.links.insert(newLink('Acme'));
  return { file, history };
}

describe('an object that is pushed', () => {
  it('is kept as it was written, and the same way as one that is pulled', async () => {
    const [push, pull] = [await withLink(), await withLink()];
    const texts = [
      '{ "id" : "A",\n\t"kwh": 0.1000, "n": 12345678901234567890, "e": 1E3 , "x":"\\u00e4\\/ä" }',
      JSON.stringify(location(2, { country: 17, evses: 'none', last_updated: 'yesterday' })),
      JSON.stringify(location(3, { invented: true, name: 'Café ☕', evses: [evse(3, 1, { status: 'SLEEPING' })] })),
      JSON.stringify(location(4)),
    ];
    const changed = texts.map(text => text.replace('}', ', "last_updated": "2026-04-01T00:00:00Z"}'));
    for (const some of [texts, texts, changed]) {
      const kept = await Promise.all(some.map(text => push.history.objects.push(pushed(` ${text}\n`))));
      expect(kept).toEqual(texts.map(() => ({ ok: true })));
      for (const text of some) {
        const body = Buffer.from(`{"data":${text},"status_code":1000,"timestamp":"2026-03-01T12:00:00Z"}`);
        expect((await pull.history.objects.ingest.store(pageOf(body, { shape: 'one', runId: 0 }))).items).toBe(1);
      }
    }
    expect(rowsOf(push.file)).toEqual(rowsOf(pull.file));
    expect(push.history.objects.text({ ...LIST, id: 'a' }, 1)).toBe(texts[0]);
    expect(push.history.objects.present({ ...LIST, id: 'LOC3' })).toBe(changed[2]);
    const revisions = await push.history.objects.revisions({ ...LIST, id: 'LOC4' });
    expect(revisions.ok && revisions.revisions.map(({ revision }) => revision)).toEqual([2, 1]);
  });

  it('without a usable id is not kept, and no reason of the database is given', async () => {
    const { history } = await withLink();
    expect(await history.objects.push(pushed({ ...location(1), id: ' ' }))).toEqual({ ok: false });
    expect(await history.objects.list({ ...LIST, limit: 9 })).toMatchObject({ objects: [] });
  });

  it('is kept with a placeholder where it holds a token', async () => {
    const { history } = await withLink();
    const token = 'secret-credentials-token-0123456789';
    history.tokens.add({ linkId: 1, direction: 'incoming', kind: 'C', state: 'active', issuedBy: 'us', token });
    await history.objects.push(pushed(location(1, { name: `seen ${btoa(token)} and ${token}` })));
    const text = history.objects.present({ ...LIST, id: 'LOC1' }) ?? '';
    expect(text).not.toContain(token);
    expect(text).not.toContain(btoa(token));
    expect(JSON.parse(text)).toMatchObject({
      name: expect.stringMatching(/^seen \{token:\w+:base64:\d+\} and \{token/),
    });
  });

  it('is kept through the threads for pages where it is large, after those before it and before those behind', async () => {
    const { history } = await withLink();
    const large = location(1, { evses: Array.from({ length: 300 }, (_, number) => evse(1, number)) });
    const texts = [location(1), large, location(1, { name: 'small again' })].map(object => JSON.stringify(object));
    expect((texts[1] ?? '').length).toBeGreaterThan(64 * 1024);
    for (const text of texts) {
      expect(await history.objects.push(pushed(text))).toEqual({ ok: true });
      expect(history.objects.present({ ...LIST, id: 'LOC1' })).toBe(text);
    }
    expect([1, 2, 3].map(revision => history.objects.text({ ...LIST, id: 'LOC1' }, revision))).toEqual(texts);
    expect(await history.objects.push(pushed({ ...large, id: '' }))).toEqual({ ok: false });
  });

  it('several times in one turn counts each time, and the last text stays', async () => {
    const { history } = await withLink();
    const cities = Array.from({ length: 5 }, (_, number) => `City ${number}`);
    await Promise.all(cities.map(city => history.objects.push(pushed(location(1, { city })))));
    expect(JSON.parse(history.objects.present({ ...LIST, id: 'LOC1' }) ?? '')).toMatchObject({ city: 'City 4' });
    const found = await history.objects.revisions({ ...LIST, id: 'LOC1' });
    expect(found.ok && found.revisions.map(({ object }) => (object as { city: string }).city)).toEqual(
      cities.toReversed(),
    );
  });

  it('by the hundreds in one turn is kept in several commits, each told of once', async () => {
    const { history } = await withLink();
    const told: unknown[] = [];
    history.onChange(change => told.push(change));
    const numbers = Array.from({ length: 200 }, (_, number) => number);
    await Promise.all(numbers.map(number => history.objects.push(pushed(location(number)))));
    expect(told).toEqual(Array(4).fill({ kind: 'objects', linkId: 1, module: 'locations' }));
    const found = await history.objects.list({ ...LIST, limit: 1000 });
    expect(found.ok && found.objects.map(({ object }) => object)).toEqual(numbers.map(number => location(number)));
  });

  it('is found by its values at once, and by the index when there was time, whatever was pushed meanwhile', async () => {
    const { file, history } = await withLink();
    const ids = async (city: string) => {
      const found = await history.objects.list({ ...LIST, where: [`city=${city}`], limit: 1000 });
      return found.ok ? found.objects.map(({ id }) => id) : found.reason;
    };
    const push = (city: string) =>
      Promise.all(Array.from({ length: 50 }, (_, at) => history.objects.push(pushed(location(at, { city })))));
    await push('Lund');
    expect(await ids('lund')).toHaveLength(50);
    const database = new Database(file);
    const upTo = database.prepare('SELECT fields_up_to & 0xffffffff FROM object_list').pluck();
    const began = systemClock.elapsed();
    for (let round = 0; upTo.get() !== 50; round++) {
      if (systemClock.elapsed() - began > 10_000) throw new Error('the values were never indexed');
      await push(round % 2 === 0 ? 'Malmö' : 'Lund');
    }
    await push('Malmö');
    database.close();
    expect([(await ids('malmö')).length, await ids('lund')]).toEqual([50, []]);
  });

  it('is refused by a history that is opened for reading only', async () => {
    const { file, history } = await withLink();
    await history.objects.push(pushed(location(1)));
    await history.close();
    const reading = await openAt(file, { readOnly: true });
    expect(await reading.objects.push(pushed(location(2)))).toMatchObject({
      ok: false,
      reason: expect.stringContaining('reading only'),
    });
    expect(reading.objects.present({ ...LIST, id: 'LOC1' })).toBe(JSON.stringify(location(1)));
  });

  it('at the last moment is kept before the history is closed, and refused afterwards', async () => {
    const { file, history } = await withLink();
    const last = history.objects.push(pushed(location(1)));
    const closed = history.close();
    expect(await last).toEqual({ ok: true });
    await closed;
    expect(await history.objects.push(pushed(location(2)))).toEqual({ ok: false, reason: 'the workbench is closing' });
    expect(rowsOf(file)).toMatchObject([{ key: 'loc1\nnl-tnm\n' }]);
  });

  it('is gone with its link, for whoever asked for it before as well', async () => {
    const { history } = await withLink();
    await history.objects.push(pushed(location(1)));
    expect(history.objects.present({ ...LIST, id: 'LOC1' })).toBeDefined();
    history.objects.removeLink(1);
    expect(history.objects.present({ ...LIST, id: 'LOC1' })).toBeUndefined();
  });
});

describe('when the database refuses a push', () => {
  const key = { ...LIST, id: 'LOC1' };

  it('because the disk is full, nothing of it is there, and it can be pushed again later', async () => {
    const { database, history } = await openWithConnection(newFile());
    const first = JSON.stringify(location(1));
    await history.objects.push(pushed(first));
    const room = database.pragma('page_count', { simple: true });
    const words = Array.from({ length: 4000 }, (_, number) => (number * 48_271).toString(36)).join(' ');
    const large = location(1, { name: words });
    database.pragma(`max_page_count = ${Number(room)}`);
    const refused = await Promise.all([history.objects.push(pushed(large)), history.objects.push(pushed(location(2)))]);
    for (const kept of refused)
      expect(kept).toMatchObject({ ok: false, reason: expect.stringContaining('disk is full') });
    expect(history.health()).toMatchObject({ ok: false, part: 'recording' });
    expect(history.objects.present(key)).toBe(first);
    expect(history.objects.present({ ...LIST, id: 'LOC2' })).toBeUndefined();
    database.pragma('max_page_count = 1000000');
    expect(await history.objects.push(pushed(location(1, { name: 'short' })))).toEqual({ ok: true });
    expect(history.health()).toEqual({ ok: true });
    expect(JSON.parse(history.objects.present(key) ?? '')).toMatchObject({ name: 'short' });
    expect(history.objects.text(key, 1)).toBe(first);
    expect(database.pragma('integrity_check', { simple: true })).toBe('ok');
  });

  it('because something else of the same turn found no room, nobody reads it where other texts stand later', async () => {
    const { database, history } = await openWithConnection(newFile());
    const body = Buffer.from(Array.from({ length: 40_000 }, (_, number) => (number * 7919) % 251));
    const large = versionsExchange(1, { response: { status: 200, statusText: 'OK', headers: [], body } });
    database.pragma(`max_page_count = ${Number(database.pragma('page_count', { simple: true })) + 4}`);
    const refused = await Promise.all([history.objects.push(pushed(location(1))), history.recorder.record(large)]);
    expect(refused).toMatchObject([{ ok: false }, { stored: false }]);
    const pulled = location(1, { name: 'pulled' });
    expect(await history.objects.ingest.store(pageOf(answer([pulled])))).toMatchObject({ added: 1 });
    expect(history.objects.present(key)).toBe(JSON.stringify(pulled));
  });

  it('because another program holds it locked, waits a while, then says so', async () => {
    const { file, history } = await withLink();
    await history.objects.push(pushed(location(1)));
    const other = new Database(file);
    other.exec('BEGIN IMMEDIATE');
    const late = history.objects.push(pushed(location(1, { name: 'late' })));
    expect(await late).toEqual({ ok: false, reason: 'another program holds the database locked' });
    other.exec('ROLLBACK');
    other.exec('BEGIN IMMEDIATE');
    const soon = history.objects.push(pushed(location(1, { name: 'soon' })));
    // Once it was waited for in vain, nobody waits again before a lock was got.
    expect(await soon).toMatchObject({ ok: false });
    other.exec('ROLLBACK');
    expect(await history.objects.push(pushed(location(1, { name: 'free' })))).toEqual({ ok: true });
    other.close();
    expect(JSON.parse(history.objects.present(key) ?? '')).toMatchObject({ name: 'free' });
  });

  it('an exchange of the same turn that cannot be written takes no push with it, and the other way round', async () => {
    const { database, history } = await openWithConnection(newFile());
    database.exec("CREATE TEMP TRIGGER refuse BEFORE INSERT ON exchange BEGIN SELECT RAISE(ABORT, 'refused'); END");
    const both = () =>
      Promise.all([history.recorder.record(versionsExchange(1)), history.objects.push(pushed(location(1)))]);
    expect(await both()).toMatchObject([{ stored: false, reason: 'refused' }, { ok: true }]);
    database.exec('DROP TRIGGER refuse');
    database.exec("CREATE TEMP TRIGGER refuse BEFORE UPDATE ON object BEGIN SELECT RAISE(ABORT, 'refused'); END");
    expect(await both()).toMatchObject([{ stored: true }, { ok: false, reason: 'refused' }]);
    database.exec('DROP TRIGGER refuse');
    expect(await both()).toMatchObject([{ stored: true }, { ok: true }]);
    expect(history.objects.present(key)).toBe(JSON.stringify(location(1)));
  });
});

const PARTIES = ['TNM', 'tnm', 'ABC', undefined] as const;
const TYPES = ['RFID', 'APP_USER', 'rfid'] as const;

interface Change {
  readonly kind: 'push' | 'pull' | 'remove';
  readonly uid: string;
  readonly party: number;
  readonly type: number;
}
type Step = Change | { readonly kind: 'ask' } | { readonly kind: 'turn' } | { readonly kind: 'settle' };

const change: fc.Arbitrary<Change> = fc.record({
  kind: fc.constantFrom<Change['kind']>('push', 'push', 'push', 'pull', 'remove'),
  uid: fc.constantFrom('u1', 'U1', 'u2'),
  party: fc.nat(PARTIES.length - 1),
  type: fc.nat(TYPES.length - 1),
});
const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 6, arbitrary: change },
  { weight: 2, arbitrary: fc.constant<Step>({ kind: 'ask' }) },
  { weight: 2, arbitrary: fc.constant<Step>({ kind: 'turn' }) },
  { weight: 1, arbitrary: fc.constant<Step>({ kind: 'settle' }) },
);

describe('what is remembered of pushed objects', () => {
  let history: History;
  let file: string;
  let links = 0;

  beforeEach(async () => {
    ({ history, file } = await withLink());
  });

  it('is what the database says, however pushes, pulls and removals of the same objects come', async () => {
    const other = new Database(file, { readonly: true });
    const plain = createPlainTexts(other);
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 30 }), async steps => {
        const linkId = ++links;
        const of = { linkId, module: 'tokens' } as const;
        const keys: ObjectKey[] = ['u1', 'U2'].flatMap(id =>
          [undefined, 'NL-TNM', 'nl-abc'].flatMap(party =>
            [undefined, 'RFID', 'app_user'].map(type => ({
              ...of,
              id,
              ...(party && { party }),
              ...(type && { type }),
            })),
          ),
        );
        const compare = () => {
          for (const key of keys) expect([key, history.objects.present(key)]).toEqual([key, plain(key)]);
        };
        let underWay: Promise<unknown>[] = [];
        const settle = async () => {
          await Promise.all(underWay);
          underWay = [];
          compare();
        };
        for (const [at, one] of steps.entries()) {
          // What is asked while something is under way may be told as it was or as it will be, and is remembered.
          if (one.kind === 'ask') for (const key of keys) history.objects.present(key);
          else if (one.kind === 'settle') await settle();
          else if (one.kind === 'turn') await new Promise(setImmediate);
          else {
            const party = PARTIES[one.party];
            const owner = party === undefined ? {} : { country_code: 'NL', party_id: party };
            const text = JSON.stringify({ uid: one.uid, ...owner, type: TYPES[one.type], visual_number: `${at}` });
            const key = { ...of, id: one.uid, ...(party && { party: `NL-${party}` }) };
            if (one.kind === 'push') underWay.push(history.objects.push({ ...of, version: '2.2.1', text }));
            else if (one.kind === 'remove') underWay.push(history.objects.ingest.vanish(key));
            else {
              const page = pageOf(Buffer.from(`{"status_code":1000,"data":[${text}]}`), { ...of, runId: at + 1 });
              underWay.push(history.objects.ingest.store({ ...page, seenAt: Date.now() }));
            }
          }
        }
        await settle();
      }),
      { numRuns: 80 },
    );
    other.close();
  });

  it('is not what somebody asked for while it was being removed', async () => {
    const key = { ...LIST, id: 'LOC1' };
    await history.objects.push(pushed(location(1)));
    const removing = history.objects.ingest.vanish(key);
    expect(history.objects.present(key)).toBe(JSON.stringify(location(1)));
    expect(await removing).toEqual({ vanished: true });
    expect(history.objects.present(key)).toBeUndefined();
  });

  it('is in the order in which they were pushed where a pull comes between: none is lost, each is a revision', async () => {
    const pages = Array.from({ length: 6 }, (_, page) => page);
    let pulling = true;
    const pull = (async () => {
      for (const page of pages) {
        const items = Array.from({ length: 100 }, (_, number) => location(number, { name: `page ${page}` }));
        const stored = await history.objects.ingest.store(pageOf(answer(items), { page, runId: page + 1 }));
        expect(counts(stored)['items']).toBe(100);
      }
      pulling = false;
    })();
    let rounds = 0;
    while (pulling) {
      rounds++;
      const cities = Array.from({ length: 10 }, (_, number) => location(number, { city: `Round ${rounds}` }));
      const kept = await Promise.all(cities.map(object => history.objects.push(pushed(object))));
      expect(kept).toEqual(cities.map(() => ({ ok: true })));
    }
    await pull;
    const found = await history.objects.revisions({ ...LIST, id: 'LOC1' });
    if (!found.ok) throw new Error(found.reason);
    const texts = found.revisions.map(({ object }) => object as { name: string; city: string });
    const inOrder = (values: readonly string[]) => [...new Set(values.toReversed())];
    expect(inOrder(texts.flatMap(({ city }) => (city.startsWith('Round') ? [city] : [])))).toEqual(
      Array.from({ length: rounds }, (_, round) => `Round ${round + 1}`),
    );
    expect(inOrder(texts.flatMap(({ name }) => (name.startsWith('page') ? [name] : [])))).toEqual(
      pages.map(page => `page ${page}`),
    );
    expect(found.revisions.map(({ revision }) => revision)).toEqual(texts.map((_, at) => texts.length - at));
  });
});
