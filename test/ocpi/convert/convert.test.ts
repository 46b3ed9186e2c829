import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { compileChecker } from '../../../core/ocpi/check.ts';
import { type Conversion, type ConvertibleModule, convertObject } from '../../../core/ocpi/convert/convert.ts';
import { isJsonObject } from '../../../core/ocpi/json-value.ts';
import { definitionOf } from '../../../core/ocpi/schema.ts';
import { findType } from '../../../core/ocpi/types.ts';
import { VERSIONS, type Version } from '../../../core/ocpi/versions.ts';
import { createWorld } from '../../../core/sandbox/world/world.ts';
import { fixture, fixturesOf } from '../fixtures.ts';

const TYPE: Readonly<Record<ConvertibleModule, string>> = {
  locations: 'Location',
  sessions: 'Session',
  cdrs: 'CDR',
  tariffs: 'Tariff',
  tokens: 'Token',
};
const MODULES = Object.keys(TYPE) as ConvertibleModule[];
const OWNER = { countryCode: 'NL', partyId: 'WBX' };
const PEER = { countryCode: 'DE', partyId: 'ABC' };
const PAIRS = VERSIONS.flatMap(from => VERSIONS.filter(to => to !== from).map(to => [from, to] as const));
const CASES = MODULES.flatMap(module => PAIRS.map(([from, to]) => [module, from, to] as const));

function schemaOf(module: ConvertibleModule, version: Version): z.ZodType {
  return findType(version, TYPE[module])?.schema ?? z.never();
}

function check(module: ConvertibleModule, version: Version, value: unknown) {
  return compileChecker(schemaOf(module, version))(value, { version });
}

function errorsOf(module: ConvertibleModule, version: Version, value: unknown): string[] {
  const { findings } = check(module, version, value);
  return findings
    .filter(({ severity }) => severity === 'error')
    .map(({ code, pointer, met }) => `${code} ${pointer} ${met}`);
}

const WORLDS = ['a', 'b', 'c'].map(seed => createWorld({ seed, locations: 40, now: Date.UTC(2026, 5, 1) }));

/** Objects that can be used: made ones and our fixtures, with optional fields missing or null here and there. */
function usable(module: ConvertibleModule, version: Version) {
  const fixtures = fixturesOf(version)
    .filter(({ type }) => type === TYPE[module])
    .map(({ value }) => value);
  const made = fc
    .record({ world: fc.constantFrom(...WORLDS), at: fc.nat() })
    .map(({ world, at }) => JSON.parse(world.text(module, at % world.counts[module], version)) as unknown);
  const whole = fixtures.length === 0 ? made : fc.oneof(made, fc.constantFrom(...fixtures));
  const spoilt = fc.record({ at: fc.nat(), to: fc.constantFrom('gone', 'null') });
  return fc
    .record({ whole, changes: fc.array(spoilt, { maxLength: 6 }) })
    .map(({ whole: value, changes }) => {
      const copy = structuredClone(value);
      for (const { at, to } of changes) {
        const all = placesIn(copy);
        const place = all[at % all.length];
        if (place === undefined) continue;
        const before = place.container[place.key];
        if (to === 'gone') delete place.container[place.key];
        else place.container[place.key] = null;
        if (errorsOf(module, version, copy).length > 0) place.container[place.key] = before;
      }
      return copy;
    })
    .filter(value => check(module, version, value).view !== undefined);
}

function placesIn(value: unknown): { container: Record<string, unknown>; key: string }[] {
  if (Array.isArray(value)) return value.flatMap(placesIn);
  if (!isJsonObject(value)) return [];
  const container = value as Record<string, unknown>;
  return Object.entries(container).flatMap(([key, inner]) => [{ container, key }, ...placesIn(inner)]);
}

function convert(value: unknown, conversion: Pick<Conversion, 'module' | 'from' | 'to'>) {
  const converted = convertObject(value, { ...conversion, owner: OWNER, peer: PEER });
  if (converted === undefined) throw new Error('not converted');
  return converted;
}

/** Without these an element of a list means nothing: it is left out where the other version does not know the value. */
const DECISIVE: Readonly<Record<string, readonly string[]>> = {
  CdrDimension: ['type'],
  PublishTokenType: ['type'],
  Connector: ['standard'],
  EnvironmentalImpact: ['category'],
};
const LEFT_OUT = Symbol('left out');

/** What of a value both schemas have a field for, enums as far as both know the value. */
function shared(value: unknown, one: z.ZodType, other: z.ZodType): unknown {
  const [left, right] = [definitionOf(one), definitionOf(other)];
  if (value === null || value === undefined) return undefined;
  if (left.kind === 'optional') return shared(value, left.of, other);
  if (right.kind === 'optional') return shared(value, one, right.of);
  if (left.kind === 'list' && right.kind === 'list') {
    if (!Array.isArray(value)) return undefined;
    const kept = value.map(inner => shared(inner, left.of, right.of));
    const known = kept.filter(inner => inner !== undefined && inner !== LEFT_OUT);
    return left.atLeastOne && value.length > 0 && known.length === 0 ? LEFT_OUT : known;
  }
  if (left.kind === 'object' && right.kind === 'object' && isJsonObject(value)) {
    if (isRestricted(value['restrictions'], right.shape['restrictions'])) return LEFT_OUT;
    const fields: Record<string, unknown> = {};
    for (const [name, inLeft] of Object.entries(left.shape)) {
      const inRight = right.shape[name];
      if (inRight === undefined) continue;
      const inner = shared(value[name], inLeft, inRight);
      const lost = inner === LEFT_OUT || (inner === undefined && typeof value[name] === 'string');
      if (lost && (inner === LEFT_OUT ? EMPTIED.has(left.name) : DECISIVE[left.name]?.includes(name))) return LEFT_OUT;
      if (inner !== undefined && inner !== LEFT_OUT) fields[name] = inner;
    }
    return fields;
  }
  if (left.kind === 'enum' && right.kind === 'enum') {
    return left.values.includes(String(value)) && right.values.includes(String(value)) ? value : undefined;
  }
  if (left.kind !== right.kind) return undefined;
  return typeof value === 'string' && /^-?\d+\.\d{5,}$/.test(value) ? Number(value).toFixed(5) : value;
}

/** Nothing of these is left once their list is empty. */
const EMPTIED: ReadonlySet<string> = new Set(['EVSE', 'ChargingPeriod']);

/** A restriction is set that the other version does not have. */
function isRestricted(restrictions: unknown, other: z.ZodType | undefined): boolean {
  if (!isJsonObject(restrictions) || other === undefined) return false;
  const optional = definitionOf(other);
  const known = optional.kind === 'optional' ? definitionOf(optional.of) : optional;
  return Object.entries(restrictions).some(
    ([name, value]) => value !== null && known.kind === 'object' && !(name in known.shape),
  );
}

describe.each(CASES)('%s of %s written in %s', (module, from, to) => {
  it('are right in the other version whenever they are in their own', () => {
    fc.assert(
      fc.property(usable(module, from), value => {
        const before = structuredClone(value);
        const errors = errorsOf(module, from, value);
        const converted = convert(value, { module, from, to });
        expect(value).toEqual(before);
        if (errors.length === 0) expect(errorsOf(module, to, converted)).toEqual([]);
        expect(JSON.parse(JSON.stringify(converted))).toEqual(converted);
      }),
      { numRuns: 40 },
    );
  });

  it('keep, there and back, what both versions know', () => {
    fc.assert(
      fc.property(usable(module, from), value => {
        // Prices that contain taxes become others.
        fc.pre(!JSON.stringify(value).includes('"tax_included":"YES"'));
        const { view } = check(module, from, value);
        const there = convert(view, { module, from, to });
        const back = convert(there, { module, from: to, to: from });
        const [one, other] = [schemaOf(module, from), schemaOf(module, to)];
        expect(shared(back, one, other)).toMatchObject(shared(view, one, other) as object);
      }),
      { numRuns: 40 },
    );
  });
});

describe('what changes between versions', () => {
  const to211 = (module: ConvertibleModule, value: unknown) => convert(value, { module, from: '2.2.1', to: '2.1.1' });
  const from211 = (module: ConvertibleModule, value: unknown) => convert(value, { module, from: '2.1.1', to: '2.2.1' });

  it('2.1.1 says auth_id, a voltage and an amperage, and one tariff', () => {
    const token = fixture('2.2.1', 'Token');
    expect(to211('tokens', token)).toMatchObject({ uid: token['uid'], auth_id: token['contract_id'] });
    expect(from211('tokens', to211('tokens', token))).toMatchObject({ country_code: 'NL', party_id: 'WBX' });
    const world = createWorld({ seed: 'x', locations: 1, now: Date.UTC(2026, 0, 1) });
    const location = world.location(0, '2.2.1');
    const connector = location.evses?.[0]?.connectors[0];
    const written = to211('locations', location) as { evses: { connectors: unknown[] }[] };
    expect(written.evses[0]?.connectors[0]).toMatchObject({
      voltage: connector?.max_voltage,
      amperage: connector?.max_amperage,
      tariff_id: connector?.tariff_ids?.[0],
    });
    expect(written).not.toHaveProperty('publish');
    expect(written).not.toHaveProperty('country_code');
  });

  it('tokens of apps are OTHER in 2.1.1, and tokens of EMAIDs in 2.2.1', () => {
    expect(to211('tokens', { ...fixture('2.2.1', 'Token'), type: 'APP_USER' })).toMatchObject({ type: 'OTHER' });
    const emaid = { ...fixture('2.3.0', 'Token'), type: 'EMAID' };
    expect(convert(emaid, { module: 'tokens', from: '2.3.0', to: '2.2.1' })).toMatchObject({ type: 'OTHER' });
  });

  it('amounts change their shape: a number, excl_vat and incl_vat, before_taxes and taxes', () => {
    const session = { ...fixture('2.2.1', 'Session'), total_cost: { excl_vat: 10, incl_vat: 12.1 } };
    expect(to211('sessions', session)).toMatchObject({ total_cost: 10 });
    const newer = convert(session, { module: 'sessions', from: '2.2.1', to: '2.3.0' });
    expect(newer['total_cost']).toEqual({ before_taxes: 10, taxes: [{ name: 'VAT', amount: 2.1 }] });
    expect(convert(newer, { module: 'sessions', from: '2.3.0', to: '2.2.1' })).toMatchObject({
      total_cost: { excl_vat: 10, incl_vat: 12.1 },
    });
    const unknownVat = { ...session, total_cost: { excl_vat: 10 } };
    expect(convert(unknownVat, { module: 'sessions', from: '2.2.1', to: '2.3.0' })['total_cost']).toEqual({
      before_taxes: 10,
    });
  });

  it('tariffs of 2.2.1 exclude taxes, and those of 2.3.0 that include VAT are written without it', () => {
    const tariff = fixture('2.2.1', 'Tariff');
    const limited = { ...tariff, min_price: { excl_vat: 1, incl_vat: 1.25 } };
    expect(convert(limited, { module: 'tariffs', from: '2.2.1', to: '2.3.0' })).toMatchObject({
      tax_included: 'NO',
      min_price: { before_taxes: 1, after_taxes: 1.25 },
    });
    const component = { type: 'ENERGY', price: 0.5, vat: 25, step_size: 1 };
    const included = {
      ...fixture('2.3.0', 'Tariff'),
      tax_included: 'YES',
      elements: [{ price_components: [component] }],
    };
    expect(convert(included, { module: 'tariffs', from: '2.3.0', to: '2.2.1' })['elements']).toEqual([
      { price_components: [{ ...component, price: 0.4 }] },
    ]);
  });

  it('an element under a restriction that 2.1.1 does not have prices nothing there', () => {
    const priced = (restrictions: object) => ({
      price_components: [{ type: 'TIME', price: 2, step_size: 60 }],
      restrictions,
    });
    const always = { price_components: [{ type: 'ENERGY', price: 0.3, step_size: 1 }] };
    const tariff = { ...fixture('2.2.1', 'Tariff'), elements: [priced({ reservation: 'RESERVATION' }), always] };
    expect(to211('tariffs', tariff)['elements']).toEqual([always]);
    const onlyReserved = { ...tariff, elements: [priced({ min_current: 5 })] };
    expect(to211('tariffs', onlyReserved)['elements']).toEqual([
      { price_components: [{ type: 'FLAT', price: 0, step_size: 1 }] },
    ]);
  });

  it('connectors that 2.1.1 does not have are left out, with the EVSEs that had no other', () => {
    const location = createWorld({ seed: 'x', locations: 1, now: Date.UTC(2026, 0, 1) }).location(0, '2.2.1');
    const [evse] = location.evses ?? [];
    const evses = [
      { ...evse, uid: 'NEW', connectors: [{ ...evse?.connectors[0], standard: 'CHAOJI' }] },
      { ...evse, uid: 'GONE', status: 'REMOVED', connectors: [] },
    ];
    expect(to211('locations', { ...location, evses })['evses']).toEqual([
      expect.objectContaining({ uid: 'GONE', connectors: [] }),
    ]);
  });

  it('a session of 2.1.1 holds the location, reduced to what was used, or one of which only the ids are known', () => {
    const world = createWorld({ seed: 'x', locations: 5, now: Date.UTC(2026, 0, 1) });
    const session = world.session(0, '2.2.1');
    const location = (id: string) => {
      const index = world.locationIndexById(id);
      return index === undefined
        ? undefined
        : (JSON.parse(world.locationText(index, '2.1.1')) as Record<string, unknown>);
    };
    const known = convertObject(session, { module: 'sessions', from: '2.2.1', to: '2.1.1', owner: OWNER, location });
    expect(known?.['location']).toMatchObject({
      id: session.location_id,
      evses: [{ uid: session.evse_uid, connectors: [{ id: session.connector_id }] }],
    });
    expect(to211('sessions', session)['location']).toMatchObject({ id: session.location_id, address: '#NA' });
    const back = from211('sessions', world.session(0, '2.1.1'));
    expect(back).toMatchObject({
      location_id: session.location_id,
      evse_uid: session.evse_uid,
      connector_id: session.connector_id,
      cdr_token: { country_code: 'DE', party_id: 'ABC', contract_id: session.cdr_token.contract_id },
    });
  });

  it('what cannot be used in its own version is not converted', () => {
    const broken = { ...fixture('2.2.1', 'Location'), coordinates: null };
    const wanted = { module: 'locations', from: '2.2.1', to: '2.3.0', owner: OWNER } as const;
    expect(convertObject(broken, wanted)).toBeUndefined();
  });
});
