import type * as z from 'zod';
import { definitionOf, type EnumDefinition, type Kind, type ObjectDefinition } from './schema.ts';
import type { OcpiType } from './types.ts';

export type JsonSchema = { readonly [keyword: string]: unknown };

const DIALECT = 'https://json-schema.org/draft/2020-12/schema';

/**
 * A type as JSON Schema 2020-12, the way the specification's table has it: names, required fields, lengths, enums. Stances
 * do not show. `x-ocpi-type` and `x-ocpi-cardinality` keep what JSON Schema has no word for (`?` and `*` allow null);
 * `x-ocpi-open` marks enums to which partners may add values. Other types it holds stand in `$defs`.
 */
export function jsonSchemaOf({ name, version, schema }: OcpiType): JsonSchema {
  const defs = new Map<string, JsonSchema>();
  const root = named(definitionOf(schema), new Definitions(defs, name));
  return {
    $schema: DIALECT,
    title: `OCPI ${version} ${name}`,
    ...root,
    ...(defs.size > 0 && { $defs: Object.fromEntries([...defs].sort(([left], [right]) => left.localeCompare(right))) }),
  };
}

/** The named types met so far; the root is referred to as `#`. */
class Definitions {
  private readonly defs: Map<string, JsonSchema>;
  private readonly root: string;

  constructor(defs: Map<string, JsonSchema>, root: string) {
    this.defs = defs;
    this.root = root;
  }

  refer(definition: ObjectDefinition | EnumDefinition): JsonSchema {
    const { name } = definition;
    if (name === this.root) return { $ref: '#' };
    if (!this.defs.has(name)) {
      // Taken before it is known, so that a type that holds itself ends.
      this.defs.set(name, {});
      this.defs.set(name, named(definition, this));
    }
    return { $ref: `#/$defs/${name}` };
  }
}

function named(definition: Kind, defs: Definitions): JsonSchema {
  if (definition.kind === 'enum') return enumSchema(definition);
  if (definition.kind === 'object') return objectSchema(definition, defs);
  throw new TypeError(`${definition.kind} has no name`);
}

function enumSchema({ values, open }: EnumDefinition): JsonSchema {
  if (!open) return { type: 'string', enum: values };
  return { anyOf: [{ type: 'string', enum: values }, { type: 'string' }], 'x-ocpi-open': true };
}

function objectSchema({ shape }: ObjectDefinition, defs: Definitions): JsonSchema {
  const fields = Object.entries(shape).map(([name, schema]) => ({ name, ...fieldSchema(schema, defs) }));
  const required = fields.filter(field => field.required).map(({ name }) => name);
  return {
    type: 'object',
    properties: Object.fromEntries(fields.map(({ name, schema }) => [name, schema])),
    ...(required.length > 0 && { required }),
  };
}

function fieldSchema(field: z.ZodType, defs: Definitions): { readonly schema: JsonSchema; readonly required: boolean } {
  const definition = definitionOf(field);
  if (definition.kind === 'optional') {
    const schema = { ...orNull(valueSchema(definitionOf(definition.of), defs)), 'x-ocpi-cardinality': '?' };
    return { schema, required: false };
  }
  if (definition.kind === 'list') {
    const items = valueSchema(definitionOf(definition.of), defs);
    if (definition.atLeastOne) {
      return { schema: { type: 'array', items, minItems: 1, 'x-ocpi-cardinality': '+' }, required: true };
    }
    return { schema: { type: ['array', 'null'], items, 'x-ocpi-cardinality': '*' }, required: false };
  }
  return { schema: { ...valueSchema(definition, defs), 'x-ocpi-cardinality': '1' }, required: true };
}

function orNull(schema: JsonSchema): JsonSchema {
  if (typeof schema['type'] === 'string') return { ...schema, type: [schema['type'], 'null'] };
  return '$ref' in schema ? { anyOf: [schema, { type: 'null' }] } : schema;
}

function valueSchema(kind: Kind, defs: Definitions): JsonSchema {
  switch (kind.kind) {
    case 'text':
      return {
        type: 'string',
        'x-ocpi-type': kind.type,
        ...(kind.maxLength !== undefined && { maxLength: kind.maxLength }),
      };
    case 'url':
      return { type: 'string', 'x-ocpi-type': 'URL', maxLength: 255, format: 'uri' };
    case 'date-time':
      // No `format`: the specification allows what RFC 3339 does not, such as no designator of the zone.
      return { type: 'string', 'x-ocpi-type': 'DateTime', maxLength: 25 };
    case 'number':
      return { type: 'number' };
    case 'int': {
      if (kind.digits === undefined) return { type: 'integer' };
      const most = 10 ** kind.digits - 1;
      return { type: 'integer', minimum: -most, maximum: most };
    }
    case 'boolean':
      return { type: 'boolean' };
    case 'any':
      return {};
    case 'enum':
    case 'object':
      return defs.refer(kind);
    case 'optional':
    case 'list':
      throw new TypeError(`${kind.kind} is no value`);
  }
}
