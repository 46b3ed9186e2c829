import Database from 'better-sqlite3';
import { expect, it } from 'vitest';
import { migrate } from '../../../core/history/migrations/list.ts';
import { createFieldIndex } from '../../../core/history/objects/field-index.ts';
import { objectsOf } from '../../../core/history/objects/field-rows.ts';
import { createGate } from '../../../core/history/objects/gate.ts';
import { createIngesting } from '../../../core/history/objects/ingesting.ts';
import { newFile } from '../folder.ts';
import { answer, location, pageOf } from './pages.ts';

const OBJECTS = 1200;

function connect(file: string) {
  const database = new Database(file);
  database.pragma('journal_mode = WAL');
  migrate(database);
  return { database, ingesting: createIngesting(database, createGate()) };
}

/** Places of the objects that the index says have a value, counted from 1. */
function indexed(database: Database.Database, city: string): number[] {
  const rows = database
    .prepare<[string], { span: number; bits: number }>(
      `SELECT span, bits FROM object_field JOIN object_value ON object_value.id = object_field.value
       WHERE field = 'city' AND object_value.value = ? ORDER BY span`,
    )
    .all(city);
  return rows.flatMap(({ span, bits }) => objectsOf(span, bits).map(id => id % 2 ** 32));
}

it.each([
  ['before anything of it is written', 0],
  ['when its rows are written, and it is not told to be complete yet', 1],
])('an object that changes while the index is brought up to date, %s, stands there as it is now', (_, when) => {
  const file = newFile();
  const [us, other] = [connect(file), connect(file)];
  const page = (city: string, from = 0) =>
    pageOf(answer(Array.from({ length: OBJECTS - from }, (_, at) => location(at + from, { city }))), { runId: 0 });
  us.ingesting.store(page('Lund'));
  const halfway = us.database.prepare('UPDATE object_list SET fields_up_to = 0').run().changes;
  expect(halfway).toBe(1);
  let transactions = 0;
  const index = createFieldIndex(us.database, work => {
    if (transactions++ === when) other.ingesting.store(page('Malmö', 100));
    return us.database.transaction(work).immediate();
  });
  index.followAll();
  expect(indexed(us.database, 'lund')).toEqual(Array.from({ length: 100 }, (_, at) => at + 1));
  expect(indexed(us.database, 'malmö')).toEqual(Array.from({ length: OBJECTS - 100 }, (_, at) => at + 101));
  expect(us.database.prepare('SELECT fields_up_to & 0xffffffff FROM object_list').pluck().get()).toBe(OBJECTS);
  us.database.close();
  other.database.close();
});
