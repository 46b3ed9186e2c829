import * as z from 'zod';
import { altered, nothing, onRequest } from '../editing/altered.ts';
import { type WrittenToken, writtenToken } from '../editing/authorization.ts';
import { encodeBase64 } from '../editing/base64.ts';
import { dropHeaders, hasHeader, setHeader, withHeaders } from '../editing/headers.ts';
import { NO_PARAMETERS } from '../editing/parameters.ts';
import { type FaultKind, faultKind, type Using, type WantedToken } from '../kind.ts';

const SENT = { operation: 'locations.list', version: '2.2.1', direction: 'send' } as const;
const NAME = 'Authorization';

interface Rewriting<S extends z.ZodType> {
  readonly kind: `auth.${string}`;
  readonly title: string;
  readonly explain: (parameters: z.infer<S>) => string;
  readonly parameters: S;
  readonly cases: readonly number[];
  readonly sample?: FaultKind['sample'];
  /** What stands in the header instead, and what was done; or why nothing was. */
  readonly rewrite: (
    written: WrittenToken,
    using: Using<z.infer<S>>,
  ) => { readonly value: string; readonly did: string } | { readonly nothing: string };
}

/** A kind that writes the Authorization header of our requests in another way. */
function rewriting<S extends z.ZodType>({ rewrite, sample = SENT, ...kind }: Rewriting<S>): FaultKind {
  return faultKind<S>({
    ...kind,
    family: 'auth',
    directions: ['send'],
    sample,
    alter: onRequest((message, draft, using) => {
      const version = using.facts.version ?? '2.2.1';
      const written = writtenToken(message.headers, version, using.token('current'));
      if (written === undefined) return nothing('the request carries no token');
      const rewritten = rewrite(written, using);
      if ('nothing' in rewritten) return rewritten;
      return altered(withHeaders(draft, setHeader(message.headers, NAME, rewritten.value)), rewritten.did);
    }),
  });
}

const as = (form: WrittenToken['form'], token: string) => `Token ${form === 'raw' ? token : encodeBase64(token)}`;

/** A kind that sends another token than the one that is due, in the form in which that one was written. */
function anotherToken(which: WantedToken, words: { readonly of: string; readonly none: string }) {
  return ({ form, token }: WrittenToken, using: Using<unknown>) => {
    const other = using.token(which);
    if (other === undefined) return { nothing: words.none };
    if (other === token) return { nothing: `${words.of} is the one that is due` };
    return { value: as(form, other), did: `${words.of} was sent instead of the present one` };
  };
}

export const AUTHORIZATION_KINDS: readonly FaultKind[] = [
  rewriting({
    kind: 'auth.raw-token',
    title: 'Token raw',
    explain: () => 'The token is sent as it is, where 2.2 and later want Base64.',
    parameters: NO_PARAMETERS,
    cases: [1, 3],
    rewrite: ({ token, form }) =>
      form === 'raw'
        ? { nothing: 'the token is written raw anyway' }
        : { value: as('raw', token), did: 'the token was sent raw instead of Base64' },
  }),
  rewriting({
    kind: 'auth.base64-token',
    title: 'Token in Base64 where raw is due',
    explain: () => 'The token is sent in Base64, where 2.1.1 wants it as it is.',
    parameters: NO_PARAMETERS,
    cases: [1, 3],
    sample: { ...SENT, version: '2.1.1' },
    rewrite: ({ token, form }) =>
      form === 'base64'
        ? { nothing: 'the token is written in Base64 anyway' }
        : { value: as('base64', token), did: 'the token was sent in Base64 instead of raw' },
  }),
  rewriting({
    kind: 'auth.base64-line-feed',
    title: 'Base64 with a line feed inside',
    explain: () => 'The token is put into Base64 together with a line feed, as `echo TOKEN | base64` does.',
    parameters: NO_PARAMETERS,
    cases: [2],
    rewrite: ({ token }) => ({
      value: as('base64', `${token}\n`),
      did: 'the token was put into Base64 together with a line feed',
    }),
  }),
  rewriting({
    kind: 'auth.base64url',
    title: 'URL-safe Base64',
    explain: () => 'The token is put into Base64 with the alphabet for URLs and without padding.',
    parameters: NO_PARAMETERS,
    cases: [1],
    rewrite: ({ token }) => {
      const plain = encodeBase64(token);
      const safe = plain.replaceAll('+', '-').replaceAll('/', '_').replace(/=+$/, '');
      if (safe === plain) return { nothing: 'this token is the same in both kinds of Base64' };
      return { value: `Token ${safe}`, did: 'the token was written in URL-safe Base64 without padding' };
    },
  }),
  rewriting({
    kind: 'auth.double-base64',
    title: 'Base64 twice',
    explain: () => 'The token is put into Base64 twice.',
    parameters: NO_PARAMETERS,
    cases: [1],
    rewrite: ({ token }) => ({
      value: as('base64', encodeBase64(token)),
      did: 'the token was put into Base64 twice',
    }),
  }),
  faultKind({
    kind: 'auth.wrong-scheme',
    family: 'auth',
    title: 'Another keyword than Token',
    explain: ({ scheme }) =>
      `The token stands behind ${scheme === '' ? 'no keyword' : `the keyword ${scheme}`}, where it is Token.`,
    parameters: z.strictObject({
      scheme: z
        .string()
        .regex(/^[!#$%&'*+.^_`|~0-9A-Za-z-]*$/, 'a word without blanks')
        .max(40)
        .default('Bearer')
        .describe('The keyword before the token; empty for none.'),
    }),
    cases: [],
    directions: ['send'],
    sample: SENT,
    alter: onRequest((message, draft, { parameters: { scheme } }) => {
      const line = message.headers.find(([name]) => name.toLowerCase() === 'authorization')?.[1];
      const rest = /^\S+ +(.*)$/s.exec(line ?? '')?.[1];
      if (rest === undefined) return nothing('the request carries no token');
      const value = scheme === '' ? rest : `${scheme} ${rest}`;
      const did = scheme === '' ? 'the keyword was left out' : `the keyword ${scheme} was written instead of Token`;
      return altered(withHeaders(draft, setHeader(message.headers, NAME, value)), did);
    }),
  }),
  rewriting({
    kind: 'auth.token-a-again',
    title: 'Token A after registration',
    explain: () => 'The registration token A is used on, where the token of the credentials is due.',
    parameters: NO_PARAMETERS,
    cases: [5],
    rewrite: anotherToken('A', { of: 'token A', none: 'no token A of this link is known any more' }),
  }),
  rewriting({
    kind: 'auth.old-token',
    title: 'Old token after a PUT',
    explain: () => 'The token that was valid before the credentials were last changed is used on.',
    parameters: NO_PARAMETERS,
    cases: [],
    rewrite: anotherToken('previous', { of: 'the token before', none: 'this link has had no other token before' }),
  }),
  rewriting({
    kind: 'auth.swapped-token',
    title: "The other side's token",
    explain: () => 'Tokens B and C are swapped: the token that the partner uses to call us is sent to the partner.',
    parameters: NO_PARAMETERS,
    cases: [4],
    rewrite: anotherToken('incoming', {
      of: 'the token that the partner calls us with',
      none: 'the partner has no token to call us with',
    }),
  }),
  rewriting({
    kind: 'auth.over-long-token',
    title: 'Over-long token',
    explain: ({ length }) => `The token is filled up to ${length} characters, where 64 are the most.`,
    parameters: z.strictObject({
      length: z.int().min(65).max(10_000).default(100).describe('Characters of the token.'),
    }),
    cases: [],
    rewrite: ({ token, form }, { parameters: { length } }) => ({
      value: as(form, token.padEnd(length, 'x')),
      did: `the token was filled up to ${length} characters`,
    }),
  }),
  faultKind({
    kind: 'auth.missing',
    family: 'auth',
    title: 'No Authorization header',
    explain: () => 'The request is sent without an Authorization header.',
    parameters: NO_PARAMETERS,
    cases: [],
    directions: ['send'],
    sample: SENT,
    alter: onRequest((message, draft) =>
      hasHeader(message.headers, NAME)
        ? altered(withHeaders(draft, dropHeaders(message.headers, NAME)), 'the Authorization header was left out')
        : nothing('the request carries no token'),
    ),
  }),
];
