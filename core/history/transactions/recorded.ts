import Database from 'better-sqlite3';
import { createObservedRows, type ObservedRows } from '../insight/observed-rows.ts';
import { createGoneReader, createGreatestId, type GoneReader } from '../keeping/gone.ts';
import { type RelevantExchanges, relevantExchanges } from './relevant-exchanges.ts';

/** What charges are put together of, on a connection for reading. */
export interface Recorded {
  readonly rows: ObservedRows;
  readonly relevant: RelevantExchanges;
  /** Which exchanges were deleted. */
  readonly gone: GoneReader;
  /** The greatest id an exchange ever had. */
  greatestId(): number;
  linkName(id: number): string | undefined;
  close(): void;
}

const PATIENCE = 1000;
const CACHE_KIB = 2 * 1024;
const MAPPED_BYTES = 512 * 1024 * 1024;

/** Throws what SQLite throws. */
export function openRecorded(file: string): Recorded {
  const database = new Database(file, { readonly: true, timeout: PATIENCE });
  database.pragma(`cache_size = -${CACHE_KIB}`);
  database.pragma(`mmap_size = ${MAPPED_BYTES}`);
  const linkName = database.prepare<[number], string>('SELECT name FROM link WHERE id = ?').pluck();
  return {
    rows: createObservedRows(database),
    relevant: relevantExchanges(database),
    gone: createGoneReader(database),
    greatestId: createGreatestId(database),
    linkName: id => linkName.get(id),
    close: () => void database.close(),
  };
}
