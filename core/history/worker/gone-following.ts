import type { Database } from 'better-sqlite3';
import type { Clock } from '../../clock.ts';
import { createGoneReader, type Followed } from '../keeping/gone.ts';
import { stretchOf } from '../traffic/facet.ts';

/** Where what is derived stands among deletions. Made with the rest of the file. */
export const GONE_TABLE = 'CREATE TABLE gone_state (deletion INTEGER NOT NULL, at INTEGER NOT NULL);';

/** Takes what was derived of deleted exchanges out of the full text and the facets. */
export interface GoneFollowing {
  /** For about so many milliseconds, in one transaction; false where nothing is left. */
  follow(time: number): boolean;
  /** What was deleted is out of it, and what was taken up by the full text is packed anew. */
  pack(): boolean;
}

const ROWS = 256;
/** Deleted texts leave marks; so many pages are packed anew at a time, once there are as many marks. */
const PACKED_PAGES = 16;
const WORTH_PACKING = 5000;
/** Pages given back at once. */
const FREED_PAGES = 32;

/** `index`: the connection to the file beside the database; `database`: to the database. */
export function createGoneFollowing(database: Database, index: Database, clock: Clock): GoneFollowing {
  const reader = createGoneReader(database);
  const readState = index.prepare<[], Followed>('SELECT deletion, at FROM gone_state');
  const writeState = index.prepare<[Followed]>('UPDATE gone_state SET deletion = :deletion, at = :at');
  const begin = index.prepare('INSERT INTO gone_state (deletion, at) VALUES (?, ?)');
  /** Read when it is needed: the file may be damaged, and whoever asks then knows what to do about that. */
  const followed = (): Followed => {
    const state = readState.get();
    if (state !== undefined) return state;
    // Made anew just now: nothing of what was deleted until now is in it.
    const newest = reader.newest();
    begin.run(newest.deletion, newest.at);
    return newest;
  };
  const facets = index
    .prepare<[number, number], number>(`SELECT id FROM facet WHERE id >= ? AND id <= ? ORDER BY id LIMIT ${ROWS}`)
    .pluck();
  const texts = index
    .prepare<[number, number], number>(
      `SELECT rowid FROM exchange_text WHERE rowid >= ? AND rowid <= ? ORDER BY rowid LIMIT ${ROWS}`,
    )
    .pluck();
  const dropFacet = index.prepare('DELETE FROM facet WHERE id = ?');
  const dropText = index.prepare('DELETE FROM exchange_text WHERE rowid = ?');
  const dropOpen = index.prepare('DELETE FROM open_exchange WHERE id = ?');
  const stamp = index.prepare('UPDATE facet_state SET stamp = stamp + 1');
  const note = index.prepare('INSERT OR REPLACE INTO facet_change (stretch, stamp) SELECT ?, stamp FROM facet_state');
  const merge = index.prepare("INSERT INTO exchange_text (exchange_text, rank) VALUES ('merge', ?)");
  const changes = index.prepare<[], number>('SELECT total_changes()').pluck();
  let marks = 0;

  /** One piece of a stretch; gives up to which id. */
  const drop = (from: number, to: number): number => {
    const derived = [facets.all(from, to), texts.all(from, to)];
    const end = Math.min(to, ...derived.filter(ids => ids.length === ROWS).map(ids => ids.at(-1) ?? to));
    const ids = [...new Set(derived.flat())].filter(id => id <= end).sort((left, right) => left - right);
    const stretches = new Set<number>();
    for (const id of reader.goneOf(ids)) {
      dropFacet.run(id);
      dropText.run(id);
      dropOpen.run(id);
      stretches.add(stretchOf(id));
      marks++;
    }
    if (stretches.size > 0) stamp.run();
    for (const stretch of stretches) note.run(stretch);
    return end;
  };

  const followSome = index.transaction((until: number) => {
    let state = followed();
    for (let next = reader.next(state); next !== undefined; next = reader.next(state)) {
      state = { deletion: next.deletion, at: drop(next.from, next.to) };
      writeState.run({ ...state });
      if (clock.elapsed() > until) return reader.next(state) !== undefined;
    }
    return false;
  });

  return {
    follow(time) {
      if (reader.next(followed()) === undefined) return false;
      return followSome.immediate(clock.elapsed() + time);
    },
    pack() {
      if (marks >= WORTH_PACKING) {
        const before = changes.get() ?? 0;
        merge.run(PACKED_PAGES);
        // As SQLite tells that there was nothing to merge.
        if ((changes.get() ?? 0) - before < 2) marks = 0;
        return true;
      }
      if (Number(index.pragma('freelist_count', { simple: true })) < FREED_PAGES) return false;
      index.pragma(`incremental_vacuum(${FREED_PAGES})`);
      return Number(index.pragma('auto_vacuum', { simple: true })) === 2;
    },
  };
}
