import { describe, expect, it } from 'vitest';
import type * as z from 'zod';
import { compileChecker } from '../../core/ocpi/check.ts';
import { isJsonObject } from '../../core/ocpi/json-value.ts';
import { definitionOf, type ObjectDefinition } from '../../core/ocpi/schema.ts';
import { findType, typesOf } from '../../core/ocpi/types.ts';
import type { Connector, Evse } from '../../core/ocpi/v2_2_1/locations.ts';
import type { Token } from '../../core/ocpi/v2_2_1/tokens.ts';
import type { Booking } from '../../core/ocpi/v2_3_0/bookings.ts';
import { VERSIONS, type Version } from '../../core/ocpi/versions.ts';
import { fixturesOf } from './fixtures.ts';

function typeNamed(version: Version, name: string) {
  const type = findType(version, name);
  if (type === undefined) throw new Error(`no type ${name} in ${version}`);
  return type;
}

/** Notes down every type and field that a value of a schema makes use of. */
function note(schema: z.ZodType, value: unknown, met: Map<string, Set<string>>): void {
  const definition = definitionOf(schema);
  if (value === undefined || value === null) return;
  if (definition.kind === 'optional') note(definition.of, value, met);
  else if (definition.kind === 'list') for (const element of value as unknown[]) note(definition.of, element, met);
  else if (definition.kind === 'enum') met.set(definition.name, new Set());
  else if (definition.kind === 'object' && isJsonObject(value)) {
    const fields = met.get(definition.name) ?? new Set();
    met.set(definition.name, fields);
    for (const [name, field] of Object.entries(definition.shape)) {
      if (!(name in value)) continue;
      fields.add(name);
      note(field, value[name], met);
    }
  }
}

function fieldsOf(schema: z.ZodType): string[] {
  const definition = definitionOf(schema);
  return definition.kind === 'object' ? Object.keys(definition.shape) : [];
}

function required(definition: ObjectDefinition): string[] {
  return Object.entries(definition.shape).flatMap(([name, field]) => {
    const inner = definitionOf(field);
    if (inner.absent && !inner.absent.code) return [];
    return (inner.kind === 'list' ? inner.atLeastOne : inner.kind !== 'optional') ? [name] : [];
  });
}

describe.each(VERSIONS)('objects of %s', version => {
  const fixtures = fixturesOf(version);

  it('that are right have no finding and are their own view', () => {
    for (const { type, value } of fixtures) {
      const { view, findings } = compileChecker(typeNamed(version, type).schema)(value, { version });
      expect({ type, findings }).toEqual({ type, findings: [] });
      expect(view).toBe(value);
    }
  });

  it('of every type, with every field, are among the fixtures', () => {
    const met = new Map<string, Set<string>>();
    for (const { type, value } of fixtures) note(typeNamed(version, type).schema, value, met);
    for (const { name, schema } of typesOf(version)) {
      expect({ name, fields: [...(met.get(name) ?? ['nowhere'])].sort() }).toEqual({
        name,
        fields: fieldsOf(schema).sort(),
      });
    }
  });

  it('that lack a required field are told so, whichever it is', () => {
    for (const { type, value } of fixtures) {
      const { schema } = typeNamed(version, type);
      const definition = definitionOf(schema);
      if (definition.kind !== 'object' || !isJsonObject(value)) continue;
      for (const field of required(definition)) {
        const { [field]: _, ...rest } = value;
        const { findings } = compileChecker(schema)(rest, { version });
        expect(findings.map(({ pointer }) => pointer)).toContain(`/${field}`);
      }
    }
  });

  it('may have null for whatever they may leave out', () => {
    for (const { type, value } of fixtures) {
      const { schema } = typeNamed(version, type);
      const definition = definitionOf(schema);
      if (definition.kind !== 'object' || !isJsonObject(value)) continue;
      const needed = new Set(required(definition));
      const optional = Object.keys(definition.shape).filter(field => !needed.has(field));
      const nulled = { ...value, ...Object.fromEntries(optional.map(field => [field, null])) };
      const { view, findings } = compileChecker(schema)(nulled, { version });
      expect(view).toBeDefined();
      expect(findings.filter(({ code }) => code.startsWith('field.') || code.startsWith('type.'))).toEqual([]);
    }
  });
});

describe('looking a type up', () => {
  it('does not mind the case of its name', () => {
    expect(findType('2.2.1', 'evse')?.name).toBe('EVSE');
    expect(findType('2.2.1', ' CDR ')?.name).toBe('CDR');
    expect(findType('2.1.1', 'Status')).toMatchObject({ kind: 'enum', version: '2.1.1' });
  });

  it('finds none that the version does not have', () => {
    expect(findType('2.1.1', 'Price')).toBeUndefined();
    expect(findType('2.2.1', 'Allowed')).toBeUndefined();
    expect(findType('2.2.1', 'Parking')).toBeUndefined();
    expect(findType('2.3.0', 'Widget')).toBeUndefined();
  });

  it('finds what a newer version took over unchanged', () => {
    expect(findType('2.3.0', 'ChargingProfile')).toMatchObject({ version: '2.3.0', kind: 'object' });
  });
});

describe('the TypeScript types', () => {
  const last_updated = '2026-03-14T08:15:00Z';
  const connector: Connector = {
    id: '1',
    // What partners send besides the list is kept.
    standard: 'SOMETHING_NEW',
    format: 'CABLE',
    power_type: 'DC',
    max_voltage: 920,
    max_amperage: 500,
    terms_and_conditions: null,
    last_updated,
  };

  it('follow the tables: what is required, what may be null or absent, which values there are', () => {
    const evse: Evse = { uid: 'E1', status: 'AVAILABLE', connectors: [connector], last_updated };
    expect(compileChecker(typeNamed('2.2.1', 'EVSE').schema)(evse, { version: '2.2.1' }).view).toBe(evse);
    // @ts-expect-error a connector needs more than its id
    const lacking: Connector = { id: '1' };
    expect(compileChecker(typeNamed('2.2.1', 'Connector').schema)(lacking, { version: '2.2.1' }).view).toBeUndefined();
    // @ts-expect-error behaviour depends on the whitelist, so that other values are never in a view
    const whitelist: Token['whitelist'] = 'SOMETIMES';
    expect(
      compileChecker(typeNamed('2.2.1', 'WhitelistType').schema)(whitelist, { version: '2.2.1' }).view,
    ).toBeUndefined();
    // Everything may be absent from a booking, which is never rejected.
    const booking: Booking = {};
    expect(compileChecker(typeNamed('2.3.0', 'Booking').schema)(booking, { version: '2.3.0' }).view).toBe(booking);
  });
});
