import { createFirstSince } from '../exchanges.ts';
import { facetConditions } from './conditions.ts';
import { readFresh } from './fresh-rows.ts';
import { partsOf } from './matches.ts';
import type { TrafficAsked } from './messages.ts';
import { textQuery } from './sources.ts';
import type { TrafficFile } from './traffic-file.ts';

/** Facets, named `f`, in pieces of SQL: each a millisecond or so of work. */
export interface TroubleSource {
  readonly from: string;
  readonly where: string;
  readonly values: readonly unknown[];
}

export interface TroubleSources {
  readonly sources: readonly TroubleSource[];
  nameOf(code: number): string;
}

/**
 * All that fit, words included. Valid within one transaction, and until the next call: what has no facet yet stands in
 * `temp.fresh`.
 */
export function troubleSources(file: TrafficFile, asked: TrafficAsked): TroubleSources {
  const { since } = asked.conditions;
  const fresh = readFresh(file, asked);
  const { where, values } = facetConditions(asked.conditions, fresh.naming);
  const query = textQuery(file, asked.conditions);
  const nameOf = fresh.naming.nameOf;
  if (query === '') return { sources: [], nameOf };

  const changed = JSON.stringify(fresh.changed);
  const unchanged = 'f.id NOT IN (SELECT value FROM json_each(?))';
  const first = since === undefined ? 0 : createFirstSince(file.database)(since);
  const worded = query === undefined ? '' : 'AND f.id IN (SELECT value FROM json_each(?))';
  const ofFresh: TroubleSource = {
    from: 'temp.fresh f',
    where: `${where} ${worded}`,
    values: [...values, ...(query === undefined ? [] : [freshWithWords(file, query)])],
  };
  if (query !== undefined) {
    const ofText: TroubleSource = {
      from: 'derived.exchange_text CROSS JOIN derived.facet f ON f.id = exchange_text.rowid',
      where: `exchange_text MATCH ? AND ${where} AND exchange_text.rowid >= ? AND exchange_text.rowid <= ? AND ${unchanged}`,
      values: [query, ...values, first, fresh.upTo, changed],
    };
    return { sources: [ofFresh, ofText], nameOf };
  }
  const ofParts = partsOf(fresh, first)
    .filter(({ from }) => from <= fresh.upTo)
    .map(({ from, before }) => ({
      from: 'derived.facet f',
      where: `${where} AND f.id >= ? AND f.id < ? AND ${unchanged}`,
      values: [...values, from, Math.min(before, fresh.upTo + 1), changed],
    }));
  return { sources: [ofFresh, ...ofParts], nameOf };
}

/** Ids of those without a facet that hold the words, as JSON. */
function freshWithWords({ prepare }: TrafficFile, query: string): string {
  const found = prepare<{ id: number }>(
    `SELECT rowid AS id FROM derived.exchange_text
     WHERE exchange_text MATCH ? AND +rowid IN (SELECT id FROM temp.fresh)`,
  );
  return JSON.stringify(found.all(query).map(({ id }) => id));
}
