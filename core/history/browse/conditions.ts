import { ciKey } from '../../ocpi/ci-string.ts';
import { foldedValue, valuesAt } from '../objects/field-values.ts';
import type { ObjectKind } from '../objects/kinds.ts';
import type { BrowseQuery } from './queries.ts';

/** Any of these values, folded, at one path. */
export interface PathCondition {
  readonly field: string;
  readonly values: readonly string[];
}

export interface SplitConditions {
  /** Answered by the index of fields. */
  readonly indexed: readonly PathCondition[];
  /** Whether an object holds in all that is not indexed; undefined where everything is. */
  readonly holds: ((object: unknown) => boolean) | undefined;
}

/** Conditions on fields of one list's objects, by whether its kind indexes them. */
export function splitConditions({ where = [], parties = [] }: BrowseQuery, kind: ObjectKind): SplitConditions {
  const byField = new Map<string, string[]>();
  const add = (field: string, value: string) => {
    const values = byField.get(field);
    if (values) values.push(foldedValue(value));
    else byField.set(field, [foldedValue(value)]);
  };
  for (const text of where) {
    const at = text.indexOf('=');
    add(text.slice(0, at), text.slice(at + 1));
  }
  for (const party of parties) add('party', party);
  const known = new Set([...kind.fields.map(path => path.join('.')), 'party']);
  const all = [...byField].map(([field, values]) => ({ field, values }));
  const others = all.filter(({ field }) => !known.has(field));
  return {
    indexed: all.filter(({ field }) => known.has(field)),
    holds:
      others.length === 0
        ? undefined
        : object => others.every(({ field, values }) => hasOne(object, field.split('.'), values)),
  };
}

function hasOne(object: unknown, path: readonly string[], values: readonly string[]): boolean {
  return valuesAt(object, path).some(found => values.includes(foldedValue(found)));
}

/** Equal for queries that ask the same. */
export function queryKey({ links, ...conditions }: BrowseQuery): string {
  return JSON.stringify([links.map(({ linkId }) => linkId), conditions]);
}

/** Words to look for; undefined where there are none. */
export function wordsIn({ search }: BrowseQuery): string | undefined {
  const text = search?.trim();
  return text === undefined || text === '' ? undefined : ciKey(text);
}
