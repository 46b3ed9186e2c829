import { ciKey } from '../../ocpi/ci-string.ts';
import type { Version } from '../../ocpi/versions.ts';
import { Chance } from './chance.ts';
import { cdrAges } from './charges.ts';
import { numberIn, tokenIds } from './ids.ts';
import { firstSince, permutation, spread } from './moments.ts';
import { type WorldObjects, WRITERS } from './objects.ts';
import { type Company, companiesOf } from './operators.ts';
import { createAtlas } from './places.ts';
import type { Setting, Shape, WorldModule } from './setting.ts';
import { tariffBook } from './tariff-book.ts';
import { countTokens, tokenIndex } from './token-facts.ts';

export interface WorldOptions {
  /** Any text. The same options give the same bytes on every machine. */
  readonly seed: string;
  /** From 1 to MOST_LOCATIONS. */
  readonly locations: number;
  /** Epoch milliseconds. Keep it with the seed: every moment of the world is told from it. */
  readonly now: number;
  /** Alpha-2 codes out of COUNTRY_CODES (places.ts); all of them by default. */
  readonly countries?: readonly string[];
  readonly shape?: Shape;
}

/** Indexes run from 0 to the count of their module; any other is a mistake of the caller and throws. */
export interface World {
  readonly counts: Readonly<Record<WorldModule, number>>;
  /** The parties that own locations, sessions, CDRs and tariffs. From 2.2 on each is a role of the platform. */
  readonly operators: readonly Company[];
  /** The parties that own tokens. */
  readonly providers: readonly Company[];
  location<V extends Version>(index: number, version: V): WorldObjects['locations'][V];
  session<V extends Version>(index: number, version: V): WorldObjects['sessions'][V];
  cdr<V extends Version>(index: number, version: V): WorldObjects['cdrs'][V];
  tariff<V extends Version>(index: number, version: V): WorldObjects['tariffs'][V];
  token<V extends Version>(index: number, version: V): WorldObjects['tokens'][V];
  /** The object as JSON, without blanks. */
  text(module: WorldModule, index: number, version: Version): string;
  locationText(index: number, version: Version): string;
  /** The index of an object by its id (the uid of a token), whatever its case; undefined where there is none. */
  indexById(module: WorldModule, id: string): number | undefined;
  locationIndexById(id: string): number | undefined;
  /** Epoch milliseconds; within a module it never falls as the index grows. */
  lastUpdatedOf(module: WorldModule, index: number): number;
  /** The objects with `from <= last_updated < until` (epoch milliseconds): those from `first` up to, but without, `end`. */
  changedBetween(module: WorldModule, range: { readonly from?: number; readonly until?: number }): IndexRange;
}

export interface IndexRange {
  readonly first: number;
  readonly end: number;
}

export const MOST_LOCATIONS = 9_999_999;

const MINUTE = 60;
const DAY = 86_400;
const SESSIONS_PER_LOCATION = 5;

/**
 * A charging world of which nothing is stored: each object is worked out from the seed and its index when it is asked for.
 *
 * `last_updated` grows with the index, so that what `date_from` and `date_to` leave of a million locations is a range of
 * indexes, found by bisection, and a page at any offset costs only itself. Locations, tokens and finished sessions spread over
 * the 90 days before `now`; tariffs over the 90 days before those, so that a CDR holds the tariff of its first day. A fifth of
 * the locations, the last ones, changed in the last hours: someone is charging there, in the last sessions, one each.
 */
export function createWorld(options: WorldOptions): World {
  const setting = settingOf(options);
  const { ages } = setting;
  const tariffIndexes = new Map(setting.tariffs.map(({ id, index }) => [ciKey(id), index]));
  const existing = (module: WorldModule, index: number) => {
    if (Number.isInteger(index) && index >= 0 && index < ages[module].count) return index;
    throw new RangeError(`No ${module} ${index}: there are ${ages[module].count}`);
  };
  const text: World['text'] = (module, index, version) =>
    JSON.stringify(WRITERS[module][version](setting, existing(module, index)));
  const indexById: World['indexById'] = (module, id) => {
    if (module === 'tariffs') return tariffIndexes.get(ciKey(id));
    if (module === 'tokens') return tokenIndex(setting, id);
    const index = numberIn(module, id);
    return index !== undefined && index < ages[module].count ? index : undefined;
  };
  return {
    counts: {
      locations: ages.locations.count,
      sessions: ages.sessions.count,
      cdrs: ages.cdrs.count,
      tariffs: ages.tariffs.count,
      tokens: ages.tokens.count,
    },
    operators: setting.companies.operators,
    providers: setting.companies.providers,
    location: (index, version) => WRITERS.locations[version](setting, existing('locations', index)),
    session: (index, version) => WRITERS.sessions[version](setting, existing('sessions', index)),
    cdr: (index, version) => WRITERS.cdrs[version](setting, existing('cdrs', index)),
    tariff: (index, version) => WRITERS.tariffs[version](setting, existing('tariffs', index)),
    token: (index, version) => WRITERS.tokens[version](setting, existing('tokens', index)),
    text,
    locationText: (index, version) => text('locations', index, version),
    indexById,
    locationIndexById: id => indexById('locations', id),
    lastUpdatedOf: (module, index) => ages[module].at(existing(module, index)) * 1_000,
    changedBetween(module, { from = Number.NEGATIVE_INFINITY, until = Number.POSITIVE_INFINITY }) {
      const first = firstSince(ages[module], from / 1_000);
      return { first, end: Math.max(first, firstSince(ages[module], until / 1_000)) };
    },
  };
}

function settingOf({ seed, locations, now: nowMs, countries, shape }: WorldOptions): Setting {
  if (!Number.isInteger(locations) || locations < 1 || locations > MOST_LOCATIONS) {
    throw new RangeError(`A world has 1 to ${MOST_LOCATIONS} locations, not ${locations}`);
  }
  const chance = Chance.from(seed);
  const now = Math.floor(nowMs / 1_000);
  const atlas = createAtlas(countries);
  const companies = companiesOf(atlas);
  const tariffs = tariffBook(companies.operators, atlas.countries, chance.at('tariffs'));
  const busy = Math.ceil(locations / 5);
  const finished = locations * SESSIONS_PER_LOCATION;
  const recently = now - 90 * DAY;
  // Between them nothing happens, so that who finished and who goes on never share a plug.
  const [lastEnd, firstStart, lastStart] = [now - 180 * MINUTE, now - 135 * MINUTE, now - 15 * MINUTE];
  const sessions = spread(chance.at('session ages'), [
    { count: finished, from: recently, until: lastEnd },
    { count: busy, from: lastStart, until: now },
  ]);
  const tokens = countTokens(locations, companies.providers.length);
  const setting = {
    chance,
    now,
    atlas,
    companies,
    tariffs,
    busy,
    finished,
    round: permutation(chance.at('round'), locations),
    tokenIds: tokenIds(chance.at('token ids')),
    ...(shape && { shape }),
  };
  return {
    ...setting,
    ages: {
      locations: spread(chance.at('location ages'), [
        { count: locations - busy, from: recently, until: firstStart },
        { count: busy, from: firstStart, until: lastStart },
      ]),
      sessions,
      cdrs: cdrAges(setting, sessions),
      // Sessions may have begun some days before they were reported.
      tariffs: spread(chance.at('tariff ages'), [
        { count: tariffs.length, from: now - 190 * DAY, until: now - 100 * DAY },
      ]),
      tokens: spread(chance.at('token ages'), [{ count: tokens, from: recently, until: now }]),
    },
  };
}
