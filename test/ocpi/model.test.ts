import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type * as z from 'zod';
import { definitionOf, type EnumDefinition, type ObjectDefinition } from '../../core/ocpi/schema.ts';
import { type OcpiType, typesOf } from '../../core/ocpi/types.ts';
import { VERSIONS } from '../../core/ocpi/versions.ts';

interface Model {
  readonly types: Readonly<Record<string, { readonly fields: readonly Field[] }>>;
  readonly enums: Readonly<Record<string, ModelEnum>>;
}

interface ModelEnum {
  readonly open: boolean;
  readonly values: readonly string[];
  /** Values that only the Bookings document has. */
  readonly bookingsOnly?: readonly string[];
}

interface Field {
  readonly name: string;
  readonly type: string;
  readonly cardinality: string;
  readonly maxLength?: number;
}

/** The specification's tables as data, beside a checkout of the project where they are at hand. */
const modelFile = (version: string) => new URL(`../../../shared/ocpi/model/${version}.json`, import.meta.url);

const SCALARS = {
  url: 'URL',
  'date-time': 'DateTime',
  number: 'number',
  boolean: 'boolean',
  int: 'int',
  any: 'any',
} as const;

function fieldOf(name: string, schema: z.ZodType): Field {
  const definition = definitionOf(schema);
  switch (definition.kind) {
    case 'optional':
      return { ...fieldOf(name, definition.of), cardinality: '?' };
    case 'list':
      return { ...fieldOf(name, definition.of), cardinality: definition.atLeastOne ? '+' : '*' };
    case 'text': {
      const { type, maxLength } = definition;
      return { name, type, cardinality: '1', ...(maxLength !== undefined && { maxLength }) };
    }
    case 'int': {
      const { digits } = definition;
      return { name, type: 'int', cardinality: '1', ...(digits !== undefined && { maxLength: digits }) };
    }
    case 'enum':
    case 'object':
      return { name, type: definition.name, cardinality: '1' };
    default:
      return { name, type: SCALARS[definition.kind], cardinality: '1' };
  }
}

const byName = (left: Field, right: Field) => left.name.localeCompare(right.name);

function fieldsOf({ shape }: ObjectDefinition): Field[] {
  return Object.entries(shape)
    .map(([name, field]) => fieldOf(name, field))
    .sort(byName);
}

function modelFields(name: string, model: Model): Field[] {
  return [...(model.types[name]?.fields ?? [])]
    .map(({ name, type, cardinality, maxLength }) => ({
      name,
      type,
      // `data` of the envelope is whatever the endpoint says.
      cardinality: cardinality === '* or ?' ? '?' : cardinality,
      ...(maxLength !== undefined && { maxLength }),
    }))
    .sort(byName);
}

function enumOf({ open, values }: EnumDefinition) {
  return { open, values: [...values].sort() };
}

function modelEnum({ open, values, bookingsOnly = [] }: ModelEnum) {
  return { open, values: [...values, ...bookingsOnly].sort() };
}

/** Every object reachable from a type, each with the way to it: nested ones may differ from the named ones. */
function nestedIn({ name, schema }: Pick<OcpiType, 'name' | 'schema'>): { path: string; schema: z.ZodType }[] {
  const definition = definitionOf(schema);
  if (definition.kind === 'optional' || definition.kind === 'list') return nestedIn({ name, schema: definition.of });
  if (definition.kind === 'enum') return [{ path: name, schema }];
  if (definition.kind !== 'object') return [];
  const below = Object.entries(definition.shape).flatMap(([field, inner]) =>
    nestedIn({ name: `${name}.${field}`, schema: inner }),
  );
  return [{ path: name, schema }, ...below];
}

describe.each(VERSIONS)('the types of %s', version => {
  const absent = !existsSync(modelFile(version));
  const read = () => JSON.parse(readFileSync(modelFile(version), 'utf8')) as Model;

  it.skipIf(absent)('are those of the specification tables: none is missing, none is invented', () => {
    const { types, enums } = read();
    const ours = (kind: OcpiType['kind']) =>
      typesOf(version)
        .filter(type => type.kind === kind)
        .map(({ name }) => name);
    expect(ours('object').sort()).toEqual(Object.keys(types).sort());
    expect(ours('enum').sort()).toEqual(Object.keys(enums).sort());
  });

  it.skipIf(absent)('have their fields, cardinalities, lengths and values, wherever they are used', () => {
    const model = read();
    for (const type of typesOf(version)) {
      for (const { path, schema } of nestedIn(type)) {
        const definition = definitionOf(schema);
        if (definition.kind === 'object') {
          expect({ path, fields: fieldsOf(definition) }).toEqual({ path, fields: modelFields(definition.name, model) });
        } else if (definition.kind === 'enum') {
          const table = model.enums[definition.name];
          expect({ path, ...enumOf(definition) }).toEqual({ path, ...(table && modelEnum(table)) });
        }
      }
    }
  });
});
