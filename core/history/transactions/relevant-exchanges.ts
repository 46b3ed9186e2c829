import type { Database } from 'better-sqlite3';
import type { Observed } from '../../insight/observed.ts';
import { mayBelong, tellsTokens } from '../../insight/transactions/operations.ts';
import { catalogue } from '../../ocpi/catalogue.ts';
import { VERSIONS } from '../../ocpi/versions.ts';
import { findingsOf } from '../exchange-row.ts';

/** Exchanges by what stands beside their bodies, which are not read for that. */
export interface RelevantExchanges {
  /** Ids in (after, upTo] that may belong to a charge, in order. */
  between(after: number, upTo: number): readonly number[];
  /** Its answer is not there yet. */
  isOpen(id: number): boolean;
  /** What was found at one; undefined where there is no such exchange. */
  found(id: number): Pick<Observed, 'id' | 'operation' | 'findings'> | undefined;
}

export function relevantExchanges(database: Database): RelevantExchanges {
  const operations = [...new Set(VERSIONS.flatMap(version => catalogue(version).map(({ id }) => id)))];
  const listed = (chosen: readonly string[]) => chosen.map(id => `'${id}'`).join(', ');
  const telling = VERSIONS.flatMap(version => {
    const chosen = operations.filter(id => tellsTokens(id, version));
    return chosen.length === 0 ? [] : [`(version = '${version}' AND operation IN (${listed(chosen)}))`];
  });
  const some = database
    .prepare<[number, number], number>(
      `SELECT id FROM exchange WHERE id > ? AND id <= ?
       AND (${[`operation IN (${listed(operations.filter(mayBelong))})`, ...telling].join(' OR ')}) ORDER BY id`,
    )
    .pluck();
  const isOpen = database.prepare<[number], number>("SELECT 1 FROM exchange WHERE id = ? AND ended = 'open'").pluck();
  const found = database.prepare<[number], { operation: string; findings: string | null }>(
    'SELECT operation, findings FROM exchange WHERE id = ?',
  );
  return {
    between: (after, upTo) => some.all(after, upTo),
    isOpen: id => isOpen.get(id) !== undefined,
    found(id) {
      const row = found.get(id);
      return row && { id, operation: row.operation, findings: findingsOf(row) };
    },
  };
}
