import { isJsonObject } from '../../ocpi/json-value.ts';
import { type Ratio, readDecimal, toNumber } from './ratio.ts';

const DAY_MS = 86_400_000;
const WEEKDAYS = ['MONDAY', 'TUESDAY', 'WEDNESDAY', 'THURSDAY', 'FRIDAY', 'SATURDAY', 'SUNDAY'];

/** What kind of stretch an element prices: charging and parking, or a place that is kept free. */
export type Purpose =
  | 'charging'
  | 'RESERVATION'
  | 'RESERVATION_EXPIRES'
  | 'BOOKING'
  | 'BOOKING_EXPIRES'
  | 'BOOKING_OVERTIME'
  | 'BOOKING_CANCELLATION_FEES';

/** When an element of a tariff is in force (digest 6.4, 6.11). All that is set must hold. */
export interface Restrictions {
  readonly purpose: Purpose;
  /** Milliseconds since local midnight: inclusive, exclusive. An end at or before the start is of the next day. */
  readonly fromTime?: number;
  readonly untilTime?: number;
  /** Local days since the epoch: inclusive, exclusive. */
  readonly fromDay?: number;
  readonly untilDay?: number;
  /** 0 is Monday. */
  readonly weekdays?: ReadonlySet<number>;
  readonly leastKwh?: Ratio;
  readonly mostKwh?: Ratio;
  /** Milliseconds since the session began. */
  readonly leastMs?: number;
  readonly mostMs?: number;
  readonly leastAmpere?: number;
  readonly mostAmpere?: number;
  readonly leastKw?: number;
  readonly mostKw?: number;
}

const NUMBERS = {
  min_current: 'leastAmpere',
  max_current: 'mostAmpere',
  min_power: 'leastKw',
  max_power: 'mostKw',
} as const;

/** `unread` hears of each field that is not understood. An element without restrictions gives none. */
export function readRestrictions(json: unknown, unread: (field: string) => void): Restrictions | undefined {
  if (json === undefined || json === null) return undefined;
  if (!isJsonObject(json)) {
    unread('restrictions');
    return undefined;
  }
  const read: { -readonly [Key in keyof Restrictions]: Restrictions[Key] } = { purpose: 'charging' };
  for (const [field, value] of Object.entries(json)) {
    if (value === null || value === undefined || (Array.isArray(value) && value.length === 0)) continue;
    const numbers = NUMBERS as Readonly<Record<string, (typeof NUMBERS)[keyof typeof NUMBERS]>>;
    const name = numbers[field];
    if (name !== undefined) {
      const number = readDecimal(value);
      if (number === undefined) unread(field);
      else read[name] = toNumber(number);
    } else if (!readOther(read, field, value)) unread(field);
  }
  return Object.keys(read).length === 1 && read.purpose === 'charging' ? undefined : read;
}

type Writable = { -readonly [Key in keyof Restrictions]: Restrictions[Key] };

function readOther(read: Writable, field: string, value: unknown): boolean {
  switch (field) {
    case 'start_time':
      return assign(read, 'fromTime', timeOfDay(value));
    case 'end_time':
      // Midnight as an end is that of the end of the day.
      return assign(read, 'untilTime', timeOfDay(value) === 0 ? DAY_MS : timeOfDay(value));
    case 'start_date':
      return assign(read, 'fromDay', dayOf(value));
    case 'end_date':
      return assign(read, 'untilDay', dayOf(value));
    case 'min_kwh':
      return assign(read, 'leastKwh', readDecimal(value));
    case 'max_kwh':
      return assign(read, 'mostKwh', readDecimal(value));
    case 'min_duration':
      return assign(read, 'leastMs', milliseconds(value));
    case 'max_duration':
      return assign(read, 'mostMs', milliseconds(value));
    case 'day_of_week':
      return assign(read, 'weekdays', weekdaysOf(value));
    case 'reservation':
      return assign(read, 'purpose', RESERVED.has(String(value)) ? (String(value) as Purpose) : undefined);
    case 'booking':
      return assign(read, 'purpose', BOOKED.has(String(value)) ? (String(value) as Purpose) : undefined);
    default:
      return false;
  }
}

const RESERVED = new Set(['RESERVATION', 'RESERVATION_EXPIRES']);
const BOOKED = new Set(['BOOKING', 'BOOKING_EXPIRES', 'BOOKING_OVERTIME', 'BOOKING_CANCELLATION_FEES']);

function assign<Key extends keyof Writable>(read: Writable, key: Key, value: Writable[Key] | undefined): boolean {
  if (value === undefined) return false;
  read[key] = value;
  return true;
}

function timeOfDay(value: unknown): number | undefined {
  const [, hours, minutes] = (typeof value === 'string' ? /^(\d{1,2}):(\d\d)(?::\d\d)?$/.exec(value) : null) ?? [];
  if (hours === undefined) return undefined;
  const all = Number(hours) * 60 + Number(minutes);
  return all <= 1_440 && Number(minutes) < 60 ? all * 60_000 : undefined;
}

function dayOf(value: unknown): number | undefined {
  if (typeof value !== 'string' || !/^\d{4}-\d\d-\d\d$/.test(value)) return undefined;
  const at = Date.parse(`${value}T00:00:00Z`);
  return Number.isNaN(at) ? undefined : at / DAY_MS;
}

function milliseconds(value: unknown): number | undefined {
  const seconds = readDecimal(value);
  // Moments are whole milliseconds; a second is the least that the specification knows.
  return seconds && Math.round(toNumber(seconds) * 1_000);
}

function weekdaysOf(value: unknown): ReadonlySet<number> | undefined {
  const listed: readonly unknown[] = Array.isArray(value) ? value : [value];
  const days = listed.map(day => WEEKDAYS.indexOf(String(day).toUpperCase()));
  return days.includes(-1) ? undefined : new Set(days);
}

/** Whether the answer depends on the clock at the charger. */
export function asksForZone({ fromTime, untilTime, fromDay, untilDay, weekdays }: Restrictions): boolean {
  return [fromTime, untilTime, fromDay, untilDay, weekdays].some(value => value !== undefined);
}

/** The moments of a local day at which an answer may change, in milliseconds since midnight. */
export function timesOfDay(restrictions: Restrictions): number[] {
  if (!asksForZone(restrictions)) return [];
  const { fromTime, untilTime } = restrictions;
  return [0, fromTime, untilTime].filter(time => time !== undefined).filter(time => time < DAY_MS);
}
