import * as z from 'zod';
import type { Draft } from '../draft.ts';
import { altered, nothing, onRequest } from '../editing/altered.ts';
import { bodyText, joinBytes, withBody } from '../editing/body.ts';
import { setHeader, withHeaders } from '../editing/headers.ts';
import { jsonBody } from '../editing/json.ts';
import { NO_PARAMETERS } from '../editing/parameters.ts';
import { type FaultKind, faultKind } from '../kind.ts';

const BOTH = { directions: ['answer', 'send'], family: 'envelope' } as const;
const LIST = { operation: 'locations.list', version: '2.2.1', direction: 'answer' } as const;
const NO_BODY = 'there is no body';
const BYTE_ORDER_MARK = Uint8Array.of(0xef, 0xbb, 0xbf);
/** The head of a gzip stream (RFC 1952), and the beginning of a block of the one type that does not exist (RFC 1951). */
const BROKEN_GZIP = Uint8Array.of(0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 3, 0x07);
const GARBAGE_BYTES = 64;

/** What makes a JSON text none. */
const HOW = {
  'trailing-comma': {
    words: 'a comma stands before its last bracket',
    spoil: (text: string) => `${text.slice(0, -1)},${text.slice(-1)}`,
  },
  comment: { words: 'a comment stands behind it', spoil: (text: string) => `${text} // generated` },
  twice: { words: 'it comes twice', spoil: (text: string) => text + text },
  'single-quotes': {
    words: 'it has single quotes',
    spoil: (text: string) => text.replace(/"(?:[^"\\]|\\.)*"/gs, quoted => `'${quoted.slice(1, -1)}'`),
  },
} as const;

const byteOrderMark = faultKind({
  ...BOTH,
  kind: 'envelope.byte-order-mark',
  title: 'A byte order mark',
  explain: () => 'The body begins with a byte order mark, the bytes EF BB BF.',
  parameters: NO_PARAMETERS,
  cases: [],
  sample: LIST,
  alter: draft => {
    const { body } = draft.message;
    if (body.length === 0) return nothing(NO_BODY);
    return altered(withBody(draft, joinBytes(BYTE_ORDER_MARK, body)), 'a byte order mark was put before the body');
  },
});

const corruptGzip = faultKind({
  ...BOTH,
  kind: 'envelope.corrupt-gzip',
  title: 'Corrupt gzip',
  explain: () => 'The body is said to be gzip and begins like it, but nothing can be unpacked from it.',
  parameters: NO_PARAMETERS,
  cases: [],
  sample: LIST,
  alter: (draft, { draw }) => {
    if (draft.message.body.length === 0) return nothing(NO_BODY);
    const garbage = Uint8Array.from({ length: GARBAGE_BYTES }, (_, at) => Math.floor(draw(`byte ${at}`) * 256));
    const written = withBody(draft, joinBytes(BROKEN_GZIP, garbage));
    const headers = setHeader(written.message.headers, 'Content-Encoding', 'gzip');
    return altered(withHeaders(written, headers), 'the body was replaced with gzip that cannot be unpacked');
  },
});

const invalidJson = faultKind({
  ...BOTH,
  kind: 'envelope.invalid-json',
  title: 'Invalid JSON',
  explain: ({ how }) => `The body is no JSON: ${HOW[how].words}.`,
  parameters: z.strictObject({
    how: z
      .enum(['trailing-comma', 'comment', 'twice', 'single-quotes'])
      .default('trailing-comma')
      .describe(
        'What is wrong with it: a comma before the last bracket, a comment behind it, two values, or single quotes.',
      ),
  }),
  cases: [],
  sample: LIST,
  alter: (draft, { parameters: { how } }) => {
    const text = jsonText(draft);
    if (text === undefined) return nothing('the body is no JSON object or list');
    const spoiled = HOW[how].spoil(text);
    if (isJson(spoiled)) return nothing('there is no text in it whose quotes could be wrong');
    return altered(withBody(draft, spoiled), `the body was made invalid JSON: ${HOW[how].words}`);
  },
});

const cutJsonText = faultKind({
  ...BOTH,
  kind: 'envelope.cut-json',
  title: 'JSON cut short',
  explain: ({ share }) =>
    `Only the first ${Math.round(share * 100)} percent of the body is sent, with a Content-Length that fits what is left of it.`,
  parameters: z.strictObject({
    share: z.number().gt(0).lt(1).default(0.5).describe('How much of the text is left, as a share of its characters.'),
  }),
  cases: [],
  sample: LIST,
  alter: (draft, { parameters: { share } }) => {
    const text = jsonText(draft);
    if (text === undefined) return nothing('the body is no JSON object or list');
    const kept = text.slice(0, Math.min(text.length - 1, Math.max(1, Math.floor(text.length * share)))).toWellFormed();
    return altered(withBody(draft, kept), `the body was cut behind ${kept.length} of ${text.length} characters`);
  },
});

const emptyBody = faultKind({
  kind: 'envelope.empty-body',
  family: 'envelope',
  title: 'A request without its body',
  explain: () => 'The request is sent with an empty body, where an object is due.',
  parameters: NO_PARAMETERS,
  cases: [],
  directions: ['send'],
  fits: ({ request }) => request !== undefined,
  sample: { operation: 'locations.put', version: '2.2.1', direction: 'send' },
  alter: onRequest((message, draft) =>
    message.body.length === 0 ? nothing(NO_BODY) : altered(withBody(draft, ''), 'the body was left out'),
  ),
});

function isJson(text: string): boolean {
  return jsonBody({ headers: [], body: new TextEncoder().encode(text) }) !== undefined;
}

/** A body that is a JSON object or list, without blanks around it: no beginning of it is JSON. */
function jsonText({ message }: Draft): string | undefined {
  if (jsonBody(message) === undefined) return undefined;
  const text = bodyText(message)?.trim() ?? '';
  return /^[[{]/.test(text) ? text : undefined;
}

export const BODY_KINDS: readonly FaultKind[] = [byteOrderMark, corruptGzip, invalidJson, cutJsonText, emptyBody];
