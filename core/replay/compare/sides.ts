import type { ReplayStepView } from '../../contract/replay.ts';
import { isJsonObject } from '../../ocpi/json-value.ts';
import { headerValue, type RawHeaders } from '../../ocpi/raw-headers.ts';
import { splitPath } from '../../ocpi/urls.ts';
import type { Plan } from '../plan.ts';
import { expectedAnswer, expectedRequest } from '../rebase/expected.ts';
import type { RequestStep, SpokenExchange, SpokenMessage } from '../recording.ts';
import { readBody } from './body.ts';
import { nearest } from './nearest.ts';

export interface SidesOf {
  readonly plan: Plan;
  readonly step: RequestStep;
  /** Undefined where nothing has come yet. */
  readonly met: SpokenExchange | undefined;
}

/** Lines that say something; those of the transport, and ids that are new in each message, would only be in the way. */
const SHOWN = [
  'Authorization',
  'Content-Type',
  'Content-Encoding',
  'OCPI-to-country-code',
  'OCPI-to-party-id',
  'OCPI-from-country-code',
  'OCPI-from-party-id',
  'X-Total-Count',
  'X-Limit',
  'Link',
  'Location',
  'Retry-After',
];

/**
 * Request and answer of a step, expected against met, laid out alike line by line: the fields of objects stand in the order of
 * the recording on both sides, new ones behind them. Ids, parties and times of the recording stand as they are called now;
 * sealed tokens stay sealed. A scenario expects of an answer what it says, and no more: that side is empty then.
 */
export function sidesOf({ plan, step, met }: SidesOf): ReplayStepView['sides'] {
  const spoken = met === undefined || step.by === 'us' ? step.spoken : nearest(step, met);
  const request = expectedRequest(plan, step, spoken);
  const answer = plan.recording.made === 'written' ? undefined : expectedAnswer(plan, step, spoken);
  const requests = layOut(
    {
      ...spoken.request,
      start: startOf(request.method, urlBeside(request.url, met)),
      headers: request.headers,
      text: request.text,
    },
    met && { ...met.request, start: startOf(met.method, met.url) },
  );
  const answers = layOut(
    answer && { ...answer, start: statusLine(answer.status, answer.statusText) },
    met?.answer && { ...met.answer, start: statusLine(met.answer.status, met.answer.statusText) },
  );
  return [
    { what: 'request', ...requests },
    { what: 'answer', expected: answers.expected, met: answers.met || endedText(met) },
  ];
}

interface Shown extends SpokenMessage {
  readonly start: string;
}

function layOut(expected: Shown | undefined, met: Shown | undefined): { expected: string; met: string } {
  const bodies = [expected && readBody(expected), met && readBody(met)] as const;
  const order = bodies[0]?.kind === 'json' ? bodies[0].json : undefined;
  const textOf = (message: Shown, body: (typeof bodies)[number]) =>
    [
      message.start,
      ...SHOWN.flatMap(name => linesOf(message.headers, name)),
      '',
      body?.kind === 'json' ? JSON.stringify(inOrder(body.json, order), null, 2) : plainText(message),
    ].join('\n');
  return { expected: expected ? textOf(expected, bodies[0]) : '', met: met ? textOf(met, bodies[1]) : '' };
}

function linesOf(headers: RawHeaders, name: string): string[] {
  if (headerValue(headers, name) === undefined) return [];
  return headers.filter(([key]) => key.toLowerCase() === name.toLowerCase()).map(([, value]) => `${name}: ${value}`);
}

function plainText({ text, length, shortened }: SpokenMessage): string {
  if (shortened) return `${text ?? ''}\n… (${length} bytes, of which the beginning is kept)`;
  return text ?? (length > 0 ? `(${length} bytes that are no text)` : '');
}

/** Of what is awaited only the part behind our endpoint is known before: it came at the endpoint that it came at. */
function urlBeside(expected: string, met: SpokenExchange | undefined): string {
  const [then, now] = [splitPath(expected), splitPath(met?.url ?? '')];
  const isBehind = now.path.endsWith(then.path.replace(/\/$/, ''));
  return isBehind ? `${now.path}${then.query === '' ? '' : `?${then.query}`}` : expected;
}

/** The path and query: hosts are those of today on both sides. */
function startOf(method: string, url: string): string {
  const { path, query } = splitPath(url);
  return `${method} ${path}${query === '' ? '' : `?${query}`}`;
}

function statusLine(status: number, text: string): string {
  return `HTTP ${status}${text === '' ? '' : ` ${text}`}`;
}

function endedText(met: SpokenExchange | undefined): string {
  return met === undefined ? '' : `(no answer: ${met.ended.how})`;
}

const DEEPEST = 100;

/** The value with its fields in the order in which another one has them. Elements of lists stay where they are. */
function inOrder(value: unknown, order: unknown, depth = 0): unknown {
  if (depth > DEEPEST) return value;
  if (Array.isArray(value)) {
    return value.map((element, at) => inOrder(element, Array.isArray(order) ? order[at] : undefined, depth + 1));
  }
  if (!isJsonObject(value)) return value;
  const known = isJsonObject(order) ? order : {};
  const names = [
    ...Object.keys(known).filter(name => Object.hasOwn(value, name)),
    ...Object.keys(value).filter(name => !Object.hasOwn(known, name)),
  ];
  return Object.fromEntries(names.map(name => [name, inOrder(value[name], known[name], depth + 1)]));
}
