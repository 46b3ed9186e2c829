import type { Database } from 'better-sqlite3';
import type { Clock } from '../clock.ts';
import type { Atomic } from './atomic.ts';

/** What the operator wrote beside exchanges. */
export interface Notes {
  get(exchangeId: number): string | undefined;
  /** Null takes it away. Throws what SQLite throws. */
  write(exchangeId: number, text: string | null): void;
}

export function createNotes(database: Database, { clock, atomic }: { clock: Clock; atomic: Atomic }): Notes {
  const read = database.prepare<[number], string>('SELECT text FROM exchange_note WHERE exchange_id = ?').pluck();
  const put = database.prepare('INSERT OR REPLACE INTO exchange_note (exchange_id, text, written_at) VALUES (?, ?, ?)');
  const drop = database.prepare('DELETE FROM exchange_note WHERE exchange_id = ?');
  return {
    get: exchangeId => read.get(exchangeId),
    write(exchangeId, text) {
      atomic(() => (text === null ? drop.run(exchangeId) : put.run(exchangeId, text, clock.now())));
    },
  };
}

/** Which exchanges are requests that were sent again from the workbench. */
export interface Resent {
  /** `id` sends the request of `origin` again, as it was or edited. Throws what SQLite throws. */
  mark(id: number, origin: number): void;
}

export function createResent(database: Database, atomic: Atomic): Resent {
  const put = database.prepare('INSERT OR REPLACE INTO exchange_resent (exchange_id, origin) VALUES (?, ?)');
  return { mark: (id, origin) => void atomic(() => put.run(id, origin)) };
}
