import type { Database } from 'better-sqlite3';

/** One step of the schema. Never changed after a release: a database in the field has run it. */
export interface Migration {
  /** Grows in the order of the list; `user_version` is the number of the last one run. */
  readonly number: number;
  readonly name: string;
  run(database: Database): void;
}
