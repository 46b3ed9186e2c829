import type { Database } from 'better-sqlite3';
import type { Clock } from '../../clock.ts';
import { kindOf } from '../objects/kinds.ts';
import { numbersOf } from '../objects/numbers.ts';
import { queryKey, splitConditions, wordsIn } from './conditions.ts';
import type { MarkReading } from './mark-reading.ts';
import type { BrowseQuery } from './queries.ts';
import type { Select, Selected, SelectedList } from './selecting.ts';

/**
 * What was asked for lately. A table, its count and a map ask the same conditions at once, and a table that is scrolled
 * asks again: they share one selection, which is made anew when something was stored since.
 */
export interface Selections {
  /** The selection once it has so many objects or all; undefined where it is no longer wanted. */
  until(query: BrowseQuery, count: number, cancelled: () => boolean): Promise<Selected | undefined>;
}

interface Kept {
  readonly stamp: string;
  readonly madeAt: number;
  readonly selected: Selected;
  readonly wanting: Set<{ readonly count: number; readonly cancelled: () => boolean; readonly wake: () => void }>;
  dropped: boolean;
  failed: unknown;
}

/** Each is an eighth of a byte an object. */
const MOST_KEPT = 8;
/** What takes long is not begun anew at every page that a pull stores. Milliseconds. */
const GOOD_FOR = 2000;

export function createSelections(
  database: Database,
  {
    select,
    listsOf,
    marks,
    clock,
  }: {
    readonly select: Select;
    readonly listsOf: (query: BrowseQuery) => SelectedList[];
    readonly marks: MarkReading;
    readonly clock: Clock;
  },
): Selections {
  const newestChange = database
    .prepare<[number, number], number | null>('SELECT max(change) FROM object WHERE change >= ? AND change < ?')
    .pluck();
  const vanished = database
    .prepare<[number, number], [count: number, sum: number]>(
      'SELECT count(*), total(id) FROM object WHERE vanished_at IS NOT NULL AND id >= ? AND id < ?',
    )
    .raw();
  const kept = new Map<string, Kept>();

  /** Another one whenever the answer may be another one. */
  const stampOf = (query: BrowseQuery, lists: readonly SelectedList[]): string => {
    const derived = query.finding !== undefined || query.within !== undefined || wordsIn(query) !== undefined;
    return JSON.stringify(
      lists.map(({ list: { id }, size }) => {
        const { from, before } = numbersOf(id);
        return [
          id,
          size,
          newestChange.get(from, before),
          ...(derived ? [marks.upTo(id)] : []),
          ...(query.vanished === undefined ? [] : (vanished.get(from, before) ?? [])),
        ];
      }),
    );
  };

  const begin = (key: string, query: BrowseQuery, stamp: string, lists: readonly SelectedList[]): Kept => {
    const one: Kept = {
      stamp,
      madeAt: clock.elapsed(),
      selected: { lists, count: 0, complete: false },
      wanting: new Set(),
      dropped: false,
      failed: undefined,
    };
    const grown = () => {
      for (const waiting of one.wanting) {
        const enough = one.selected.complete || one.selected.count >= waiting.count || waiting.cancelled();
        if (enough) waiting.wake();
      }
    };
    const unwanted = () => {
      grown();
      one.dropped = one.wanting.size === 0;
      return one.dropped;
    };
    void select(one.selected, query, { unwanted, grown }).catch((error: unknown) => {
      one.failed = error;
      one.dropped = true;
      for (const waiting of one.wanting) waiting.wake();
    });
    kept.set(key, one);
    for (const oldest of kept.keys()) {
      if (kept.size <= MOST_KEPT) break;
      kept.delete(oldest);
    }
    return one;
  };

  const current = (query: BrowseQuery): Kept => {
    const key = queryKey(query);
    const known = kept.get(key);
    kept.delete(key);
    const lists = listsOf(query);
    const stamp = stampOf(query, lists);
    if (known && !known.dropped && isGood(known, query, stamp)) {
      kept.set(key, known);
      return known;
    }
    return begin(key, query, stamp, lists);
  };

  const isGood = ({ stamp, madeAt, selected }: Kept, query: BrowseQuery, now: string): boolean => {
    if (stamp === now || !selected.complete) return true;
    const slow =
      wordsIn(query) !== undefined ||
      selected.lists.some(({ list }) => splitConditions(query, kindOf(list.module, list.list)).holds !== undefined);
    return slow && clock.elapsed() - madeAt < GOOD_FOR;
  };

  return {
    async until(query, count, cancelled) {
      const one = current(query);
      if (!one.selected.complete && one.selected.count < count) {
        await new Promise<void>(resolve => {
          const waiting = {
            count,
            cancelled,
            wake: () => {
              one.wanting.delete(waiting);
              resolve();
            },
          };
          one.wanting.add(waiting);
        });
      }
      if (one.failed !== undefined) throw one.failed;
      return cancelled() && !one.selected.complete ? undefined : one.selected;
    },
  };
}
