import { expect, it } from 'vitest';
import { faultKindNamed } from '../../../core/faults/catalogue.ts';
import { draftOf, type Message } from '../../../core/faults/draft.ts';
import type { Using } from '../../../core/faults/kind.ts';
import { sampleFor } from '../../../core/faults/sample.ts';

interface Idle {
  readonly kind: string;
  readonly parameters?: Readonly<Record<string, unknown>>;
  /** Of the sample of the kind; the body as text. */
  readonly message?: { readonly body?: string; readonly status?: number; readonly headers?: [string, string][] };
  readonly token?: Using<unknown>['token'];
  readonly why: string | RegExp;
}

const BARE = '{"status_code":1000,"timestamp":"2026-01-15T12:00:00Z"}';

const CASES: readonly Idle[] = [
  {
    kind: 'auth.raw-token',
    message: { headers: [['Authorization', 'Token a-raw-token']] },
    why: 'the token is written raw anyway',
  },
  {
    kind: 'auth.raw-token',
    message: { headers: [['Authorization', 'Basic abc']] },
    why: 'the request carries no token',
  },
  { kind: 'auth.missing', message: { headers: [] }, why: 'the request carries no token' },
  { kind: 'auth.base64url', message: { headers: [['Authorization', 'Token YWJj']] }, why: /is the same in both/ },
  { kind: 'auth.token-a-again', token: () => undefined, why: 'no token A of this link is known any more' },
  {
    kind: 'auth.token-a-again',
    message: { headers: [['Authorization', 'Token same']] },
    token: () => 'same',
    why: 'token A is the one that is due',
  },
  { kind: 'auth.unauthorized-as', parameters: { whom: 'unknown' }, why: 'the answer is HTTP 200, not 401' },
  {
    kind: 'discovery.http-url',
    message: { body: '{"data":{"version":"2.2.1","endpoints":[{"url":"http://a"}]}}' },
    why: 'there is no https URL',
  },
  { kind: 'discovery.version-string', parameters: { only: '2.0' }, why: 'version 2.0 is not listed' },
  { kind: 'discovery.module-missing', parameters: { module: 'parking' }, why: 'there is no endpoint of parking' },
  {
    kind: 'discovery.roles-missing',
    message: { body: '{"data":{"token":"t"}}' },
    why: 'the credentials have no roles',
  },
  { kind: 'discovery.second-post-accepted', message: { status: 200 }, why: 'the POST was answered HTTP 200, not 405' },
  { kind: 'envelope.data-null', message: { body: '<html></html>' }, why: 'the body is no envelope' },
  { kind: 'envelope.data-missing', message: { body: BARE }, why: 'the envelope has no data anyway' },
  { kind: 'envelope.data-object', message: { body: '{"data":{},"status_code":1000}' }, why: 'data is no list' },
  { kind: 'envelope.cut-json', message: { body: '12' }, why: 'the body is no JSON object or list' },
  { kind: 'envelope.corrupt-gzip', message: { body: '' }, why: 'there is no body' },
  {
    kind: 'envelope.invalid-json',
    parameters: { how: 'single-quotes' },
    message: { body: '[1]' },
    why: /no text in it/,
  },
  { kind: 'envelope.http-500-for-2xxx', parameters: { every: false }, why: 'the answer says 1000, not 2xxx' },
  { kind: 'headers.ids-missing', message: { headers: [] }, why: 'there is no X-Request-ID or X-Correlation-ID' },
  { kind: 'headers.ids-missing', parameters: { onlyErrors: true }, why: 'this is no answer with HTTP 400 and above' },
  { kind: 'headers.routing-swapped', message: { headers: [] }, why: 'there are no routing headers' },
  { kind: 'headers.content-type', parameters: { value: 'application/json' }, why: 'the header says so anyway' },
  { kind: 'headers.duplicate', parameters: { name: 'X-None' }, why: 'there is no X-None' },
];

it.each(CASES)('$kind finds nothing to do and says why: $why', ({ kind, parameters, message, token, why }) => {
  const found = faultKindNamed(kind);
  if (found === undefined) throw new Error(`there is no ${kind}`);
  const sample = sampleFor(found.sample);
  const { body, ...rest } = message ?? {};
  const changed = {
    ...sample.message,
    ...rest,
    ...(body !== undefined && { body: new TextEncoder().encode(body) }),
  } as Message;
  const using: Using<unknown> = {
    parameters: found.parameters.parse(parameters ?? {}),
    facts: sample.facts,
    draw: () => 0.5,
    memory: { get: () => undefined, set: () => {} },
    token: token ?? (() => undefined),
  };
  expect(found.alter?.(draftOf(changed), using)).toEqual({
    nothing: typeof why === 'string' ? why : expect.stringMatching(why),
  });
});

it.each([
  ['auth.wrong-scheme', { scheme: 'two words' }],
  ['auth.over-long-token', { length: 64 }],
  ['envelope.http-status', { status: 99 }],
  ['envelope.ocpi-status', { code: 5000 }],
  ['envelope.cut-json', { share: 1 }],
  ['headers.duplicate', { value: 'two\r\nlines' }],
  ['headers.content-type', { value: 'text/html\n' }],
  ['headers.redirect', { origin: 'ftp://a' }],
  ['discovery.slash-redirect', { status: 301 }],
])('%s refuses the parameters %o', (kind, parameters) => {
  const read = faultKindNamed(kind)?.parameters.safeParse(parameters);
  expect(read?.success).toBe(false);
  expect(read?.error?.issues[0]?.path).toEqual(Object.keys(parameters));
});
