import type { ExchangeRecord, ExchangeUpdate } from '../http/exchange.ts';
import type { ExchangeWriter } from './exchange-writer.ts';
import { troubleOf } from './trouble.ts';

/** As many exchanges are remembered while nothing can be stored; the oldest are let go. */
const MOST_REMEMBERED = 200;

interface LateWrite {
  /** Absent where the row stands in the database already. */
  readonly record?: ExchangeRecord;
  readonly update: ExchangeUpdate;
}

/**
 * Exchanges still under way while storing failed, so that the rest of a long one is not lost when recording resumes. One
 * recorded whole is not kept: its peer was answered something else, because it could not be stored.
 */
export interface LateWrites {
  keepOpen(id: number, record: ExchangeRecord): void;
  keepUpdate(id: number, update: ExchangeUpdate): void;
  /** Inside a transaction. */
  write(): void;
  /** The transaction is committed: forgets what it wrote, and tells the ids. */
  written(): readonly number[];
}

export function createLateWrites(writer: ExchangeWriter): LateWrites {
  const waiting = new Map<number, LateWrite>();
  const keep = (id: number, write: LateWrite) => {
    waiting.set(id, write);
    if (waiting.size <= MOST_REMEMBERED) return;
    for (const oldest of waiting.keys()) {
      waiting.delete(oldest);
      return;
    }
  };
  return {
    keepOpen(id, record) {
      if (record.ended.how === 'open') keep(id, { record, update: {} });
    },
    keepUpdate(id, update) {
      const before = waiting.get(id);
      keep(id, { ...before, update: { ...before?.update, ...update } });
    },
    write() {
      for (const [id, { record, update }] of waiting) {
        try {
          if (record) writer.insert(id, { ...record, ...update });
          else writer.update(id, update);
        } catch (error) {
          // One that can never be written must not keep everything else from being written.
          if (troubleOf(error)) throw error;
          waiting.delete(id);
        }
      }
    },
    written() {
      if (waiting.size === 0) return [];
      const ids = [...waiting.keys()];
      waiting.clear();
      return ids;
    },
  };
}
