import * as z from 'zod';
import { altered, nothing } from '../editing/altered.ts';
import { writtenToken } from '../editing/authorization.ts';
import { credentialsIn, holdsCredentials, NO_CREDENTIALS } from '../editing/credentials.ts';
import { editJson, objectBody, withJson } from '../editing/json.ts';
import { NO_PARAMETERS } from '../editing/parameters.ts';
import { type FaultKind, faultKind } from '../kind.ts';

const ANSWERED = { operation: 'credentials.post', version: '2.2.1', direction: 'answer' } as const;

const overLongInCredentials = faultKind({
  kind: 'auth.over-long-credentials-token',
  family: 'auth',
  title: 'Over-long token in credentials',
  explain: ({ length }) =>
    `The token in the credentials object is filled up to ${length} characters, where 64 are the most; calls with what the partner stores then fail.`,
  parameters: z.strictObject({
    length: z.int().min(65).max(10_000).default(100).describe('Characters of the token.'),
  }),
  cases: [],
  directions: ['answer', 'send'],
  fits: holdsCredentials,
  sample: ANSWERED,
  alter: (draft, { parameters: { length } }) => {
    const payload = credentialsIn(draft.message);
    const token = payload?.json['token'];
    if (payload === undefined || typeof token !== 'string') return nothing(NO_CREDENTIALS);
    const text = editJson(payload.text, [{ at: `${payload.at}/token`, set: token.padEnd(length, 'x') }]);
    return altered(withJson(draft, text), `the token of the credentials was filled up to ${length} characters`);
  },
});

const tokenDropped = faultKind({
  kind: 'auth.token-dropped',
  family: 'auth',
  title: 'Credentials without their token',
  explain: () => 'The credentials object crosses without its token, so that the other side has none to call with.',
  parameters: NO_PARAMETERS,
  cases: [4],
  directions: ['answer', 'send'],
  fits: holdsCredentials,
  sample: ANSWERED,
  alter: draft => {
    const payload = credentialsIn(draft.message);
    if (payload === undefined || !Object.hasOwn(payload.json, 'token')) return nothing(NO_CREDENTIALS);
    const text = editJson(payload.text, [{ at: `${payload.at}/token`, drop: true }]);
    return altered(withJson(draft, text), 'the token was left out of the credentials');
  },
});

const tokensSwapped = faultKind({
  kind: 'auth.tokens-swapped',
  family: 'auth',
  title: 'Tokens B and C swapped',
  explain: () =>
    'The credentials carry the token of the other side: an answer the one of the request, a request the one in its Authorization header.',
  parameters: NO_PARAMETERS,
  cases: [4],
  directions: ['answer', 'send'],
  fits: ({ id }) => id === 'credentials.post' || id === 'credentials.put',
  sample: ANSWERED,
  alter: (draft, { facts, token }) => {
    const { message } = draft;
    const payload = credentialsIn(message);
    if (payload === undefined) return nothing(NO_CREDENTIALS);
    const theirs =
      message.side === 'answer'
        ? objectBody(facts.request)?.json['token']
        : writtenToken(message.headers, facts.version ?? '2.2.1', token('current'))?.token;
    if (typeof theirs !== 'string') return nothing('the token of the other side is not known');
    if (payload.json['token'] === theirs) return nothing('both tokens are the same');
    const text = editJson(payload.text, [{ at: `${payload.at}/token`, set: theirs }]);
    return altered(withJson(draft, text), "the token of the credentials was replaced with the other side's");
  },
});

export const AUTH_CREDENTIALS_KINDS: readonly FaultKind[] = [overLongInCredentials, tokenDropped, tokensSwapped];
