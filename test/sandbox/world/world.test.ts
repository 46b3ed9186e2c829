import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Checker, compileChecker } from '../../../core/ocpi/check.ts';
import * as cdrs211 from '../../../core/ocpi/v2_1_1/cdrs.ts';
import * as locations211 from '../../../core/ocpi/v2_1_1/locations.ts';
import * as sessions211 from '../../../core/ocpi/v2_1_1/sessions.ts';
import * as tariffs211 from '../../../core/ocpi/v2_1_1/tariffs.ts';
import * as tokens211 from '../../../core/ocpi/v2_1_1/tokens.ts';
import * as cdrs221 from '../../../core/ocpi/v2_2_1/cdrs.ts';
import * as locations221 from '../../../core/ocpi/v2_2_1/locations.ts';
import * as sessions221 from '../../../core/ocpi/v2_2_1/sessions.ts';
import * as tariffs221 from '../../../core/ocpi/v2_2_1/tariffs.ts';
import * as tokens221 from '../../../core/ocpi/v2_2_1/tokens.ts';
import * as cdrs230 from '../../../core/ocpi/v2_3_0/cdrs.ts';
import * as locations230 from '../../../core/ocpi/v2_3_0/locations.ts';
import * as sessions230 from '../../../core/ocpi/v2_3_0/sessions.ts';
import * as tariffs230 from '../../../core/ocpi/v2_3_0/tariffs.ts';
import * as tokens230 from '../../../core/ocpi/v2_3_0/tokens.ts';
import { VERSIONS, type Version } from '../../../core/ocpi/versions.ts';
import type { WorldModule } from '../../../core/sandbox/world/setting.ts';
import { createWorld, MOST_LOCATIONS, type World } from '../../../core/sandbox/world/world.ts';

const NOW = Date.UTC(2026, 10, 22, 9, 30);
const MODULES: readonly WorldModule[] = ['locations', 'sessions', 'cdrs', 'tariffs', 'tokens'];

const CHECKERS: Readonly<Record<WorldModule, Readonly<Record<Version, Checker<unknown>>>>> = {
  locations: {
    '2.1.1': compileChecker(locations211.Location),
    '2.2.1': compileChecker(locations221.Location),
    '2.3.0': compileChecker(locations230.Location),
  },
  sessions: {
    '2.1.1': compileChecker(sessions211.Session),
    '2.2.1': compileChecker(sessions221.Session),
    '2.3.0': compileChecker(sessions230.Session),
  },
  cdrs: {
    '2.1.1': compileChecker(cdrs211.Cdr),
    '2.2.1': compileChecker(cdrs221.Cdr),
    '2.3.0': compileChecker(cdrs230.Cdr),
  },
  tariffs: {
    '2.1.1': compileChecker(tariffs211.Tariff),
    '2.2.1': compileChecker(tariffs221.Tariff),
    '2.3.0': compileChecker(tariffs230.Tariff),
  },
  tokens: {
    '2.1.1': compileChecker(tokens211.Token),
    '2.2.1': compileChecker(tokens221.Token),
    '2.3.0': compileChecker(tokens230.Token),
  },
};

const million = createWorld({ seed: 'million', locations: 1_000_000, now: NOW });

/** So many indexes, evenly spread over all of a module. */
function samples(world: World, module: WorldModule, count: number): number[] {
  const all = world.counts[module];
  return Array.from({ length: Math.min(all, count) }, (_, at) => Math.floor((at * all) / Math.min(all, count)));
}

function findings(world: World, module: WorldModule, index: number, version: Version): readonly string[] {
  const { findings } = CHECKERS[module][version](JSON.parse(world.text(module, index, version)), { version });
  return findings.map(({ code, pointer, met }) => `${module} ${index} ${version}: ${code} ${pointer} ${met}`);
}

describe('every object', () => {
  for (const version of VERSIONS) {
    it(`is what ${version} asks for, without any finding`, () => {
      const met = MODULES.flatMap(module =>
        samples(million, module, 1_000).flatMap(index => findings(million, module, index, version)),
      );
      expect(met).toEqual([]);
    });
  }

  it('is so whatever the seed, the size, the moment and the country', () => {
    const worlds = fc.record({
      seed: fc.string(),
      locations: fc.integer({ min: 1, max: 50_000 }),
      now: fc.integer({ min: Date.UTC(2020, 0), max: Date.UTC(2035, 0) }),
      countries: fc.constantFrom(['SE'], ['ch'], ['LU'], ['GB', 'FI'], ['PL', 'PT', 'DE']),
    });
    const share = fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true });
    fc.assert(
      fc.property(worlds, share, (options, at) => {
        const world = createWorld(options);
        for (const module of MODULES) {
          const index = Math.floor(at * world.counts[module]);
          for (const version of VERSIONS) expect(findings(world, module, index, version)).toEqual([]);
          expect(world.lastUpdatedOf(module, index)).toBeLessThanOrEqual(options.now);
        }
      }),
      { numRuns: 200 },
    );
  });

  it('has a last_updated that is not before those of its parts', () => {
    for (const index of samples(million, 'locations', 500)) {
      const location = million.location(index, '2.3.0');
      expect(Date.parse(location.last_updated)).toBe(million.lastUpdatedOf('locations', index));
      for (const evse of location.evses ?? []) {
        expect(evse.last_updated <= location.last_updated).toBe(true);
        for (const connector of evse.connectors) expect(connector.last_updated <= evse.last_updated).toBe(true);
      }
    }
  });

  it('refers to what there is: tariffs of its own operator, parking places of its own location', () => {
    for (const index of samples(million, 'locations', 500)) {
      const location = million.location(index, '2.3.0');
      const places = new Set(location.parking_places?.map(({ id }) => id));
      for (const evse of location.evses ?? []) {
        for (const { parking_id } of evse.parking ?? []) expect(places.has(parking_id)).toBe(true);
        for (const id of evse.connectors.flatMap(({ tariff_ids }) => tariff_ids ?? [])) {
          const tariff = million.tariff(million.indexById('tariffs', id) ?? -1, '2.3.0');
          expect([tariff.country_code, tariff.party_id]).toEqual([location.country_code, location.party_id]);
        }
      }
    }
  });

  it('is of many kinds: hours, statuses, plugs, tokens', () => {
    const met = new Set<string>();
    for (const index of samples(million, 'locations', 3_000)) {
      const location = million.location(index, '2.3.0');
      const { opening_times: hours } = location;
      met.add(hours ? (hours.twentyfourseven ? 'always' : 'weekly') : 'unstated');
      if (hours?.exceptional_closings) met.add('closes for once');
      if (hours?.exceptional_openings) met.add('opens for once');
      if (location.publish_allowed_to) met.add('hidden');
      if (location.related_locations) met.add('entrance');
      for (const evse of location.evses ?? []) {
        met.add(evse.status);
        if (evse.status_schedule) met.add('schedule');
        for (const { standard, format } of evse.connectors) met.add(`${standard} ${format}`);
      }
    }
    for (const index of samples(million, 'tokens', 2_000)) {
      const { type, whitelist, group_id } = million.token(index, '2.2.1');
      met.add(type).add(whitelist);
      if (group_id) met.add('fleet');
    }
    const sorts = [
      'always',
      'weekly',
      'unstated',
      'closes for once',
      'opens for once',
      'hidden',
      'entrance',
      'schedule',
    ];
    const statuses = [
      'AVAILABLE',
      'BLOCKED',
      'CHARGING',
      'INOPERATIVE',
      'OUTOFORDER',
      'PLANNED',
      'REMOVED',
      'RESERVED',
    ];
    const plugs = ['IEC_62196_T2 SOCKET', 'IEC_62196_T2_COMBO CABLE', 'CHADEMO CABLE', 'DOMESTIC_F SOCKET'];
    const tokens = [
      'RFID',
      'APP_USER',
      'OTHER',
      'AD_HOC_USER',
      'ALWAYS',
      'ALLOWED',
      'ALLOWED_OFFLINE',
      'NEVER',
      'fleet',
    ];
    for (const kind of [...sorts, ...statuses, ...plugs, ...tokens]) expect(met).toContain(kind);
  });
});

describe('a world', () => {
  it('is the same on every day and machine: 100 objects of each module and version have these bytes', () => {
    const world = createWorld({ seed: 'bytes', locations: 1_000_000, now: NOW });
    const hashes = Object.fromEntries(
      MODULES.map(module => [
        module,
        VERSIONS.map(version => {
          const hash = createHash('sha256');
          for (const index of samples(world, module, 100)) hash.update(world.text(module, index, version));
          return hash.digest('hex').slice(0, 16);
        }),
      ]),
    );
    expect(hashes).toEqual(BYTES);
  });

  it('does not depend on what was asked for before', () => {
    const options = { seed: 'order', locations: 500, now: NOW };
    const [one, two] = [createWorld(options), createWorld(options)];
    const forwards = Array.from({ length: 500 }, (_, index) => one.locationText(index, '2.2.1'));
    const backwards = Array.from({ length: 500 }, (_, index) => two.locationText(499 - index, '2.2.1'));
    expect(backwards.toReversed()).toEqual(forwards);
  });

  it('of another seed is another one', () => {
    const other = createWorld({ seed: 'other', locations: 1_000_000, now: NOW });
    for (const module of MODULES) expect(other.text(module, 7, '2.2.1')).not.toBe(million.text(module, 7, '2.2.1'));
  });

  it('can be held to a number of EVSEs and connectors', () => {
    const world = createWorld({ seed: 'shape', locations: 50, now: NOW, shape: { evses: 2, connectors: 2 } });
    for (let index = 0; index < 50; index++) {
      expect(world.location(index, '2.2.1').evses?.map(({ connectors }) => connectors.length)).toEqual([2, 2]);
    }
  });

  it('can be held to some countries, with nothing of any other', () => {
    const world = createWorld({ seed: 'sweden', locations: 300, now: NOW, countries: ['SE'] });
    for (let index = 0; index < 300; index++) {
      const { country, country_code } = world.location(index, '2.3.0');
      expect([country, country_code]).toEqual(['SWE', 'SE']);
    }
    expect(world.tariff(0, '2.3.0').currency).toBe('SEK');
    expect([...world.operators, ...world.providers].every(({ countryCode }) => countryCode === 'SE')).toBe(true);
  });

  it('refuses sizes and places that cannot be', () => {
    for (const locations of [0, -1, 1.5, MOST_LOCATIONS + 1, Number.NaN]) {
      expect(() => createWorld({ seed: '', locations, now: NOW })).toThrow(RangeError);
    }
    expect(() => million.location(1_000_000, '2.2.1')).toThrow('No locations 1000000: there are 1000000');
    expect(() => million.lastUpdatedOf('cdrs', -1)).toThrow(RangeError);
  });
});

describe('ids', () => {
  it('lead back to their object, in any case', () => {
    for (const version of VERSIONS) {
      for (const module of MODULES) {
        for (const index of samples(million, module, 200)) {
          const { id, uid } = JSON.parse(million.text(module, index, version)) as { id?: string; uid?: string };
          const written = id ?? uid ?? '';
          expect(million.indexById(module, written)).toBe(index);
          expect(million.indexById(module, written.toLowerCase())).toBe(index);
          expect(million.indexById(module, written.toUpperCase())).toBe(index);
        }
      }
    }
    expect(million.locationIndexById('LOC-0734112')).toBe(734_112);
  });

  it('are unique without regard to case, those of EVSEs too', () => {
    const world = createWorld({ seed: 'unique', locations: 3_000, now: NOW });
    for (const module of MODULES) {
      const keys = new Set<string>();
      for (let index = 0; index < world.counts[module]; index++) {
        const { id, uid } = JSON.parse(world.text(module, index, '2.2.1')) as { id?: string; uid?: string };
        keys.add((id ?? uid ?? '').toLowerCase());
      }
      expect(keys.size).toBe(world.counts[module]);
    }
    const evses = Array.from({ length: 3_000 }, (_, index) => world.location(index, '2.2.1').evses ?? []).flat();
    expect(new Set(evses.map(({ uid }) => uid.toLowerCase())).size).toBe(evses.length);
    const numbers = evses.flatMap(({ evse_id }) => evse_id ?? []);
    expect(new Set(numbers.map(number => number.toLowerCase())).size).toBe(numbers.length);
  });

  it('of nothing lead nowhere', () => {
    const { uid } = million.token(0, '2.2.1');
    const otherEnd = uid.endsWith('0') ? '1' : '0';
    const none: readonly (readonly [WorldModule, string])[] = [
      ['locations', 'LOC-1000000'],
      ['locations', 'LOC-73411'],
      ['locations', 'LOC-00000x1'],
      ['locations', ''],
      ['sessions', 'LOC-00000001'],
      ['cdrs', 'CDR-99999999'],
      ['tariffs', 'SE-XNL-NONE'],
      ['tokens', uid.slice(0, -1) + otherEnd],
      ['tokens', '04FFFFFFFF0000'],
      ['tokens', 'not a token'],
    ];
    for (const [module, id] of none) expect(million.indexById(module, id), id).toBeUndefined();
  });

  it('of any text never break the search', () => {
    fc.assert(
      fc.property(fc.constantFrom(...MODULES), fc.string(), (module, text) => {
        const index = million.indexById(module, text);
        return index === undefined || million.text(module, index, '2.2.1').toLowerCase().includes(text.toLowerCase());
      }),
    );
  });
});

describe('last_updated', () => {
  const DAY = 86_400_000;

  it('never falls as the index grows, and is what the object says', () => {
    for (const world of [million, createWorld({ seed: 'few', locations: 7, now: NOW })]) {
      for (const module of MODULES) {
        const moments = samples(world, module, 2_000).map(index => world.lastUpdatedOf(module, index));
        expect(moments).toEqual(moments.toSorted((one, two) => one - two));
      }
      for (const module of MODULES) {
        for (const index of samples(world, module, 50)) {
          const { last_updated } = JSON.parse(world.text(module, index, '2.1.1')) as { last_updated: string };
          expect(Date.parse(last_updated)).toBe(world.lastUpdatedOf(module, index));
        }
      }
    }
  });

  it('spreads over the 90 days before the moment of the world, and for tariffs over the 90 before', () => {
    for (const module of MODULES) {
      const age = (index: number) => (NOW - million.lastUpdatedOf(module, index)) / DAY;
      const [oldest, youngest] = module === 'tariffs' ? [190, 100] : [90, 0.1];
      expect(age(0)).toBeLessThanOrEqual(oldest);
      expect(age(0)).toBeGreaterThan(oldest - 1);
      expect(age(million.counts[module] - 1)).toBeLessThan(youngest + 1);
      expect(age(million.counts[module] - 1)).toBeGreaterThan(0);
    }
  });

  it('leaves of a filtered list a range of indexes: exactly those that a look at all of them finds', () => {
    const world = createWorld({ seed: 'filter', locations: 400, now: NOW });
    // At the very moment of an object, next to it, or anywhere.
    const near = fc.record({
      share: fc.double({ min: 0, max: 0.999, noNaN: true }),
      off: fc.constantFrom(-1, 0, 1, 999),
    });
    const anywhere = fc.integer({ min: NOW - 200 * DAY, max: NOW + DAY });
    const limit = fc.oneof(near, anywhere);
    fc.assert(
      fc.property(fc.constantFrom(...MODULES), limit, limit, (module, low, high) => {
        const [from, until] = [low, high].map(place => {
          if (typeof place === 'number') return place;
          return world.lastUpdatedOf(module, Math.floor(place.share * world.counts[module])) + place.off;
        });
        if (from === undefined || until === undefined) throw new Error('two limits are given');
        const all = Array.from({ length: world.counts[module] }, (_, index) => index);
        const found = all.filter(index => {
          const changed = world.lastUpdatedOf(module, index);
          return changed >= from && changed < until;
        });
        const { first, end } = world.changedBetween(module, { from, until });
        expect(all.slice(first, end)).toEqual(found);
      }),
      { numRuns: 200 },
    );
    expect(world.changedBetween('locations', {})).toEqual({ first: 0, end: 400 });
  });
});

describe('speed', () => {
  it('of a page of 1,000 locations out of a million, first and last, is printed', () => {
    for (const version of VERSIONS) {
      for (const first of [0, 500_000, 999_000]) {
        const before = process.cpuUsage();
        let characters = 0;
        for (let at = 0; at < 1_000; at++) characters += million.locationText(first + at, version).length;
        const { user } = process.cpuUsage(before);
        console.log(
          `${version} from ${first}: ${(user / 1_000).toFixed(1)} ms, ${Math.round(characters / 1_000)} bytes each`,
        );
        expect(characters).toBeGreaterThan(500_000);
      }
    }
  });
});

const BYTES = {
  locations: ['ea19b90eb15f0455', 'e6f5dc26a0822432', 'b14a464900c87889'],
  sessions: ['32f5a398c4b03865', '8277f23de18aa363', '2606607df2bd4778'],
  cdrs: ['000b4fd68714b9af', '9b69317f02c51908', '7f3e611627faf980'],
  tariffs: ['e927f0ade927f0b8', '75d244ae903dab24', 'c21f7345efc750bf'],
  tokens: ['7ac12db65ec45e04', 'ae9ce4b6ed90a29e', 'ae9ce4b6ed90a29e'],
};
