import * as z from 'zod';
import { headerValue } from '../../ocpi/raw-headers.ts';
import { altered, nothing, onAnswer } from '../editing/altered.ts';
import { decodeBase64 } from '../editing/authorization.ts';
import { RefusalBody } from '../editing/parameters.ts';
import { type Refusal, refusalWords, refuse, refuseAfterwards } from '../editing/refusal.ts';
import { type FaultKind, faultKind } from '../kind.ts';
import { AUTH_CREDENTIALS_KINDS } from './auth-credentials.ts';
import { AUTHORIZATION_KINDS } from './auth-header.ts';

const ANSWERED = { operation: 'locations.list', version: '2.2.1', direction: 'answer' } as const;
const UNKNOWN_TOKEN = 'Invalid or missing token.';

const unauthorized = faultKind({
  kind: 'auth.unauthorized',
  family: 'auth',
  title: '401 to a good token',
  explain: ({ body }) =>
    `Whoever asks is told ${refusalWords({ status: 401, body })} whatever the token, as by a partner that has lost it; nothing is done.`,
  parameters: z.strictObject({
    body: RefusalBody.default('envelope').describe('What stands in the body of the refusal.'),
  }),
  cases: [4],
  directions: ['answer'],
  sample: ANSWERED,
  before: (_, { parameters: { body }, facts }) => {
    const refusal: Refusal = { status: 401, body, message: UNKNOWN_TOKEN };
    return refuse(refusal, facts, `the token was refused with ${refusalWords(refusal)}`);
  },
});

const unauthorizedAs = faultKind({
  kind: 'auth.unauthorized-as',
  family: 'auth',
  title: '403 or 400 where 401 is due',
  explain: ({ status, whom, body }) =>
    `${whom === 'everybody' ? 'Everybody is refused' : 'A token that is not known is refused'} with ${refusalWords({ status: Number(status), body })} where 401 is due.`,
  parameters: z.strictObject({
    status: z.enum(['400', '403']).default('403').describe('The HTTP status instead of 401.'),
    whom: z
      .enum(['everybody', 'unknown'])
      .default('everybody')
      .describe('Whether good tokens are refused too, or only the status of real refusals changes.'),
    body: RefusalBody.default('framework').describe('What stands in the body of the refusal.'),
  }),
  cases: [19],
  directions: ['answer'],
  sample: ANSWERED,
  before: (_, { parameters: { status, whom, body }, facts }) => {
    if (whom === 'unknown') return undefined;
    const refusal: Refusal = { status: Number(status), body, message: UNKNOWN_TOKEN };
    return refuse(refusal, facts, `the token was refused with ${refusalWords(refusal)}`);
  },
  alter: onAnswer((message, draft, { parameters: { status, body }, facts }) => {
    if (message.status !== 401) return nothing(`the answer is HTTP ${message.status}, not 401`);
    const refusal: Refusal = { status: Number(status), body, message: UNKNOWN_TOKEN };
    return altered(
      refuseAfterwards(draft, message, refusal, facts.now),
      `HTTP 401 was replaced with ${refusalWords(refusal)}`,
    );
  }),
});

const pickyForm = faultKind({
  kind: 'auth.picky-form',
  family: 'auth',
  title: 'Takes the token in one form only',
  explain: ({ form }) =>
    `A token that is written ${form === 'raw' ? 'in Base64' : 'raw'} is refused with HTTP 401, as by a server that wants another form here than elsewhere.`,
  parameters: z.strictObject({
    form: z.enum(['raw', 'base64']).default('raw').describe('The form that is taken; any other is refused.'),
  }),
  cases: [3],
  directions: ['answer'],
  sample: { ...ANSWERED, operation: 'versions.details' },
  before: (_, { parameters: { form }, facts }) => {
    const parameter = /^Token +(\S+)/i.exec(headerValue(facts.request.headers, 'Authorization') ?? '')?.[1];
    if (parameter === undefined) return undefined;
    const met = decodeBase64(parameter) === undefined ? 'raw' : 'base64';
    if (met === form) return undefined;
    const refusal: Refusal = { status: 401, body: 'envelope', message: UNKNOWN_TOKEN };
    return refuse(refusal, facts, `a token written ${met === 'raw' ? 'raw' : 'in Base64'} was refused with HTTP 401`);
  },
});

export const AUTH_KINDS: readonly FaultKind[] = [
  ...AUTHORIZATION_KINDS,
  unauthorized,
  unauthorizedAs,
  pickyForm,
  ...AUTH_CREDENTIALS_KINDS,
];
