import type { Database } from 'better-sqlite3';
import type { TextPlace } from './text-blocks.ts';

/** What a page made of an object. Numbers are kept in the table: new ones at the end. */
export const OUTCOME = { added: 1, changed: 2, movedOnly: 3, changedSilently: 4, unchanged: 5 } as const;
export type Outcome = (typeof OUTCOME)[keyof typeof OUTCOME];

/** In the order of the columns: rows as lists cost half of rows as objects. */
type StoredRow = readonly [
  id: number,
  hash: string,
  version: string,
  detector: number,
  lastUpdated: number | null,
  seenRun: number | null,
  seenPage: number | null,
  outcome: Outcome,
  vanishedAt: number | null,
  findings: string | null,
];

const STORED = `id, hash, version, detector, last_updated, seen_run, seen_page, outcome, vanished_at, findings`;

/** The stored object as far as a page has to know it. */
export interface StoredObjectFacts {
  readonly id: number;
  readonly hash: string;
  readonly version: string;
  readonly detector: number;
  readonly lastUpdated: number | null;
  readonly seenRun: number | null;
  readonly seenPage: number | null;
  readonly outcome: Outcome;
  readonly vanishedAt: number | null;
  readonly findings: string | null;
}

/** What is needed besides, where the text is another one. */
export interface ChangingRow extends TextPlace {
  readonly revision: number;
  readonly change: number;
  readonly changedAt: number;
  /** Numbers of its indexed values, with commas. */
  readonly fieldValues: string;
}

export interface StoredRows {
  find(listId: number, key: string): StoredObjectFacts | undefined;
  /** The rest of a row that was found. */
  changing(id: number): ChangingRow;
}

export function createStoredRows(database: Database): StoredRows {
  const find = database
    .prepare<[number, string], StoredRow>(`SELECT ${STORED} FROM object WHERE list_id = ? AND key = ?`)
    .raw();
  const changing = database.prepare<[number], ChangingRow>(
    `SELECT block, place, length, revision, change, changed_at AS changedAt, field_values AS fieldValues
     FROM object WHERE id = ?`,
  );
  return {
    find(listId, key) {
      const row = find.get(listId, key);
      if (!row) return undefined;
      const [id, hash, version, detector, lastUpdated, seenRun, seenPage, outcome, vanishedAt, findings] = row;
      return { id, hash, version, detector, lastUpdated, seenRun, seenPage, outcome, vanishedAt, findings };
    },
    changing(id) {
      const row = changing.get(id);
      if (!row) throw new Error(`there is no object ${id}`);
      return row;
    },
  };
}

export function numbersFromText(text: string): number[] {
  return text === '' ? [] : text.split(',').map(Number);
}
