import type { CostPart } from '../../contract/price.ts';
import type { Bill, Period } from './bill.ts';
import { Chooser, type Pick } from './chooser.ts';
import { type Cut, cutsWithin, isTooLong } from './cuts.ts';
import type { Doubts } from './doubts.ts';
import type { Moment } from './matching.ts';
import { add, multiply, ONE, type Ratio, subtract, toNumber, ZERO } from './ratio.ts';
import { SplitCheck } from './split-check.ts';
import type { Component, Dimension, Terms } from './terms.ts';
import type { Volume } from './volume.ts';
import type { ZoneClock } from './zones.ts';

/** What was used of one thing in a stretch of a period, or a fee that fell due in it, and the price that was in force. */
export interface Use {
  readonly dimension: Exclude<Dimension, 'FLAT'> | 'RESERVATION_TIME' | 'FLAT';
  readonly part: CostPart;
  readonly period: number;
  readonly from: number | undefined;
  to: number | undefined;
  /** kWh, hours; 1 for a fee. */
  volume: Ratio;
  slack: number;
  rounded: number;
  /** Undefined where no element prices it: it is free. */
  readonly component: Component | undefined;
}

/** How a tariff is read. All but the clocks are wrong on purpose, to find out how somebody else may have read it. */
export interface Reading {
  readonly clock: ZoneClock;
  readonly pick?: Pick;
  readonly reservedAsTime?: boolean;
}

export interface Walk {
  readonly bill: Bill;
  /** The tariff in force in a period; undefined where there is none. */
  readonly termsOf: (period: Period) => Terms | undefined;
  readonly reading: Reading;
  readonly doubts: Doubts;
}

const PARTS = { ENERGY: 'energy', TIME: 'time', PARKING_TIME: 'parking' } as const;

/**
 * Walks through the periods of a bill in the order of time, cuts each of them where restrictions of its tariff begin or cease to
 * hold, and tells for each stretch and dimension which component prices it (digest 6.4): the first element that has a component of
 * the dimension and whose restrictions hold (T37a, for all versions). Each FLAT is due once, when its element first is in force.
 */
export function usesOf({ bill, termsOf, reading, doubts }: Walk): Use[] {
  const uses: Use[] = [];
  const charged = new Set<Component>();
  const flagged = bill.version === '2.1.1' && bill.periods.some(({ flat }) => flat);
  const began = beginOf(bill);
  let kwh = ZERO;
  for (const period of bill.periods) {
    const terms = termsOf(period);
    const within = period.energy?.amount ?? ZERO;
    const cuts =
      terms === undefined
        ? []
        : cutsWithin(terms, { from: period.from, to: period.to, before: kwh, within, began, clock: reading.clock });
    if (terms !== undefined && isTooLong(terms, period)) {
      doubts.add(
        'period-too-long',
        `Period ${period.index} lasts longer than a hundred days: the price at its begin was taken for all of it.`,
        true,
      );
    }
    // What is going on of each volume of the period.
    const open = new Map<Volume, Use>();
    const split = new SplitCheck(period, doubts);
    for (const stretch of stretchesOf(period, cuts)) {
      const at = stretch.from;
      const moment: Moment = {
        at,
        since: at === undefined || began === undefined ? undefined : at - began,
        kwh: cuts.length === 0 ? kwh : add(kwh, multiply(within, stretch.begins)),
        flows: period.flows,
        clock: reading.clock,
      };
      const chooser = new Chooser(terms, moment, reading.pick ?? 'first', doubts);
      const use = (
        dimension: Use['dimension'],
        part: CostPart,
        volume: Volume,
        component: Component | undefined,
      ): void => {
        const share = stretch.share === ONE ? 1 : toNumber(stretch.share);
        const last = open.get(volume);
        const amount = stretch.share === ONE ? volume.amount : multiply(volume.amount, stretch.share);
        if (last !== undefined && last.component === component) {
          last.volume = add(last.volume, amount);
          last.slack += volume.slack * share;
          last.rounded += volume.rounded * share;
          last.to = stretch.to;
          return;
        }
        const { from, to } = stretch;
        const next = { dimension, part, period: period.index, from, to, volume: amount, component };
        const added: Use = { ...next, slack: volume.slack * share, rounded: volume.rounded * share };
        if (last !== undefined) split.see(last, added, stretch.by);
        open.set(volume, added);
        uses.push(added);
      };
      for (const fee of feesIn({ period, chooser, flagged })) {
        if (charged.has(fee)) continue;
        charged.add(fee);
        uses.push(feeOf(fee, period.index, stretch));
      }
      for (const dimension of ['ENERGY', 'TIME', 'PARKING_TIME'] as const) {
        const volume = volumeOf(period, dimension);
        if (volume === undefined || volume.amount.top === 0n) continue;
        use(dimension, PARTS[dimension], volume, chooser.choose(dimension, ['charging']));
      }
      for (const { volume, purposes } of period.reserved) {
        if (volume.amount.top === 0n) continue;
        if (reading.reservedAsTime) use('TIME', 'time', volume, chooser.choose('TIME', ['charging']));
        else use('RESERVATION_TIME', 'reservation', volume, chooser.choose('TIME', purposes));
      }
    }
    kwh = add(kwh, within);
  }
  tellFees(charged, doubts);
  return uses;
}

function volumeOf(period: Period, dimension: keyof typeof PARTS): Volume | undefined {
  if (dimension === 'ENERGY') return period.energy;
  return dimension === 'TIME' ? period.time : period.parking;
}

/** Durations count from where charging began: a reservation is no part of the charge. */
function beginOf({ periods, start }: Bill): number | undefined {
  const charging = periods.findIndex(({ energy, time, parking }) => (energy ?? time ?? parking) !== undefined);
  const isReserved = periods.slice(0, Math.max(charging, 0)).some(({ reserved }) => reserved.length > 0);
  return isReserved ? periods[charging]?.from : (start ?? periods[0]?.from);
}

interface Stretch {
  readonly from: number | undefined;
  readonly to: number | undefined;
  /** Where it begins within its period, and how much of it it is. */
  readonly begins: Ratio;
  readonly share: Ratio;
  /** What it was cut off by. */
  readonly by: Cut['by'];
}

function stretchesOf(period: Period, cuts: readonly Cut[]): readonly Stretch[] {
  const { from, to } = period;
  if (cuts.length === 0) return [{ from, to, begins: ZERO, share: ONE, by: 'time' }];
  return [undefined, ...cuts].map((cut, place) => {
    const next = cuts[place];
    const begins = cut?.share ?? ZERO;
    return {
      from: cut === undefined ? from : cut.at,
      to: next === undefined ? to : next.at,
      begins,
      share: subtract(next?.share ?? ONE, begins),
      by: cut?.by ?? 'time',
    };
  });
}

interface FeeParts {
  readonly period: Period;
  readonly chooser: Chooser;
  /** The periods themselves say in which one a fee is due. */
  readonly flagged: boolean;
}

function feesIn({ period, chooser, flagged }: FeeParts): Component[] {
  const fees: (Component | undefined)[] = [];
  const { energy, time, parking, flat, reserved } = period;
  if (flagged ? flat : (energy ?? time ?? parking) !== undefined) {
    fees.push(chooser.choose('FLAT', ['charging'], ({ ofParking }) => !ofParking));
  }
  if (parking !== undefined && parking.amount.top > 0n) {
    fees.push(chooser.choose('FLAT', ['charging'], ({ ofParking }) => ofParking));
  }
  for (const { purposes } of reserved) fees.push(chooser.choose('FLAT', purposes));
  return fees.filter(fee => fee !== undefined);
}

function feeOf(component: Component, period: number, { from }: Stretch): Use {
  const part = component.purpose !== 'charging' ? 'reservation' : component.ofParking ? 'parking' : 'fixed';
  return { dimension: 'FLAT', part, period, from, to: from, volume: ONE, slack: 0, rounded: 0, component };
}

function tellFees(charged: ReadonlySet<Component>, doubts: Doubts): void {
  const due = [...charged].filter(({ price }) => price.top !== 0n);
  const fixed = due.filter(({ purpose, ofParking }) => purpose === 'charging' && !ofParking);
  if (fixed.length > 1) {
    doubts.add('flat-twice', 'Two different flat fees became due in one charge: both are taken.', true);
  }
  if (fixed.length > 0 && due.some(({ ofParking }) => ofParking)) {
    doubts.add('flat-of-parking', 'A flat fee for parking became due beside that of the charge: both are taken.', true);
  }
}
