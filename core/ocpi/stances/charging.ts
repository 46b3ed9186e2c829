import { readDateTime } from '../date-time.ts';
import type { Flaw } from '../schema.ts';

type Maybe<T> = T | null | undefined;

interface Dimensions {
  readonly dimensions: readonly { readonly type: string; readonly volume: number }[];
}

/** ENERGY volumes of which the sum is about a thousand times the energy stated are watt-hours (T18). */
export function judgeEnergy(periods: Maybe<readonly Dimensions[]>, kwh: number, field: string): Flaw[] {
  let volume = 0;
  for (const { dimensions } of periods ?? []) {
    for (const dimension of dimensions) if (dimension.type === 'ENERGY') volume += dimension.volume;
  }
  if (kwh <= 0 || volume / kwh < 500 || volume / kwh > 2000) return [];
  const expected = `kWh that add up to about the ${kwh} of ${field}`;
  return [{ code: 'energy.watt-hours', at: ['charging_periods'], met: `${volume} of ENERGY`, expected }];
}

/** An end before its beginning (T15a). Unreadable dates are told elsewhere. */
export function judgeOrder(begin: Maybe<string>, end: Maybe<string>, endField: string): Flaw[] {
  if (!begin || !end) return [];
  const from = readDateTime(begin, '2.1.1').epochMs ?? 0;
  const to = readDateTime(end, '2.1.1').epochMs ?? from;
  return to < from ? [{ code: 'period.order', at: [endField], met: end, expected: `not before ${begin}` }] : [];
}

/** 2.1.1: the location of a session or CDR is reduced to the EVSE that was used (T28). */
export function judgeEmbeddedLocation(location: { readonly evses?: Maybe<readonly unknown[]> }): Flaw[] {
  const count = location.evses?.length ?? 0;
  if (count === 1) return [];
  return [{ code: 'embedded-location.evses', at: ['location', 'evses'], met: `${count} EVSEs`, expected: 'one EVSE' }];
}

const SESSION_ONLY: ReadonlySet<string> = new Set([
  'CURRENT',
  'ENERGY_EXPORT',
  'ENERGY_IMPORT',
  'POWER',
  'STATE_OF_CHARGE',
]);

/** Dimensions that are for sessions only, in a CDR. */
function judgeCdrDimensions(periods: readonly Dimensions[]): Flaw[] {
  return periods.flatMap(({ dimensions }, period) =>
    dimensions.flatMap(({ type }, at): Flaw[] => {
      if (!SESSION_ONLY.has(type)) return [];
      const place = ['charging_periods', period, 'dimensions', at, 'type'];
      return [{ code: 'cdr.session-only-dimension', at: place, met: type, expected: 'a dimension of CDRs' }];
    }),
  );
}

interface Credit {
  readonly id: string;
  readonly credit?: Maybe<boolean>;
  readonly credit_reference_id?: Maybe<string>;
}

/** Credit CDRs name what they credit; only they may have ids of up to 39 characters (T38). */
function judgeCredit({ id, credit, credit_reference_id: reference }: Credit): Flaw[] {
  const flaws: Flaw[] = [];
  if (credit && !reference) {
    const expected = 'the id of the credited CDR';
    flaws.push({ code: 'cdr.credit-reference-missing', at: ['credit_reference_id'], met: 'no field', expected });
  }
  if (!credit && reference) {
    flaws.push({
      code: 'cdr.credit-flag-missing',
      at: ['credit'],
      met: String(credit ?? 'no field'),
      expected: 'true',
    });
  }
  // Longer than 39 is told by the table already.
  if (!credit && id.length > 36 && id.length <= 39) {
    flaws.push({
      code: 'cdr.id-too-long',
      at: ['id'],
      met: `${id.length} characters`,
      expected: 'up to 36 characters',
    });
  }
  return flaws;
}

interface FinishedSession extends Credit {
  readonly start_date_time: string;
  readonly end_date_time: string;
  readonly total_energy: number;
  readonly charging_periods: readonly Dimensions[];
}

/** What the text asks of a CDR beyond its table, from 2.2 on. */
export function judgeCdr(cdr: FinishedSession): Flaw[] {
  return [
    ...judgeOrder(cdr.start_date_time, cdr.end_date_time, 'end_date_time'),
    ...judgeCredit(cdr),
    ...judgeCdrDimensions(cdr.charging_periods),
    ...judgeEnergy(cdr.charging_periods, cdr.total_energy, 'total_energy'),
  ];
}

interface RunningSession {
  readonly start_date_time: string;
  readonly end_date_time?: Maybe<string>;
  readonly kwh: number;
  readonly charging_periods?: Maybe<readonly Dimensions[]>;
}

/** What the text asks of a session beyond its table, from 2.2 on. */
export function judgeSession(session: RunningSession): Flaw[] {
  return [
    ...judgeOrder(session.start_date_time, session.end_date_time, 'end_date_time'),
    ...judgeEnergy(session.charging_periods, session.kwh, 'kwh'),
  ];
}
