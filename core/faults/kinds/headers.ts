import * as z from 'zod';
import { CORRELATION_ID, REQUEST_ID } from '../../ocpi/message-ids.ts';
import { headerValue } from '../../ocpi/raw-headers.ts';
import type { Message } from '../draft.ts';
import { altered, nothing } from '../editing/altered.ts';
import { newAnswer } from '../editing/answers.ts';
import { addHeader, dropHeaders, hasHeader, setHeader, withHeaders } from '../editing/headers.ts';
import { RefusalBody } from '../editing/parameters.ts';
import { refusalWords, refuse } from '../editing/refusal.ts';
import { splitTarget } from '../editing/urls.ts';
import { type FaultKind, faultKind } from '../kind.ts';
import { ROUTING_KINDS } from './headers-routing.ts';

const LIST = { operation: 'locations.list', version: '2.2.1', direction: 'answer' } as const;
const BOTH = { family: 'headers', directions: ['answer', 'send'] } as const;
const ANSWERING = { family: 'headers', directions: ['answer'] } as const;

const Which = z
  .enum(['both', 'request', 'correlation'])
  .default('both')
  .describe('The header: X-Request-ID, X-Correlation-ID, or both.');
type Which = z.infer<typeof Which>;

function idsOf(which: Which): readonly string[] {
  if (which === 'both') return [REQUEST_ID, CORRELATION_ID];
  return [which === 'request' ? REQUEST_ID : CORRELATION_ID];
}

const idWords = (which: Which) => idsOf(which).join(' and ');

/** Errors are what partners forget the ids on most. */
function isError(message: Message): boolean {
  return message.side === 'answer' && message.status >= 400;
}

const idsMissing = faultKind({
  ...BOTH,
  kind: 'headers.ids-missing',
  title: 'No X-Request-ID or X-Correlation-ID',
  explain: ({ which, onlyErrors }) =>
    `${idWords(which)} ${which === 'both' ? 'are' : 'is'} left out${onlyErrors ? ' of answers with HTTP 400 and above' : ''}.`,
  parameters: z.strictObject({
    which: Which,
    onlyErrors: z.boolean().default(false).describe('Only of answers with HTTP 400 and above.'),
  }),
  cases: [20],
  sample: LIST,
  alter: (draft, { parameters: { which, onlyErrors } }) => {
    const { message } = draft;
    if (onlyErrors && !isError(message)) return nothing('this is no answer with HTTP 400 and above');
    const present = idsOf(which).filter(name => hasHeader(message.headers, name));
    if (present.length === 0) return nothing(`there is no ${idsOf(which).join(' or ')}`);
    return altered(withHeaders(draft, dropHeaders(message.headers, ...present)), `${present.join(' and ')} left out`);
  },
});

const idsChanged = faultKind({
  ...ANSWERING,
  kind: 'headers.ids-changed',
  title: 'Another X-Request-ID or X-Correlation-ID',
  explain: ({ which }) =>
    `${idWords(which)} of the answer ${which === 'both' ? 'are' : 'is'} not what the request said.`,
  parameters: z.strictObject({ which: Which }),
  cases: [20],
  sample: LIST,
  alter: (draft, { parameters: { which }, draw }) => {
    const { headers } = draft.message;
    const present = idsOf(which).filter(name => hasHeader(headers, name));
    if (present.length === 0) return nothing(`there is no ${idsOf(which).join(' or ')}`);
    const changed = present.reduce(
      (lines, name) =>
        setHeader(
          lines,
          name,
          drawnId(part => draw(`${name} ${part}`)),
        ),
      headers,
    );
    return altered(withHeaders(draft, changed), `${present.join(' and ')} changed`);
  },
});

/** The text of a random UUID. */
function drawnId(draw: (part: string) => number): string {
  const digits = Array.from({ length: 32 }, (_, at) => Math.floor(draw(String(at)) * 16).toString(16)).join('');
  const variant = '89ab'[Math.floor(draw('variant') * 4)] ?? '8';
  return [
    digits.slice(0, 8),
    digits.slice(8, 12),
    `4${digits.slice(13, 16)}`,
    variant + digits.slice(17, 20),
    digits.slice(20),
  ].join('-');
}

const contentType = faultKind({
  ...BOTH,
  kind: 'headers.content-type',
  title: 'Wrong Content-Type',
  explain: ({ value }) =>
    value === '' ? 'There is no Content-Type.' : `Content-Type says ${value}, while the body is JSON.`,
  parameters: z.strictObject({
    value: headerText(200).default('text/html; charset=utf-8').describe('What the header says; empty: no header.'),
  }),
  cases: [],
  sample: LIST,
  alter: (draft, { parameters: { value } }) => {
    const { headers, body } = draft.message;
    if (body.length === 0) return nothing('there is no body');
    if ((headerValue(headers, 'Content-Type') ?? '') === value) return nothing('the header says so anyway');
    const written = value === '' ? dropHeaders(headers, 'Content-Type') : setHeader(headers, 'Content-Type', value);
    return altered(
      withHeaders(draft, written),
      value === '' ? 'Content-Type was left out' : `Content-Type was set to ${value}`,
    );
  },
});

const duplicate = faultKind({
  ...BOTH,
  kind: 'headers.duplicate',
  title: 'A header twice',
  explain: ({ name, value }) =>
    `The header ${name} comes twice, ${value === '' ? 'with the same value' : `the second time as ${value}`}.`,
  parameters: z.strictObject({
    name: z
      .string()
      .regex(/^[!#$%&'*+.^_`|~0-9A-Za-z-]{1,100}$/, 'a header name')
      .default(REQUEST_ID)
      .describe('The header that comes twice.'),
    value: headerText(1000).default('').describe('What the second one says; empty: the same as the first.'),
  }),
  cases: [],
  sample: LIST,
  alter: (draft, { parameters: { name, value } }) => {
    const { headers } = draft.message;
    const first = headerValue(headers, name);
    if (first === undefined) return nothing(`there is no ${name}`);
    return altered(withHeaders(draft, addHeader(headers, name, value || first)), `${name} was written twice`);
  },
});

const tooManyRequests = faultKind({
  ...ANSWERING,
  kind: 'headers.too-many-requests',
  title: '429 with Retry-After',
  explain: ({ retryAfter, as }) =>
    `HTTP 429 with Retry-After ${as === 'seconds' ? `of ${retryAfter} s` : `as the date in ${retryAfter} s`}; nothing is done.`,
  parameters: z.strictObject({
    retryAfter: z.int().min(0).max(86_400).default(30).describe('After how many seconds it may be tried again.'),
    as: z.enum(['seconds', 'date']).default('seconds').describe('Whether Retry-After is a number or a date.'),
    body: RefusalBody.default('envelope').describe('What stands in the body.'),
  }),
  cases: [],
  sample: LIST,
  before: (_, { parameters: { retryAfter, as, body }, facts }) => {
    const value = as === 'seconds' ? String(retryAfter) : new Date(facts.now + retryAfter * 1000).toUTCString();
    const refusal = { status: 429, body, headers: [['Retry-After', value]] as const };
    return refuse(refusal, facts, `it was answered ${refusalWords(refusal)} and Retry-After: ${value}`);
  },
});

const MARKER = 'redirected=1';

const redirect = faultKind({
  ...ANSWERING,
  kind: 'headers.redirect',
  title: 'A redirect that drops things',
  explain: ({ status, origin }) =>
    `HTTP ${status} to ${origin === '' ? 'the same URL with a marker in its query' : origin}${DROPS[status]}${origin === '' ? '' : ', and most leave the Authorization header behind at another host'}; what comes with the marker is answered.`,
  parameters: z.strictObject({
    status: z.enum(['301', '302', '303', '307', '308']).default('302').describe('The HTTP status.'),
    origin: z
      .union([
        z.literal(''),
        z.string().regex(/^https?:\/\/[^/?#\s]+$/, 'a scheme and a host, as https://www.example.org'),
      ])
      .default('')
      .describe('Scheme and host to go to; empty: those that were asked.'),
  }),
  cases: [10],
  sample: LIST,
  before: (ask, { parameters: { status, origin }, facts }) => {
    const rest = ask.query.split('&').filter(part => part !== MARKER);
    if (rest.join('&') !== ask.query) {
      return { ask: { query: rest.join('&') }, did: 'it came with the marker of the redirect and was let through' };
    }
    const { path, query } = splitTarget(facts.request.url);
    const location = `${origin}${path}${query === '' ? '?' : `${query}&`}${MARKER}`;
    const answer = newAnswer({ status: Number(status), headers: [['Location', location]] }, facts);
    return { answer, did: `it was redirected with HTTP ${status} to ${location}` };
  },
});

const DROPS = {
  '301': ', after which most clients ask with GET and without the body',
  '302': ', after which most clients ask with GET and without the body',
  '303': ', after which clients ask with GET and without the body',
  '307': '',
  '308': '',
} as const;

/** What a header line may hold, so that it stays one line. */
function headerText(longest: number) {
  return z
    .string()
    .max(longest)
    .regex(/^[\t\x20-\x7e\x80-\xff]*$/, 'one line of Latin-1 text');
}

export const HEADER_KINDS: readonly FaultKind[] = [
  idsMissing,
  idsChanged,
  ...ROUTING_KINDS,
  contentType,
  duplicate,
  tooManyRequests,
  redirect,
];
