import type { VersionName } from '../../contract/platform.ts';
import { readDateTime } from '../../ocpi/date-time.ts';
import { isJsonObject, type JsonObject } from '../../ocpi/json-value.ts';
import type { Doubts } from './doubts.ts';
import { completePeriods } from './period-gaps.ts';
import { type Flows, readFlows } from './power.ts';
import { multiply, type Ratio, ratio, readDecimal, sumOf, toNumber } from './ratio.ts';
import type { Purpose } from './restrictions.ts';
import { readStated, type Stated } from './stated.ts';
import { bothOf, momentAfter, readEnergy, readHours, type Volume } from './volume.ts';

/** What was used in a charging period. */
export interface Period {
  /** Position in charging_periods. */
  readonly index: number;
  /** Milliseconds since the epoch; undefined where it is not told. */
  readonly from: number | undefined;
  readonly to: number | undefined;
  readonly tariff: string | undefined;
  readonly energy: Volume | undefined;
  readonly time: Volume | undefined;
  readonly parking: Volume | undefined;
  readonly reserved: readonly Reserved[];
  /** 2.1.1: it says that a flat fee is due. */
  readonly flat: boolean;
  readonly flows: Flows;
}

/** Hours for which a place was kept free, and which elements price them: the first one that is there. */
export interface Reserved {
  readonly volume: Volume;
  readonly purposes: readonly Purpose[];
}

/** A session or CDR of any version as it is priced (digest 6.2, 6.3). */
export interface Bill {
  readonly kind: 'session' | 'cdr';
  readonly id: string;
  readonly version: VersionName;
  readonly currency: string;
  readonly start: number | undefined;
  readonly end: number | undefined;
  readonly periods: readonly Period[];
  /** A credit CDR: its total_cost alone is negative (T38). */
  readonly isCredit: boolean;
  readonly stated: Stated;
  /** As the bill states them: kWh, hours, hours. */
  readonly totals: { readonly energy: Total; readonly time: Total; readonly parking: Total };
}

export interface Total {
  readonly field: string;
  readonly amount: Ratio | undefined;
}

export interface BillToRead {
  readonly bill: JsonObject;
  readonly kind: 'session' | 'cdr';
  readonly version: VersionName;
}

/** Never fails: what is not told is undefined, and what had to be taken for it is a doubt. */
export function readBill({ bill, kind, version }: BillToRead, doubts: Doubts): Bill {
  const start = momentOf(bill['start_date_time'] ?? bill['start_datetime'], version);
  const end = momentOf(bill['end_date_time'] ?? bill['stop_date_time'] ?? bill['end_datetime'], version);
  const totals = {
    energy: total(bill, kind === 'cdr' ? 'total_energy' : 'kwh'),
    time: total(bill, 'total_time'),
    parking: total(bill, 'total_parking_time'),
  };
  const read = readPeriods(bill, { version, end, doubts });
  if (read.length > 1 && bill['charging_periods'] !== undefined && isOutOfOrder(bill, version)) {
    doubts.add('periods-order', 'The charging periods are not in the order of time: they were put into it.', false);
  }
  const scaled = inKwh(read, totals.energy.amount, doubts);
  const periods = completePeriods(scaled, { start, end, totals, kind }, doubts);
  if (kind === 'session' && end === undefined && bill['status'] !== 'COMPLETED') {
    doubts.add(
      'still-running',
      'The session is not over: what it states may be of another moment than its periods.',
      true,
    );
  }
  return {
    kind,
    id: typeof bill['id'] === 'string' ? bill['id'] : '',
    version,
    currency: typeof bill['currency'] === 'string' ? bill['currency'] : '',
    start,
    end,
    periods,
    isCredit: kind === 'cdr' && (bill['credit'] === true || Boolean(bill['credit_reference_id'])),
    stated: readStated(bill, kind),
    totals,
  };
}

function total(bill: JsonObject, field: string): Total {
  return { field, amount: readDecimal(bill[field]) };
}

/** The epoch stands for a moment that nobody knows (T15). */
function momentOf(value: unknown, version: VersionName): number | undefined {
  const at = typeof value === 'string' ? readDateTime(value, version).epochMs : undefined;
  return at === 0 ? undefined : at;
}

function listedPeriods(bill: JsonObject): readonly unknown[] {
  return Array.isArray(bill['charging_periods']) ? bill['charging_periods'] : [];
}

function isOutOfOrder(bill: JsonObject, version: VersionName): boolean {
  const moments = listedPeriods(bill).map(one =>
    isJsonObject(one) ? momentOf(one['start_date_time'], version) : undefined,
  );
  return moments.some((at, place) => {
    const before = place > 0 ? moments[place - 1] : undefined;
    return at !== undefined && before !== undefined && at < before;
  });
}

interface Raw {
  readonly index: number;
  readonly from: number | undefined;
  readonly json: JsonObject;
}

function readPeriods(
  bill: JsonObject,
  {
    version,
    end,
    doubts,
  }: { readonly version: VersionName; readonly end: number | undefined; readonly doubts: Doubts },
): Period[] {
  const raw = listedPeriods(bill).flatMap((json, index): Raw[] =>
    isJsonObject(json) ? [{ index, json, from: momentOf(json['start_date_time'], version) }] : [],
  );
  if (raw.every(({ from }) => from !== undefined)) raw.sort((left, right) => (left.from ?? 0) - (right.from ?? 0));
  const isBooked = typeof bill['booking_id'] === 'string';
  const read = raw.map((one, at) =>
    readPeriod(one, { to: raw[at + 1]?.from ?? (at === raw.length - 1 ? end : undefined), isBooked, doubts }),
  );
  const isUsed = read.some(({ energy, time, parking }) => [energy, time, parking].some(volume => isSome(volume)));
  // A reservation that was never used.
  return isUsed ? read : read.map(period => ({ ...period, reserved: period.reserved.map(expired) }));
}

function isSome(volume: Volume | undefined): boolean {
  return volume !== undefined && volume.amount.top !== 0n;
}

function expired({ volume, purposes }: Reserved): Reserved {
  if (purposes.includes('BOOKING_OVERTIME')) return { volume, purposes };
  return { volume, purposes: [...new Set([...purposes.flatMap(expiredOf), ...purposes])] };
}

function expiredOf(purpose: Purpose): Purpose[] {
  if (purpose === 'RESERVATION') return ['RESERVATION_EXPIRES'];
  return purpose === 'BOOKING' ? ['BOOKING_EXPIRES'] : [];
}

/** What is used; flows are no volumes, and a flat fee is due or not. */
const SUMMED: ReadonlySet<string> = new Set([
  'ENERGY',
  'TIME',
  'PARKING_TIME',
  'RESERVATION_TIME',
  'RESERVATION_EXPIRES',
  'RESERVATION_OVERTIME',
]);

function readPeriod(
  { index, from, json }: Raw,
  { to, isBooked, doubts }: { readonly to: number | undefined; readonly isBooked: boolean; readonly doubts: Doubts },
): Period {
  const dimensions: readonly unknown[] = Array.isArray(json['dimensions']) ? json['dimensions'] : [];
  const span = from !== undefined && to !== undefined && to > from ? to - from : undefined;
  const volumes = new Map<string, Volume>();
  for (const one of dimensions) {
    if (!isJsonObject(one) || typeof one['type'] !== 'string') continue;
    const volume = one['type'] === 'ENERGY' ? readEnergy(one['volume']) : readHours(one['volume'], span);
    if (volume === undefined) continue;
    const told = volumes.get(one['type']);
    if (told !== undefined && SUMMED.has(one['type'])) {
      doubts.add(
        'dimension-twice',
        `Period ${index} tells ${one['type']} more than once: the volumes were added.`,
        true,
      );
    }
    volumes.set(one['type'], told === undefined ? volume : bothOf(told, volume));
  }
  const [energy, time, parking] = ['ENERGY', 'TIME', 'PARKING_TIME'].map(name => volumes.get(name));
  const hours = time ?? parking ?? volumes.get('RESERVATION_TIME');
  const kept = isBooked ? (['BOOKING', 'RESERVATION'] as const) : (['RESERVATION'] as const);
  return {
    index,
    from,
    to: span !== undefined ? to : from !== undefined && hours ? momentAfter(from, hours.amount) : undefined,
    tariff: typeof json['tariff_id'] === 'string' && json['tariff_id'] !== '' ? json['tariff_id'] : undefined,
    energy,
    time,
    parking,
    reserved: [
      ...reservedOf(volumes.get('RESERVATION_TIME'), kept),
      ...reservedOf(volumes.get('RESERVATION_EXPIRES'), ['BOOKING_EXPIRES', 'RESERVATION_EXPIRES', ...kept]),
      ...reservedOf(volumes.get('RESERVATION_OVERTIME'), ['BOOKING_OVERTIME']),
    ],
    flat: volumes.has('FLAT'),
    flows: readFlows(dimensions, {
      kwh: energy?.amount,
      hours: time?.amount,
      parked: !isSome(time) && !isSome(energy) && isSome(parking),
    }),
  };
}

function reservedOf(volume: Volume | undefined, purposes: readonly Purpose[]): Reserved[] {
  return volume === undefined ? [] : [{ volume, purposes }];
}

/** T18: the sum of the periods is a thousand times the total where their energy is in Wh. */
function inKwh(periods: readonly Period[], stated: Ratio | undefined, doubts: Doubts): readonly Period[] {
  const summed = toNumber(sumOf(periods.flatMap(({ energy }) => energy?.amount ?? [])));
  const whole = stated === undefined ? 0 : toNumber(stated);
  if (whole <= 0 || summed < whole * 500 || summed > whole * 2_000) return periods;
  doubts.add(
    'watt-hours',
    'The energy of the charging periods is a thousand times the total: it is taken to be in Wh.',
    false,
  );
  const thousandth = (volume: Volume | undefined): Volume | undefined =>
    volume && { ...volume, amount: multiply(volume.amount, ratio(1, 1000)) };
  return periods.map(period => ({ ...period, energy: thousandth(period.energy) }));
}
