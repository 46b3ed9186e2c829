import type { Database } from 'better-sqlite3';
import type { Clock } from '../../clock.ts';
import { createMarkWriting } from '../browse/mark-writing.ts';
import { createLists } from '../objects/lists.ts';
import { numbersOf } from '../objects/numbers.ts';
import { parsedText } from '../objects/object-view.ts';
import { searchableText } from '../objects/object-words.ts';
import { createTextReader, type TextPlace } from '../objects/text-blocks.ts';
import { TOKENIZER } from './words.ts';

/** Tables of the full text of objects, beside those of exchanges. up_to: the change up to which a list is indexed. */
export const OBJECT_TEXT_TABLES = `
  CREATE TABLE object_state (list_id INTEGER PRIMARY KEY, up_to INTEGER NOT NULL);
  CREATE VIRTUAL TABLE object_text USING fts5 (
    text, content = '', contentless_delete = 1, detail = none, tokenize = '${TOKENIZER}'
  );
`;

/** Full text of objects, written. Follows the numbers of their changes, so it goes on wherever it stopped. */
export interface ObjectIndex {
  /** How many changes of objects it does not know yet; of a list that is new about so many. */
  behind(): number;
  /** Works for about so many milliseconds, in one transaction; false where nothing is left. */
  indexBatch(time: number): boolean;
  /** It knows changes the database does not have. */
  isAhead(): boolean;
}

/** Objects read at once: as many as share a few blocks of text. */
const ROWS = 200;
const FORGOTTEN_AT_ONCE = 500;

interface IndexedRow extends TextPlace {
  readonly id: number;
  readonly change: number;
  readonly fieldValues: string;
  readonly findings: string | null;
}

/** `index`: the connection to the file of the full text; `database`: to the database beside it. */
export function createObjectIndex(database: Database, index: Database, clock: Clock): ObjectIndex {
  const lists = createLists(database);
  const texts = createTextReader(database);
  const marks = createMarkWriting(index);
  const after = database.prepare<[number, number], IndexedRow>(
    `SELECT id, change, block, place, length, field_values AS fieldValues, findings FROM object
     WHERE change > ? AND change < ? ORDER BY change LIMIT ${ROWS}`,
  );
  const newest = database
    .prepare<[number, number], number | null>('SELECT max(change) FROM object WHERE change >= ? AND change < ?')
    .pluck();
  const stillThere = database.prepare<[number]>('SELECT 1 FROM object_list WHERE id = ? AND removed_at IS NULL');
  const readStates = index.prepare<[], [listId: number, upTo: number]>('SELECT list_id, up_to FROM object_state').raw();
  const writeState = index.prepare('INSERT OR REPLACE INTO object_state (list_id, up_to) VALUES (?, ?)');
  const dropState = index.prepare('DELETE FROM object_state WHERE list_id = ?');
  const write = index.prepare('INSERT OR REPLACE INTO object_text (rowid, text) VALUES (?, ?)');
  const someOf = index
    .prepare<[number, number], number>(
      `SELECT rowid FROM object_text WHERE rowid >= ? AND rowid < ? LIMIT ${FORGOTTEN_AT_ONCE}`,
    )
    .pluck();
  const forget = index.prepare('DELETE FROM object_text WHERE rowid = ?');

  const indexSome = index.transaction((listId: number, rows: readonly IndexedRow[], until: number) => {
    let upTo = 0;
    for (const row of rows) {
      const object = parsedText(texts, row);
      write.run(row.id, searchableText(object, row.fieldValues));
      marks.set(row.id, object, row.findings);
      upTo = row.change;
      if (clock.elapsed() > until) break;
    }
    marks.flush();
    writeState.run(listId, upTo);
  });

  /** Of a list that is gone. */
  const forgetSome = index.transaction((listId: number) => {
    const { from, before } = numbersOf(listId);
    const ids = someOf.all(from, before);
    for (const id of ids) forget.run(id);
    if (ids.length > 0) return;
    marks.forget({ from, before });
    dropState.run(listId);
  });

  return {
    indexBatch(time) {
      const until = clock.elapsed() + time;
      const states = new Map(readStates.all());
      for (const { id } of lists.all()) {
        const { from, before } = numbersOf(id);
        const rows = after.all(states.get(id) ?? from, before);
        states.delete(id);
        if (rows.length === 0) continue;
        indexSome.immediate(id, rows, until);
        return true;
      }
      for (const id of states.keys()) {
        forgetSome.immediate(id);
        return true;
      }
      return false;
    },
    behind() {
      const states = new Map(readStates.all());
      return lists.all().reduce((sum, { id }) => {
        const { from, before } = numbersOf(id);
        return sum + (newest.get(from, before) ?? from) - (states.get(id) ?? from);
      }, 0);
    },
    isAhead: () =>
      readStates.all().some(([listId, upTo]) => {
        const { from, before } = numbersOf(listId);
        return upTo > (newest.get(from, before) ?? from) && stillThere.get(listId) !== undefined;
      }),
  };
}
