import { foldedValue, valuesAt } from './field-values.ts';
import type { ObjectKind } from './kinds.ts';
import type { ObjectQuery } from './objects.ts';

/** A condition on a field that is indexed. */
export interface IndexedCondition {
  readonly field: string;
  /** Folded. */
  readonly value: string;
}

export interface Conditions {
  readonly indexed: readonly IndexedCondition[];
  /** Whether an object holds in all that is not indexed; undefined where everything is. */
  readonly holds?: (object: unknown) => boolean;
}

/** What a query asks of the fields of one list's objects. */
export function conditionsOf({ where = [], party }: ObjectQuery, kind: ObjectKind): Conditions {
  const known = new Set(kind.fields.map(path => path.join('.')));
  const asked = where.map(text => {
    const at = text.indexOf('=');
    return { field: text.slice(0, at), value: foldedValue(text.slice(at + 1)) };
  });
  const indexed = asked.filter(({ field }) => known.has(field) || field === 'party');
  if (party !== undefined) indexed.push({ field: 'party', value: foldedValue(party) });
  const others = asked
    .filter(({ field }) => !known.has(field) && field !== 'party')
    .map(({ field, value }) => ({ path: field.split('.'), value }));
  if (others.length === 0) return { indexed };
  return {
    indexed,
    holds: object =>
      others.every(({ path, value }) => valuesAt(object, path).some(found => foldedValue(found) === value)),
  };
}
