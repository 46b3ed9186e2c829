import { add, ceiling, compare, multiply, type Ratio, ratio, subtract, sumOf, toNumber, ZERO } from './ratio.ts';
import type { Component } from './terms.ts';
import type { Use } from './uses.ts';

/** What is rounded up together, once (digest 6.4). Reservations are counted by themselves, as the samples of the specification do. */
export const STEP_GROUPS = ['energy', 'time', 'reservation'] as const;
export type StepGroup = (typeof STEP_GROUPS)[number];

/**
 * How somebody may apply step_size. `once` is right: the total, up to whole steps of the component used last. `high` is that
 * too, if volumes of four or more decimals were rounded down where they were written. The others are wrong.
 */
export type Stepping = 'once' | 'high' | 'never' | 'each-period' | 'one-more' | 'one-less';

/** What whole steps add to a volume: of the component used last, whose price it has. */
export interface Step {
  readonly group: StepGroup;
  /** The use that it is added to. */
  readonly use: Use;
  readonly component: Component;
  /** kWh or hours; below zero for one step less. */
  readonly volume: Ratio;
  /** All of it, before: what was rounded up. */
  readonly total: Ratio;
}

const GROUP_OF: Readonly<Record<Use['dimension'], StepGroup | undefined>> = {
  ENERGY: 'energy',
  TIME: 'time',
  PARKING_TIME: 'time',
  RESERVATION_TIME: 'reservation',
  FLAT: undefined,
};

export function stepsOf(uses: readonly Use[], stepping: (group: StepGroup) => Stepping): Step[] {
  return STEP_GROUPS.flatMap(group => {
    const way = stepping(group);
    if (way === 'never') return [];
    // What is free has no steps: parking that ceases to cost anything is rounded as it was before.
    const priced = uses.filter(use => GROUP_OF[use.dimension] === group && use.component && use.volume.top > 0n);
    const last = priced.at(-1);
    if (last === undefined) return [];
    if (way === 'each-period') return runsOf(priced).flatMap(run => stepOf(group, run, 'once'));
    // Where parking follows charging, only the parking is rounded; where charging comes last, only that.
    return stepOf(
      group,
      priced.filter(({ dimension }) => dimension === last.dimension),
      way,
    );
  });
}

/** What one period used of one component. */
function runsOf(uses: readonly Use[]): Use[][] {
  const runs = new Map<string, Use[]>();
  for (const use of uses) {
    const key = `${use.period} ${use.component?.tariff} ${use.component?.pointer}`;
    const run = runs.get(key);
    if (run === undefined) runs.set(key, [use]);
    else run.push(use);
  }
  return [...runs.values()];
}

function stepOf(group: StepGroup, uses: readonly Use[], way: Stepping): Step[] {
  const use = uses.at(-1);
  const component = use?.component;
  if (use === undefined || component === undefined || component.step === 0) return [];
  const unit = unitOf(use.dimension, component.step);
  const total = sumOf(uses.map(({ volume }) => volume));
  const volume = subtract(billed({ total, unit, uses, way }), total);
  return volume.top === 0n ? [] : [{ group, use, component, volume, total }];
}

/** One step in kWh or hours: of Wh, or of seconds. */
export function unitOf(dimension: Use['dimension'], step: number): Ratio {
  return ratio(step, dimension === 'ENERGY' ? 1_000 : 3_600);
}

interface ToRound {
  readonly total: Ratio;
  readonly unit: Ratio;
  readonly uses: readonly Use[];
  readonly way: Stepping;
}

function billed({ total, unit, uses, way }: ToRound): Ratio {
  const whole = multiply(unit, ratio(ceiling(per(shifted(total, uses, unit, way), unit))));
  if (way === 'one-more') return add(whole, unit);
  if (way === 'one-less') return subtract(whole, unit);
  return way === 'once' && compare(whole, total) < 0 ? total : whole;
}

/** A sum that is above a whole step only because its parts were rounded is no step more. */
function shifted(total: Ratio, uses: readonly Use[], unit: Ratio, way: Stepping): Ratio {
  const slack = uses.reduce((sum, use) => sum + use.rounded, 0);
  // Small steps would drown in it.
  if (slack === 0 || slack * 10 > toNumber(unit)) return total;
  const by = ratio(Math.round(slack * 1e9), 1_000_000_000);
  const moved = way === 'high' ? add(total, by) : subtract(total, by);
  return moved.top < 0n ? ZERO : moved;
}

function per(total: Ratio, { top, bottom }: Ratio): Ratio {
  return { top: total.top * bottom, bottom: total.bottom * top };
}
