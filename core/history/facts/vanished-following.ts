import type { Database } from 'better-sqlite3';
import { type NumberRange, numbersOf } from '../objects/numbers.ts';
import type { FollowedList } from './list-reader.ts';

/** Objects that had vanished when they were handed over last. */
export const VANISHED_TABLE = 'CREATE TABLE followed_vanished (object INTEGER PRIMARY KEY);';

/** Objects vanish and come back without a change of their own: what is so now is compared with what was told last. */
export interface VanishedFollowing {
  turned(list: FollowedList): readonly { readonly id: number; readonly isVanished: boolean }[];
  /** It is told. */
  note(id: number, isVanished: boolean): void;
  drop(range: NumberRange): void;
}

export function createVanishedFollowing(facts: Database): VanishedFollowing {
  const told = facts
    .prepare<[number, number], number>('SELECT object FROM followed_vanished WHERE object >= ? AND object < ?')
    .pluck();
  const add = facts.prepare('INSERT OR IGNORE INTO followed_vanished (object) VALUES (?)');
  const remove = facts.prepare('DELETE FROM followed_vanished WHERE object = ?');
  const drop = facts.prepare<[number, number]>('DELETE FROM followed_vanished WHERE object >= ? AND object < ?');
  return {
    turned(list) {
      const { from, before } = numbersOf(list.id);
      const known = new Set(told.all(from, before));
      const now = list.vanished();
      const gone = now.filter(id => !known.has(id)).map(id => ({ id, isVanished: true }));
      if (gone.length === 0 && now.length === known.size) return [];
      const present = new Set(now);
      return [...gone, ...[...known].filter(id => !present.has(id)).map(id => ({ id, isVanished: false }))];
    },
    note: (id, isVanished) => void (isVanished ? add : remove).run(id),
    drop: ({ from, before }) => void drop.run(from, before),
  };
}
