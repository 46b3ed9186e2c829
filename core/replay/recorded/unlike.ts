import { isJsonObject } from '../../ocpi/json-value.ts';
import { definitionOf } from '../../ocpi/schema.ts';
import type { OcpiType } from '../../ocpi/types.ts';

export interface ShapeOptions {
  /** A part of an object: what is not there is not missed. */
  readonly part: boolean;
}

/**
 * The first field of a JSON value that does not fit a type, as `evses/0/uid`; undefined where all of it does. Fields that no
 * table has fit every type, so `before` says which fields the value's own type has.
 */
export function unlikeField(
  value: unknown,
  before: OcpiType['schema'] | undefined,
  now: OcpiType['schema'],
  { part }: ShapeOptions = { part: false },
): string | undefined {
  return unlike({ value, before, now, path: '', part });
}

interface Place extends ShapeOptions {
  readonly value: unknown;
  readonly before: OcpiType['schema'] | undefined;
  readonly now: OcpiType['schema'];
  readonly path: string;
}

function unlike({ value, before, now, path, part }: Place): string | undefined {
  const definition = definitionOf(now);
  if (definition.kind === 'optional') {
    return value === null ? undefined : unlike({ value, before: inner(before), now: definition.of, path, part });
  }
  if (definition.kind === 'list') {
    if (value === null && !definition.atLeastOne) return undefined;
    if (!Array.isArray(value)) return path;
    return first(value.entries(), ([index, one]) =>
      unlike({ value: one, before: inner(before), now: definition.of, path: below(path, index), part: false }),
    );
  }
  if (definition.kind === 'object') {
    if (!isJsonObject(value)) return path;
    const old = before === undefined ? undefined : definitionOf(before);
    const known = old?.kind === 'object' ? old.shape : {};
    const { shape } = definition;
    const odd = first(Object.entries(value), ([name, member]) => {
      const field = Object.hasOwn(shape, name) ? shape[name] : undefined;
      const at = below(path, name);
      if (field === undefined) return Object.hasOwn(known, name) ? at : undefined;
      return unlike({ value: member, before: known[name], now: field, path: at, part: false });
    });
    return odd ?? (part ? undefined : missing(shape, value, path));
  }
  return fits(definition, value) ? undefined : path;
}

function missing(shape: Readonly<Record<string, OcpiType['schema']>>, value: object, path: string): string | undefined {
  const name = Object.entries(shape).find(([field, schema]) => {
    const { kind, ...definition } = definitionOf(schema);
    const needed = kind === 'list' ? 'atLeastOne' in definition && definition.atLeastOne : kind !== 'optional';
    return needed && !('absent' in definition) && !Object.hasOwn(value, field);
  })?.[0];
  return name === undefined ? undefined : below(path, name);
}

function fits(definition: ReturnType<typeof definitionOf>, value: unknown): boolean {
  switch (definition.kind) {
    case 'enum':
      return typeof value === 'string' && (definition.open || definition.values.includes(value));
    case 'text':
    case 'url':
    case 'date-time':
      return typeof value === 'string';
    case 'number':
      return typeof value === 'number';
    case 'int':
      return Number.isInteger(value);
    case 'boolean':
      return typeof value === 'boolean';
    default:
      return true;
  }
}

/** What a list holds, or what may be left out. */
function inner(schema: OcpiType['schema'] | undefined): OcpiType['schema'] | undefined {
  const definition = schema && definitionOf(schema);
  return definition?.kind === 'optional' || definition?.kind === 'list' ? definition.of : schema;
}

function below(path: string, name: string | number): string {
  return path === '' ? String(name) : `${path}/${name}`;
}

function first<T>(all: Iterable<T>, look: (one: T) => string | undefined): string | undefined {
  for (const one of all) {
    const found = look(one);
    if (found !== undefined) return found;
  }
  return undefined;
}
