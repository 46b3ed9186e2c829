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

/** Values of many objects, flat, for they go from one thread to another: what neighbours share stands here once. */
export interface ValueTable {
  /** Of each value: the place of its field in the order of `IndexedValues`, and its text. */
  readonly fields: readonly number[];
  readonly texts: readonly string[];
  /** Of each object: where in `places` its own begin; one more at the end. */
  readonly starts: Int32Array<ArrayBuffer>;
  /** Of each value of each object: where it stands in the lists above. */
  readonly places: Int32Array<ArrayBuffer>;
}

export interface ValueTableMaker {
  /** The objects come in their order; those without news are left out. */
  add(object: number, values: IndexedValues): void;
  table(): ValueTable;
}

export function makeValueTable(objects: number): ValueTableMaker {
  const fields: number[] = [];
  const texts: string[] = [];
  const known: Map<string, number>[] = [];
  const starts = new Int32Array(objects + 1);
  const places: number[] = [];
  let begun = 0;
  const beginUpTo = (object: number) => {
    while (begun <= object) starts[begun++] = places.length;
  };
  const placeOf = (field: number, text: string): number => {
    known[field] ??= new Map();
    const map = known[field];
    let place = map.get(text);
    if (place === undefined) {
      place = texts.push(text) - 1;
      fields.push(field);
      map.set(text, place);
    }
    return place;
  };
  return {
    add(object, values) {
      beginUpTo(object);
      for (let field = 0; field < values.length; field++) {
        for (const text of values[field] as readonly string[]) places.push(placeOf(field, text));
      }
    },
    table() {
      beginUpTo(objects);
      return { fields, texts, starts, places: Int32Array.from(places) };
    },
  };
}

/** Of one object alone. */
export function valueTableOf(values: IndexedValues): ValueTable {
  const maker = makeValueTable(1);
  maker.add(0, values);
  return maker.table();
}

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
  /** Of one object of the table, each once. */
  numbers(
    list: { readonly id: number; readonly fields: readonly string[] },
    of: { readonly table: ValueTable; readonly object: number },
  ): number[];
  /** After a rollback what was remembered may stand for rows that are gone. */
  forget(): void;
}

export function createFieldValues(database: Database): FieldValues {
  const find = findValue(database);
  const add = database.prepare('INSERT INTO object_value (list_id, field, value) VALUES (?, ?, ?)');
  /** By list and field, then by the value as sent: folding it is left to the first time. */
  const known = new Map<number, Map<string, number>[]>();
  /** Of the table asked about last, by the places of its values. */
  let current: { readonly table: ValueTable; readonly numbers: number[] } | undefined;
  let remembered = 0;

  const number = (listId: number, field: string, text: string): number => {
    const value = foldedValue(text);
    return find.get(listId, field, value) ?? Number(add.run(listId, field, value).lastInsertRowid);
  };

  const mapsOf = (listId: number, fields: number): Map<string, number>[] => {
    if (remembered >= REMEMBERED) {
      known.clear();
      remembered = 0;
    }
    let maps = known.get(listId);
    if (!maps) {
      maps = Array.from({ length: fields }, () => new Map<string, number>());
      known.set(listId, maps);
    }
    return maps;
  };

  return {
    numbers({ id, fields }, { table, object }) {
      if (current?.table !== table) current = { table, numbers: [] };
      const { numbers } = current;
      const found: number[] = [];
      const end = table.starts[object + 1] as number;
      for (let at = table.starts[object] as number; at < end; at++) {
        const place = table.places[at] as number;
        let one = numbers[place];
        if (one === undefined) {
          const field = table.fields[place] as number;
          const text = table.texts[place] as string;
          const map = mapsOf(id, fields.length)[field] as Map<string, number>;
          one = map.get(text);
          if (one === undefined) {
            one = number(id, fields[field] as string, text);
            map.set(text, one);
            remembered++;
          }
          numbers[place] = one;
        }
        if (!found.includes(one)) found.push(one);
      }
      return found;
    },
    forget() {
      known.clear();
      current = undefined;
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
