import { describe, expect, it } from 'vitest';
import { recordingOf } from '../../../core/replay/from-exchanges.ts';
import { planReplay } from '../../../core/replay/plan-replay.ts';
import type { Recording, RequestStep } from '../../../core/replay/recording.ts';
import { isMeantFor } from '../../../core/replay/run/meant-for.ts';
import { recordingOfScenario } from '../../../core/replay/scenarios/compile.ts';
import { ourScenarios } from '../../../core/replay/scenarios/scenarios.ts';
import { met, options, said, surroundings } from '../support/recorded.ts';

/** The same of what was recorded: updates that may come in another number, and the one that ended the session. */
function recorded() {
  const patch = (id: number, body: object) =>
    said({ id, at: id, operation: 'sessions.patch', direction: 'in', path: '/FR/ACM/S1', body });
  const begin = said({ id: 1, operation: 'locations.list' });
  const updates = [2, 3, 4].map(id => patch(id, { kwh: id, last_updated: '2025-05-01T10:00:04Z' }));
  const end = patch(5, { kwh: 9, status: 'COMPLETED', end_date_time: '2025-05-01T10:00:05Z' });
  const recording = recordingOf({ title: 'a charge', exchanges: [begin, ...updates, end], play: 'ours' });
  if (!recording.ok) throw new Error(recording.failure.message);
  return planned(recording.value);
}

/** The eMSP's side of a charge: the updates of the session are one step, its end is another one. */
function waiting() {
  const scenario = ourScenarios().find(({ name }) => name === 'charge-by-card');
  if (scenario === undefined) throw new Error('no scenario');
  const recording = recordingOfScenario({ scenario, version: '2.2.1', part: 'emsp', set: {} });
  if (!recording.ok) throw new Error(recording.failure.message);
  return planned(recording.value);
}

function planned(recording: Recording) {
  const plan = planReplay({
    recording,
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

  it.each([
    ['an update', { kwh: 3, last_updated: '2026-01-15T12:00:04Z' }, [true, false]],
    ['the end', { kwh: 20, status: 'COMPLETED', end_date_time: '2026-01-15T12:00:05Z' }, [false, true]],
    ['an end with less', { status: 'COMPLETED' }, [false, true]],
  ])('of recorded ones %s is for the one that was like it', (_, body, expected) => {
    const then = recorded();
    expect([then.isFor(then.progress, body, true), then.isFor(then.end, body, false)]).toEqual(expected);
  });

  it('of recorded ones a further update, while the end is waited for, is none of it', () => {
    const then = recorded();
    expect(then.isFor(then.end, { kwh: 4, last_updated: '2026-01-15T12:00:04Z' }, false)).toBe(false);
  });
});
