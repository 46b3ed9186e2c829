import type { Database } from 'better-sqlite3';

/** Tells which exchanges are deleted, inside of the transactions that delete them. */
export interface GoneLog {
  /** A deletion begins, in the order of ids; gives what to `reach` with. */
  begin(firstId: number): number;
  reach(deletion: number, lastId: number): void;
}

/** More deletions than these are told as one: whoever follows looks at a few more ids than it has to. */
const MOST_DELETIONS = 64;

export function createGoneLog(database: Database): GoneLog {
  const count = database.prepare<[], number>('SELECT count(*) FROM exchange_gone').pluck();
  const add = database.prepare('INSERT INTO exchange_gone (first_id, last_id) VALUES (?, ?)');
  const whole = database.prepare<[], { first: number; last: number }>(
    'SELECT min(first_id) AS first, max(last_id) AS last FROM exchange_gone',
  );
  const clear = database.prepare('DELETE FROM exchange_gone');
  const reach = database.prepare('UPDATE exchange_gone SET last_id = max(last_id, ?) WHERE seq = ?');
  return {
    begin(firstId) {
      const all = (count.get() ?? 0) < MOST_DELETIONS ? undefined : whole.get();
      if (all !== undefined) {
        clear.run();
        add.run(all.first, all.last);
      }
      // Of what is deleted nothing is told yet.
      return Number(add.run(firstId, firstId - 1).lastInsertRowid);
    },
    reach: (deletion, lastId) => void reach.run(lastId, deletion),
  };
}

/** How far somebody has followed: every deletion before this one, and of this one all up to an id. */
export interface Followed {
  readonly deletion: number;
  readonly at: number;
}

/** Ids among which some are gone, both inclusive. */
export interface GoneStretch {
  readonly deletion: number;
  readonly from: number;
  readonly to: number;
}

/** Reads what was deleted, for whoever derives something from exchanges. */
export interface GoneReader {
  /** What is to be looked at next; undefined: nothing. */
  next(followed: Followed): GoneStretch | undefined;
  /** As if everything had been followed: for what is derived anew. */
  newest(): Followed;
  /** Of these ids, the ones that are gone. Between `from` and `to` of one stretch. */
  goneOf(ids: readonly number[]): number[];
}

export function createGoneReader(database: Database): GoneReader {
  const next = database.prepare<[Followed], { seq: number; first: number; last: number }>(
    `SELECT seq, first_id AS first, last_id AS last FROM exchange_gone
     WHERE (seq > :deletion AND last_id >= first_id) OR (seq = :deletion AND last_id > :at) ORDER BY seq LIMIT 1`,
  );
  const newest = database.prepare<[], { seq: number; last: number }>(
    'SELECT seq, last_id AS last FROM exchange_gone ORDER BY seq DESC LIMIT 1',
  );
  const there = database.prepare<[number, number], number>('SELECT id FROM exchange WHERE id >= ? AND id <= ?').pluck();
  return {
    next(followed) {
      const row = next.get({ deletion: followed.deletion, at: followed.at });
      if (row === undefined) return undefined;
      const from = row.seq === followed.deletion ? Math.max(row.first, followed.at + 1) : row.first;
      return { deletion: row.seq, from, to: row.last };
    },
    newest() {
      const row = newest.get();
      return row === undefined ? { deletion: 0, at: 0 } : { deletion: row.seq, at: row.last };
    },
    goneOf(ids) {
      const [first] = ids;
      const last = ids.at(-1);
      if (first === undefined || last === undefined) return [];
      const present = new Set(there.all(first, last));
      return ids.filter(id => !present.has(id));
    },
  };
}

/** The greatest id an exchange ever had, also where it is gone: no id is given twice. */
export function createGreatestId(database: Database): () => number {
  const greatest = database
    .prepare<[], number>(
      `SELECT max(
         coalesce((SELECT max(id) FROM exchange), 0), coalesce((SELECT max(last_id) FROM exchange_gone), 0)
       )`,
    )
    .pluck();
  return () => greatest.get() ?? 0;
}
