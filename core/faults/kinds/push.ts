import * as z from 'zod';
import { isSuccess } from '../../ocpi/status-codes.ts';
import { altered, nothing, onAnswer } from '../editing/altered.ts';
import { envelopeBody, ocpiStatus } from '../editing/envelope.ts';
import { isPatch, isPush } from '../editing/fitting.ts';
import { RefusalBody } from '../editing/parameters.ts';
import { objectKey } from '../editing/push-urls.ts';
import { refusalWords, refuse } from '../editing/refusal.ts';
import { remember, remembered } from '../editing/remembering.ts';
import { Delay, onLeaving, sentAgain } from '../editing/sending.ts';
import { withSteps } from '../editing/steps.ts';
import { type FaultKind, faultKind } from '../kind.ts';
import { milliseconds } from '../wire-words.ts';
import { PATCH_KINDS } from './push-patches.ts';

const PUSHED = { operation: 'sessions.put', version: '2.2.1', direction: 'send' } as const;

const outOfOrder = faultKind({
  kind: 'push.out-of-order',
  family: 'push',
  title: 'Pushes in the wrong order',
  explain: ({ ms }) =>
    `A push leaves only behind the next one for the same object, after ${milliseconds(ms)} at the latest, so that the older state comes last.`,
  parameters: z.strictObject({
    ms: Delay.default(30_000).describe('Milliseconds after which it leaves though no other push came.'),
  }),
  cases: [33],
  directions: ['send'],
  fits: isPush,
  sample: PUSHED,
  alter: onLeaving((_message, draft, { parameters: { ms } }) =>
    altered({ ...draft, later: { ms, behindNext: true } }, 'the push was kept back until the next one has left'),
  ),
});

const duplicate = faultKind({
  kind: 'push.duplicate',
  family: 'push',
  title: 'The same push again',
  explain: ({ times, ms }) =>
    `A push is sent ${times === 1 ? 'twice' : `${times + 1} times`}, ${milliseconds(ms)} after one another, whatever is answered.`,
  parameters: z.strictObject({
    times: z.int().min(1).max(20).default(1).describe('How often it is sent again.'),
    ms: Delay.default(1_000).describe('Milliseconds between one and the next.'),
  }),
  cases: [30, 33],
  directions: ['send'],
  fits: isPush,
  sample: PUSHED,
  alter: onLeaving((_message, draft, { parameters }) => sentAgain(draft, parameters)),
});

const unknownUntilPut = faultKind({
  kind: 'push.unknown-until-put',
  family: 'push',
  title: '404 to PATCH until PUT',
  explain: ({ body }) =>
    `A PATCH is answered ${refusalWords({ status: 404, body })} until the object was PUT while this rule is armed; nothing is done.`,
  parameters: z.strictObject({
    body: RefusalBody.default('envelope').describe('What stands in the body of the 404.'),
  }),
  cases: [24, 33],
  directions: ['answer'],
  fits: isPatch,
  sample: { operation: 'sessions.patch', version: '2.2.1', direction: 'answer' },
  before: (_ask, { parameters: { body }, facts, memory }) => {
    const key = objectKey(facts);
    if (key !== undefined && remembered(memory, key) !== undefined) return undefined;
    const refusal = { status: 404, body, message: 'unknown object' };
    return refuse(refusal, facts, `the PATCH was answered ${refusalWords(refusal)}, for the object was never PUT`);
  },
  observe: (facts, memory) => {
    const key = facts.direction === 'answer' && facts.request.method === 'PUT' ? objectKey(facts) : undefined;
    if (key !== undefined) remember(memory, key, 'PUT');
  },
});

const slowSuccess = faultKind({
  kind: 'push.slow-success',
  family: 'push',
  title: 'Success after the sender gave up',
  explain: ({ ms }) =>
    `What is pushed is taken at once, but the good answer leaves ${milliseconds(ms)} later, when the sender has given up.`,
  parameters: z.strictObject({
    ms: Delay.default(35_000).describe('Milliseconds: more than the sender waits.'),
  }),
  cases: [33],
  directions: ['answer'],
  fits: ({ method }) => method !== 'GET',
  sample: { ...PUSHED, direction: 'answer' },
  alter: onAnswer((message, draft, { parameters: { ms } }) => {
    const envelope = envelopeBody(message);
    const code = envelope && ocpiStatus(envelope);
    if (message.status >= 300 || (code !== undefined && !isSuccess(code))) return nothing('the answer is no success');
    const steps = [{ do: 'wait', ms } as const, ...draft.steps];
    return altered(withSteps(draft, steps), `the good answer was held back for ${milliseconds(ms)}`);
  }),
});

/** Objects that do not arrive as their owner should push them, or are not taken as they should be. */
export const PUSH_KINDS: readonly FaultKind[] = [...PATCH_KINDS, outOfOrder, duplicate, unknownUntilPut, slowSuccess];
