import type { Naming } from './conditions.ts';
import { type FacetSource, facetInsertion, facetOf, findingMark, type NameKind, SOURCE_COLUMNS } from './facet.ts';
import type { TrafficFile } from './traffic-file.ts';

/** What stands in the facets, and what does not yet. Valid within one transaction. */
export interface Fresh {
  readonly naming: Naming;
  /** Every exchange up to this id has a facet. */
  readonly upTo: number;
  /** The newest exchange the table holds. */
  readonly newest: number;
  /** Those up to `upTo` whose facet may be old; their new one stands in `temp.fresh`, with those above `upTo`. */
  readonly changed: readonly number[];
  /** Exchanges above `upTo` that were left out because there are too many of them. */
  readonly left: number;
}

/** After the facets were made anew, the newest so many are looked at one by one. */
const MOST_FRESH = 5000;

/** Brings `temp.fresh` up to date. Inside a transaction, so that both files are read as of one moment. */
export function readFresh(
  file: TrafficFile,
  asked: { readonly newest?: number | undefined; readonly changed: readonly number[] },
): Fresh {
  const { database, prepare } = file;
  // First what is derived: what the database has beyond it cannot be missed then.
  const { up_to: upTo } = prepare<{ up_to: number }>('SELECT up_to FROM derived.facet_state').get() ?? { up_to: 0 };
  const there = prepare<{ id: number | null }>('SELECT max(id) AS id FROM main.exchange').get()?.id ?? 0;
  const newest = Math.min(asked.newest ?? there, there);
  const changed = asked.changed.filter(id => id <= upTo && id <= newest);
  prepare('DELETE FROM temp.fresh').run();

  const unnamed = new Map<string, number>();
  const find = prepare<{ code: number }>('SELECT code FROM derived.facet_name WHERE kind = ? AND name = ?');
  const lookUp = (kind: NameKind, name: string) => find.get(kind, name)?.code ?? unnamed.get(`${kind} ${name}`);
  const put = facetInsertion(database, 'temp.fresh');
  const take = (row: FacetSource) =>
    put(
      facetOf(row, (kind, name) => {
        const code = lookUp(kind, name);
        if (code !== undefined) return code;
        // Below zero, where no name of a facet stands.
        unnamed.set(`${kind} ${name}`, -1 - unnamed.size);
        return -unnamed.size;
      }),
    );
  const from = Math.max(upTo, newest - MOST_FRESH);
  const above = `SELECT ${SOURCE_COLUMNS} FROM main.exchange WHERE id > ? AND id <= ? ORDER BY id`;
  for (const row of prepare<FacetSource>(above).all(from, newest)) take(row);
  const one = prepare<FacetSource>(`SELECT ${SOURCE_COLUMNS} FROM main.exchange WHERE id = ?`);
  for (const id of changed) {
    const row = one.get(id);
    if (row) take(row);
  }

  return {
    upTo: Math.min(upTo, newest),
    newest,
    changed,
    left: Math.max(0, from - upTo),
    naming: {
      lookUp,
      nameOf(code) {
        const name = prepare<{ name: string }>('SELECT name FROM derived.facet_name WHERE code = ?').get(code)?.name;
        const [unread = ''] = [...unnamed].find(([, one]) => one === code) ?? [];
        return name ?? unread.slice(unread.indexOf(' ') + 1);
      },
      findingSets(findingCode) {
        const sets = prepare<{ code: number }>(
          "SELECT code FROM derived.facet_name WHERE kind = 'findings' AND instr(name, ?) > 0",
        );
        const named = sets.all(findingMark(findingCode)).map(({ code }) => code);
        const more = [...unnamed].filter(
          ([key]) => key.startsWith('findings ') && key.includes(findingMark(findingCode)),
        );
        return [...named, ...more.map(([, code]) => code)];
      },
    },
  };
}
