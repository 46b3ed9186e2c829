import type { Database } from 'better-sqlite3';
import type { Atomic } from '../atomic.ts';
import type { ListName } from './lists.ts';

/** How far each list was taken over: the newest `last_updated` of it, in milliseconds since the epoch. */
export interface Cursors {
  read(list: ListName): number | undefined;
  /** Forward only. */
  move(list: ListName, to: number): void;
  drop(list: ListName): void;
  removeLink(linkId: number): void;
}

export function createCursors(database: Database, atomic: Atomic): Cursors {
  const read = database
    .prepare<[number, string, string], number>(
      'SELECT last_updated FROM pull_cursor WHERE link_id = ? AND module = ? AND list = ?',
    )
    .pluck();
  const move = database.prepare(
    `INSERT INTO pull_cursor (link_id, module, list, last_updated) VALUES (?, ?, ?, ?)
     ON CONFLICT DO UPDATE SET last_updated = max(last_updated, excluded.last_updated)`,
  );
  const drop = database.prepare('DELETE FROM pull_cursor WHERE link_id = ? AND module = ? AND list = ?');
  const removeLink = database.prepare('DELETE FROM pull_cursor WHERE link_id = ?');
  return {
    read: ({ linkId, module, list = '' }) => read.get(linkId, module, list),
    move: ({ linkId, module, list = '' }, to) => void atomic(() => move.run(linkId, module, list, Math.floor(to))),
    drop: ({ linkId, module, list = '' }) => void atomic(() => drop.run(linkId, module, list)),
    removeLink: linkId => void atomic(() => removeLink.run(linkId)),
  };
}
