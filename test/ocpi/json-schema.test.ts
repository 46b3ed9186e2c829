import { describe, expect, it } from 'vitest';
import { type JsonSchema, jsonSchemaOf } from '../../core/ocpi/json-schema.ts';
import { isJsonObject } from '../../core/ocpi/json-value.ts';
import { definitionOf } from '../../core/ocpi/schema.ts';
import { findType, typesOf } from '../../core/ocpi/types.ts';
import { VERSIONS, type Version } from '../../core/ocpi/versions.ts';
import { fixturesOf } from './fixtures.ts';

function schemaOf(version: Version, name: string): JsonSchema {
  const type = findType(version, name);
  if (type === undefined) throw new Error(`no type ${name} in ${version}`);
  return jsonSchemaOf(type);
}

const jsonType = (value: unknown): string => {
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'array';
  return Number.isInteger(value) ? 'integer' : typeof value;
};

/** As much of JSON Schema as is written here, to see that what is right passes and what is wrong does not. */
function accepts(root: JsonSchema, schema: JsonSchema, value: unknown): boolean {
  const { $ref: ref, anyOf, type, enum: values, properties, required, items, minItems, maxLength } = schema;
  if (typeof ref === 'string') {
    const target = ref === '#' ? root : (root['$defs'] as Record<string, JsonSchema>)[ref.slice('#/$defs/'.length)];
    if (target === undefined) throw new Error(`${ref} leads nowhere`);
    return accepts(root, target, value);
  }
  if (Array.isArray(anyOf) && !anyOf.some((one: JsonSchema) => accepts(root, one, value))) return false;
  if (type !== undefined) {
    const met = jsonType(value);
    const allowed = [type].flat();
    if (!allowed.includes(met) && !(met === 'integer' && allowed.includes('number'))) return false;
  }
  if (Array.isArray(values) && !values.includes(value)) return false;
  if (typeof value === 'string' && typeof maxLength === 'number' && [...value].length > maxLength) return false;
  if (typeof value === 'number' && value > ((schema['maximum'] as number | undefined) ?? value)) return false;
  if (Array.isArray(value)) {
    if (value.length < ((minItems as number | undefined) ?? 0)) return false;
    if (items !== undefined) return value.every(element => accepts(root, items as JsonSchema, element));
  }
  if (!isJsonObject(value)) return true;
  if (Array.isArray(required) && required.some(name => !(name in value))) return false;
  return Object.entries((properties ?? {}) as Record<string, JsonSchema>).every(
    ([name, field]) => !(name in value) || accepts(root, field, value[name]),
  );
}

describe.each(VERSIONS)('the JSON Schemas of %s', version => {
  it('accept every right object', () => {
    for (const { type, value } of fixturesOf(version)) {
      const schema = schemaOf(version, type);
      expect({ type, value, accepted: accepts(schema, schema, value) }).toEqual({ type, value, accepted: true });
    }
  });

  it('refuse an object that lacks a field the table requires', () => {
    for (const { type, value } of fixturesOf(version)) {
      const schema = schemaOf(version, type);
      if (!isJsonObject(value)) continue;
      for (const name of (schema['required'] ?? []) as string[]) {
        const { [name]: _, ...rest } = value;
        expect({ type, name, accepted: accepts(schema, schema, rest) }).toEqual({ type, name, accepted: false });
      }
    }
  });

  it('exist for every type, with every field', () => {
    for (const type of typesOf(version)) {
      const schema = jsonSchemaOf(type);
      expect(schema['$schema']).toBe('https://json-schema.org/draft/2020-12/schema');
      const definition = definitionOf(type.schema);
      if (definition.kind !== 'object') continue;
      expect(Object.keys(schema['properties'] as object)).toEqual(Object.keys(definition.shape));
    }
  });
});

describe('a JSON Schema', () => {
  it('says what the table says: lengths, cardinalities, required fields', () => {
    expect(schemaOf('2.2.1', 'LocationReferences')).toEqual({
      $schema: 'https://json-schema.org/draft/2020-12/schema',
      title: 'OCPI 2.2.1 LocationReferences',
      type: 'object',
      properties: {
        location_id: { type: 'string', 'x-ocpi-type': 'CiString', maxLength: 36, 'x-ocpi-cardinality': '1' },
        evse_uids: {
          type: ['array', 'null'],
          items: { type: 'string', 'x-ocpi-type': 'CiString', maxLength: 36 },
          'x-ocpi-cardinality': '*',
        },
      },
      required: ['location_id'],
    });
  });

  it('requires what the table requires, whatever the checker tolerates', () => {
    expect(schemaOf('2.3.0', 'Tariff')['required']).toEqual(expect.arrayContaining(['last_updated', 'tax_included']));
    expect(schemaOf('2.3.0', 'Booking')['required']).toEqual(expect.arrayContaining(['booking_requests', 'period']));
    expect(schemaOf('2.1.1', 'Hours')['required']).toEqual(['twentyfourseven']);
  });

  it('closes closed enums and leaves open ones open', () => {
    expect(schemaOf('2.2.1', 'ConnectorFormat')).toMatchObject({ type: 'string', enum: ['SOCKET', 'CABLE'] });
    const open = schemaOf('2.3.0', 'TokenType');
    expect(open).toMatchObject({ 'x-ocpi-open': true });
    expect(accepts(open, open, 'SOMETHING_NEW')).toBe(true);
    expect(accepts(open, open, 5)).toBe(false);
  });

  it('holds the types it refers to', () => {
    const schema = schemaOf('2.3.0', 'Location');
    expect(Object.keys(schema['$defs'] as object)).toEqual(expect.arrayContaining(['EVSE', 'Connector', 'Parking']));
    expect(accepts(schema, schema, { evses: 5 })).toBe(false);
  });

  it('bounds whole numbers of few digits', () => {
    const schema = schemaOf('2.2.1', 'Image');
    const image = { url: 'https://a.example', category: 'OTHER', type: 'png', width: 99_999 };
    expect(accepts(schema, schema, image)).toBe(true);
    expect(accepts(schema, schema, { ...image, width: 100_000 })).toBe(false);
  });
});
