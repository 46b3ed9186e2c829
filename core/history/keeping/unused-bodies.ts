import type { Database } from 'better-sqlite3';
import { type Bits, createBits } from './bits.ts';
import type { DeletingProgress } from './deleting.ts';
import type { Pace } from './pace.ts';

/** Exchanges read at once, and bodies looked at in one transaction at most. */
const ROWS = 1000;
const BODIES = 200;

export interface UnusedBodies {
  readonly pace: Pace;
  /** Bodies that were given to an exchange since the deletion began. Those above its size are younger than it. */
  readonly handedOut: Bits;
  readonly progress: (progress: DeletingProgress) => void;
  /** So many more are gone. */
  readonly deleted?: (more: number) => void;
}

/**
 * Deletes bodies no exchange names. Which ones are named is read once, over all exchanges; what is given to exchanges in
 * the meantime stands in `handedOut`, written by whoever records before it commits.
 */
export async function deleteUnusedBodies(
  database: Database,
  { pace, handedOut, progress, deleted }: UnusedBodies,
): Promise<void> {
  const used = await usedBodies(database, { pace, handedOut, progress });
  const next = database.prepare<[number], number | null>('SELECT min(id) FROM body WHERE id >= ?').pluck();
  const drop = database.prepare<[number]>('DELETE FROM body WHERE id = ?');
  let id = next.get(1) ?? handedOut.size;
  while (id < handedOut.size) {
    const unused: number[] = [];
    for (; id < handedOut.size && unused.length < BODIES; id++) {
      if (!used.has(id) && !handedOut.has(id)) unused.push(id);
    }
    if (unused.length === 0) break;
    const { seen, gone } = pace.transact(isTime => {
      let seen = 0;
      let gone = 0;
      for (const body of unused) {
        seen++;
        // Looked at once more: nobody can give it to an exchange as long as this transaction lasts.
        if (!handedOut.has(body)) gone += drop.run(body).changes;
        if (!isTime()) break;
      }
      return { seen, gone };
    });
    id = unused[seen] ?? id;
    deleted?.(gone);
    // Where an earlier deletion was, there is nothing for long.
    if (gone === 0) id = next.get(id) ?? handedOut.size;
    progress({ doing: 'deleting bodies', done: id, total: handedOut.size });
    await pace.rest();
  }
}

async function usedBodies(
  database: Database,
  { pace, handedOut, progress }: Omit<UnusedBodies, 'deleted'>,
): Promise<Bits> {
  const used = createBits(handedOut.size);
  const rows = database
    .prepare<[number], [id: number, request: number | null, response: number | null]>(
      `SELECT id, request_body, response_body FROM exchange WHERE id > ? ORDER BY id LIMIT ${ROWS}`,
    )
    .raw();
  const faults = database
    .prepare<[number], [id: number, body: number | null]>(
      `SELECT exchange_id, body FROM exchange_fault WHERE exchange_id > ? ORDER BY exchange_id LIMIT ${ROWS}`,
    )
    .raw();
  const newest = database.prepare<[], number | null>('SELECT max(id) FROM exchange').pluck().get() ?? 0;
  const read = async (some: (after: number) => readonly (readonly (number | null)[])[]) => {
    for (let at = 0; ; ) {
      const found = some(at);
      for (const [id, ...bodies] of found) {
        at = id ?? at;
        for (const body of bodies) if (body !== null) used.set(body);
      }
      if (found.length < ROWS) return;
      progress({ doing: 'looking for unused bodies', done: Math.min(at, newest), total: newest });
      await pace.rest();
    }
  };
  await read(after => rows.all(after));
  await read(after => faults.all(after));
  return used;
}
