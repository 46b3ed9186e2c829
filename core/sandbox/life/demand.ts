import * as z from 'zod';
import type { Chance } from '../world/chance.ts';
import type { Plug } from '../world/chargers.ts';
import { drawCourse, energyOf, POWER_QUANTUM, type Step, TIME_QUANTUM } from '../world/course.ts';

/** What a car still wants of a plug, one after the other: energy at a power it can take, then perhaps to stay. */
export const Demand = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('charging'),
    watts: z.number(),
    wattHours: z.number(),
    /** Of the battery once it has that energy, in percent. */
    stateOfCharge: z.number().optional(),
  }),
  z.object({ kind: z.literal('parking'), seconds: z.number() }),
]);
export type Demand = z.infer<typeof Demand>;

/** From a moment (seconds since the epoch) on no more than so much power; it holds until the next one. */
export const Limit = z.object({ from: z.number(), watts: z.number() });
export type Limit = z.infer<typeof Limit>;

/** A car with its battery, as worlds draw them. `wattHours`: so much it takes instead, however full it is then. */
export function drawDemand(
  plug: Pick<Plug, 'powerType' | 'watts'>,
  { wattHours }: { readonly wattHours?: number | undefined },
  chance: Chance,
): Demand[] {
  const demand = drawCourse(plug, { reserved: false, atMost: LONGEST }, chance).map(demandOf);
  return wattHours === undefined ? demand : limitedTo(demand, wattHours);
}

const LONGEST = 20 * 3_600;

function demandOf(step: Step): Demand {
  if (step.kind !== 'charging') return { kind: 'parking', seconds: step.seconds };
  const { watts, stateOfCharge } = step;
  return {
    kind: 'charging',
    watts,
    wattHours: energyOf(step),
    ...(stateOfCharge === undefined ? {} : { stateOfCharge }),
  };
}

/** The same car, gone as soon as it has so much. */
export function limitedTo(demand: readonly Demand[], wattHours: number): Demand[] {
  const kept: Demand[] = [];
  let left = wattHours;
  for (const one of demand) {
    if (left <= 0) break;
    if (one.kind !== 'charging') continue;
    const { stateOfCharge: _, ...rest } = one;
    kept.push(one.wattHours <= left ? one : { ...rest, wattHours: left });
    left -= one.wattHours;
  }
  const last = kept.at(-1);
  // A small battery at the plug of somebody who wants more: it takes the rest as it took the last of its own.
  if (left > 0 && last?.kind === 'charging') kept[kept.length - 1] = { ...last, wattHours: last.wattHours + left };
  return kept;
}

export interface Drawing {
  readonly demand: readonly Demand[];
  readonly limits: readonly Limit[];
  /** Seconds since the epoch: up to here is told by steps already. */
  readonly from: number;
}

export interface Drawn {
  /** What happened, without a gap: they begin at `from`. */
  readonly steps: readonly Step[];
  /** What is left to want; empty: the car has gone. */
  readonly demand: readonly Demand[];
  /** End of the last step; not after the moment asked for, and short of it by less than a quantum unless the car has gone. */
  readonly at: number;
}

/** What happens at a plug up to a moment. Power is that of the car or the limit, in multiples of the quantum. */
export function drawUntil({ demand, limits, from }: Drawing, to: number): Drawn {
  const left = [...demand];
  const steps: Step[] = [];
  let at = from;
  for (;;) {
    const [next] = left;
    const whole = quanta(Math.min(to, changeAfter(limits, at)) - at);
    // Less than a quantum is left before a limit changes: it is held until the end of the quantum.
    const most = whole > 0 ? whole : at + TIME_QUANTUM <= to ? TIME_QUANTUM : 0;
    if (next === undefined || most <= 0) return { steps, demand: left, at };
    const { step, rest } = taken(next, limitAt(limits, at), most);
    steps.push(step);
    at += step.seconds;
    if (rest === undefined) left.shift();
    else left[0] = rest;
  }
}

function taken(wanted: Demand, limit: number, most: number): { step: Step; rest: Demand | undefined } {
  if (wanted.kind === 'parking') {
    const seconds = Math.min(most, wanted.seconds);
    const left = wanted.seconds - seconds;
    return { step: { kind: 'parking', seconds, watts: 0 }, rest: left > 0 ? { ...wanted, seconds: left } : undefined };
  }
  const watts = powerUnder(wanted, limit);
  if (watts === 0) return { step: { kind: 'parking', seconds: most, watts: 0 }, rest: wanted };
  const needed = Math.ceil(wanted.wattHours / (watts / POWER_QUANTUM)) * TIME_QUANTUM;
  const seconds = Math.min(most, needed);
  const step = { kind: 'charging', seconds, watts } as const;
  if (seconds < needed) return { step, rest: { ...wanted, wattHours: wanted.wattHours - energyOf(step) } };
  const { stateOfCharge } = wanted;
  return { step: { ...step, ...(stateOfCharge === undefined ? {} : { stateOfCharge }) }, rest: undefined };
}

/** Watts that flow now; 0 where nothing does. */
export function powerAt({ demand: [wanted], limits, from }: Drawing): number {
  return wanted?.kind === 'charging' ? powerUnder(wanted, limitAt(limits, from)) : 0;
}

/** When something will be otherwise: what is wanted now is there, or another limit holds. */
export function nextChange({ demand, limits, from }: Drawing): number {
  const [wanted] = demand;
  if (wanted === undefined) return from;
  const change = changeAfter(limits, from);
  if (wanted.kind === 'parking') return Math.min(change, from + wanted.seconds);
  const watts = powerUnder(wanted, limitAt(limits, from));
  if (watts === 0) return change;
  return Math.min(change, from + Math.ceil(wanted.wattHours / (watts / POWER_QUANTUM)) * TIME_QUANTUM);
}

function powerUnder({ watts }: { readonly watts: number }, limit: number): number {
  return Math.max(0, Math.floor(Math.min(watts, limit) / POWER_QUANTUM) * POWER_QUANTUM);
}

/** Infinity where no limit holds. */
export function limitAt(limits: readonly Limit[], at: number): number {
  return limits.findLast(({ from }) => from <= at)?.watts ?? Number.POSITIVE_INFINITY;
}

function changeAfter(limits: readonly Limit[], at: number): number {
  return limits.find(({ from }) => from > at)?.from ?? Number.POSITIVE_INFINITY;
}

function quanta(seconds: number): number {
  return seconds === Number.POSITIVE_INFINITY ? seconds : Math.floor(seconds / TIME_QUANTUM) * TIME_QUANTUM;
}
