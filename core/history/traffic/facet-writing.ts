import type { Database } from 'better-sqlite3';
import type { Clock } from '../../clock.ts';
import { createGreatestId } from '../keeping/gone.ts';
import {
  type CodeOf,
  type Facet,
  type FacetSource,
  facetInsertion,
  facetOf,
  SOURCE_COLUMNS,
  stretchOf,
} from './facet.ts';

/** Writes facets. Used by the worker, the only one that writes beside the database. */
export interface FacetWriting {
  /** Works for about so many milliseconds; false where nothing is left. */
  derive(time: number): boolean;
  /** These changed: theirs are derived again, if they were derived at all. `change` is told when that is done. */
  changed(ids: readonly number[], change: number): void;
  /** The last change of which everything is derived. */
  changesDone(): number;
  /** It knows exchanges the database does not have. */
  isAhead(): boolean;
}

const ROWS = 512;
/** Changed right before the process was killed, and so never told of. */
const DERIVED_AGAIN_AT_START = 1000;

/** `index`: the connection to the file beside the database; `database`: to the database. */
export function createFacetWriting(database: Database, index: Database, clock: Clock): FacetWriting {
  const after = database.prepare<[number], FacetSource>(
    `SELECT ${SOURCE_COLUMNS} FROM exchange WHERE id > ? ORDER BY id LIMIT ${ROWS}`,
  );
  const one = database.prepare<[number], FacetSource>(`SELECT ${SOURCE_COLUMNS} FROM exchange WHERE id = ?`);
  const greatest = createGreatestId(database);
  const state = index.prepare<[], { up_to: number; stamp: number }>('SELECT up_to, stamp FROM facet_state');
  const move = index.prepare('UPDATE facet_state SET up_to = ?');
  const stamp = index.prepare('UPDATE facet_state SET stamp = stamp + 1');
  const note = index.prepare('INSERT OR REPLACE INTO facet_change (stretch, stamp) SELECT ?, stamp FROM facet_state');
  const open = index.prepare<[], number>('SELECT id FROM facet WHERE open = 1').pluck();
  const put = facetInsertion(index, 'facet');
  const names = createNaming(index);

  let upTo = 0;
  const again = new Set<number>();
  let begun = false;
  const begin = () => {
    if (begun) return;
    upTo = state.get()?.up_to ?? 0;
    for (const id of open.all()) again.add(id);
    for (let id = Math.max(1, upTo - DERIVED_AGAIN_AT_START); id <= upTo; id++) again.add(id);
    begun = true;
  };
  let told = 0;
  let done = 0;

  const deriveSome = index.transaction((rows: readonly FacetSource[], until: number) => {
    const derivedAgain: number[] = [];
    const stretches = new Set<number>();
    for (const id of again) {
      const row = id <= upTo ? one.get(id) : undefined;
      if (row) {
        put(facetOf(row, names.codeOf));
        stretches.add(stretchOf(id));
      }
      derivedAgain.push(id);
      if (clock.elapsed() > until) break;
    }
    if (stretches.size > 0) stamp.run();
    for (const stretch of stretches) note.run(stretch);
    let last = upTo;
    for (const row of rows) {
      if (clock.elapsed() > until) break;
      const facet: Facet = facetOf(row, names.codeOf);
      put(facet);
      last = row.id;
    }
    if (last > upTo) move.run(last);
    return { last, derivedAgain };
  });

  return {
    derive(time) {
      begin();
      const rows = after.all(upTo);
      if (rows.length === 0 && again.size === 0) return false;
      try {
        const { last, derivedAgain } = deriveSome.immediate(rows, clock.elapsed() + time);
        const complete = last === (rows.at(-1)?.id ?? upTo) && rows.length < ROWS;
        upTo = last;
        for (const id of derivedAgain) again.delete(id);
        if (again.size === 0) done = told;
        return !complete || again.size > 0;
      } catch (error) {
        names.forget();
        throw error;
      }
    },
    changed(ids, change) {
      for (const id of ids) again.add(id);
      told = change;
    },
    changesDone: () => done,
    isAhead() {
      begin();
      return upTo > greatest();
    },
  };
}

/** Numbers for names; the same names come again and again. */
function createNaming(index: Database): { readonly codeOf: CodeOf; forget(): void } {
  const find = index
    .prepare<[string, string], number>('SELECT code FROM facet_name WHERE kind = ? AND name = ?')
    .pluck();
  const add = index.prepare('INSERT INTO facet_name (kind, name) VALUES (?, ?)');
  const known = new Map<string, number>();
  return {
    codeOf(kind, name) {
      const key = `${kind} ${name}`;
      let code = known.get(key);
      if (code === undefined) {
        code = find.get(kind, name) ?? Number(add.run(kind, name).lastInsertRowid);
        // What a partner sends decides how many there are.
        if (known.size >= MOST_KNOWN) known.clear();
        known.set(key, code);
      }
      return code;
    },
    forget: () => known.clear(),
  };
}

const MOST_KNOWN = 10_000;
