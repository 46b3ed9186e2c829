import { createFirstSince } from '../exchanges.ts';
import { facetConditions } from './conditions.ts';
import { STRETCH } from './facet.ts';
import { type Fresh, readFresh } from './fresh-rows.ts';
import type { TrafficAsked } from './messages.ts';
import { type Match, type Tally, tallyOf } from './sources.ts';
import type { TrafficFile } from './traffic-file.ts';

/** A part of the table: ids from `from` up to, but without, `before`. Those above every facet are a part too. */
export interface Part {
  readonly from: number;
  readonly before: number;
  /** Nothing in it changes any more, except where a facet is derived again. */
  readonly settled: boolean;
}

/** What fits, in parts that take a millisecond or so each, newest first. Valid within one transaction. */
export interface Matches {
  readonly newest: number;
  /** Exchanges that could not be looked at. */
  readonly behind: number;
  /** The same for the same conditions; absent where what fits may change without a facet's changing. */
  readonly key?: string;
  readonly parts: readonly Part[];
  /** By the facets as they stand. */
  counted(part: Part): Tally;
  /** The same with what is newer than the facets. */
  corrected(part: Part, counted: Tally): Tally;
  /** The facets of this part are as new as it is. */
  isUncorrected(part: Part): boolean;
  /** Ids, newest first: `limit` of them after `skip`. */
  ids(part: Part, skip: number, limit: number): number[];
}

const WITHIN = 'AND f.id >= ? AND f.id < ?';

/** Without words. Writes `temp.fresh`, and reads it at once: nothing of what is given reads it again. */
export function findMatches(file: TrafficFile, asked: TrafficAsked): Matches {
  const { since, noted, pinned, fault } = asked.conditions;
  const fresh = readFresh(file, asked);
  const { where, values } = facetConditions(asked.conditions, fresh.naming);
  const matched = file
    .prepare<Match>(`SELECT f.id, f.failed FROM temp.fresh f WHERE ${where} ORDER BY f.id DESC`)
    .all(...values);
  const above = matched.filter(({ id }) => id > fresh.upTo);

  // What the facets say of exchanges that have changed since is taken back, and what is true put in its place.
  const old = file.prepare<Match>(`SELECT f.id, f.failed FROM derived.facet f WHERE ${where} AND f.id = ?`);
  const corrections = [
    ...fresh.changed.flatMap(id => old.get(...values, id) ?? []).map(match => ({ ...match, sign: -1 })),
    ...matched.filter(({ id }) => id <= fresh.upTo).map(match => ({ ...match, sign: 1 })),
  ];
  const rangeOf = ({ from, before }: Part) => [from, Math.min(before, fresh.upTo + 1)];
  const within = (part: Part) => corrections.filter(({ id }) => id >= part.from && id < part.before);
  const isAbove = (part: Part) => part.from > fresh.upTo;

  return {
    newest: fresh.newest,
    behind: fresh.left,
    ...(noted || pinned || fault !== undefined ? {} : { key: `${where} ${JSON.stringify(values)}` }),
    parts: partsOf(fresh, since === undefined ? 0 : createFirstSince(file.database)(since)),
    counted(part) {
      if (isAbove(part)) return tallyOf(above);
      const tally = file.prepare<Tally>(
        `SELECT count(*) AS count, coalesce(sum(f.failed), 0) AS errors FROM derived.facet f WHERE ${where} ${WITHIN}`,
      );
      return tally.get(...values, ...rangeOf(part)) ?? { count: 0, errors: 0 };
    },
    corrected(part, { count, errors }) {
      if (isAbove(part)) return { count, errors };
      const wrong = within(part);
      return {
        count: wrong.reduce((sum, { sign }) => sum + sign, count),
        errors: wrong.reduce((sum, { sign, failed }) => sum + sign * failed, errors),
      };
    },
    isUncorrected: part => within(part).length === 0,
    ids(part, skip, limit) {
      if (isAbove(part)) return above.slice(skip, skip + limit).map(({ id }) => id);
      const select = `SELECT f.id FROM derived.facet f WHERE ${where} ${WITHIN} ORDER BY f.id DESC`;
      const bound = [...values, ...rangeOf(part)];
      const wrong = within(part);
      if (wrong.length === 0) {
        const rows = file.prepare<{ id: number }>(`${select} LIMIT ? OFFSET ?`).all(...bound, limit, skip);
        return rows.map(({ id }) => id);
      }
      const found = file.prepare<{ id: number }>(select).all(...bound);
      const all = new Set(found.map(({ id }) => id));
      // Those taken away come first: one may be put back with what it is now.
      for (const { id, sign } of wrong) {
        if (sign > 0) all.add(id);
        else all.delete(id);
      }
      return [...all].sort((left, right) => right - left).slice(skip, skip + limit);
    },
  };
}

/** `first`: no id below it can fit. */
export function partsOf(fresh: Fresh, first: number): Part[] {
  const parts: Part[] = [{ from: fresh.upTo + 1, before: fresh.newest + 1, settled: false }];
  const lowest = Math.floor(Math.max(first, 0) / STRETCH);
  for (let number = Math.floor(fresh.upTo / STRETCH); number >= lowest; number--) {
    const before = (number + 1) * STRETCH;
    parts.push({ from: number * STRETCH, before, settled: before - 1 <= fresh.upTo });
  }
  return parts;
}
