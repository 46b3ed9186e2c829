import type { Database } from 'better-sqlite3';
import type { Clock } from '../../clock.ts';
import { kindOf } from '../objects/kinds.ts';
import type { ListRow } from '../objects/lists.ts';
import { numbersOf } from '../objects/numbers.ts';
import type { ObjectWords } from '../objects/object-listing.ts';
import { createRowReader, parsedText } from '../objects/object-view.ts';
import { createTextReader } from '../objects/text-blocks.ts';
import { type Bits, bitsFrom, countBits, emptyBits, hasBit, setBit } from './bits.ts';
import { splitConditions, wordsIn } from './conditions.ts';
import type { Narrowing } from './narrowing.ts';
import type { BrowsedLink, BrowseQuery } from './queries.ts';

/** What is selected of one list. Objects are numbered without gaps, so that where all are selected nothing is held. */
export interface SelectedList {
  readonly list: ListRow;
  readonly link: BrowsedLink;
  /** Numbers `from + 1` up to `from + size` are its objects. */
  readonly from: number;
  readonly size: number;
  bits: Bits | undefined;
  count: number;
}

/** Objects that hold, list after list, ascending; may still be growing at its end. */
export interface Selected {
  readonly lists: readonly SelectedList[];
  count: number;
  complete: boolean;
}

/** Adds the objects of the lists to an empty selection; stops where nobody wants it any more. `grown` after each step. */
export type Select = (
  selected: Selected,
  query: BrowseQuery,
  watch: { readonly unwanted: () => boolean; readonly grown: () => void },
) => Promise<void>;

/** Candidates looked at in one go: few at first, for mostly the first ones are enough. */
const FIRST_BATCH = 256;
const LARGEST_BATCH = 2048;
/** Ids without their objects are cheap. */
const IDS_AT_ONCE = 32_768;

export function createSelect(
  database: Database,
  { narrowed, words, clock }: { readonly narrowed: Narrowing; readonly words: ObjectWords; readonly clock: Clock },
): Select {
  const rowsOf = createRowReader(database);
  const texts = createTextReader(database, 8);

  /** Places in the list that may hold, ascending, a batch at a time. */
  const places = (one: SelectedList, base: Bits | undefined, search: string | undefined) => {
    const { list, from, size } = one;
    if (search === undefined) {
      let offset = 0;
      return (limit: number): readonly number[] => {
        const found = base
          ? bitsFrom(base, offset, limit)
          : Array.from({ length: Math.min(limit, size - offset) }, (_, at) => offset + at + 1);
        offset += found.length;
        return found;
      };
    }
    const ids = words.candidates({ text: search, values: [], list, after: from });
    return (limit: number): readonly number[] | undefined => {
      const found = ids(limit);
      if (found.length === 0) return [];
      const kept = found.map(id => id - from).filter(at => at <= size && (!base || hasBit(base, at)));
      return kept.length > 0 ? kept : undefined;
    };
  };

  return async (selected, query, { unwanted, grown }) => {
    const search = wordsIn(query);
    for (const one of selected.lists) {
      const { indexed, holds } = splitConditions(query, kindOf(one.list.module, one.list.list));
      const base = narrowed(one.list, { query, indexed, size: one.size });
      if (search === undefined && holds === undefined) {
        one.bits = base;
        one.count = base ? countBits(base) : one.size;
        selected.count += one.count;
        grown();
        continue;
      }
      const bits = emptyBits(one.size);
      one.bits = bits;
      const next = places(one, base, search);
      let batch = holds ? FIRST_BATCH : IDS_AT_ONCE / 8;
      for (;;) {
        const some = next(batch);
        if (some?.length === 0) break;
        const kept = some && holds ? passing(one, some, holds) : (some ?? []);
        for (const at of kept) setBit(bits, at);
        one.count += kept.length;
        selected.count += kept.length;
        batch = Math.min(batch * 2, holds ? LARGEST_BATCH : IDS_AT_ONCE);
        grown();
        // Others may ask meanwhile, and whoever asked may have lost interest.
        await clock.sleep(0);
        if (unwanted()) return;
      }
    }
    selected.complete = true;
    grown();
  };

  function passing({ from }: SelectedList, some: readonly number[], holds: (object: unknown) => boolean): number[] {
    return rowsOf(some.map(at => from + at))
      .filter(row => holds(parsedText(texts, row)))
      .map(({ id }) => id - from);
  }
}

/** Lists as they are now, with nothing selected. */
export function listsToSelect(
  database: Database,
  listsOf: (link: BrowsedLink) => readonly ListRow[],
): (query: BrowseQuery) => SelectedList[] {
  const greatest = database
    .prepare<[number, number], number | null>('SELECT max(id) FROM object WHERE id >= ? AND id < ?')
    .pluck();
  return query =>
    query.links
      .flatMap(link => listsOf(link).map(list => ({ link, list })))
      .sort((left, right) => left.list.id - right.list.id)
      .map(({ link, list }) => {
        const { from, before } = numbersOf(list.id);
        return { list, link, from, size: (greatest.get(from, before) ?? from) - from, bits: undefined, count: 0 };
      });
}
