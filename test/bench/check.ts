import { performance } from 'node:perf_hooks';
import { type CheckContext, compileItemsChecker, type ItemsChecker } from '../../core/ocpi/check.ts';
import { Location } from '../../core/ocpi/v2_2_1/locations.ts';
import type { Bench } from './figure.ts';

/** One figure, and the most it may be. */
export interface CheckFigure {
  readonly name: string;
  readonly value: number;
  readonly limit: number;
}

const LOCATIONS = 1000;
const ROUNDS = 60;
const context: CheckContext = { version: '2.2.1' };

/**
 * What checking a page of 1,000 locations costs, as a multiple of JSON.parse of the same page: checking alone, without the
 * parsing. One page is right; in the other every location has findings (a country of two letters, a coordinate as a
 * number, an unknown field, an EVSE id that is too long). Of all rounds the medians count, so that collecting garbage does.
 */
function measureChecking(rounds = ROUNDS): CheckFigure[] {
  const check = compileItemsChecker(Location);
  const pages = [
    { name: 'checking a right page of 1,000 locations / JSON.parse of it', text: pageText(location), findings: 0 },
    { name: 'checking 1,000 locations with 4 findings each / JSON.parse of them', text: pageText(flawed), findings: 4 },
  ];
  return pages.map(({ name, text, findings }) => {
    countFindings(check, text, findings * LOCATIONS);
    return { name, value: ratio(check, text, rounds), limit: 2.5 };
  });
}

function ratio(check: ItemsChecker<unknown>, text: string, rounds: number): number {
  const parsing: number[] = [];
  const checking: number[] = [];
  for (let round = 0; round < rounds; round++) {
    const started = performance.now();
    const page: unknown = JSON.parse(text);
    const parsed = performance.now();
    check(page, context);
    const checked = performance.now();
    parsing.push(parsed - started);
    checking.push(checked - parsed);
  }
  return median(checking) / median(parsing);
}

function median(times: readonly number[]): number {
  return [...times].sort((left, right) => left - right)[Math.floor(times.length / 2)] ?? 0;
}

/** A figure is worth nothing if the page is not what it is said to be. */
function countFindings(check: ItemsChecker<unknown>, text: string, expected: number): void {
  const { items } = check(JSON.parse(text), context);
  const found = items.reduce((sum, { findings }) => sum + findings.length, 0);
  if (items.length !== LOCATIONS || found !== expected) {
    throw new Error(`${items.length} locations with ${found} findings instead of ${LOCATIONS} with ${expected}`);
  }
}

function pageText(make: (number: number) => unknown): string {
  return JSON.stringify(Array.from({ length: LOCATIONS }, (_, number) => make(number)));
}

const STREETS = ['Kungsgatan', 'Stora Södergatan', 'Järnvägsallén', 'Hamnplan', 'Östra Storgatan'];
const CITIES = ['Uppsala', 'Lund', 'Skövde', 'Göteborg', 'Jönköping'];

function location(number: number) {
  const at = (offset: number) => `2026-03-14T08:${String((number + offset) % 60).padStart(2, '0')}:00Z`;
  return {
    country_code: 'SE',
    party_id: 'ELV',
    id: `se-elv-${number}`,
    publish: true,
    name: `${CITIES[number % 5]} ${number}`,
    address: `${STREETS[number % 5]} ${1 + (number % 90)}`,
    city: CITIES[number % 5],
    postal_code: String(20_000 + number),
    country: 'SWE',
    coordinates: {
      latitude: (55.5 + (number % 900) / 100).toFixed(6),
      longitude: (11.5 + (number % 700) / 100).toFixed(6),
    },
    parking_type: 'ON_STREET',
    evses: [evse(number, 1, at(1)), evse(number, 2, at(2))],
    directions: [{ language: 'sv', text: 'Infart från sidogatan, följ skyltarna.' }],
    operator: { name: 'Elvarg Laddning AB', website: 'https://elvarg.example' },
    facilities: ['SUPERMARKET', 'WIFI'],
    time_zone: 'Europe/Stockholm',
    opening_times: { twentyfourseven: true },
    charging_when_closed: true,
    energy_mix: { is_green_energy: true, energy_sources: [{ source: 'WIND', percentage: 100 }] },
    last_updated: at(2),
  };
}

function evse(number: number, which: number, lastUpdated: string) {
  return {
    uid: `ev-${number}-${which}`,
    evse_id: `SE*ELV*E${number}*${which}`,
    status: which === 1 ? 'AVAILABLE' : 'CHARGING',
    capabilities: ['RFID_READER', 'REMOTE_START_STOP_CAPABLE', 'UNLOCK_CAPABLE'],
    connectors: [connector('1', lastUpdated), connector('2', lastUpdated)],
    physical_reference: String(which),
    last_updated: lastUpdated,
  };
}

function connector(id: string, lastUpdated: string) {
  return {
    id,
    standard: id === '1' ? 'IEC_62196_T2' : 'IEC_62196_T2_COMBO',
    format: id === '1' ? 'SOCKET' : 'CABLE',
    power_type: id === '1' ? 'AC_3_PHASE' : 'DC',
    max_voltage: id === '1' ? 230 : 920,
    max_amperage: id === '1' ? 32 : 500,
    tariff_ids: ['dag-1', 'natt-3'],
    last_updated: lastUpdated,
  };
}

function flawed(number: number) {
  const right = location(number);
  return {
    ...right,
    country: 'SE',
    coordinates: { ...right.coordinates, latitude: Number(`${right.coordinates.latitude.slice(0, -1)}7`) },
    evses: right.evses.map((one, at) => (at === 0 ? { ...one, evse_id: 'SE*ELV*E'.padEnd(60, '7') } : one)),
    region: 'north',
  };
}

export const checkBench: Bench = {
  name: 'check',
  about: 'a page of 1,000 locations checked with its findings, against JSON.parse of the same page',
  measure: async () =>
    measureChecking().map(({ name, value, limit }) => ({ name, value, unit: 'ratio', atMost: limit })),
};
