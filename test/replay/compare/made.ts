import type { RewriteKind } from '../../../core/contract/rewrite-kind.ts';
import { compareStep } from '../../../core/replay/compare/compare-step.ts';
import { createMapping } from '../../../core/replay/mapping.ts';
import type { Plan } from '../../../core/replay/plan.ts';
import type { Recording, RequestStep, SpokenAnswer, SpokenExchange } from '../../../core/replay/recording.ts';

export const NOW = Date.UTC(2026, 4, 4, 10);
const HOUR = 3_600_000;

export const IDS: [string, string][] = [
  ['X-Request-ID', 'r1'],
  ['X-Correlation-ID', 'c1'],
];
export const ROUTING: [string, string][] = [
  ['OCPI-to-party-id', 'TNM'],
  ['OCPI-to-country-code', 'NL'],
  ['OCPI-from-party-id', 'WBX'],
  ['OCPI-from-country-code', 'SE'],
];
const SWAPPED: [string, string][] = [
  ['OCPI-to-party-id', 'WBX'],
  ['OCPI-to-country-code', 'SE'],
  ['OCPI-from-party-id', 'TNM'],
  ['OCPI-from-country-code', 'NL'],
];

export function envelopeOf(data: unknown, code = 1000): string {
  return JSON.stringify({
    ...(data !== undefined && { data }),
    status_code: code,
    status_message: 'Success',
    timestamp: '2026-05-03T10:00:00Z',
  });
}

/** An exchange as it would stand in the history. */
export interface Made {
  readonly operation?: string;
  readonly method?: string;
  readonly url?: string;
  /** A JSON value or a text. */
  readonly body?: unknown;
  readonly answer?: unknown;
  readonly status?: number;
  readonly requestHeaders?: SpokenAnswer['headers'];
  readonly headers?: SpokenAnswer['headers'];
  readonly ended?: SpokenExchange['ended'];
  readonly durationMs?: number | null;
  readonly startedAt?: number;
}

/** A GET of a session that goes well, unless said otherwise. `answer` is `data` of the envelope, or a text as it came. */
export function spoken(made: Made = {}): SpokenExchange {
  const { operation = 'sessions.get-pushed', method = 'GET', status = 200, ended = { how: 'complete' } } = made;
  const answer = typeof made.answer === 'string' ? made.answer : envelopeOf(made.answer);
  const body = made.body === undefined || typeof made.body === 'string' ? made.body : JSON.stringify(made.body);
  const json: [string, string][] = [['Content-Type', 'application/json']];
  return {
    operation,
    method,
    url: made.url ?? 'https://partner.example/ocpi/2.2.1/sessions/NL/TNM/S1',
    startedAt: made.startedAt ?? NOW - HOUR / 2,
    durationMs: made.durationMs === undefined ? 20 : made.durationMs,
    request: {
      headers: made.requestHeaders ?? [...IDS, ...ROUTING, ...(body === undefined ? [] : json)],
      text: body,
      length: body?.length ?? 0,
      shortened: false,
    },
    answer: {
      status,
      statusText: '',
      headers: made.headers ?? [...json, ...IDS, ...SWAPPED],
      text: answer,
      length: answer.length,
      shortened: false,
    },
    ended,
    fromParty: undefined,
    toParty: undefined,
    requestId: 'r1',
    correlationId: 'c1',
    findings: [],
  };
}

export type Bound = readonly (readonly [kind: RewriteKind, from: string, to: string])[];

export function planOf(
  steps: readonly RequestStep[],
  { bound = [], ...recording }: Partial<Recording> & { bound?: Bound } = {},
): Plan {
  const mapping = createMapping();
  for (const [kind, from, to] of bound) mapping.set(kind, from, to);
  const things = { parties: [], places: [], tokens: [], tariffs: [], terminals: [], has: () => false };
  return {
    recording: {
      title: 'a replay',
      version: '2.2.1',
      made: 'recorded',
      startedAt: NOW - HOUR,
      steps,
      notes: [],
      ...recording,
    },
    steps,
    surroundings: {
      link: 'partner',
      environment: 'test',
      version: recording.version ?? '2.2.1',
      endpoints: [],
      versionsUrl: undefined,
      ours: things,
      theirs: things,
      roles: ['EMSP'],
      now: NOW,
    },
    mapping,
    shiftMs: HOUR,
    movesFrom: NOW - 25 * HOUR,
    rewrites: [],
    notes: [],
    seed: '1',
    view: {
      title: 'a replay',
      to: 'partner',
      environment: 'test',
      version: '2.2.1',
      seed: '1',
      steps: [],
      stepCount: steps.length,
      sends: 0,
      awaits: 0,
      writes: 0,
      rewrites: [],
      notes: [],
      lastsMs: 0,
    },
  };
}

export function stepOf(recorded: SpokenExchange, more: Partial<RequestStep> = {}): RequestStep {
  return { kind: 'request', no: 1, by: 'us', at: 0, spoken: recorded, withinMs: 1000, ...more };
}

export interface Compared {
  readonly by?: 'us' | 'them';
  readonly bound?: Bound;
  readonly strict?: boolean;
}

/** Differences of what came from what was recorded, as `layer where`. */
export function differences(recorded: SpokenExchange, met: SpokenExchange, compared: Compared = {}) {
  const { by = 'us', bound = [], strict = false } = compared;
  const step = stepOf(recorded, { by });
  return compareStep({ plan: planOf([step], { bound }), step, met, strict });
}

export function places(recorded: SpokenExchange, met: SpokenExchange, compared: Compared = {}): string[] {
  return differences(recorded, met, compared).map(({ layer, where }) => `${layer} ${where}`.trim());
}
