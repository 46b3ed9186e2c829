import { randomBytes } from 'node:crypto';
import { readFileSync, statSync, writeFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import Database from 'better-sqlite3';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { systemClock } from '../../../core/clock.ts';
import type { ExchangeFilter } from '../../../core/contract/exchange.ts';
import type { History } from '../../../core/history/history.ts';
import type { ExchangeRecord } from '../../../core/http/exchange.ts';
import { versionsExchange } from '../../support/exchanges.ts';
import { newFile, newLink, openAt } from '../folder.ts';

function answering(number: number, text: string, more: Partial<ExchangeRecord> = {}): ExchangeRecord {
  const response = {
    status: 200,
    statusText: 'OK',
    headers: [['Content-Type', 'application/json']] as const,
    body: Buffer.from(text),
  };
  return versionsExchange(number, { response, ...more });
}

async function ids(history: History, search: string, more: Partial<ExchangeFilter> = {}): Promise<number[]> {
  const found = await history.find({ search, limit: 100, ...more });
  if (!found.ok) throw new Error(found.reason);
  return found.exchanges.map(({ id }) => id);
}

/** Waits until something holds; the worker works beside us. */
async function until(holds: () => boolean | Promise<boolean>, patience = 8000): Promise<void> {
  const began = systemClock.elapsed();
  while (!(await holds())) {
    if (systemClock.elapsed() - began > patience) throw new Error('it never came to hold');
    await systemClock.sleep(20);
  }
}

describe('searching', () => {
  it('finds all words in URL and bodies, without regard to case and accents, newest first, at once', async () => {
    const history = await openAt(newFile());
    await history.recorder.record(answering(1, '{"city":"Köln","name":"Laden am Dom"}'));
    await history.recorder.record(answering(2, '{"city":"Koln","name":"Hafen"}'));
    const request = { ...versionsExchange(3).request, url: '/ocpi/2.2.1/sender/locations?city=KÖLN' };
    await history.recorder.record(answering(3, '{}', { request: { ...request, body: Buffer.from('{"am":"Rhein"}') } }));
    expect(await ids(history, 'köln')).toEqual([3, 2, 1]);
    expect(await ids(history, 'am KOLN')).toEqual([3, 1]);
    expect(await ids(history, 'sender/locations')).toEqual([3]);
    expect(await ids(history, 'haf*')).toEqual([2]);
    expect(await ids(history, 'haf')).toEqual([]);
    expect(await ids(history, '2.2.1 rhe*')).toEqual([3]);
    expect(await ids(history, '... ---')).toEqual([]);
  });

  it('keeps to the other filters, and turns pages', async () => {
    const history = await openAt(newFile());
    history.links.insert(newLink('Acme'));
    history.links.insert(newLink('Volt'));
    const records = Array.from({ length: 60 }, (_, number) =>
      answering(number, `{"word":"tariff","n":"n${number}"}`, {
        linkId: 1 + (number % 2),
        ...(number % 3 === 0 ? { ocpiStatus: 2001 } : {}),
        ...(number % 5 === 0 ? { runId: 9 } : {}),
        startedAt: 1_790_000_000_000 + ((number * 7) % 60),
      }),
    );
    await Promise.all(records.map(record => history.recorder.record(record)));
    const wanted = (holds: (number: number) => boolean) =>
      records.flatMap((_, number) => (holds(number) ? [number + 1] : [])).reverse();
    expect(await ids(history, 'tariff', { link: 'acme' })).toEqual(wanted(number => number % 2 === 0));
    expect(await ids(history, 'tariff', { link: 'volt', errors: true })).toEqual(
      wanted(number => number % 2 === 1 && number % 3 === 0),
    );
    expect(await ids(history, 'tariff', { runId: 9 })).toEqual(wanted(number => number % 5 === 0));
    expect(await ids(history, 'tariff', { link: 'unknown' })).toEqual([]);
    const since = 1_790_000_000_030;
    const late = wanted(number => (number * 7) % 60 >= 30);
    expect(await ids(history, 'tariff', { since })).toEqual(late);
    expect(await ids(history, 'tariff', { since, limit: 7 })).toEqual(late.slice(0, 7));
    expect(await ids(history, 'tariff', { limit: 10, before: 21 })).toEqual(
      wanted(number => number < 20 && number >= 10),
    );
    expect(await ids(history, 'n17')).toEqual([18]);
  });

  it('nothing that can be typed is an error', async () => {
    const history = await openAt(newFile());
    await history.recorder.record(answering(1, '{"a":"AND OR NOT NEAR url:x"}'));
    const typed = fc.oneof(
      fc.string({ maxLength: 40 }),
      fc.string({ unit: 'binary', maxLength: 40 }),
      fc.constantFrom(
        '"',
        '""*',
        'a AND',
        'NOT',
        'NEAR(a b)',
        'text:a',
        '^a',
        '-a',
        '*',
        "a'b",
        '\u{E000}l1',
        'a\0b',
        'ß*',
      ),
    );
    await fc.assert(
      fc.asyncProperty(typed, async search => {
        expect(await history.find({ search, limit: 5 })).toMatchObject({ ok: true });
      }),
      { numRuns: 300 },
    );
    expect(await ids(history, 'and NEAR not')).toEqual([1]);
    expect(await ids(history, '\u{E000}f')).toEqual([]);
  });

  it('whatever word stands in a body finds it', async () => {
    const history = await openAt(newFile());
    const letter = fc.constantFrom(...'abcxyz0189äéßøñčАжшΩλ中文字かなאבע');
    const word = fc.string({ unit: letter, minLength: 1, maxLength: 12 });
    const between = fc.constantFrom(' ', '", "', '/', '.', '-', '\n', ':', '_');
    let number = 0;
    await fc.assert(
      fc.asyncProperty(fc.array(word, { minLength: 1, maxLength: 4 }), between, async (words, mark) => {
        const { id } = await history.recorder.record(answering(++number, words.join(mark)));
        expect((await ids(history, words.join(' ')))[0]).toBe(id);
        expect((await ids(history, words.join(mark)))[0]).toBe(id);
        expect((await ids(history, `${words[0]?.slice(0, 2)}*`)).includes(id)).toBe(true);
      }),
      { numRuns: 60 },
    );
    expect(await ids(history, 'nothing holds this')).toEqual([]);
  });

  it('finds what stands in a packed, coded or long body, as far as the setting goes', async () => {
    const file = newFile();
    const before = await openAt(file);
    before.settings.set('history.searched-body', 100);
    await before.close();
    const history = await openAt(file);
    const response = { status: 200, statusText: 'OK', headers: [['Content-Encoding', 'gzip']] as const };
    await history.recorder.record(
      versionsExchange(1, { response: { ...response, body: gzipSync('{"city":"Rotterdam"}') } }),
    );
    await history.recorder.record(answering(2, `{"early":"${'x '.repeat(100)}","late":1}`));
    expect(await ids(history, 'rotterdam')).toEqual([1]);
    expect(await ids(history, 'early')).toEqual([2]);
    expect(await ids(history, 'late')).toEqual([]);
  });

  it('an exchange is found by its answer once it has one', async () => {
    const history = await openAt(newFile());
    const { response: _, ...asked } = answering(1, '');
    const { id } = history.recorder.open({ ...asked, ended: { how: 'open' } });
    expect(await ids(history, 'versions')).toEqual([id]);
    expect(await ids(history, 'surprise')).toEqual([]);
    const response = { status: 500, statusText: 'No', headers: [], body: Buffer.from('"surprise"') };
    await history.recorder.update(id, { response, ended: { how: 'complete' } });
    expect(await ids(history, 'surprise', { errors: true })).toEqual([id]);
    expect(await ids(history, 'versions')).toEqual([id]);
  });

  it('goes on after a restart where the index ended, also when the workbench was gone before it was indexed', async () => {
    const file = newFile();
    const before = await openAt(file);
    await before.recorder.record(answering(1, '"first"'));
    expect(await ids(before, 'first')).toEqual([1]);
    const last = before.recorder.record(answering(2, '"second"'));
    await before.close();
    await last;
    const after = await openAt(file);
    expect(await ids(after, 'second')).toEqual([2]);
    expect(await ids(after, 'first')).toEqual([1]);
  });

  it.each([
    ['damaged', (file: string) => writeFileSync(file, 'rubbish'.repeat(1000))],
    ['gone', (file: string) => writeFileSync(file, '')],
    ['of an older workbench', (file: string) => alter(file, 'PRAGMA user_version = 0')],
    ['of another database', (file: string) => alter(file, "UPDATE state SET database_id = 'x'")],
    ['ahead of the database', (file: string) => alter(file, 'UPDATE state SET up_to = 1000')],
  ])('an index that is %s is made anew', async (_, harm) => {
    const file = newFile();
    const before = await openAt(file);
    await before.recorder.record(answering(1, '"first"'));
    expect(await ids(before, 'first')).toEqual([1]);
    await before.close();
    harm(`${file}.search`);
    const after = await openAt(file);
    expect(await ids(after, 'first')).toEqual([1]);
    expect(after.health()).toEqual({ ok: true });
  });

  it('the index follows by itself, within a second', async () => {
    const file = newFile();
    const history = await openAt(file);
    await history.recorder.record(answering(1, '"first"'));
    const upTo = () => {
      const index = new Database(`${file}.search`, { readonly: true });
      try {
        return index.prepare('SELECT up_to FROM state').pluck().get();
      } catch {
        return undefined;
      } finally {
        index.close();
      }
    };
    await until(() => statSync(`${file}.search`, { throwIfNoEntry: false }) !== undefined && upTo() === 1);
    await history.recorder.record(answering(2, '"second"'));
    const began = systemClock.elapsed();
    await until(() => upTo() === 2);
    expect(systemClock.elapsed() - began).toBeLessThan(1000);
  });
});

describe('the worker', () => {
  it('packs bodies where it pays, and they come back as they crossed the wire', async () => {
    const file = newFile();
    const history = await openAt(file);
    const wordy = `[${'{"evse":"NL*TNM*E1","status":"AVAILABLE"},'.repeat(500)}0]`;
    const noise = randomBytes(3000);
    await history.recorder.record(answering(1, wordy));
    await history.recorder.record(
      versionsExchange(2, { response: { status: 200, statusText: 'OK', headers: [], body: noise } }),
    );
    const codings = () => {
      const database = new Database(file, { readonly: true });
      const rows = database.prepare('SELECT coding, length(content) AS size FROM body ORDER BY id').all();
      database.close();
      return rows as { coding: number; size: number }[];
    };
    await until(() => codings().every(({ coding }) => coding !== 0));
    expect(codings()[0]).toMatchObject({ coding: 1 });
    expect(codings()[0]?.size).toBeLessThan(wordy.length / 10);
    expect(history.exchanges.get(1)?.response?.body.text).toBe(wordy);
    expect(history.exchanges.record(2)?.response?.body).toEqual(noise);
    await history.recorder.record(answering(3, wordy));
    expect(codings()).toHaveLength(2);
    expect(await ids(history, 'available')).toEqual([3, 1]);
  });

  it('moves the log into the database while recording goes on', async () => {
    const file = newFile();
    const history = await openAt(file);
    const size = () => statSync(file).size;
    const small = size();
    let number = 0;
    await until(async () => {
      await Promise.all(Array.from({ length: 20 }, () => history.recorder.record(versionsExchange(++number))));
      return size() > small + 20_000;
    });
    expect(readFileSync(file).includes('/ocpi/versions')).toBe(true);
    expect(history.exchanges.count()).toBe(number);
  });
});

function alter(file: string, sql: string): void {
  const database = new Database(file);
  database.exec(sql);
  database.close();
}
