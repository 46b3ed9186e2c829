import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Demand, drawUntil, type Limit, limitedTo, nextChange } from '../../../core/sandbox/life/demand.ts';
import { limitsOf } from '../../../core/sandbox/life/profiles.ts';
import { energyOf } from '../../../core/sandbox/world/course.ts';

const START = 1_800_000_000;
const charging = (watts: number, wattHours: number): Demand => ({ kind: 'charging', watts, wattHours });
const demands = fc.array(
  fc.oneof(
    fc.record({
      kind: fc.constant('charging' as const),
      watts: fc.integer({ min: 1, max: 500 }).map(steps => steps * 400),
      wattHours: fc.integer({ min: 1, max: 80_000 }),
    }),
    fc.record({ kind: fc.constant('parking' as const), seconds: fc.integer({ min: 1, max: 300 }).map(n => n * 9) }),
  ),
  { minLength: 1, maxLength: 4 },
);
const limits = fc
  .array(fc.record({ from: fc.integer({ min: 0, max: 20_000 }), watts: fc.integer({ min: 0, max: 60_000 }) }), {
    maxLength: 4,
  })
  .map(list => list.map(({ from, watts }) => ({ from: START + from, watts })).toSorted((a, b) => a.from - b.from));
const watched = (steps: readonly { seconds: number; watts: number }[]) =>
  steps.reduce((sum, step) => ({ wh: sum.wh + energyOf(step), seconds: sum.seconds + step.seconds }), {
    wh: 0,
    seconds: 0,
  });

describe('what a car takes of a plug', () => {
  it('is the same however often one looks', () => {
    fc.assert(
      fc.property(
        demands,
        limits,
        fc.array(fc.integer({ min: 1, max: 6_000 }), { minLength: 1 }),
        (demand, limits, looks) => {
          const end = START + looks.reduce((sum, seconds) => sum + seconds, 0);
          const whole = drawUntil({ demand, limits, from: START }, end);
          let state = { demand: demand as readonly Demand[], at: START };
          let [moment, wh, seconds] = [START, 0, 0];
          for (const look of looks) {
            moment += look;
            const part = drawUntil({ demand: state.demand, limits, from: state.at }, moment);
            const sum = watched(part.steps);
            expect(part.at).toBe(state.at + sum.seconds);
            wh += sum.wh;
            seconds += sum.seconds;
            state = { demand: part.demand, at: part.at };
          }
          expect({ wh, seconds }).toEqual(watched(whole.steps));
          expect(state.at).toBe(whole.at);
          for (const { seconds: of } of whole.steps) expect(of % 9).toBe(0);
        },
      ),
    );
  });

  it('never exceeds a limit, waits where it is nothing, and is all there is to take in the end', () => {
    const demand = [charging(22_000, 11_000)];
    const held: Limit[] = [
      { from: START, watts: 4_300 },
      { from: START + 3_600, watts: 300 },
      { from: START + 7_200, watts: 100_000 },
    ];
    const { steps, demand: left, at } = drawUntil({ demand, limits: held, from: START }, START + 50_000);
    expect(steps.map(({ kind, watts }) => `${kind} ${watts}`)).toEqual([
      'charging 4000',
      'parking 0',
      'charging 22000',
    ]);
    expect(watched(steps).wh).toBeGreaterThanOrEqual(11_000);
    expect(watched(steps).wh).toBeLessThan(11_000 + 55);
    expect(left).toEqual([]);
    expect(at).toBeLessThan(START + 9_000);
    expect(nextChange({ demand, limits: held, from: START })).toBe(START + 3_600);
  });

  it('ends with the energy that is wanted, be the battery larger or smaller', () => {
    const battery = [charging(50_000, 20_000), charging(20_000, 10_000), { kind: 'parking', seconds: 900 } as const];
    const total = (kept: readonly Demand[]) =>
      kept.reduce((sum, one) => sum + (one.kind === 'charging' ? one.wattHours : 0), 0);
    for (const wanted of [1, 20_000, 25_000, 30_000, 90_000]) {
      const kept = limitedTo(battery, wanted);
      expect(total(kept)).toBe(wanted);
      expect(kept.every(({ kind }) => kind === 'charging')).toBe(true);
    }
  });

  it('follows a profile in watts or amperes, from its own beginning or that of the charge, until it is over', () => {
    const power = { powerType: 'AC_3_PHASE', volts: 230, phases: 3, watts: 22_080 } as const;
    const periods = [
      { start_period: 0, limit: 10 },
      { start_period: 600, limit: 6 },
    ];
    const profile = { charging_rate_unit: 'A', charging_profile_period: periods };
    expect(limitsOf(profile, { start: START, power }, START + 100)).toEqual([
      { from: START, watts: 6_900 },
      { from: START + 600, watts: 4_140 },
    ]);
    const begins = new Date((START + 50) * 1000).toISOString();
    const dated = { ...profile, charging_rate_unit: 'W', start_date_time: begins, duration: 300 };
    expect(limitsOf(dated, { start: START, power }, START + 100)).toEqual([
      { from: START + 50, watts: 10 },
      { from: START + 350, watts: 22_080 },
    ]);
  });
});
