import { createFirstSince } from '../exchanges.ts';
import { EVERYTHING, facetConditions } from './conditions.ts';
import { readFresh } from './fresh-rows.ts';
import type { TrafficAsked } from './messages.ts';
import { failedOnly, type Match, type Tally, tallyOf } from './sources.ts';
import type { TrafficFile } from './traffic-file.ts';

/** What fits where words are looked for. Valid within one transaction. */
export interface TextMatches {
  readonly newest: number;
  /** Exchanges whose text could not be looked at. */
  readonly behind: number;
  /** Ids, newest first: `limit` of them after `offset`. */
  page(offset: number, limit: number): number[];
  tally(): Tally;
}

/**
 * As many that fit but for the words are looked up in the full text in one go; of more, the full text is asked first and
 * their facets are looked at one by one.
 */
const FEW = 2000;

/**
 * The full text answers from its newest end; it knows no short way to a stretch in its middle, nor to a single exchange,
 * so nothing is asked of it in parts. (`MATCH` together with `rowid =` does not even look at the words.)
 */
export function findTextMatches(file: TrafficFile, query: string, asked: TrafficAsked): TextMatches {
  const { since } = asked.conditions;
  const fresh = readFresh(file, asked);
  const { where, values } = facetConditions(asked.conditions, fresh.naming);
  const first = since === undefined ? 0 : createFirstSince(file.database)(since);
  const textUpTo = file.prepare<{ up_to: number }>('SELECT up_to FROM derived.state').get()?.up_to ?? 0;
  const changed = JSON.stringify(fresh.changed);
  const unchanged = fresh.changed.length === 0 ? '' : 'AND f.id NOT IN (SELECT value FROM json_each(?))';
  const bounds = [first, fresh.upTo, ...(unchanged === '' ? [] : [changed])];

  /** Of these, the ones that hold the words; newest first. */
  const withText = (fitting: readonly Match[]): Match[] => {
    if (fitting.length === 0 || query === '') return [];
    const found = file
      .prepare<{ id: number }>(
        `SELECT rowid AS id FROM derived.exchange_text
         WHERE exchange_text MATCH ? AND +rowid IN (SELECT value FROM json_each(?))`,
      )
      .all(query, JSON.stringify(fitting.map(({ id }) => id)));
    const ids = new Set(found.map(({ id }) => id));
    return fitting.filter(({ id }) => ids.has(id)).sort((left, right) => right.id - left.id);
  };
  const matched = withText(
    file.prepare<Match>(`SELECT f.id, f.failed FROM temp.fresh f WHERE ${where}`).all(...values),
  );
  const few = (): Match[] | undefined => {
    if (where === EVERYTHING || query === '') return query === '' ? [] : undefined;
    const fitting = file
      .prepare<Match>(
        `SELECT f.id, f.failed FROM derived.facet f WHERE ${where} AND f.id >= ? AND f.id <= ? ${unchanged} LIMIT ${FEW + 1}`,
      )
      .all(...values, ...bounds);
    return fitting.length > FEW ? undefined : withText(fitting);
  };

  // Without other conditions the full text knows all there is to know.
  const alone = where === EVERYTHING;
  const source = alone
    ? 'derived.exchange_text'
    : 'derived.exchange_text CROSS JOIN derived.facet f ON f.id = exchange_text.rowid';
  const fits = `exchange_text MATCH ? AND ${where} AND exchange_text.rowid >= ? AND exchange_text.rowid <= ?
    ${unchanged.replace('f.id', 'exchange_text.rowid')}`;
  const counted = (text: string) =>
    file
      .prepare<{ count: number }>(`SELECT count(*) AS count FROM ${source} WHERE ${fits}`)
      .get(text, ...values, ...bounds)?.count ?? 0;

  return {
    newest: fresh.newest,
    behind: Math.max(fresh.left, fresh.newest - textUpTo, 0),
    page(offset, limit) {
      const looked = few();
      if (looked !== undefined) {
        const all = [...matched, ...looked].sort((left, right) => right.id - left.id);
        return all.slice(offset, offset + limit).map(({ id }) => id);
      }
      const ids = JSON.stringify(matched.map(({ id }) => id));
      const rows = file.prepare<{ id: number }>(
        `SELECT exchange_text.rowid AS id FROM ${source} WHERE ${fits}
         UNION ALL SELECT value FROM json_each(?) ORDER BY 1 DESC LIMIT ? OFFSET ?`,
      );
      return rows.all(query, ...values, ...bounds, ids, limit, offset).map(({ id }) => id);
    },
    tally() {
      const looked = few();
      const { count, errors } = tallyOf([...matched, ...(looked ?? [])]);
      if (looked !== undefined) return { count, errors };
      if (alone) return { count: count + counted(query), errors: errors + counted(failedOnly(query)) };
      const rest = file
        .prepare<Tally>(`SELECT count(*) AS count, coalesce(sum(f.failed), 0) AS errors FROM ${source} WHERE ${fits}`)
        .get(query, ...values, ...bounds);
      return { count: count + (rest?.count ?? 0), errors: errors + (rest?.errors ?? 0) };
    },
  };
}
