import type { Database } from 'better-sqlite3';
import type { Clock } from '../../clock.ts';
import type { StoredObject } from '../../contract/objects.ts';
import { type Candidates, createCandidateSources } from './candidates.ts';
import { type Conditions, conditionsOf } from './conditions.ts';
import { findValue } from './field-values.ts';
import { kindOf } from './kinds.ts';
import { createLists, type ListRow } from './lists.ts';
import { numbersOf } from './numbers.ts';
import { createRowReader, type ObjectRow, parsedText, viewOf, type Whereabouts } from './object-view.ts';
import type { ObjectQuery, ObjectsFound, ScanProgress } from './objects.ts';
import type { LinkFacts } from './reader-messages.ts';
import { createTextReader } from './text-blocks.ts';

/** Finds ids by words, in a list's range; how the full text is reached is its own business. */
export interface ObjectWords {
  /** `values`: numbers of indexed values that have to hold as well. Undefined: the words are no words. */
  candidates(query: {
    readonly text: string;
    readonly values: readonly number[];
    readonly list: ListRow;
    readonly after: number;
  }): Candidates;
  /** How many changes of a list the full text does not know yet. */
  behind(list: ListRow): number;
}

export interface Watch {
  readonly progress: (progress: ScanProgress) => void;
  readonly cancelled: () => boolean;
}

export type ListObjects = (query: ObjectQuery, link: LinkFacts, watch: Watch) => Promise<ObjectsFound>;

/** Candidates looked at in one go; few at first, for mostly the first ones are enough. */
const FIRST_BATCH = 256;
const LARGEST_BATCH = 2048;

export function createObjectListing(
  database: Database,
  { words, clock }: { readonly words: ObjectWords; readonly clock: Clock },
): ListObjects {
  const lists = createLists(database);
  const sources = createCandidateSources(database);
  const valueNumber = findValue(database);
  const rowsOf = createRowReader(database);
  const texts = createTextReader(database, 8);
  const greatest = database
    .prepare<[number, number], number | null>('SELECT max(id) FROM object WHERE id >= ? AND id < ?')
    .pluck();

  /** Undefined where no object of the list can hold. */
  const candidatesOf = (list: ListRow, conditions: Conditions, query: ObjectQuery): Candidates | undefined => {
    const range = numbersOf(list.id);
    const after = Math.max(query.after ?? 0, range.from);
    const values: number[] = [];
    for (const { field, value } of conditions.indexed) {
      const number = valueNumber.get(list.id, field, value);
      if (number === undefined) return undefined;
      values.push(number);
    }
    const { search } = query;
    if (search !== undefined && search.trim() !== '') return words.candidates({ text: search, values, list, after });
    if (values.length > 0) return sources.withValues(values, range, after);
    const recent =
      query.changedSince === undefined ? undefined : sources.changedSince(query.changedSince, range, after);
    return recent ?? sources.all(range, after);
  };

  return async (query, link, { progress, cancelled }) => {
    const found: { readonly row: ObjectRow; readonly view: StoredObject }[] = [];
    const all = lists
      .ofModule(query.linkId, query.module)
      .filter(({ list }) => query.list === undefined || query.list === list)
      .filter(({ id }) => numbersOf(id).before > (query.after ?? 0));
    const total = all.reduce((sum, { id }) => {
      const { from, before } = numbersOf(id);
      return sum + ((greatest.get(from, before) ?? from) - from);
    }, 0);
    let scanned = 0;
    for (const list of all) {
      const conditions = conditionsOf(query, kindOf(list.module, list.list));
      const candidates = candidatesOf(list, conditions, query);
      const where: Whereabouts = { module: list.module, list: list.list, link: link.name, linkParty: link.party };
      for (
        let batch = FIRST_BATCH;
        candidates && found.length <= query.limit;
        batch = Math.min(batch * 2, LARGEST_BATCH)
      ) {
        const ids = candidates(batch);
        if (ids.length === 0) break;
        for (const row of rowsOf(ids)) {
          if (!holds(row, query)) continue;
          const object = parsedText(texts, row);
          if (conditions.holds && !conditions.holds(object)) continue;
          found.push({ row, view: viewOf(row, object, where) });
          if (found.length > query.limit) break;
        }
        scanned += ids.length;
        if (found.length > query.limit) break;
        progress({ scanned, total });
        // Others may ask meanwhile, and whoever asked may have lost interest.
        await clock.sleep(0);
        if (cancelled()) return { ok: false, reason: 'cancelled' };
      }
    }
    const shown = found.slice(0, query.limit);
    const next = found.length > query.limit ? shown.at(-1)?.row.id : undefined;
    const searched = query.search !== undefined && query.search.trim() !== '';
    return {
      ok: true,
      objects: shown.map(({ view }) => view),
      ...(next === undefined ? {} : { next }),
      behind: searched ? all.reduce((sum, list) => sum + words.behind(list), 0) : 0,
    };
  };
}

function holds({ changedAt, vanishedAt }: ObjectRow, { changedSince, vanished }: ObjectQuery): boolean {
  if (changedSince !== undefined && changedAt < changedSince) return false;
  return vanished === undefined || vanished === (vanishedAt !== null);
}
