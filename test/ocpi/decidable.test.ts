import { describe, expect, it } from 'vitest';
import { catalogue } from '../../core/ocpi/catalogue.ts';
import { decidable, mayAnswer, NOTHING_LATER } from '../../core/ocpi/decidable.ts';
import { definitionOf } from '../../core/ocpi/schema.ts';
import * as commands211 from '../../core/ocpi/v2_1_1/commands.ts';
import * as tokens211 from '../../core/ocpi/v2_1_1/tokens.ts';
import * as profiles221 from '../../core/ocpi/v2_2_1/chargingprofiles.ts';
import * as commands221 from '../../core/ocpi/v2_2_1/commands.ts';
import * as sessions221 from '../../core/ocpi/v2_2_1/sessions.ts';
import * as tokens221 from '../../core/ocpi/v2_2_1/tokens.ts';
import { VERSIONS } from '../../core/ocpi/versions.ts';

function valuesOf(schema: Parameters<typeof definitionOf>[0]): string[] {
  const definition = definitionOf(schema);
  if (definition.kind !== 'enum') throw new Error('no enum');
  return [...definition.values].sort();
}

const names = (list: readonly string[] = []) =>
  list.filter(one => !/^\d/.test(one) && one !== NOTHING_LATER).toSorted();

describe('what may be answered', () => {
  it.each([
    ['2.1.1', 'commands.start-session', commands211.CommandResponseType, commands211.CommandResponseType],
    ['2.2.1', 'commands.start-session', commands221.CommandResponseType, commands221.CommandResultType],
    ['2.3.0', 'commands.cancel-reservation', commands221.CommandResponseType, commands221.CommandResultType],
    ['2.2.1', 'chargingprofiles.get', profiles221.ChargingProfileResponseType, profiles221.ChargingProfileResultType],
    ['2.3.0', 'chargingprofiles.set', profiles221.ChargingProfileResponseType, profiles221.ChargingProfileResultType],
    ['2.2.1', 'sessions.put-preferences', sessions221.ChargingPreferencesResponse, undefined],
    ['2.1.1', 'tokens.authorize', tokens211.Allowed, undefined],
    ['2.3.0', 'tokens.authorize', tokens221.AllowedType, undefined],
  ] as const)('in %s to %s is every value of its types and no other', (version, id, answers, later) => {
    const of = decidable(id, version);
    expect(names([...(of?.yes ?? []), ...(of?.no ?? [])])).toEqual(valuesOf(answers));
    expect(names(of?.later)).toEqual(later === undefined ? [] : valuesOf(later));
    expect(of?.usual).toBe('simulate');
  });

  it.each(VERSIONS)(
    'in %s is chosen for everything that changes something here, and for nothing that is read',
    version => {
      const entries = catalogue(version);
      const chosen = entries.filter(({ id }) => decidable(id, version) !== undefined);
      expect(chosen.filter(({ method, module }) => method === 'GET' && module !== 'chargingprofiles')).toEqual([]);
      expect(chosen.filter(({ module }) => module === 'credentials' || module === 'versions')).toEqual([]);
      const left = entries.filter(
        ({ id, method, interface: side }) =>
          method !== 'GET' && side !== 'NONE' && decidable(id, version) === undefined,
      );
      expect(left.map(({ id }) => id)).toEqual(
        ['commands.result', 'chargingprofiles.result'].filter(id => entries.some(entry => entry.id === id)),
      );
    },
  );

  it('is nothing of another version', () => {
    expect(decidable('chargingprofiles.get', '2.1.1')).toBeUndefined();
    expect(decidable('bookings.post', '2.2.1')).toBeUndefined();
    expect(decidable('locations.list', '2.2.1')).toBeUndefined();
  });

  it.each([
    ['locations.put', 'reject', '2999', true],
    ['locations.put', 'reject', '4001', true],
    ['locations.put', 'reject', '1000', false],
    ['locations.put', 'reject', 'REJECTED', false],
    ['locations.put', 'accept', '1901', true],
    ['locations.put', 'accept', '2001', false],
    ['commands.start-session', 'accept', '1000', false],
    ['commands.start-session', 'reject', 'TOO_OFTEN', false],
    ['commands.start-session', 'reject', '2003', true],
    ['tokens.authorize', 'reject', 'BLOCKED', true],
    ['tokens.authorize', 'accept', 'BLOCKED', false],
  ] as const)('to %s to %s with %s: %s', (id, answer, result, may) => {
    const of = decidable(id, '2.2.1');
    expect(of && mayAnswer(of, answer, result)).toBe(may);
  });
});
