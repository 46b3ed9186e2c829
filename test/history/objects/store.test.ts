import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { systemClock } from '../../../core/clock.ts';
import type { StoredObject } from '../../../core/contract/objects.ts';
import { type History, openHistory } from '../../../core/history/history.ts';
import type { ObjectQuery, ObjectsFound, ScanProgress } from '../../../core/history/objects/objects.ts';
import { versionsExchange } from '../../support/exchanges.ts';
import { newFile, newLink, openAt } from '../folder.ts';
import { answer, counts, evse, location, pageOf, STATUSES } from './pages.ts';

const OBJECTS = 500;
const LIST = { linkId: 1, module: 'locations' } as const;
const all = Array.from({ length: OBJECTS }, (_, number) => location(number));

/** A history with a link and five pages of its locations, closed when the test ends. */
async function filled(file = newFile()): Promise<History> {
  return fill(await openAt(file));
}

async function fill(history: History): Promise<History> {
  history.links.insert(newLink('Acme'));
  for (let page = 0; page < 5; page++) {
    const stored = await history.objects.ingest.store(
      pageOf(answer(all.slice(page * 100, page * 100 + 100)), { page }),
    );
    expect(counts(stored)).toEqual({ items: 100, added: 100 });
  }
  return history;
}

function found(result: ObjectsFound): Extract<ObjectsFound, { ok: true }> {
  if (!result.ok) throw new Error(result.reason);
  return result;
}

async function ids(history: History, query: Partial<ObjectQuery> = {}): Promise<string[]> {
  return found(await history.objects.list({ ...LIST, limit: 1000, ...query })).objects.map(({ id }) => id);
}

/** Waits until the full text knows everything. */
async function searchable(history: History): Promise<void> {
  const began = systemClock.elapsed();
  while (found(await history.objects.list({ ...LIST, search: 'x', limit: 1 })).behind > 0) {
    if (systemClock.elapsed() - began > 10_000) throw new Error('the full text never got there');
    await systemClock.sleep(20);
  }
}

function idsOf(holds: (object: ReturnType<typeof location>, number: number) => boolean): string[] {
  return all.filter(holds).map(({ id }) => id);
}

describe('objects of a partner', () => {
  const folder = mkdtempSync(join(tmpdir(), 'workbench-objects-'));
  let history: History;

  beforeAll(async () => {
    const opened = await openHistory({ file: join(folder, 'workbench.db'), clock: systemClock, keyStore: 'file' });
    if (!opened.ok) throw new Error(opened.message);
    history = await fill(opened.history);
    await searchable(history);
  });

  afterAll(async () => {
    await history.close();
    rmSync(folder, { recursive: true, force: true });
  });

  it('are listed in the order in which they came, a page at a time', async () => {
    const seen: StoredObject[] = [];
    let after: number | undefined;
    do {
      const page = found(
        await history.objects.list({ ...LIST, limit: 120, ...(after === undefined ? {} : { after }) }),
      );
      seen.push(...page.objects);
      after = page.next;
    } while (after !== undefined);
    expect(seen.map(({ object }) => object)).toEqual(all);
    expect(seen[7]).toEqual({
      id: 'LOC7',
      party: 'NL-TNM',
      link: 'Acme',
      module: 'locations',
      version: '2.2.1',
      lastUpdated: '2026-03-01T10:00:00Z',
      seenAt: '2026-09-21T14:13:20.000Z',
      revision: 1,
      vanished: false,
      findings: [],
      object: all[7],
    });
    expect(await ids(history, { module: 'tariffs' })).toEqual([]);
    expect(await ids(history, { linkId: 2 })).toEqual([]);
  });

  it('are found by indexed fields, one or several, without regard to case', async () => {
    const charging = idsOf(({ evses }) => evses.some(({ status }) => status === 'CHARGING'));
    expect(await ids(history, { where: ['evses.status=charging'] })).toEqual(charging);
    const both = idsOf(({ evses, city }) => city === 'Gent' && evses.some(({ status }) => status === 'BLOCKED'));
    expect(both.length).toBeGreaterThan(20);
    expect(await ids(history, { where: ['city=GENT', 'evses.status=BLOCKED'] })).toEqual(both);
    expect(await ids(history, { where: ['city=GENT', 'evses.status=BLOCKED'], limit: 5 })).toEqual(both.slice(0, 5));
    expect(await ids(history, { where: ['operator.name=operator 3', 'evses.connectors.standard=CHADEMO'] })).toEqual(
      idsOf((_, number) => number % 4 === 3),
    );
    expect(await ids(history, { where: ['city=Nowhere'] })).toEqual([]);
    expect(await ids(history, { party: 'nl-tnm', where: ['postal_code=1003'] })).toHaveLength(OBJECTS / 5);
    expect(await ids(history, { party: 'NL-ABC' })).toEqual([]);
  });

  it('are found by any other field too, going through them and telling how far', async () => {
    const told: ScanProgress[] = [];
    const where = ['evses.uid=e77-2', 'address=street 0'];
    const one = await history.objects.list(
      { ...LIST, limit: 10, where },
      { progress: progress => told.push(progress) },
    );
    expect(found(one).objects.map(({ id }) => id)).toEqual(['LOC77']);
    expect(told.at(-1)).toEqual({ scanned: OBJECTS, total: OBJECTS });
    const stop = new AbortController();
    stop.abort();
    const stopped = await history.objects.list({ ...LIST, limit: 10, where: ['a.b=c'] }, { signal: stop.signal });
    expect(stopped).toEqual({ ok: false, reason: 'cancelled' });
  });

  it('are found by words in any text of theirs, together with indexed fields', async () => {
    expect(await ids(history, { search: 'goteborg street' })).toEqual(idsOf(({ city }) => city === 'Göteborg'));
    expect(await ids(history, { search: 'charging loc4*' })).toEqual(
      idsOf((_, number) => String(number).startsWith('4')),
    );
    expect(await ids(history, { search: 'NL*TNM*E123*1' })).toContain('LOC123');
    expect(await ids(history, { search: 'gent', where: ['evses.status=BLOCKED'], limit: 7 })).toEqual(
      idsOf(({ evses, city }) => city === 'Gent' && evses.some(({ status }) => status === 'BLOCKED')).slice(0, 7),
    );
    expect(await ids(history, { search: 'city' })).toEqual([]);
    expect(await ids(history, { search: '--- ...' })).toEqual([]);
  });
});

describe('objects that change', () => {
  it('are found as they are now: by fields at once, by words a moment later', async () => {
    const history = await filled();
    await searchable(history);
    const moved = [
      location(3, { city: 'Lund' }),
      location(4, { city: 'Lund', evses: [evse(4, 1, { status: 'PLANNED' })] }),
    ];
    await history.objects.ingest.store(pageOf(answer(moved), { runId: 2, seenAt: 1_790_000_500_000 }));
    expect(await ids(history, { where: ['city=Lund'] })).toEqual(['LOC3', 'LOC4']);
    expect(await ids(history, { where: ['city=Utrecht'] })).not.toContain('LOC3');
    expect(await ids(history, { where: ['evses.status=planned'] })).toEqual(['LOC4']);
    expect(await ids(history, { changedSince: 1_790_000_500_000 })).toEqual(['LOC3', 'LOC4']);
    expect(await ids(history, { changedSince: 1_790_000_500_000, where: ['city=Lund'], limit: 1 })).toEqual(['LOC3']);
    await searchable(history);
    expect(await ids(history, { search: 'lund' })).toEqual(['LOC3', 'LOC4']);
    expect(await ids(history, { search: 'utrecht' })).not.toContain('LOC3');
  });

  it('have revisions, and a list of what changed where', async () => {
    const history = await filled();
    const times = [1_790_000_500_000, 1_790_000_600_000];
    const [second, third] = [location(3, { city: 'Lund' }), location(3, { city: 'Lund', evses: [evse(3, 2)] })];
    await history.objects.ingest.store(pageOf(answer([second]), { runId: 2, seenAt: times[0] ?? 0 }));
    await history.objects.ingest.store(pageOf(answer([third]), { runId: 3, seenAt: times[1] ?? 0 }));
    const revisions = await history.objects.revisions({ ...LIST, id: 'loc3' });
    expect(revisions).toMatchObject({
      ok: true,
      revisions: [
        {
          revision: 3,
          seenAt: '2026-09-21T14:23:20.000Z',
          object: third,
          changes: [{ pointer: '/evses/0', kind: 'removed' }],
        },
        {
          revision: 2,
          object: second,
          changes: [{ pointer: '/city', kind: 'changed', before: 'Utrecht', after: 'Lund' }],
        },
        { revision: 1, seenAt: '2026-09-21T14:13:20.000Z', object: all[3], changes: [] },
      ],
    });
    expect(await history.objects.changes(LIST)).toMatchObject({
      ok: true,
      changes: [
        { id: 'LOC3', party: 'NL-TNM', revision: 3, changes: [{ pointer: '/evses/0' }] },
        { id: 'LOC3', revision: 2, seenAt: '2026-09-21T14:21:40.000Z', changes: [{ pointer: '/city' }] },
      ],
    });
    const recent = await history.objects.changes({ ...LIST, since: times[1] ?? 0 });
    expect(recent).toMatchObject({ changes: [{ revision: 3 }] });
    expect(await history.objects.revisions({ ...LIST, id: 'nobody' })).toEqual({ ok: true, revisions: [] });
  });

  it('one is read at once, by its id in any case, its party and its type', async () => {
    const history = await filled();
    expect(history.objects.get({ ...LIST, id: 'lOC9' })).toMatchObject({ id: 'LOC9', object: all[9] });
    expect(history.objects.get({ ...LIST, id: 'LOC9', party: 'nl-TNM' })).toMatchObject({ id: 'LOC9' });
    expect(history.objects.get({ ...LIST, id: 'LOC9', party: 'NL-ABC' })).toBeUndefined();
    expect(history.objects.get({ ...LIST, id: 'LOC' })).toBeUndefined();
    const token = (type: string) => ({ uid: 'T1', type, country_code: 'NL', party_id: 'TNM' });
    const tokens = { linkId: 1, module: 'tokens' } as const;
    await history.objects.ingest.store({ ...pageOf(answer([token('OTHER')])), ...tokens });
    expect(history.objects.get({ ...tokens, id: 't1' })?.object).toEqual(token('OTHER'));
    await history.objects.ingest.store({ ...pageOf(answer([token('RFID')]), { runId: 2 }), ...tokens });
    expect(history.objects.get({ ...tokens, id: 't1' })?.object).toEqual(token('RFID'));
    expect(history.objects.get({ ...tokens, id: 't1', type: 'other' })?.object).toEqual(token('OTHER'));
    expect(history.objects.get({ ...tokens, id: 't1', type: 'APP_USER' })).toBeUndefined();
  });

  it('of 2.1.1 belong to the only party of their link', async () => {
    const history = await openAt(newFile());
    history.links.insert(newLink('Old', { parties: [{ countryCode: 'DE', partyId: 'OLD' }] }));
    const { country_code: _, party_id: __, ...old } = location(1);
    await history.objects.ingest.store(pageOf(answer([old]), { version: '2.1.1' }));
    expect(history.objects.get({ ...LIST, id: 'loc1' })).toMatchObject({ party: 'DE-OLD', version: '2.1.1' });
    expect(await ids(history, { party: 'de-old' })).toEqual(['LOC1']);
  });

  it('that vanished are marked, and can be asked for or left out', async () => {
    const history = await filled();
    const store = (items: readonly unknown[]) =>
      history.objects.ingest.store(pageOf(answer(items), { runId: 2, seenAt: 1_790_000_500_000 }));
    await store(all.slice(0, 498));
    expect(await history.objects.ingest.finish({ ...LIST, runId: 2 })).toEqual({ vanished: 2 });
    expect(await ids(history, { vanished: true })).toEqual(['LOC498', 'LOC499']);
    expect(await ids(history, { vanished: false })).toHaveLength(498);
    expect(await ids(history)).toHaveLength(OBJECTS);
    expect(history.objects.get({ ...LIST, id: 'LOC499' })).toMatchObject({ vanished: true });
  });

  it('bytes are handed over where they can be, copied where they are part of something larger', async () => {
    const history = await openAt(newFile());
    history.links.insert(newLink('Acme'));
    const whole = new Uint8Array(answer([location(1)]));
    await history.objects.ingest.store(pageOf(whole));
    expect(whole.length).toBe(0);
    const larger = Buffer.concat([answer([location(2)]), Buffer.from('rest')]);
    const part = larger.subarray(0, -4);
    await history.objects.ingest.store(pageOf(part, { runId: 2 }));
    expect(part.length).toBeGreaterThan(0);
    expect(await ids(history)).toEqual(['LOC1', 'LOC2']);
  });
});

describe('the cursor of a list', () => {
  it('moves forward only, is kept, is one per list, and can be dropped', async () => {
    const file = newFile();
    const history = await openAt(file);
    const { objects } = history;
    const terminals = { linkId: 1, module: 'payments', list: 'terminals' } as const;
    expect(objects.cursor(LIST)).toBeUndefined();
    objects.moveCursor({ ...LIST, to: 2000.7 });
    objects.moveCursor({ ...LIST, to: 1000 });
    objects.moveCursor({ ...terminals, to: 5 });
    expect([objects.cursor(LIST), objects.cursor(terminals)]).toEqual([2000, 5]);
    expect(objects.cursor({ ...LIST, linkId: 2 })).toBeUndefined();
    await history.close();
    const after = (await openAt(file)).objects;
    expect(after.cursor(LIST)).toBe(2000);
    after.dropCursor(LIST);
    expect([after.cursor(LIST), after.cursor(terminals)]).toEqual([undefined, 5]);
  });
});

describe('the store', () => {
  it('forgets what a removed link had at once, and deletes it soon after, index and all', async () => {
    const file = newFile();
    const history = await filled(file);
    history.links.insert(newLink('Volt'));
    await history.objects.ingest.store(pageOf(answer([location(1)]), { linkId: 2 }));
    history.objects.moveCursor({ ...LIST, to: 1 });
    await searchable(history);
    history.transaction(() => history.objects.removeLink(1));
    expect(await ids(history)).toEqual([]);
    expect(history.objects.cursor(LIST)).toBeUndefined();
    expect(await ids(history, { linkId: 2 })).toEqual(['LOC1']);
    const look = new Database(file, { readonly: true });
    const rows = (table: string) => look.prepare(`SELECT count(*) FROM ${table}`).pluck().get();
    const index = new Database(`${file}.search`, { readonly: true });
    const began = systemClock.elapsed();
    const left = () => [rows('object'), rows('object_block'), rows('object_list'), rows('object_revision')];
    const indexed = () => index.prepare('SELECT count(*) FROM object_state').pluck().get();
    while (left().join() !== '1,1,1,0' || indexed() !== 1) {
      if (systemClock.elapsed() - began > 10_000) throw new Error(`there is still ${left()} and ${indexed()}`);
      await systemClock.sleep(20);
    }
    expect(rows('object_value')).toBe(10);
    look.close();
    index.close();
    expect(await ids(history, { linkId: 2, search: 'charging' })).toEqual(['LOC1']);
  });

  it('goes on after a restart with what it had', async () => {
    const file = newFile();
    await (await filled(file)).close();
    const history = await openAt(file);
    const next = [location(3, { city: 'Lund' }), ...all.slice(4, 50), location(900)];
    const stored = await history.objects.ingest.store(pageOf(answer(next), { runId: 2 }));
    expect(counts(stored)).toEqual({ items: 48, added: 1, changed: 1, changedSilently: 1, unchanged: 46 });
    expect(await ids(history)).toEqual([...all.map(({ id }) => id), 'LOC900']);
    await searchable(history);
    expect(await ids(history, { search: 'lund' })).toEqual(['LOC3']);
  });

  it.each([
    ['gone', (file: string) => rmSync(file, { force: true })],
    ['damaged', (file: string) => writeFileSync(file, 'rubbish'.repeat(1000))],
    ['of a time that never came', (file: string) => alter(file, 'UPDATE object_state SET up_to = up_to + 1000')],
  ])('makes its full text anew when it is %s', async (_, harm) => {
    const file = newFile();
    const before = await filled(file);
    await searchable(before);
    await before.close();
    harm(`${file}.search`);
    const history = await openAt(file);
    // The index belongs to a thread that wakes with the first exchange.
    await history.recorder.record(versionsExchange(1));
    await systemClock.sleep(300);
    await searchable(history);
    expect(await ids(history, { search: 'charging 77' })).toEqual(['LOC77']);
  });

  it('opened for reading only answers, and takes nothing', async () => {
    const file = newFile();
    await (await filled(file)).close();
    const history = await openAt(file, { readOnly: true });
    expect(await ids(history, { where: ['city=gent'], limit: 2 })).toEqual(['LOC1', 'LOC4']);
    expect(await history.objects.ingest.store(pageOf(answer([location(1)])))).toMatchObject({
      added: 0,
      trouble: 'the database is opened for reading only',
    });
  });

  it('stores what it was handed before it closed, and nothing after', async () => {
    const file = newFile();
    const history = await openAt(file);
    history.links.insert(newLink('Acme'));
    const pages = Array.from({ length: 5 }, (_, page) =>
      history.objects.ingest.store(pageOf(answer(all.slice(page * 100, page * 100 + 100)), { page })),
    );
    await history.close();
    for (const stored of await Promise.all(pages)) expect(counts(stored)).toEqual({ items: 100, added: 100 });
    expect(await history.objects.ingest.store(pageOf(answer([location(1)])))).toMatchObject({
      trouble: expect.stringContaining('closing'),
    });
    expect(await ids(await openAt(file))).toHaveLength(OBJECTS);
  });

  it('lets exchanges be recorded while pages are stored', async () => {
    const history = await openAt(newFile());
    history.links.insert(newLink('Acme'));
    let storing = true;
    const pages = (async () => {
      for (let page = 0; page < 3; page++) {
        const statuses = { evses: [evse(page, 1, { status: STATUSES[page % 4] })] };
        const items = Array.from({ length: 1000 }, (_, number) => location(page * 1000 + number, statuses));
        await history.objects.ingest.store(pageOf(answer(items), { page }));
      }
      storing = false;
    })();
    let recorded = 0;
    while (storing) {
      const stored = await history.recorder.record(versionsExchange(recorded));
      expect(stored.stored).toBe(true);
      recorded++;
    }
    await pages;
    expect(recorded).toBeGreaterThan(20);
    expect(history.health()).toEqual({ ok: true });
  });
});

function alter(file: string, sql: string): void {
  const database = new Database(file);
  database.exec(sql);
  database.close();
}

describe('an object that its owner takes back', () => {
  it('has vanished at once, by any spelling of its id, with its text kept; sent again it is back', async () => {
    const history = await filled();
    const [{ id } = { id: '' }] = all;
    const { ingest } = history.objects;
    const text = history.objects.present({ ...LIST, id });
    expect(JSON.parse(text ?? '')).toMatchObject({ id });
    expect(await ingest.vanish({ ...LIST, id: id.toLowerCase() })).toEqual({ vanished: true });
    expect(history.objects.present({ ...LIST, id })).toBeUndefined();
    expect(history.objects.text({ ...LIST, id })).toBe(text);
    expect(history.objects.get({ ...LIST, id })).toMatchObject({ vanished: true, revision: 1 });
    expect(await ingest.vanish({ ...LIST, id })).toEqual({ vanished: false });
    expect(await ingest.vanish({ ...LIST, id: 'nobody knows it' })).toEqual({ vanished: false });
    await ingest.store(pageOf(answer(all.slice(0, 1)), { runId: 9 }));
    expect(history.objects.present({ ...LIST, id })).toBe(text);
  });
});
