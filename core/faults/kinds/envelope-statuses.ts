import * as z from 'zod';
import { altered, nothing, onAnswer } from '../editing/altered.ts';
import { withStatus } from '../editing/answers.ts';
import { envelopeBody, ocpiStatus } from '../editing/envelope.ts';
import { editJson, type JsonEdit, withJson } from '../editing/json.ts';
import { HttpStatus, OcpiStatus, RefusalBody } from '../editing/parameters.ts';
import { type Refusal, refusalWords, refuse, refuseAfterwards } from '../editing/refusal.ts';
import { type Asked, type FaultKind, faultKind, type Using } from '../kind.ts';

const LIST = { operation: 'locations.list', version: '2.2.1', direction: 'answer' } as const;
const FAMILY = { family: 'envelope', directions: ['answer'] } as const;

const CarriedOut = z
  .boolean()
  .default(false)
  .describe('Whether what was asked for is done all the same; otherwise nothing is done.');

/** Refuses before or behind the work. */
function refusing<P extends { readonly carriedOut: boolean }>(refusalOf: (parameters: P) => Refusal) {
  const did = (refusal: Refusal) => `it was answered ${refusalWords(refusal)}`;
  return {
    before: (_: unknown, { parameters, facts }: Using<P>): Asked => {
      if (parameters.carriedOut) return undefined;
      const refusal = refusalOf(parameters);
      return refuse(refusal, facts, did(refusal));
    },
    alter: onAnswer<P>((message, draft, { parameters, facts }) => {
      const refusal = refusalOf(parameters);
      return altered(refuseAfterwards(draft, message, refusal, facts.now), did(refusal));
    }),
  };
}

function doneWords(carriedOut: boolean): string {
  return carriedOut ? 'what was asked for is done all the same' : 'nothing is done';
}

const htmlPage = faultKind({
  ...FAMILY,
  kind: 'envelope.html-page',
  title: 'An HTML page',
  explain: ({ status, carriedOut }) =>
    `An HTML page with HTTP ${status}, as a proxy shows it; ${doneWords(carriedOut)}.`,
  parameters: z.strictObject({
    status: HttpStatus.default(502).describe('The HTTP status.'),
    carriedOut: CarriedOut,
  }),
  cases: [19],
  sample: LIST,
  ...refusing<{ status: number; carriedOut: boolean }>(({ status }) => ({ status, body: 'html' })),
});

const frameworkBody = faultKind({
  ...FAMILY,
  kind: 'envelope.framework-body',
  title: '{"detail": ...} of a framework',
  explain: ({ status, detail, carriedOut }) =>
    `HTTP ${status} with the body {"detail": "${detail}"}, as web frameworks answer by themselves; ${doneWords(carriedOut)}.`,
  parameters: z.strictObject({
    status: HttpStatus.default(422).describe('The HTTP status.'),
    detail: z.string().max(500).default('Unprocessable Entity').describe('What stands in detail.'),
    carriedOut: CarriedOut,
  }),
  cases: [19],
  sample: LIST,
  ...refusing<{ status: number; detail: string; carriedOut: boolean }>(({ status, detail }) => ({
    status,
    body: 'framework',
    message: detail,
  })),
});

const httpStatus = faultKind({
  ...FAMILY,
  kind: 'envelope.http-status',
  title: 'Any HTTP status',
  explain: ({ status, body, carriedOut }) =>
    body === 'kept'
      ? `The right answer with HTTP ${status}.`
      : `${refusalWords({ status, body })}; ${doneWords(carriedOut)}.`,
  parameters: z.strictObject({
    status: HttpStatus.default(500).describe('The HTTP status.'),
    body: z
      .enum([...RefusalBody.options, 'kept'])
      .default('envelope')
      .describe('What stands in the body; kept: that of the right answer.'),
    carriedOut: CarriedOut,
  }),
  cases: [],
  sample: LIST,
  before: (_, { parameters: { status, body, carriedOut }, facts }) =>
    carriedOut || body === 'kept'
      ? undefined
      : refuse({ status, body }, facts, `it was answered ${refusalWords({ status, body })}`),
  alter: onAnswer((message, draft, { parameters: { status, body }, facts }) => {
    if (body === 'kept') {
      if (message.status === status) return nothing(`the answer is HTTP ${status} anyway`);
      return altered(withStatus(draft, message, status), `HTTP ${message.status} was replaced with ${status}`);
    }
    const refusal: Refusal = { status, body };
    return altered(refuseAfterwards(draft, message, refusal, facts.now), `it was answered ${refusalWords(refusal)}`);
  }),
});

const ocpiStatusKind = faultKind({
  ...FAMILY,
  kind: 'envelope.ocpi-status',
  title: 'Any OCPI status',
  explain: ({ code, status, data, carriedOut }) =>
    data === 'kept'
      ? `The right answer with OCPI ${code} and HTTP ${status}.`
      : `HTTP ${status} with OCPI ${code} and no data; ${doneWords(carriedOut)}.`,
  parameters: z.strictObject({
    code: OcpiStatus.default(2001).describe('The status code of the envelope.'),
    status: HttpStatus.default(200).describe('The HTTP status.'),
    message: z.string().max(500).default('Refused on purpose').describe('The status message of the envelope.'),
    data: z.enum(['none', 'kept']).default('none').describe('Whether the data of the right answer is kept.'),
    carriedOut: CarriedOut,
  }),
  cases: [],
  sample: LIST,
  before: (_, { parameters: { code, status, message, data, carriedOut }, facts }) =>
    carriedOut || data === 'kept'
      ? undefined
      : refuse({ status, body: 'envelope', ocpi: code, message }, facts, statusesWords(status, code)),
  alter: onAnswer((answer, draft, { parameters: { code, status, message, data }, facts }) => {
    const refusal: Refusal = { status, body: 'envelope', ocpi: code, message };
    if (data === 'none') {
      return altered(refuseAfterwards(draft, answer, refusal, facts.now), statusesWords(status, code));
    }
    const envelope = envelopeBody(answer);
    if (envelope === undefined) return nothing('the body is no envelope whose data could be kept');
    const edits: JsonEdit[] = [
      { at: '/status_code', set: code },
      { at: '/status_message', set: message },
    ];
    const written = withStatus(draft, answer, status);
    return altered(withJson(written, editJson(envelope.text, edits)), statusesWords(status, code));
  }),
});

const disagree = faultKind({
  ...FAMILY,
  kind: 'envelope.statuses-disagree',
  title: 'HTTP and OCPI disagree',
  explain: ({ http, ocpi, carriedOut }) => `HTTP ${http} with OCPI ${ocpi} and no data; ${doneWords(carriedOut)}.`,
  parameters: z.strictObject({
    http: HttpStatus.default(404).describe('The HTTP status.'),
    ocpi: OcpiStatus.default(2003).describe('The status code of the envelope.'),
    carriedOut: CarriedOut,
  }),
  cases: [17],
  sample: LIST,
  ...refusing<{ http: number; ocpi: number; carriedOut: boolean }>(({ http, ocpi }) => ({
    status: http,
    body: 'envelope',
    ocpi,
    message: 'Refused on purpose',
  })),
});

const serverErrorForClientError = faultKind({
  ...FAMILY,
  kind: 'envelope.http-500-for-2xxx',
  title: 'HTTP 500 for each 2xxx',
  explain: ({ every, code }) =>
    every
      ? `Each answer is HTTP 500 with OCPI ${code}; what was asked for is done.`
      : 'Each answer that says 2xxx is HTTP 500, where HTTP 200 is due.',
  parameters: z.strictObject({
    every: z
      .boolean()
      .default(true)
      .describe('Whether answers that say success become such an error too, or only those that say 2xxx change.'),
    code: z.int().min(2000).max(2999).default(2001).describe('The OCPI status of those that said success.'),
  }),
  cases: [17],
  sample: LIST,
  alter: onAnswer((message, draft, { parameters: { every, code }, facts }) => {
    const envelope = envelopeBody(message);
    const met = envelope && ocpiStatus(envelope);
    if (met !== undefined && met >= 2000 && met < 3000) {
      if (message.status === 500) return nothing('the answer is HTTP 500 anyway');
      return altered(withStatus(draft, message, 500), `OCPI ${met} was answered with HTTP 500`);
    }
    if (!every) return nothing(`the answer says ${met === undefined ? 'no OCPI status' : met}, not 2xxx`);
    const refusal: Refusal = { status: 500, body: 'envelope', ocpi: code, message: 'Refused on purpose' };
    return altered(refuseAfterwards(draft, message, refusal, facts.now), `it was answered HTTP 500 with OCPI ${code}`);
  }),
});

function statusesWords(status: number, code: number): string {
  return `it was answered HTTP ${status} with OCPI ${code}`;
}

export const STATUS_KINDS: readonly FaultKind[] = [
  htmlPage,
  frameworkBody,
  httpStatus,
  ocpiStatusKind,
  disagree,
  serverErrorForClientError,
];
