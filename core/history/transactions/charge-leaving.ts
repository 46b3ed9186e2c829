import type { Database } from 'better-sqlite3';
import type { Followed } from '../keeping/gone.ts';

/** Takes exchanges that are deleted out of charges; inside of a transaction of whoever calls. */
export interface ChargeLeaving {
  /** Up to where that was done; undefined: nobody said. */
  followed(): Followed | undefined;
  setFollowed(followed: Followed): void;
  /** Exchanges of any charge between two ids, both inclusive; at most `limit`, in order. */
  membersBetween(from: number, to: number, limit: number): readonly number[];
  /** A charge of which nothing is left goes as well. Gives the ids of those that are still there, and of those that are not. */
  leave(exchangeIds: readonly number[]): { readonly smaller: readonly number[]; readonly gone: readonly number[] };
}

export function createChargeLeaving(database: Database): ChargeLeaving {
  const followed = database.prepare<[], Followed>('SELECT deletion, at FROM gone_state');
  const clear = database.prepare('DELETE FROM gone_state');
  const follow = database.prepare('INSERT INTO gone_state (deletion, at) VALUES (?, ?)');
  const between = database
    .prepare<[number, number, number], number>(
      `SELECT DISTINCT exchange_id FROM member WHERE exchange_id >= ? AND exchange_id <= ?
       ORDER BY exchange_id LIMIT ?`,
    )
    .pluck();
  const chargesOf = database.prepare<[number], number>('SELECT charge_id FROM member WHERE exchange_id = ?').pluck();
  const dropMember = database.prepare('DELETE FROM member WHERE exchange_id = ?');
  const dropLater = database.prepare('DELETE FROM later WHERE exchange_id = ?');
  const hasMembers = database.prepare<[number], number>('SELECT 1 FROM member WHERE charge_id = ? LIMIT 1').pluck();
  const dropping = [
    'DELETE FROM tie WHERE charge_id = ?',
    'DELETE FROM near WHERE charge_id = ?',
    'DELETE FROM name WHERE charge_id = ?',
    'DELETE FROM fact WHERE charge_id = ?',
    'DELETE FROM charge WHERE id = ?',
  ].map(sql => database.prepare<[number]>(sql));

  return {
    followed: () => followed.get(),
    setFollowed({ deletion, at }) {
      clear.run();
      follow.run(deletion, at);
    },
    membersBetween: (from, to, limit) => between.all(from, to, limit),
    leave(exchangeIds) {
      const left = new Set<number>();
      for (const id of exchangeIds) {
        for (const charge of chargesOf.all(id)) left.add(charge);
        dropMember.run(id);
        dropLater.run(id);
      }
      const gone: number[] = [];
      const smaller: number[] = [];
      for (const charge of left) {
        if (hasMembers.get(charge) !== undefined) smaller.push(charge);
        else {
          for (const statement of dropping) statement.run(charge);
          gone.push(charge);
        }
      }
      return { smaller, gone };
    },
  };
}
