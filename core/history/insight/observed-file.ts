import Database from 'better-sqlite3';
import type { Timings } from '../../http/wire.ts';
import { createBodyStore } from '../bodies.ts';
import { createExchangeFaults, type ExchangeFaultStore } from '../exchange-faults.ts';
import { timingsOf } from '../exchange-row.ts';
import { createObservedRows, type ObservedRows } from './observed-rows.ts';

/** A connection of its own, for reading, for a thread that looks at exchanges. */
export interface ObservedFile {
  readonly rows: ObservedRows;
  /** What fault rules did to an exchange. */
  readonly faults: Pick<ExchangeFaultStore, 'get'>;
  /** Undefined where none were taken. */
  timings(id: number): Timings | undefined;
  close(): void;
}

const PATIENCE = 1000;
/** Everything is read once, in the order in which it lies. */
const CACHE_KIB = 2 * 1024;
const MAPPED_BYTES = 512 * 1024 * 1024;

/** Throws what SQLite throws. */
export function openObservedFile(file: string): ObservedFile {
  const database = new Database(file, { readonly: true, timeout: PATIENCE });
  database.pragma(`cache_size = -${CACHE_KIB}`);
  database.pragma(`mmap_size = ${MAPPED_BYTES}`);
  const timings = database.prepare<[number], { duration: number | null; timings: string | null }>(
    'SELECT duration, timings FROM exchange WHERE id = ?',
  );
  return {
    rows: createObservedRows(database),
    // Reads only.
    faults: createExchangeFaults(database, { bodies: createBodyStore(database), largestBody: 0 }),
    timings(id) {
      const row = timings.get(id);
      return row && timingsOf(row);
    },
    close: () => database.close(),
  };
}
