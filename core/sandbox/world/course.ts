import type { Chance } from './chance.ts';
import type { Plug } from './chargers.ts';

/**
 * What happens at a plug, in steps of constant power. Durations are multiples of 9 s and powers of 400 W, so that hours have
 * exactly four decimals, energies are whole watt-hours, and sums need no rounding.
 */
export interface Step {
  readonly kind: 'charging' | 'parking' | 'reservation';
  readonly seconds: number;
  /** 0 unless charging. */
  readonly watts: number;
  /** Of the battery when the step is over, in percent; only charging steps with direct current know it. */
  readonly stateOfCharge?: number | undefined;
}

export const TIME_QUANTUM = 9;
export const POWER_QUANTUM = 400;

/** The last multiple of the quantum that is not later. */
export function toQuantum(seconds: number): number {
  return Math.floor(seconds / TIME_QUANTUM) * TIME_QUANTUM;
}

/** Energy of a step in Wh: whole. */
export function energyOf({ seconds, watts }: { readonly seconds: number; readonly watts: number }): number {
  return (seconds / TIME_QUANTUM) * (watts / POWER_QUANTUM);
}

/** A whole course: perhaps a reservation, charging, and perhaps staying connected. Ends after `atMost` seconds. */
export function drawCourse(
  plug: Pick<Plug, 'powerType' | 'watts'>,
  options: { readonly reserved: boolean; readonly atMost: number },
  chance: Chance,
): Step[] {
  const steps: Step[] = [];
  if (options.reserved)
    steps.push({ kind: 'reservation', seconds: toQuantum(chance.integer('reserved', 120, 1_800)), watts: 0 });
  const battery = chance.pick('battery', [42_000, 52_000, 60_000, 77_000, 82_000, 100_000]);
  const begin = chance.integer('state of charge', 8, 60);
  if (plug.powerType === 'DC') {
    const peak = Math.min(plug.watts, chance.pick('peak', [50_000, 100_000, 135_000, 170_000, 240_000]));
    const goal = chance.integer('goal', Math.max(70, begin + 5), 92);
    // Batteries take less the fuller they are.
    for (const [until, share] of [
      [55, 0.92],
      [80, 0.61],
      [100, 0.27],
    ] as const) {
      const from = Math.max(begin, until === 55 ? 0 : until === 80 ? 55 : 80);
      const to = Math.min(goal, until);
      if (to > from) steps.push(charge(peak * share, ((to - from) / 100) * battery, to));
    }
    if (chance.happens('stays', 0.3)) steps.push(stay(chance.integer('stay', 60, 2_400)));
  } else {
    const car = chance.pick('on-board charger', [3_700, 7_400, 11_000, 11_000, 22_000]);
    const watts = Math.min(plug.watts, car) * (0.94 + 0.05 * chance.fraction('loss'));
    const goal = chance.integer('goal', begin + 5, 100);
    steps.push(charge(watts, ((goal - begin) / 100) * battery));
    if (chance.happens('stays', 0.6)) steps.push(stay(chance.integer('stay', 300, 6 * 3_600)));
  }
  return cut(steps, options.atMost);
}

/** The steps up to a moment, the last one shortened. */
export function cut(steps: readonly Step[], atMost: number): Step[] {
  let left = toQuantum(atMost);
  const kept: Step[] = [];
  for (const step of steps) {
    if (left <= 0) break;
    // How full the battery was by then is not known.
    kept.push(step.seconds <= left ? step : { kind: step.kind, seconds: left, watts: step.watts });
    left -= step.seconds;
  }
  return kept;
}

export function durationOf(steps: readonly Step[]): number {
  return steps.reduce((sum, { seconds }) => sum + seconds, 0);
}

function charge(power: number, wattHours: number, stateOfCharge?: number): Step {
  const watts = Math.max(POWER_QUANTUM, Math.floor(power / POWER_QUANTUM) * POWER_QUANTUM);
  const seconds = toQuantum((wattHours * 3_600) / watts) + TIME_QUANTUM;
  return { kind: 'charging', seconds, watts, ...(stateOfCharge !== undefined && { stateOfCharge }) };
}

function stay(seconds: number): Step {
  return { kind: 'parking', seconds: toQuantum(seconds), watts: 0 };
}
