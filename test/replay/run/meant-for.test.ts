import { describe, expect, it } from 'vitest';
import { planReplay } from '../../../core/replay/plan-replay.ts';
import type { RequestStep } from '../../../core/replay/recording.ts';
import { isMeantFor } from '../../../core/replay/run/meant-for.ts';
import { recordingOfScenario } from '../../../core/replay/scenarios/compile.ts';
import { SCENARIOS } from '../../../core/replay/scenarios/scenarios.ts';
import { met, options, surroundings } from '../support/recorded.ts';

/** The eMSP's side of a charge: the updates of the session are one step, its end is another one. */
function waiting() {
  const scenario = SCENARIOS.find(({ name }) => name === 'charge-by-card');
  if (scenario === undefined) throw new Error('no scenario');
  const recording = recordingOfScenario({ scenario, version: '2.2.1', part: 'emsp', set: {} });
  if (!recording.ok) throw new Error(recording.failure.message);
  const plan = planReplay({
    recording: recording.value,
    surroundings: surroundings({ roles: ['EMSP'] }),
    options: options(),
    seed: '1',
  });
  if (!plan.ok) throw new Error(plan.failure.message);
  const patches = plan.value.steps.filter(
    (step): step is RequestStep => step.kind === 'request' && step.spoken.operation === 'sessions.patch',
  );
  const [progress, end] = patches;
  if (progress === undefined || end === undefined) throw new Error('two steps are needed');
  const course = { plan: plan.value, options: { speed: 'fast', strict: false } as const };
  const isFor = (step: RequestStep, body: unknown, enough: boolean) =>
    isMeantFor(course, {
      step,
      enough,
      spoken: met({ operation: 'sessions.patch', direction: 'in', path: '/FR/ACM/S1', body }),
    });
  return { progress, end, isFor };
}

describe('of two steps that wait for the same kind of message', () => {
  const { progress, end, isFor } = waiting();

  it.each([
    ['an update', { kwh: 3 }, [true, false]],
    ['the end', { kwh: 20, status: 'COMPLETED' }, [false, true]],
    ['an end nobody expects', { status: 'INVALID' }, [true, false]],
  ])('%s is for the one that means it', (_, body, expected) => {
    expect([isFor(progress, body, true), isFor(end, body, false)]).toEqual(expected);
  });

  it('the first takes what comes as long as it needs more', () => {
    expect(isFor(progress, { status: 'COMPLETED' }, false)).toBe(true);
  });
});
