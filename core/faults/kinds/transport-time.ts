import * as z from 'zod';
import { altered, nothing } from '../editing/altered.ts';
import { BOTH_DIRECTIONS, brokenOff, crossing, stepsUntil, withSteps } from '../editing/steps.ts';
import { type FaultKind, faultKind, type Using } from '../kind.ts';
import { milliseconds } from '../wire-words.ts';

/** An hour: whoever waits longer has given up. */
const Milliseconds = z.int().min(0).max(3_600_000);
const ANSWER = { operation: 'locations.list', version: '2.2.1', direction: 'answer' } as const;

/** How messages take their time. */
export const TIME_KINDS: readonly FaultKind[] = [
  faultKind({
    kind: 'transport.delay',
    family: 'transport',
    title: 'Delay',
    explain: ({ ms, spread, distribution, before }) => {
      const words = {
        fixed: milliseconds(ms),
        uniform: `between ${milliseconds(Math.max(0, ms - spread))} and ${milliseconds(ms + spread)}, all alike likely,`,
        normal: `around ${milliseconds(ms)} (normal distribution, standard deviation ${milliseconds(spread)})`,
      };
      return `Waits ${words[distribution]} before the ${before === 'head' ? 'message' : 'body, its head sent,'} leaves.`;
    },
    parameters: z.strictObject({
      ms: Milliseconds.default(3_000).describe('Milliseconds that are waited: the middle, where chance has a part.'),
      distribution: z
        .enum(['fixed', 'uniform', 'normal'])
        .default('fixed')
        .describe('fixed: always the same; uniform and normal: drawn with the seed.'),
      spread: Milliseconds.default(1_000).describe(
        'Milliseconds: uniform goes as far to either side, of normal it is the standard deviation; fixed has none.',
      ),
      before: z.enum(['head', 'body']).default('head').describe('What is waited before.'),
    }),
    cases: [],
    directions: BOTH_DIRECTIONS,
    sample: ANSWER,
    alter: (draft, { parameters, draw }) => {
      const ms = drawn(parameters, draw);
      const did = `the ${crossing(draft)} was held back for ${milliseconds(ms)}`;
      const wait = { do: 'wait', ms } as const;
      if (parameters.before === 'head') return altered(withSteps(draft, [wait, ...draft.steps]), did);
      const head = draft.steps.findIndex(step => step.do === 'head');
      if (head < 0) return nothing(`an earlier rule keeps the head of the ${crossing(draft)} back`);
      const steps = [...draft.steps.slice(0, head + 1), wait, ...draft.steps.slice(head + 1)];
      return altered(withSteps(draft, steps), `${did} behind its head`);
    },
  }),
  faultKind({
    kind: 'transport.hang',
    family: 'transport',
    title: 'Silence',
    explain: ({ after, ms }) => {
      const words = {
        nothing: 'Says nothing at all',
        head: 'Says nothing behind the head',
        body: 'Never ends the message',
      };
      return `${words[after]} and keeps the connection open, for ${milliseconds(ms)} at most; then it is reset.`;
    },
    parameters: z.strictObject({
      after: z
        .enum(['nothing', 'head', 'body'])
        .default('nothing')
        .describe('How much leaves before: nothing, the head, or head and body without an end that HTTP would see.'),
      ms: Milliseconds.default(300_000).describe('Milliseconds after which the connection is reset.'),
    }),
    cases: [],
    directions: BOTH_DIRECTIONS,
    sample: ANSWER,
    alter: (draft, { parameters: { after, ms } }) => {
      const broken = brokenOff(draft);
      if (broken !== undefined) return nothing(broken);
      const words = { nothing: 'was never sent', head: 'went silent behind its head', body: 'was never ended' };
      const steps = [...stepsUntil(draft.steps, after), { do: 'hang', ms } as const];
      return altered(withSteps(draft, steps), `the ${crossing(draft)} ${words[after]}, the connection left open`);
    },
  }),
  faultKind({
    kind: 'transport.dribble',
    family: 'transport',
    title: 'Dribble',
    explain: ({ perSecond }) => `The body leaves with ${perSecond} bytes a second.`,
    parameters: z.strictObject({
      perSecond: z.int().min(1).max(100_000_000).default(100).describe('Bytes a second.'),
    }),
    cases: [],
    directions: BOTH_DIRECTIONS,
    sample: ANSWER,
    alter: (draft, { parameters: { perSecond } }) => {
      const { body } = draft.message;
      if (body.length === 0) return nothing(`the ${crossing(draft)} has no body`);
      if (!draft.steps.some(step => step.do === 'body')) return nothing('an earlier rule keeps the body back');
      const steps = draft.steps.map(step => (step.do === 'body' ? { ...step, perSecond } : step));
      return altered(
        withSteps(draft, steps),
        `${body.length} bytes of body were sent with ${perSecond} bytes a second`,
      );
    },
  }),
];

/** Whole milliseconds, never fewer than none. */
function drawn(
  { ms, spread, distribution }: { ms: number; spread: number; distribution: 'fixed' | 'uniform' | 'normal' },
  draw: Using<unknown>['draw'],
): number {
  if (distribution === 'fixed') return ms;
  const off =
    distribution === 'uniform'
      ? (draw('delay') * 2 - 1) * spread
      : // Box and Muller: a normal number from two even ones. 1 - draw is never 0.
        Math.sqrt(-2 * Math.log(1 - draw('delay'))) * Math.cos(2 * Math.PI * draw('delay, angle')) * spread;
  return Math.max(0, Math.round(ms + off));
}
