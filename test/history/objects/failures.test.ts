import Database from 'better-sqlite3';
import { describe, expect, it } from 'vitest';
import { migrate } from '../../../core/history/migrations/list.ts';
import { createGate } from '../../../core/history/objects/gate.ts';
import { createIngesting } from '../../../core/history/objects/ingesting.ts';
import { createTextReader, type TextPlace } from '../../../core/history/objects/text-blocks.ts';
import { newFile } from '../folder.ts';
import { answer, counts, location, pageOf } from './pages.ts';

/** Texts that do not pack, so that a small limit is soon reached. */
function wordy(number: number) {
  let state = number + 1;
  const random = () => {
    state = (state * 48_271) % 2_147_483_647;
    return state.toString(36);
  };
  return location(number, { name: Array.from({ length: 60 }, random).join(' ') });
}

function open(file = newFile()) {
  const database = new Database(file, { timeout: 50 });
  database.pragma('journal_mode = WAL');
  migrate(database);
  return { file, database, ingesting: createIngesting(database, createGate()) };
}

/** Every table says the same about every object, and every text can be read. */
function assertConsistent(database: Database.Database): void {
  expect(database.pragma('integrity_check', { simple: true })).toBe('ok');
  const texts = createTextReader(database);
  const rows = database.prepare<[], TextPlace & { key: string }>('SELECT key, block, place, length FROM object').all();
  for (const row of rows) {
    const { id } = JSON.parse(texts.text(row)) as { id: string };
    expect(row.key.startsWith(`${id.toLowerCase()}\n`)).toBe(true);
  }
}

describe('when the database refuses a page', () => {
  const items = Array.from({ length: 1000 }, (_, number) => wordy(number));

  it('because the disk is full, nothing half is left, and the same page can be stored later, counting as it should', () => {
    const { database, ingesting } = open();
    ingesting.store(pageOf(answer(items.slice(0, 100))));
    const pages = Number(database.pragma('page_count', { simple: true }));
    database.pragma(`max_page_count = ${pages + 100}`);
    const page = () => pageOf(answer(items), { runId: 2, page: 3 });
    const refused = ingesting.store(page());
    expect(refused).toMatchObject({
      added: 0,
      unchanged: 0,
      items: 0,
      trouble: expect.stringContaining('disk is full'),
    });
    expect(ingesting.store(page()).trouble).toBe(refused.trouble);
    const kept = Number(database.prepare('SELECT count(*) FROM object').pluck().get());
    expect(kept).toBeGreaterThan(100);
    expect(kept).toBeLessThan(1000);
    assertConsistent(database);

    database.pragma('max_page_count = 1000000');
    expect(counts(ingesting.store(page()))).toEqual({ items: 1000, added: 900, unchanged: 100 });
    assertConsistent(database);
    ingesting.settle();
    const indexed = database
      .prepare("SELECT count(*) FROM object_field JOIN object_value ON id = object_field.value WHERE field = 'city'")
      .pluck()
      .get();
    // Of 1000 objects in spans of 32, each with one of three cities.
    expect(indexed).toBe(3 * 32);
  });

  it('because another program holds it locked, says so, and stores it afterwards', () => {
    const { file, ingesting } = open();
    const other = new Database(file);
    other.exec('BEGIN EXCLUSIVE');
    expect(ingesting.store(pageOf(answer(items))).trouble).toBe('another program holds the database locked');
    expect(ingesting.finish({ linkId: 1, module: 'locations', runId: 1, at: 1 })).toEqual({ vanished: 0 });
    other.exec('ROLLBACK');
    other.close();
    expect(counts(ingesting.store(pageOf(answer(items))))).toEqual({ items: 1000, added: 1000 });
  });

  it('in the middle of judging what vanished, the rest is judged when it is asked again', () => {
    const { file, database, ingesting } = open();
    ingesting.store(pageOf(answer(items)));
    ingesting.store(pageOf(answer(items.slice(0, 400)), { runId: 2, seenAt: 1_790_000_100_000 }));
    const pull = { linkId: 1, module: 'locations', runId: 2, at: 1_790_000_100_001 } as const;
    database.exec('UPDATE object SET vanished_at = 1790000100001 WHERE id > (SELECT max(id) - 100 FROM object)');
    const other = new Database(file);
    other.exec('BEGIN IMMEDIATE');
    expect(ingesting.finish(pull)).toEqual({ vanished: 0, trouble: 'another program holds the database locked' });
    other.exec('ROLLBACK');
    other.close();
    expect(ingesting.finish(pull)).toEqual({ vanished: 600 });
  });
});
