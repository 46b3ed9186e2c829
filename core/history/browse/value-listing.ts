import type { Database } from 'better-sqlite3';
import type { PulledModule } from '../../contract/objects.ts';
import { foldedValue } from '../objects/field-values.ts';

export interface ValuesAsked {
  readonly module: PulledModule;
  readonly field: string;
  readonly begins: string;
  readonly limit: number;
}

/** Values of an indexed field in all lists of a module, folded, in their order, each once. */
export function createValueListing(database: Database): (asked: ValuesAsked) => string[] {
  const lists = database
    .prepare<[string], number>('SELECT id FROM object_list WHERE module = ? AND removed_at IS NULL ORDER BY id')
    .pluck();
  const values = database
    .prepare<[number, string, string, string, number], string>(
      'SELECT value FROM object_value WHERE list_id = ? AND field = ? AND value >= ? AND value < ? ORDER BY value LIMIT ?',
    )
    .pluck();
  return ({ module, field, begins, limit }) => {
    const from = foldedValue(begins);
    const found = lists.all(module).flatMap(id => values.all(id, field, from, `${from}\u{10ffff}`, limit));
    return [...new Set(found)].sort().slice(0, limit);
  };
}
