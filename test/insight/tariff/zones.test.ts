import fc from 'fast-check';
import { Temporal } from 'temporal-polyfill';
import { describe, expect, it } from 'vitest';
import { isZone, localDayOf, zoneClock, zoneOfCountry } from '../../../core/insight/tariff/zones.ts';

const ZONES = ['Europe/Oslo', 'America/New_York', 'Asia/Kolkata', 'Australia/Lord_Howe', 'America/Sao_Paulo', 'UTC'];

describe('a time zone', () => {
  it('has the offsets that Temporal knows, at any moment', () => {
    const moments = fc.integer({ min: Date.UTC(2005, 0, 1), max: Date.UTC(2040, 0, 1) });
    fc.assert(
      fc.property(fc.constantFrom(...ZONES), moments, (zone, at) => {
        const moment = Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(zone);
        expect(zoneClock(zone)?.spanAt(at).offset).toBe(moment.offsetNanoseconds / 1e6);
        expect(localDayOf(at, zone)).toBe(moment.toPlainDate().toString());
      }),
      { numRuns: 400 },
    );
  });

  it('changes its clocks at the very millisecond', () => {
    const change = Date.UTC(2026, 2, 29, 1);
    const clock = zoneClock('Europe/Oslo');
    expect(clock?.spanAt(change - 1).offset).toBe(3_600_000);
    expect(clock?.spanAt(change)).toEqual({ from: change, until: Date.UTC(2026, 9, 25, 1), offset: 7_200_000 });
  });

  it('is known by its IANA name, and nothing else is one', () => {
    expect(['Europe/Oslo', 'UTC', 'Asia/Calcutta'].map(isZone)).toEqual([true, true, true]);
    expect(['', 'Europe/Nowhere', '+02:00', 'x'.repeat(500), '../etc'].map(isZone)).toEqual([
      false,
      false,
      false,
      false,
      false,
    ]);
    expect(localDayOf(0, 'Europe/Nowhere')).toBeUndefined();
  });
});

describe('the zone of a country', () => {
  it('is told where it has but one, or several whose clocks agree', () => {
    expect(['NLD', 'nld', 'NO', 'BEL', 'SWE'].map(zoneOfCountry)).toEqual([
      'Europe/Amsterdam',
      'Europe/Amsterdam',
      'Europe/Oslo',
      'Europe/Brussels',
      'Europe/Stockholm',
    ]);
    expect(zoneOfCountry('DEU')).toBe('Europe/Berlin');
    // Of several that agree it is the one that people there know, not the first in the alphabet.
    expect(['CYP', 'UZB', 'MHL'].map(zoneOfCountry)).toEqual(['Asia/Nicosia', 'Asia/Tashkent', 'Pacific/Majuro']);
    expect(zoneOfCountry('ARG')).toMatch(/Buenos_Aires$/);
  });

  it('is not told where its clocks differ, or where there is no such country', () => {
    expect(['ESP', 'PRT', 'USA', 'AUS', 'XXX', 'Z', ''].map(zoneOfCountry)).toEqual(
      Array.from({ length: 7 }, () => undefined),
    );
  });

  it('is looked up for every country there is', () => {
    const known = [
      'AUT',
      'CHE',
      'CZE',
      'DNK',
      'EST',
      'FIN',
      'GBR',
      'GRC',
      'HUN',
      'IRL',
      'ITA',
      'LTU',
      'LUX',
      'LVA',
      'POL',
      'ROU',
    ];
    expect(known.filter(code => zoneOfCountry(code) === undefined)).toEqual([]);
  });
});

describe('a million local days', () => {
  it('are told without asking for each of them', () => {
    const start = Date.UTC(2024, 0, 1);
    const counted = new Map<string, number>();
    for (let at = 0; at < 200_000; at++) {
      const day = localDayOf(start + at * 300_000, 'Europe/Stockholm') ?? '';
      counted.set(day, (counted.get(day) ?? 0) + 1);
    }
    // 288 times five minutes; an hour more or less where the clocks change.
    expect(counted.get('2024-02-10')).toBe(288);
    expect(counted.get('2024-03-31')).toBe(276);
    expect(counted.get('2024-10-27')).toBe(300);
  });
});
