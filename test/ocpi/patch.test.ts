import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { compilePatchChecker } from '../../core/ocpi/check.ts';
import { isJsonObject } from '../../core/ocpi/json-value.ts';
import { definitionOf } from '../../core/ocpi/schema.ts';
import { findType } from '../../core/ocpi/types.ts';
import * as locations211 from '../../core/ocpi/v2_1_1/locations.ts';
import * as locations221 from '../../core/ocpi/v2_2_1/locations.ts';
import * as sessions221 from '../../core/ocpi/v2_2_1/sessions.ts';
import * as tokens221 from '../../core/ocpi/v2_2_1/tokens.ts';
import { BookingLocation } from '../../core/ocpi/v2_3_0/bookings.ts';
import { VERSIONS, type Version } from '../../core/ocpi/versions.ts';
import { fixture, fixturesOf } from './fixtures.ts';

const NOW = '2026-03-14T08:15:00Z';

function found(schema: z.ZodObject, value: unknown, version: Version = '2.2.1') {
  const { view, findings } = compilePatchChecker(schema)(value, { version });
  return { view, findings: findings.map(({ severity, code, pointer }) => `${severity} ${code} ${pointer}`) };
}

describe('the body of a PATCH', () => {
  it('may hold any part of an object', () => {
    const patch = { status: 'CHARGING', last_updated: NOW };
    expect(found(locations221.Evse, patch)).toEqual({ view: patch, findings: [] });
    expect(found(locations221.Location, { name: 'Garage', last_updated: NOW }).findings).toEqual([]);
  });

  it('is checked in what it holds as the whole object is', () => {
    expect(found(locations221.Evse, { status: 5, last_updated: NOW })).toEqual({
      view: undefined,
      findings: ['error type.mismatch /status'],
    });
    const patch = { opening_times: { regular_hours: [] }, last_updated: NOW };
    expect(found(locations221.Location, patch)).toEqual({
      view: { last_updated: NOW },
      findings: ['error field.missing /opening_times/twentyfourseven'],
    });
  });

  it('needs last_updated from 2.2 on, in the modules that have it', () => {
    expect(found(locations221.Evse, { status: 'CHARGING' })).toEqual({
      view: { status: 'CHARGING' },
      findings: ['warning patch.last-updated-missing /last_updated'],
    });
    for (const schema of [locations221.Location, locations221.Connector, sessions221.Session, tokens221.Token]) {
      expect(found(schema, {}).findings).toEqual(['warning patch.last-updated-missing /last_updated']);
    }
    expect(found(BookingLocation, {}, '2.3.0').findings).toEqual(['warning patch.last-updated-missing /last_updated']);
    expect(found(locations211.Evse, { status: 'CHARGING' }, '2.1.1').findings).toEqual([]);
  });

  it('cannot remove anything: null is unchanged for required fields, cleared for others, and a warning', () => {
    expect(found(locations221.Location, { city: null, name: null, last_updated: NOW })).toEqual({
      view: { name: null, last_updated: NOW },
      findings: ['warning patch.null /name', 'warning patch.null /city'],
    });
  });

  it('with children that have ids of their own leaves open whether they are merged', () => {
    const evses = [{ uid: 'ev-1041', status: 'CHARGING' }];
    const patch = { evses, last_updated: NOW };
    expect(found(locations221.Location, patch)).toEqual({ view: patch, findings: ['warning patch.children /evses'] });
    const { findings } = compilePatchChecker(locations221.Location)(patch, { version: '2.2.1' });
    expect(findings[0]).toMatchObject({ met: '1 evses with their uid' });
    const nameless = compilePatchChecker(locations221.Location)(
      { evses: [{ status: 'CHARGING' }], last_updated: NOW },
      { version: '2.2.1' },
    );
    expect(nameless.findings[0]).toMatchObject({ met: 'evses without uid' });
  });

  it('with charging periods, which have no ids, holds whole ones', () => {
    const { charging_periods: periods } = fixture('2.2.1', 'Session');
    expect(found(sessions221.Session, { charging_periods: periods, last_updated: NOW }).findings).toEqual([]);
    expect(found(sessions221.Session, { charging_periods: [{}], last_updated: NOW }).findings).toEqual([
      'error field.missing /charging_periods/0/start_date_time',
      'error field.missing /charging_periods/0/dimensions',
    ]);
  });

  it('that is no object is rejected', () => {
    expect(found(locations221.Location, [])).toEqual({ view: undefined, findings: ['error type.mismatch '] });
  });
});

describe.each(VERSIONS)('any part of a right object of %s', version => {
  const objects = fixturesOf(version).flatMap(({ type, value }) => {
    const schema = findType(version, type)?.schema;
    const isObject = schema instanceof z.ZodObject && definitionOf(schema).kind === 'object' && isJsonObject(value);
    return isObject ? [{ schema, value }] : [];
  });

  it('is a right PATCH', () => {
    const part = fc
      .constantFrom(...objects)
      .chain(({ schema, value }) =>
        fc.subarray(Object.entries(value)).map(fields => ({ schema, part: Object.fromEntries(fields) })),
      );
    fc.assert(
      fc.property(part, ({ schema, part }) => {
        const before = JSON.stringify(part);
        const { view, findings } = compilePatchChecker(schema)(part, { version });
        expect(JSON.stringify(part)).toBe(before);
        // Null is in the fixtures of the envelope only.
        const rest = findings.filter(({ code }) => !code.startsWith('patch.'));
        expect(rest).toEqual([]);
        expect(view).toBe(part);
      }),
      { numRuns: 300 },
    );
  });
});
