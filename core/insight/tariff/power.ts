import { isJsonObject } from '../../ocpi/json-value.ts';
import { type Ratio, readDecimal, toNumber } from './ratio.ts';

/** What is known of a current (A, summed over phases) or a power (kW) within a charging period. */
export interface Flow {
  readonly least?: number;
  readonly most?: number;
  readonly average?: number;
  /** Worked out of the energy and the time of the period, not told. */
  readonly derived?: true;
}

export interface Flows {
  readonly ampere: Flow;
  readonly kw: Flow;
}

const NAMES: Readonly<Record<string, readonly [keyof Flows, 'least' | 'most' | 'average']>> = {
  MIN_CURRENT: ['ampere', 'least'],
  MAX_CURRENT: ['ampere', 'most'],
  CURRENT: ['ampere', 'average'],
  MIN_POWER: ['kw', 'least'],
  MAX_POWER: ['kw', 'most'],
  POWER: ['kw', 'average'],
};

/** Of the dimensions of a period; where they tell no power, energy over time is the average. */
export function readFlows(
  dimensions: readonly unknown[],
  used: { readonly kwh?: Ratio | undefined; readonly hours?: Ratio | undefined; readonly parked: boolean },
): Flows {
  const read: Record<keyof Flows, { -readonly [Key in keyof Flow]: Flow[Key] }> = { ampere: {}, kw: {} };
  for (const one of dimensions) {
    if (!isJsonObject(one) || typeof one['type'] !== 'string') continue;
    const place = NAMES[one['type']];
    const volume = place && readDecimal(one['volume']);
    if (place !== undefined && volume !== undefined) read[place[0]][place[1]] = toNumber(volume);
  }
  // Nothing flows into a car that is parked.
  if (used.parked) return { ampere: { average: 0, ...read.ampere }, kw: { average: 0, ...read.kw } };
  const { kwh, hours } = used;
  if (read.kw.average === undefined && kwh !== undefined && hours !== undefined && hours.top > 0n) {
    read.kw.average = toNumber(kwh) / toNumber(hours);
    if (read.kw.least === undefined && read.kw.most === undefined) read.kw.derived = true;
  }
  return read;
}

/** How sure it is that a flow stays at or above a limit. */
export interface Above {
  readonly holds: boolean;
  /** Nothing is told of it, or what is told lies around the limit. */
  readonly unsure: boolean;
  readonly derived: boolean;
}

/**
 * Whether a current or a power is `limit` or more. A period begins wherever another price does (digest 6.3), so that one answer
 * holds for all of it: the least and the most decide, else the average, which is no sure sign close to the limit.
 */
export function isAtLeast({ least, most, average, derived }: Flow, limit: number): Above {
  if (least !== undefined && least >= limit) return { holds: true, unsure: false, derived: false };
  if (most !== undefined && most < limit) return { holds: false, unsure: false, derived: false };
  if (average !== undefined) {
    const isClose = average > 0 && Math.abs(average - limit) <= limit * 0.05;
    const isAround = least !== undefined && most !== undefined;
    return { holds: average >= limit, unsure: isClose || isAround, derived: derived === true };
  }
  // A maximum at or over the limit was reached for a moment at least; a minimum below it likewise.
  if (most !== undefined) return { holds: true, unsure: true, derived: false };
  return { holds: false, unsure: true, derived: false };
}
