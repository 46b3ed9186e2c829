import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { writeDateTime } from '../../../core/ocpi/date-time.ts';
import { toAscii } from '../../../core/sandbox/world/ascii.ts';
import { Chance } from '../../../core/sandbox/world/chance.ts';
import { CITIES } from '../../../core/sandbox/world/geography/cities.ts';
import { COUNTRIES } from '../../../core/sandbox/world/geography/countries.ts';
import { SITE_SORTS } from '../../../core/sandbox/world/geography/locale.ts';
import { localMoment, utcSeconds } from '../../../core/sandbox/world/local-time.ts';
import { writeMoment } from '../../../core/sandbox/world/moments.ts';
import { companiesOf } from '../../../core/sandbox/world/operators.ts';
import { createAtlas, placeOf, writeDegrees } from '../../../core/sandbox/world/places.ts';

const atlas = createAtlas();

describe('the cities', () => {
  it('are at least sixty, ten of them in Sweden, each in a country of the world', () => {
    expect(CITIES.length).toBeGreaterThanOrEqual(60);
    expect(CITIES.filter(({ country }) => country === 'SE').length).toBeGreaterThanOrEqual(10);
    expect(new Set(CITIES.map(({ name }) => name)).size).toBe(CITIES.length);
    expect(atlas.towns.length).toBe(CITIES.length);
  });

  it('have no address that is too long for a CDR, and no name too long for 2.1.1', () => {
    for (const { locale, name, state = '' } of CITIES) {
      expect(name.length).toBeLessThanOrEqual(45);
      expect(state.length).toBeLessThanOrEqual(20);
      for (const street of locale.streets) {
        const address = locale.address.replace('{street}', street).replace('{number}', '180D');
        expect(toAscii(address).length, address).toBeLessThanOrEqual(45);
      }
    }
  });

  it('can be told in ASCII, all of their texts', () => {
    const texts = CITIES.flatMap(({ locale, name }) => [
      name,
      ...locale.streets,
      ...SITE_SORTS.map(sort => locale.names[sort]),
      ...Object.values(locale.directions),
    ]);
    const companies = companiesOf(atlas);
    texts.push(...companies.operators.map(({ name }) => name), ...companies.providers.map(({ name }) => name));
    for (const text of texts) expect(toAscii(text)).toMatch(/^[\x20-\x3e\x40-\x7e]+$/);
    expect(toAscii('Göteborg, Gdańsk, Køge, Łódź, Straße')).toBe('Goteborg, Gdansk, Koge, Lodz, Strasse');
  });

  it('have an operator and a provider in every country, all with party ids of their own', () => {
    const { operators, providers } = companiesOf(atlas);
    for (const { code } of COUNTRIES) {
      expect(operators.some(({ countryCode }) => countryCode === code)).toBe(true);
      expect(providers.some(({ countryCode }) => countryCode === code)).toBe(true);
    }
    const all = [...operators, ...providers];
    expect(new Set(all.map(({ countryCode, partyId }) => countryCode + partyId)).size).toBe(all.length);
    for (const { partyId } of all) expect(partyId).toMatch(/^X[A-Z]{2}$/);
  });
});

describe('a place', () => {
  it('lies within the radius of its city', () => {
    fc.assert(
      fc.property(fc.string(), seed => {
        const { town, latitude, longitude } = placeOf(atlas, Chance.from(seed));
        const distance = kilometres(town.city, { latitude: latitude / 1e6, longitude: longitude / 1e6 });
        expect(distance).toBeLessThanOrEqual(town.city.radiusKm);
      }),
      { numRuns: 2_000 },
    );
  });

  it('has an address and a postal code without anything left to fill in', () => {
    const chance = Chance.from('addresses');
    for (let at = 0; at < 2_000; at++) {
      const { address, postalCode } = placeOf(atlas, chance.at('one', at));
      expect(address).not.toMatch(/[{}]/);
      expect(postalCode).toMatch(/^[0-9A-Z][0-9A-Z -]{1,9}$/);
    }
  });

  it('is drawn by the weights of the cities', () => {
    const chance = Chance.from('weights');
    const drawn = Array.from({ length: 20_000 }, (_, at) => placeOf(atlas, chance.at('one', at)).town.city);
    const total = CITIES.reduce((sum, { weight }) => sum + weight, 0);
    for (const city of CITIES) {
      const expected = (20_000 * city.weight) / total;
      const met = drawn.filter(other => other === city).length;
      expect(Math.abs(met - expected), city.name).toBeLessThan(5 * Math.sqrt(expected));
    }
  });

  it('is told with six decimals, west of Greenwich with a minus', () => {
    expect(writeDegrees(59_348_000)).toBe('59.348000');
    expect(writeDegrees(-130_001)).toBe('-0.130001');
    expect(writeDegrees(0)).toBe('0.000000');
  });

  it('of an unknown country, or of none, is a mistake', () => {
    expect(() => createAtlas([])).toThrow(RangeError);
    expect(() => createAtlas(['SE', 'XX'])).toThrow(/XX/);
    expect(createAtlas(['se']).countries.map(({ code }) => code)).toEqual(['SE']);
  });
});

describe('time', () => {
  const moments = fc.integer({ min: Date.UTC(2015, 0) / 1_000, max: Date.UTC(2045, 0) / 1_000 });

  it('is local as the time zones of the runtime have it, in every country', () => {
    for (const { timeZone, standardOffset } of COUNTRIES) {
      const format = new Intl.DateTimeFormat('en-GB', {
        timeZone,
        hourCycle: 'h23',
        dateStyle: 'short',
        timeStyle: 'medium',
      });
      const check = (seconds: number) => {
        const { day, second, weekday } = localMoment(seconds, standardOffset);
        const shown = new Date((day * 86_400 + second) * 1_000);
        const utc = new Intl.DateTimeFormat('en-GB', {
          timeZone: 'UTC',
          hourCycle: 'h23',
          dateStyle: 'short',
          timeStyle: 'medium',
        });
        expect(utc.format(shown)).toBe(format.format(seconds * 1_000));
        expect(weekday).toBe(shown.getUTCDay() || 7);
      };
      fc.assert(fc.property(moments, check), { numRuns: 60 });
      // The hours around the change of the clocks.
      for (const change of [Date.UTC(2026, 2, 29, 1), Date.UTC(2026, 9, 25, 1)]) {
        for (const minutes of [-61, -60, -1, 0, 1, 59, 60, 61]) check(change / 1_000 + minutes * 60);
      }
    }
  });

  it('goes back from local to UTC, but for the hour that the clocks double', () => {
    fc.assert(
      fc.property(moments, fc.constantFrom(0, 60, 120), (seconds, offset) => {
        const back = utcSeconds(localMoment(seconds, offset), offset);
        return back === seconds || Math.abs(back - seconds) === 3_600;
      }),
    );
    const noon = Date.UTC(2026, 6, 1, 10) / 1_000;
    expect(utcSeconds({ day: Math.floor(noon / 86_400), second: 12 * 3_600 }, 60)).toBe(noon);
  });

  it('is written as everywhere else', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 253_402_300_799 }), seconds => {
        expect(writeMoment(seconds)).toBe(writeDateTime(seconds * 1_000));
      }),
      { numRuns: 2_000 },
    );
  });
});

/** Great circle on a sphere. */
function kilometres(
  from: { latitude: number; longitude: number },
  to: { latitude: number; longitude: number },
): number {
  const rad = Math.PI / 180;
  const [one, two] = [from.latitude * rad, to.latitude * rad];
  const half =
    Math.sin((two - one) / 2) ** 2 +
    Math.cos(one) * Math.cos(two) * Math.sin(((to.longitude - from.longitude) * rad) / 2) ** 2;
  return 2 * 6_371 * Math.asin(Math.sqrt(half));
}
