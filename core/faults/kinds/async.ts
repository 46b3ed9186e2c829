import * as z from 'zod';
import { writeAuthorization } from '../../ocpi/authorization.ts';
import { bodyTypeOf } from '../../ocpi/body-types.ts';
import { writeDateTime } from '../../ocpi/date-time.ts';
import { atLeast22 } from '../../ocpi/versions.ts';
import { altered, nothing, onAnswer, onRequest } from '../editing/altered.ts';
import { writtenToken } from '../editing/authorization.ts';
import { only } from '../editing/fitting.ts';
import { setHeader, withHeaders } from '../editing/headers.ts';
import { editJson, objectBody, withJson } from '../editing/json.ts';
import { NO_PARAMETERS } from '../editing/parameters.ts';
import { Delay, leavesLater, onLeaving, sentAgain } from '../editing/sending.ts';
import { type FaultKind, faultKind } from '../kind.ts';
import { milliseconds } from '../wire-words.ts';
import { AUTHORIZE_KINDS } from './async-authorize.ts';

/** What came of a command or a charging profile, told later. */
const RESULT = {
  family: 'async',
  directions: ['send'],
  cases: [28],
  fits: only('commands.result', 'chargingprofiles.result'),
  sample: { operation: 'commands.result', version: '2.2.1', direction: 'send' },
} as const;

/** The answer at once, behind which a result follows. */
const ASKED = {
  family: 'async',
  directions: ['answer'],
  fits: ({ module, interface: side }: { readonly module: string; readonly interface: string }) =>
    (module === 'commands' || module === 'chargingprofiles') && side === 'RECEIVER',
  sample: { operation: 'commands.start-session', version: '2.2.1', direction: 'answer' },
} as const;

const never = faultKind({
  ...RESULT,
  kind: 'async.never',
  title: 'Accepted, and never called back',
  explain: () => 'The result of a command or charging profile is never sent; we go on as if it had been taken.',
  parameters: NO_PARAMETERS,
  alter: onLeaving((_message, draft) => altered({ ...draft, withheld: true }, 'the result was never sent')),
});

const late = faultKind({
  ...RESULT,
  kind: 'async.late',
  title: 'Result too late',
  explain: ({ ms }) => `The result leaves ${milliseconds(ms)} later than it should, behind the time that was promised.`,
  parameters: z.strictObject({
    ms: Delay.default(45_000).describe('Milliseconds by which it is late.'),
  }),
  alter: onLeaving((_message, draft, { parameters: { ms } }) => leavesLater(draft, ms)),
});

const twice = faultKind({
  ...RESULT,
  kind: 'async.twice',
  title: 'Result twice',
  explain: ({ times, ms }) =>
    `The result is sent ${times === 1 ? 'twice' : `${times + 1} times`}, ${milliseconds(ms)} after one another.`,
  parameters: z.strictObject({
    times: z.int().min(1).max(20).default(1).describe('How often it is sent again.'),
    ms: Delay.default(1_000).describe('Milliseconds between one and the next.'),
  }),
  alter: onLeaving((_message, draft, { parameters }) => sentAgain(draft, parameters)),
});

const beforeAnswer = faultKind({
  ...ASKED,
  kind: 'async.before-answer',
  title: 'Result before the answer',
  explain: ({ ms }) => `The result is sent first, and the answer to the command ${milliseconds(ms)} behind it.`,
  parameters: z.strictObject({
    ms: Delay.default(500).describe('Milliseconds between the result and the answer.'),
  }),
  cases: [28],
  alter: onAnswer((_message, draft, { parameters: { ms } }) =>
    altered(
      { ...draft, followUpFirst: ms },
      `what follows the answer went first, and the answer ${milliseconds(ms)} later`,
    ),
  ),
});

const NOBODYS_TOKEN = 'a-token-that-nobody-has-given';

const wrongToken = faultKind({
  ...RESULT,
  kind: 'async.wrong-token',
  title: 'Result with the wrong token',
  explain: ({ token }) =>
    `The result is sent with ${{ unknown: 'a token that nobody knows', A: 'token A of the registration', previous: 'the token before the present one' }[token]}.`,
  parameters: z.strictObject({
    token: z
      .enum(['unknown', 'A', 'previous'])
      .default('unknown')
      .describe('Which token: one that nobody knows, token A of the registration, or the one before the present one.'),
  }),
  alter: onRequest((message, draft, { parameters, facts: { version = '2.2.1' }, token }) => {
    const wanted = parameters.token === 'unknown' ? NOBODYS_TOKEN : token(parameters.token);
    if (wanted === undefined) return nothing('the link has no such token');
    const usual = atLeast22(version) ? 'base64' : 'raw';
    const { form } = writtenToken(message.headers, version) ?? { form: usual };
    const headers = setHeader(message.headers, 'Authorization', writeAuthorization(wanted, form));
    return altered(withHeaders(draft, headers), 'the token was another one');
  }),
});

const wrapped = faultKind({
  ...RESULT,
  kind: 'async.wrapped',
  title: 'Result wrapped',
  explain: ({ how }) =>
    how === 'envelope'
      ? 'The result is sent as data of an envelope, as if it were an answer.'
      : 'The result is sent within an object that is named after its type.',
  parameters: z.strictObject({
    how: z
      .enum(['envelope', 'named'])
      .default('envelope')
      .describe('As data of an envelope, or within an object named after its type.'),
  }),
  alter: onRequest((message, draft, { parameters: { how }, facts }) => {
    const body = objectBody(message);
    const type = facts.entry && facts.version && bodyTypeOf(facts.entry, facts.version);
    if (body === undefined || type === undefined) return nothing('the request has no JSON object as its body');
    const named = `{${JSON.stringify(type.name)}:${body.text}}`;
    const enveloped = `{"data":${body.text},"status_code":1000,"timestamp":"${writeDateTime(facts.now)}"}`;
    const did = how === 'envelope' ? 'the result was put into an envelope' : `the result was put into ${type.name}`;
    return altered(withJson(draft, how === 'envelope' ? enveloped : named), did);
  }),
});

const timeoutThenSession = faultKind({
  ...RESULT,
  kind: 'async.timeout-then-session',
  title: 'TIMEOUT, and then a session',
  explain: () => 'The result of a command that was accepted says TIMEOUT, and what was asked for happens all the same.',
  parameters: NO_PARAMETERS,
  fits: only('commands.result'),
  alter: onRequest((message, draft) => {
    const body = objectBody(message);
    if (body?.json['result'] !== 'ACCEPTED') return nothing('the result is not ACCEPTED');
    return altered(
      withJson(draft, editJson(body.text, [{ at: '/result', set: 'TIMEOUT' }])),
      'the result ACCEPTED became TIMEOUT',
    );
  }),
});

const deadlineShort = faultKind({
  ...ASKED,
  kind: 'async.deadline-short',
  title: 'Deadline that nobody can keep',
  explain: ({ seconds }) =>
    `The answer promises a result within ${seconds} s, and what was asked for happens whenever it does.`,
  parameters: z.strictObject({
    seconds: z.int().min(0).max(86_400).default(1).describe('What the answer says as timeout, in seconds.'),
  }),
  cases: [28, 29],
  alter: onAnswer((message, draft, { parameters: { seconds } }) => {
    const body = objectBody(message);
    const data = body?.json['data'];
    if (body === undefined || typeof data !== 'object' || data === null || !('timeout' in data)) {
      return nothing('the answer names no timeout');
    }
    const text = editJson(body.text, [{ at: '/data/timeout', set: seconds }]);
    return altered(withJson(draft, text), `timeout became ${seconds} s`);
  }),
});

/** Results that are told later, and authorizations. */
export const ASYNC_KINDS: readonly FaultKind[] = [
  never,
  late,
  twice,
  beforeAnswer,
  wrongToken,
  wrapped,
  timeoutThenSession,
  deadlineShort,
  ...AUTHORIZE_KINDS,
];
