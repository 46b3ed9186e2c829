import { gzipSync } from 'node:zlib';
import Database from 'better-sqlite3';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { PageToStore } from '../../../core/contract/ingest.ts';
import { migrate } from '../../../core/history/migrations/list.ts';
import { createGate } from '../../../core/history/objects/gate.ts';
import { createIngesting, type Ingesting } from '../../../core/history/objects/ingesting.ts';
import { createRevisions } from '../../../core/history/objects/revisions.ts';
import { createTextReader, type TextPlace } from '../../../core/history/objects/text-blocks.ts';
import { newFile } from '../folder.ts';
import { answer, answerOf, codes, counts, evse, location, pageOf } from './pages.ts';

interface Store {
  readonly database: Database.Database;
  readonly ingesting: Ingesting;
  /** Every object's text as stored, by its key, spelled for people. */
  texts(): Record<string, string>;
}

function open(): Store {
  const database = new Database(newFile());
  database.pragma('journal_mode = WAL');
  migrate(database);
  const texts = createTextReader(database);
  const rows = database.prepare<[], TextPlace & { key: string }>('SELECT key, block, place, length FROM object');
  return {
    database,
    ingesting: createIngesting(database, createGate()),
    texts: () => Object.fromEntries(rows.all().map(row => [row.key.trim().replaceAll('\n', ' '), texts.text(row)])),
  };
}

describe('storing a page', () => {
  it('keeps every object as the partner wrote it, numbers and spacing included', () => {
    const { ingesting, texts } = open();
    const items = [
      '{ "id" : "A",\n\t"kwh": 0.1000, "n": 12345678901234567890, "e": 1E3 , "x":"\\u00e4\\/ä" }',
      '{"uid":"none","id":"B","party_id":"TNM","country_code":"NL"}',
    ];
    expect(counts(ingesting.store(pageOf(answerOf(items))))).toEqual({ items: 2, added: 2 });
    expect(texts()).toEqual({ a: items[0], 'b nl-tnm': items[1] });
  });

  it('knows an object by its ids without regard to case, and keeps the spelling', () => {
    const { ingesting, texts } = open();
    ingesting.store(pageOf(answer([location(1)])));
    const shouted = location(1, { id: 'loc1', party_id: 'tnm', country_code: 'nl' });
    const other = location(1, { party_id: 'ABC' });
    const stored = ingesting.store(pageOf(answer([shouted, other]), { runId: 2 }));
    expect(counts(stored)).toEqual({ items: 2, added: 1, changed: 1, changedSilently: 1 });
    expect(Object.keys(texts())).toEqual(['loc1 nl-tnm', 'loc1 nl-abc']);
    expect(JSON.parse(texts()['loc1 nl-tnm'] ?? '')).toEqual(shouted);
  });

  it('tells what changed from what was only written differently', () => {
    const { ingesting, texts } = open();
    const before = [1, 2, 3, 4, 5].map(number => location(number));
    ingesting.store(pageOf(answer(before)));
    const later = '2026-03-02T10:00:00Z';
    const items = [
      JSON.stringify(location(1)),
      JSON.stringify(location(2), null, 2),
      JSON.stringify(location(3, { last_updated: later })),
      JSON.stringify(location(4, { city: 'Lund' })),
      JSON.stringify(location(5, { city: 'Lund', last_updated: later })),
    ];
    const stored = ingesting.store(pageOf(answerOf(items), { runId: 2 }));
    expect(counts(stored)).toEqual({ items: 5, unchanged: 2, changed: 3, movedOnly: 1, changedSilently: 1 });
    expect(Object.values(texts())).toEqual(items);
    expect([stored.oldestUpdate, stored.newestUpdate]).toEqual([Date.parse('2026-03-01T10:00:00Z'), Date.parse(later)]);
  });

  it('one bad object never spoils its page: it is kept with its findings, and without an id it is a finding only', () => {
    const { ingesting, texts } = open();
    const bad = location(2, { country: 17, evses: 'none', last_updated: 'yesterday' });
    const items = [
      location(1),
      bad,
      { ...location(3), id: undefined },
      { ...location(4), id: '' },
      5,
      null,
      location(6),
    ];
    const stored = ingesting.store(pageOf(answer(items)));
    expect(counts(stored)).toEqual({ items: 7, added: 3, unusable: 4 });
    expect(Object.keys(texts())).toEqual(['loc1 nl-tnm', 'loc2 nl-tnm', 'loc6 nl-tnm']);
    const unusable = stored.findings.filter(({ finding }) => finding.code === 'object.id-unusable');
    expect(unusable).toMatchObject([{ count: 4, finding: { pointer: '/data/2', severity: 'error' } }]);
    const places = stored.findings.map(({ finding }) => `${finding.code} ${finding.pointer}`);
    expect(places).toContain('type.mismatch /data/1/evses');
    expect(places).toContain('date-time.unusable /data/1/last_updated');
  });

  it('counts what is wrong the same way with many objects once, and again when nothing changed', () => {
    const { ingesting } = open();
    const items = Array.from({ length: 40 }, (_, number) =>
      location(number, { invented: true, evses: [evse(number, 1, { status: 'SLEEPING' })] }),
    );
    const first = ingesting.store(pageOf(answer(items)));
    expect(first.findings.map(({ finding, count }) => [finding.code, finding.pointer, count])).toEqual([
      ['enum.unknown', '/data/0/evses/0/status', 40],
      ['field.unknown', '/data/0/invented', 40],
    ]);
    const second = ingesting.store(pageOf(answer(items), { runId: 2 }));
    expect(counts(second)).toEqual({ items: 40, unchanged: 40 });
    expect(second.findings).toEqual(first.findings);
  });

  it('an object met twice in a run counts once, wherever it was met', () => {
    const { ingesting, texts } = open();
    const changed = location(1, { city: 'Lund' });
    const page = answer([location(1), location(2), location(1)]);
    expect(counts(ingesting.store(pageOf(page)))).toEqual({ items: 3, added: 2, again: 1 });
    const next = ingesting.store(pageOf(answer([changed, location(2), location(3)]), { page: 1 }));
    expect(counts(next)).toEqual({ items: 3, added: 1, again: 2 });
    expect(JSON.parse(texts()['loc1 nl-tnm'] ?? '')).toEqual(changed);
    expect(counts(ingesting.store(pageOf(page, { runId: 2 })))).toEqual({
      items: 3,
      changed: 1,
      changedSilently: 1,
      unchanged: 1,
      again: 1,
    });
  });

  it('a page stored a second time counts as it did the first time', () => {
    const { ingesting } = open();
    ingesting.store(pageOf(answer([location(1), location(2), location(3)])));
    const page = () => pageOf(answer([location(1), location(2, { city: 'Lund' }), location(9)]), { runId: 2, page: 4 });
    const first = ingesting.store(page());
    expect(counts(first)).toMatchObject({ added: 1, changed: 1, unchanged: 1 });
    expect(ingesting.store(page())).toEqual(first);
  });

  it.each<[string, Partial<PageToStore> & { body: Uint8Array }, object, string[]]>([
    [
      'an error',
      { body: Buffer.from('{"status_code":2001,"timestamp":"2026-03-01T12:00:00Z","data":[{"id":"x"}]}') },
      { ocpiStatus: 2001, data: 'list' },
      [],
    ],
    [
      'no list',
      { body: Buffer.from('{"status_code":1000,"timestamp":"2026-03-01T12:00:00Z"}') },
      { ocpiStatus: 1000, data: 'none' },
      [],
    ],
    [
      'null for a list',
      { body: Buffer.from('{"data": null ,"status_code":1000,"timestamp":"2026-03-01T12:00:00Z"}') },
      { data: 'none' },
      [],
    ],
    [
      'a number for a list',
      { body: Buffer.from('{"data":3,"status_code":1000,"timestamp":"2026-03-01T12:00:00Z"}') },
      { data: 'other' },
      ['type.mismatch'],
    ],
    ['a list without an envelope', { body: Buffer.from('[{"id":"x"}]') }, { data: 'other' }, ['envelope.missing']],
    ['no JSON', { body: Buffer.from('<html>Sorry</html>') }, { data: 'other' }, ['body.json']],
    ['nothing', { body: new Uint8Array() }, { data: 'none' }, ['body.empty']],
    [
      'a compressed body that ends early',
      { body: Buffer.from([31, 139, 8, 0, 1, 2, 3]), contentEncoding: 'gzip' },
      {},
      ['body.empty', 'wire.body-coding'],
    ],
    [
      'JSON but for one item',
      { body: answerOf(['{"id":"x"}', '{"id":"y",}', '{"id":"z"}']) },
      { data: 'other' },
      ['body.json'],
    ],
    ['JSON but for its end', { body: answerOf(['{"id":"x"}']).subarray(0, -1) }, { data: 'other' }, ['body.json']],
    ['a list for one object', { body: answerOf(['{"id":"x"}']), shape: 'one' }, { data: 'list' }, ['type.mismatch']],
  ])('of an answer that holds %s stores nothing', (_, { body, ...more }, said, found) => {
    const { ingesting, texts } = open();
    const stored = ingesting.store(pageOf(body, more));
    expect(stored).toMatchObject(said);
    expect(counts(stored)).toEqual({});
    expect(codes(stored)).toEqual(found);
    expect(texts()).toEqual({});
  });

  it('takes a page that is plain although its header says it is compressed, and says so', () => {
    const { ingesting } = open();
    const stored = ingesting.store(pageOf(answer([location(1)]), { contentEncoding: 'gzip' }));
    expect([counts(stored), codes(stored)]).toEqual([{ items: 1, added: 1 }, ['wire.body-coding']]);
  });

  it('takes a compressed page, a byte order mark, a single object for a list, bytes that are not UTF-8', () => {
    const { ingesting, texts } = open();
    const zipped = gzipSync(Buffer.concat([Buffer.from('\ufeff'), answerOf(['{"id":"A"}'])]));
    expect(codes(ingesting.store(pageOf(zipped, { contentEncoding: 'gzip' })))).toContain('body.bom');
    const single = Buffer.from('{"status_code":1000,"timestamp":"2026-03-01T12:00:00Z","data": {"id":"B"} }');
    expect(codes(ingesting.store(pageOf(single)))).toContain('list.single');
    const latin = Buffer.from(Buffer.from(answerOf(['{"id":"C","name":"K\u00f6ln"}'])).toString('utf8'), 'latin1');
    expect(codes(ingesting.store(pageOf(latin)))).toContain('body.utf8');
    expect(texts()).toEqual({ a: '{"id":"A"}', b: '{"id":"B"}', c: '{"id":"C","name":"K\ufffdln"}' });
  });

  it('takes an object of 8 MB between small ones, and one nested as deep as it goes', () => {
    const { ingesting, texts } = open();
    const huge = JSON.stringify({ id: 'HUGE', name: 'x'.repeat(8_000_000) });
    const deep = `{"id":"DEEP","a":${'['.repeat(5000)}${']'.repeat(5000)}}`;
    const first = ingesting.store(pageOf(answerOf(['{"id":"A"}', huge, deep, '{"id":"B"}'])));
    expect(counts(first)).toEqual({ items: 4, added: 4 });
    const deeper = deep.replace('[]', '[1]');
    const second = ingesting.store(pageOf(answerOf([huge.replace('x"', 'y"'), deeper]), { runId: 2 }));
    expect(counts(second)).toEqual({ items: 2, changed: 2, changedSilently: 2 });
    expect(texts()).toEqual({ a: '{"id":"A"}', huge: huge.replace('x"', 'y"'), deep: deeper, b: '{"id":"B"}' });
  });
});

describe('objects of other modules', () => {
  it('tokens are told apart by their type, parties of a hub by their role', () => {
    const { ingesting, texts } = open();
    const token = (type: string) => ({ uid: 'T1', type, country_code: 'NL', party_id: 'TNM' });
    ingesting.store(pageOf(answer([token('RFID'), token('OTHER'), token('rfid')]), { module: 'tokens' }));
    const party = (role: string) => ({ country_code: 'NL', party_id: 'TNM', role });
    ingesting.store(pageOf(answer([party('CPO'), party('EMSP')]), { module: 'hubclientinfo' }));
    expect(Object.keys(texts())).toEqual([
      't1 nl-tnm rfid',
      't1 nl-tnm other',
      'nl-tnm nl-tnm cpo',
      'nl-tnm nl-tnm emsp',
    ]);
  });

  it('the two lists of payments are two lists', () => {
    const { ingesting } = open();
    const terminals = pageOf(answer([{ terminal_id: 'X' }]), {
      module: 'payments',
      list: 'terminals',
      version: '2.3.0',
    });
    expect(counts(ingesting.store(terminals))).toEqual({ items: 1, added: 1 });
    const confirmations = { ...terminals, body: answer([{ id: 'X' }]), list: 'financial-advice-confirmations' };
    expect(counts(ingesting.store(confirmations))).toEqual({ items: 1, added: 1 });
    expect(() => ingesting.store({ ...terminals, list: 'others' })).toThrow('payments has no list "others"');
  });

  it('an EVSE or a connector asked for by itself is checked and compared, not written', () => {
    const { ingesting, texts } = open();
    ingesting.store(pageOf(answer([location(1)])));
    const before = texts();
    const one = (data: unknown, within: readonly string[]) =>
      ingesting.store(
        pageOf(Buffer.from(JSON.stringify({ status_code: 1000, timestamp: '2026-03-01T12:00:00Z', data })), {
          shape: 'one',
          within,
        }),
      );
    expect(counts(one(evse(1, 2), ['loc1']))).toEqual({ items: 1, unchanged: 1 });
    const asleep = one(evse(1, 2, { status: 'SLEEPING' }), ['LOC1']);
    expect(counts(asleep)).toEqual({ items: 1, changed: 1 });
    expect(codes(asleep)).toEqual(['enum.unknown']);
    expect(counts(one(evse(1, 3), ['LOC1']))).toEqual({ items: 1, added: 1 });
    expect(counts(one(evse(1, 1).connectors[0], ['LOC1', 'e1-1']))).toEqual({ items: 1, unchanged: 1 });
    expect(counts(one(evse(1, 1).connectors[0], ['LOC1', 'E1-9']))).toEqual({ items: 1, added: 1 });
    expect(texts()).toEqual(before);
  });
});

describe('what vanished', () => {
  it('is what a complete pull did not meet, and comes back as added when it is met again', () => {
    const { ingesting } = open();
    const all = Array.from({ length: 30 }, (_, number) => location(number));
    ingesting.store(pageOf(answer(all)));
    const at = 1_790_000_100_000;
    ingesting.store(pageOf(answer(all.slice(0, 20)), { runId: 2, seenAt: at }));
    // Seen by another pull meanwhile, of the tail alone.
    ingesting.store(pageOf(answer(all.slice(28)), { runId: 3, shape: 'list', seenAt: at + 1 }));
    const pull = { linkId: 1, module: 'locations', at: at + 10 } as const;
    expect(ingesting.finish({ ...pull, runId: 2 })).toEqual({ vanished: 0 });
    ingesting.store(pageOf(answer(all.slice(0, 20)), { runId: 4, seenAt: at + 20 }));
    expect(ingesting.finish({ ...pull, runId: 4, at: at + 30 })).toEqual({ vanished: 10 });
    expect(ingesting.finish({ ...pull, runId: 4, at: at + 40 })).toEqual({ vanished: 10 });
    const back = ingesting.store(pageOf(answer(all.slice(15, 25)), { runId: 5, seenAt: at + 50 }));
    expect(counts(back)).toEqual({ items: 10, unchanged: 5, added: 5 });
    expect(ingesting.finish({ ...pull, runId: 99 })).toEqual({ vanished: 0 });
  });

  it('is everything where a complete pull met nothing', () => {
    const { ingesting } = open();
    ingesting.store(pageOf(answer([location(1), location(2)])));
    ingesting.store(pageOf(answer([]), { runId: 2, seenAt: 1_790_000_100_000 }));
    expect(ingesting.finish({ linkId: 1, module: 'locations', runId: 2, at: 1_790_000_100_001 })).toEqual({
      vanished: 2,
    });
  });
});

describe('whatever a partner sends', () => {
  const id = fc.constantFrom('a', 'A', 'b', 'c', 'ä', 'x/y', '"', '\\');
  const item = fc
    .record({ id, v: fc.nat(3), party: fc.constantFrom('TNM', 'tnm', 'ABC'), space: fc.constantFrom('', ' ') })
    .map(
      ({ id: one, v, party, space }) =>
        `{"id":${space}${JSON.stringify(one)},"country_code":"NL","party_id":"${party}","city":"${v}"}`,
    );
  const pages = fc.array(fc.array(item, { maxLength: 6 }), { maxLength: 6 });

  it('the last text of each object is kept, and its revisions are the texts that differed, in order', () => {
    fc.assert(
      fc.property(pages, sent => {
        const { ingesting, texts, database } = open();
        const last = new Map<string, string>();
        const said = new Map<string, unknown[]>();
        sent.forEach((items, at) => {
          const page = pageOf(answerOf(items), { runId: 1 + Math.floor(at / 2), page: at % 2, seenAt: 1000 + at });
          const stored = ingesting.store(page);
          const { added, changed, unchanged, again } = stored;
          expect(added + changed + unchanged + again).toBe(items.length);
          const ofPage = new Map(items.map(text => [keyOf(text), text]));
          for (const [key, text] of ofPage) {
            last.set(key, text);
            const before = said.get(key) ?? [];
            const now = JSON.parse(text) as unknown;
            if (JSON.stringify(before.at(-1)) !== JSON.stringify(now)) said.set(key, [...before, now]);
          }
        });
        expect(texts()).toEqual(Object.fromEntries(last));
        const revisions = createRevisions(database);
        for (const [key, values] of said) {
          const [name = '', party = ''] = key.split(' ');
          const found = revisions.of({ linkId: 1, module: 'locations', id: name, party });
          expect(found.map(({ object }) => object)).toEqual([...values].reverse());
          expect(found.map(({ revision }) => revision)).toEqual(values.map((_, number) => values.length - number));
          expect(found.every(({ changes }, number) => (changes.length === 0) === (number === found.length - 1))).toBe(
            true,
          );
        }
        database.close();
      }),
      { numRuns: 40 },
    );
  });

  function keyOf(text: string): string {
    const { id: name, party_id: party } = JSON.parse(text) as { id: string; party_id: string };
    return `${name} nl-${party}`.toLowerCase();
  }
});
