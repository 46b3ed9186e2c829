import type { CurvePoint } from '../../contract/transaction.ts';
import { isJsonObject, type JsonObject } from '../../ocpi/json-value.ts';
import { numberIn, periodsIn, timeIn } from './fields.ts';
import type { ObjectAt } from './known-objects.ts';

const HOUR_MS = 3_600_000;

interface Reached {
  readonly at: number;
  readonly kwh: number | null;
  /** Where it is told; else it follows from what comes next. */
  readonly kw?: number;
  readonly source: CurvePoint['source'];
  readonly exchangeId: number;
}

/**
 * Energy and power of a charge over its time, as its session told of them while it ran and as the charging periods have
 * them. Each source is a curve of its own; points are in the order of time.
 */
export function curveOf(objects: readonly ObjectAt[]): CurvePoint[] {
  const pushes = objects.flatMap(pushed);
  const session = objects.findLast(({ kind }) => kind === 'session');
  const cdr = objects.findLast(({ kind, said }) => kind === 'cdr' && said['credit'] !== true);
  return [
    ...withPower(pushes),
    ...(session === undefined ? [] : withPower(ofPeriods(session, 'session-period'))),
    ...(cdr === undefined ? [] : withPower(ofPeriods(cdr, 'cdr-period'))),
    ...(cdr === undefined ? [] : total(cdr)),
  ].sort((left, right) => left.at.localeCompare(right.at));
}

function pushed({ exchange, kind, said }: ObjectAt): Reached[] {
  const kwh = numberIn(said, 'kwh');
  if (kind !== 'session' || kwh === undefined) return [];
  const at = timeIn(said, 'last_updated') ?? exchange.startedAt;
  return [{ at, kwh, source: 'session', exchangeId: exchange.id }];
}

/** Periods tell the energy of each; what was reached at its begin is the sum of those before. */
function ofPeriods({ exchange, whole }: ObjectAt, source: 'session-period' | 'cdr-period'): Reached[] {
  const end = timeIn(whole, 'end_date_time', 'stop_date_time', 'end_datetime', 'last_updated');
  const periods = periodsIn(whole)
    .flatMap(period => {
      const at = timeIn(period, 'start_date_time');
      return at === undefined ? [] : [{ at, period }];
    })
    .sort((left, right) => left.at - right.at);
  const reached: Reached[] = [];
  let kwh = 0;
  let toldEnergy = false;
  periods.forEach(({ at, period }, place) => {
    const energy = dimension(period, 'ENERGY') ?? dimension(period, 'ENERGY_IMPORT');
    const until = periods[place + 1]?.at ?? end;
    const power = dimension(period, 'POWER') ?? powerOf(energy, until === undefined ? undefined : until - at);
    reached.push({ at, kwh, source, exchangeId: exchange.id, ...(power === undefined ? {} : { kw: power }) });
    toldEnergy ||= energy !== undefined;
    kwh += energy ?? 0;
  });
  // Neither energy nor power: of time alone no curve can be made.
  if (!reached.some(({ kw }) => kw !== undefined) && !toldEnergy) return [];
  const last = reached.at(-1);
  // What goes on has some power still, which nobody has told yet.
  const over = timeIn(whole, 'end_date_time', 'stop_date_time', 'end_datetime') !== undefined;
  if (last !== undefined && end !== undefined && end > last.at)
    reached.push({ at: end, kwh, source, exchangeId: exchange.id, ...(over ? { kw: 0 } : {}) });
  return toldEnergy ? reached : reached.filter(({ kw }) => kw !== undefined).map(one => ({ ...one, kwh: null }));
}

function total({ exchange, said }: ObjectAt): CurvePoint[] {
  const kwh = numberIn(said, 'total_energy');
  const at = timeIn(said, 'end_date_time', 'stop_date_time');
  if (kwh === undefined || at === undefined) return [];
  return [{ at: new Date(at).toISOString(), kwh, kw: null, source: 'cdr', exchangeId: exchange.id }];
}

function dimension(period: JsonObject, type: string): number | undefined {
  const { dimensions } = period;
  if (!Array.isArray(dimensions)) return undefined;
  const found: unknown = dimensions.find((one: unknown) => isJsonObject(one) && one['type'] === type);
  return isJsonObject(found) ? numberIn(found, 'volume') : undefined;
}

function powerOf(kwh: number | undefined, ms: number | undefined): number | undefined {
  return kwh === undefined || ms === undefined || ms <= 0 ? undefined : (kwh * HOUR_MS) / ms;
}

function withPower(reached: readonly Reached[]): CurvePoint[] {
  const inTime = [...reached].sort((left, right) => left.at - right.at);
  return inTime.map(({ at, kwh, kw, source, exchangeId }, place) => {
    const next = inTime[place + 1];
    const gained = next === undefined || next.kwh === null || kwh === null ? undefined : next.kwh - kwh;
    const power = kw ?? powerOf(gained, next === undefined ? undefined : next.at - at);
    return {
      at: new Date(at).toISOString(),
      kwh: kwh === null ? null : rounded(kwh),
      kw: power === undefined ? null : rounded(power),
      source,
      exchangeId,
    };
  });
}

/** Sums of decimals are no decimals. */
function rounded(value: number): number {
  return Math.round(value * 1_000_000) / 1_000_000;
}
