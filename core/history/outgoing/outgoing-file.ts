import Database from 'better-sqlite3';
import { createOutgoingExchanges, type OutgoingExchanges } from './outgoing-exchanges.ts';
import { createOutgoingObjects, type OutgoingObjects } from './outgoing-objects.ts';
import { createOutgoingRest, type OutgoingRest } from './outgoing-rest.ts';

/** A connection of its own, for reading, over which a thread reads whatever is to be handed to others. */
export interface OutgoingFile {
  readonly exchanges: OutgoingExchanges;
  readonly objects: OutgoingObjects;
  readonly rest: OutgoingRest;
  close(): void;
}

const PATIENCE = 1000;
/** Everything is read once or twice, in the order in which it lies. */
const CACHE_KIB = 2 * 1024;

/**
 * Everything read is as of the moment of the first reading, for as long as it is open: what is read twice is the same.
 * Throws what SQLite throws.
 */
export function openOutgoing(file: string): OutgoingFile {
  const database = new Database(file, { readonly: true, timeout: PATIENCE, fileMustExist: true });
  try {
    database.pragma(`cache_size = -${CACHE_KIB}`);
    database.exec('BEGIN');
    return {
      exchanges: createOutgoingExchanges(database),
      objects: createOutgoingObjects(database),
      rest: createOutgoingRest(database),
      close: () => database.close(),
    };
  } catch (error) {
    database.close();
    throw error;
  }
}
