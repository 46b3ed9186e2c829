import { Temporal } from 'temporal-polyfill';
import { countryAlpha2 } from './countries.ts';

const DAY = 86_400_000;

/** A stretch of time in which a zone's clocks do not change. Milliseconds since the epoch; `until` is not included. */
export interface OffsetSpan {
  readonly from: number;
  readonly until: number;
  /** Milliseconds ahead of UTC. */
  readonly offset: number;
}

/** How far the clocks of a place are ahead of UTC, whenever. */
export interface ZoneClock {
  spanAt(ms: number): OffsetSpan;
}

/** Clocks that are never changed. */
export function fixedClock(hours: number): ZoneClock {
  const span = { from: Number.NEGATIVE_INFINITY, until: Number.POSITIVE_INFINITY, offset: hours * 3_600_000 };
  return { spanAt: () => span };
}

const clocks = new Map<string, ZoneClock | undefined>();

/** Of an IANA zone such as `Europe/Oslo`; undefined where there is none of this name. */
export function zoneClock(name: string): ZoneClock | undefined {
  if (clocks.has(name)) return clocks.get(name);
  const clock = isKnown(name) ? steppingClock(name) : undefined;
  // Names come from partners: a map of what anybody ever wrote must not grow without bounds.
  if (clocks.size >= 2_000) clocks.clear();
  clocks.set(name, clock);
  return clock;
}

export function isZone(name: string): boolean {
  return zoneClock(name) !== undefined;
}

/** The local day of a moment as `2026-11-01`; undefined for a zone nobody knows. Fast: offsets are looked up once for each half of a year. */
export function localDayOf(ms: number, zone: string): string | undefined {
  const clock = zoneClock(zone);
  return clock && dayText(Math.floor((ms + clock.spanAt(ms).offset) / DAY));
}

/** The place in time of a moment by the clocks of a place: whole days since the epoch, and milliseconds since midnight. */
export function localTime(ms: number, clock: ZoneClock): { readonly day: number; readonly ofDay: number } {
  const local = ms + clock.spanAt(ms).offset;
  const day = Math.floor(local / DAY);
  return { day, ofDay: local - day * DAY };
}

const zonesOfCountries = new Map<string, string | undefined>();

/**
 * The time zone of a country (alpha-3, or alpha-2) that has but one, or several whose clocks agree as in Germany; undefined
 * for all others. Islands far away count: Spain, Portugal and France have several.
 */
export function zoneOfCountry(code: string): string | undefined {
  const alpha2 = countryAlpha2(code);
  if (alpha2 === undefined) return undefined;
  if (!zonesOfCountries.has(alpha2)) zonesOfCountries.set(alpha2, onlyZone(alpha2));
  return zonesOfCountries.get(alpha2);
}

/** Of several whose clocks agree the one by which a country is known; elsewhere it is the first by name. */
const KNOWN_BY: ReadonlySet<string> = new Set([
  'America/Argentina/Buenos_Aires',
  'America/Buenos_Aires',
  'Asia/Nicosia',
  'Asia/Tashkent',
  'Pacific/Majuro',
]);

function onlyZone(alpha2: string): string | undefined {
  const zones = listZones(alpha2);
  const named = zones.find(zone => KNOWN_BY.has(zone)) ?? zones[0];
  return named !== undefined && zones.every(other => agree(named, other)) ? named : undefined;
}

/** TypeScript does not know it yet. */
interface WithZones {
  getTimeZones?(): string[] | undefined;
}

function listZones(alpha2: string): readonly string[] {
  return (new Intl.Locale(`und-${alpha2}`) as WithZones).getTimeZones?.() ?? [];
}

/** Every other month of some of the years in which OCPI charges were billed; to ask for all of them takes too long. */
const LOOKED_AT = [2014, 2020, 2026].flatMap(year => [0, 2, 4, 6, 8, 10].map(month => Date.UTC(year, month, 20)));

function agree(left: string, right: string): boolean {
  const [one, other] = [zoneClock(left), zoneClock(right)];
  return LOOKED_AT.every(at => one?.spanAt(at).offset === other?.spanAt(at).offset);
}

/** Offsets such as `+02:00` are zones for Temporal too, and no IANA names. */
function isKnown(name: string): boolean {
  if (name.length > 100 || !/^[A-Za-z]/.test(name)) return false;
  try {
    Temporal.Instant.fromEpochMilliseconds(0).toZonedDateTimeISO(name);
    return true;
  } catch {
    return false;
  }
}

/** Between two changes of the clocks nothing has to be asked. */
function steppingClock(zone: string): ZoneClock {
  const spans: OffsetSpan[] = [];
  let last: OffsetSpan | undefined;
  const find = (ms: number): OffsetSpan => {
    const known = spans.find(span => ms >= span.from && ms < span.until);
    if (known !== undefined) return known;
    const moment = Temporal.Instant.fromEpochMilliseconds(ms).toZonedDateTimeISO(zone);
    // Of a moment at which the clocks change the change itself is the one before.
    const before = moment.add({ milliseconds: 1 }).getTimeZoneTransition('previous');
    const after = moment.getTimeZoneTransition('next');
    const span = {
      from: before?.epochMilliseconds ?? Number.NEGATIVE_INFINITY,
      until: after?.epochMilliseconds ?? Number.POSITIVE_INFINITY,
      offset: Math.round(moment.offsetNanoseconds / 1e6),
    };
    spans.push(span);
    return span;
  };
  return {
    spanAt: ms => {
      if (last === undefined || ms < last.from || ms >= last.until) last = find(ms);
      return last;
    },
  };
}

const days = new Map<number, string>();

function dayText(day: number): string {
  const known = days.get(day);
  if (known !== undefined) return known;
  const text = new Date(day * DAY).toISOString().slice(0, 10);
  if (days.size >= 50_000) days.clear();
  days.set(day, text);
  return text;
}
