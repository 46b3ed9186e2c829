import type { Database } from 'better-sqlite3';
import { ciKey } from '../../ocpi/ci-string.ts';
import { isJsonObject } from '../../ocpi/json-value.ts';
import type { FieldPath, ObjectKind } from './kinds.ts';

/** Longer values are indexed by their beginning, which a query then is cut to as well. */
const LONGEST_VALUE = 200;

/** Values compare without regard to case. */
export function foldedValue(text: string): string {
  return ciKey(text).slice(0, LONGEST_VALUE);
}

/** Scalars at the end of a path, as text; what stands in a list on the way counts, in a list within a list it does not. */
export function valuesAt(json: unknown, path: FieldPath): string[] {
  const found: string[] = [];
  collect(json, { path, depth: 0, found });
  return found;
}

interface Search {
  readonly path: FieldPath;
  depth: number;
  readonly found: string[];
}

function collect(json: unknown, search: Search): void {
  if (!Array.isArray(json)) {
    collectOne(json, search);
    return;
  }
  for (const element of json) if (!Array.isArray(element)) collectOne(element, search);
}

function collectOne(json: unknown, search: Search): void {
  const { path, found } = search;
  const name = path[search.depth];
  if (name === undefined) {
    if (typeof json === 'string') pushNew(found, json);
    else if (typeof json === 'number' || typeof json === 'boolean') pushNew(found, String(json));
    return;
  }
  if (!isJsonObject(json)) return;
  const next = json[name];
  if (next === undefined || next === null) return;
  search.depth++;
  collect(next, search);
  search.depth--;
}

/** Most values of a list are the one before. */
function pushNew(found: string[], value: string): void {
  if (found.at(-1) !== value) found.push(value);
}

/** Values of one object by field: the fields of its kind in their order, `party` last. As sent, not yet folded. */
export type IndexedValues = readonly (readonly string[])[];

const COUNTRY = ['country_code'];
const PARTY = ['party_id'];

/** `linkParty`: whose it is where it does not say so itself (2.1.1). */
export function indexedValues(kind: ObjectKind, object: unknown, linkParty: string | undefined): IndexedValues {
  const values = kind.fields.map(path => valuesAt(object, path));
  const [country] = valuesAt(object, COUNTRY);
  const [party] = valuesAt(object, PARTY);
  const owner = country !== undefined && party !== undefined ? `${country}-${party}` : linkParty;
  values.push(owner === undefined ? [] : [owner]);
  return values;
}

/** Names of the fields in the order of `indexedValues`. */
export function fieldNames(kind: ObjectKind): string[] {
  return [...kind.fields.map(path => path.join('.')), 'party'];
}

/** As many values are remembered with their numbers; beyond that they are looked up again. */
const REMEMBERED = 20_000;

/** Numbers of values, given out as they are met. Used inside transactions only. */
export interface FieldValues {
  /** Each once. */
  numbers(list: { readonly id: number; readonly fields: readonly string[] }, values: IndexedValues): number[];
  /** After a rollback what was remembered may stand for rows that are gone. */
  forget(): void;
}

export function createFieldValues(database: Database): FieldValues {
  const find = findValue(database);
  const add = database.prepare('INSERT INTO object_value (list_id, field, value) VALUES (?, ?, ?)');
  /** By list and field, then by the value as sent: folding it is left to the first time. */
  const known = new Map<number, Map<string, number>[]>();
  let remembered = 0;

  const number = (listId: number, field: string, text: string): number => {
    const value = foldedValue(text);
    return find.get(listId, field, value) ?? Number(add.run(listId, field, value).lastInsertRowid);
  };

  return {
    numbers({ id, fields }, values) {
      if (remembered >= REMEMBERED) {
        known.clear();
        remembered = 0;
      }
      let maps = known.get(id);
      if (!maps) {
        maps = fields.map(() => new Map());
        known.set(id, maps);
      }
      const numbers: number[] = [];
      for (let at = 0; at < values.length; at++) {
        const map = maps[at] as Map<string, number>;
        for (const text of values[at] as readonly string[]) {
          let one = map.get(text);
          if (one === undefined) {
            one = number(id, fields[at] as string, text);
            map.set(text, one);
            remembered++;
          }
          if (!numbers.includes(one)) numbers.push(one);
        }
      }
      return numbers;
    },
    forget() {
      known.clear();
      remembered = 0;
    },
  };
}

/** Looks up the number of one value: list, field, folded value. */
export function findValue(database: Database) {
  return database
    .prepare<[number, string, string], number>(
      'SELECT id FROM object_value WHERE list_id = ? AND field = ? AND value = ?',
    )
    .pluck();
}
