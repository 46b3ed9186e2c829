import { ReplayOptions } from '../../../core/contract/replay.ts';
import { entryById } from '../../../core/ocpi/catalogue.ts';
import type { RawHeaders } from '../../../core/ocpi/raw-headers.ts';
import type { Version } from '../../../core/ocpi/versions.ts';
import type { RecordedExchange } from '../../../core/replay/from-exchanges.ts';
import type { SpokenExchange } from '../../../core/replay/recording.ts';
import type { KnownThings, Surroundings } from '../../../core/replay/surroundings.ts';

export const BEGIN = Date.UTC(2025, 4, 1, 10, 0, 0);

/** One exchange as it may stand in the history. */
export interface Said {
  readonly id?: number;
  readonly direction?: 'in' | 'out';
  readonly operation: string;
  /** Behind the endpoint; of a result the whole URL. */
  readonly path?: string;
  readonly url?: string;
  /** Seconds after the begin. */
  readonly at?: number;
  /** A JSON value, or a text as it stands on the wire. */
  readonly body?: unknown;
  readonly data?: unknown;
  readonly answer?: string;
  readonly status?: number;
  readonly version?: Version;
  readonly from?: string | undefined;
  readonly to?: string | undefined;
  readonly headers?: RawHeaders;
  readonly answerHeaders?: RawHeaders;
  readonly shortened?: boolean;
  readonly correlationId?: string;
  readonly run?: { kind: string; id: number };
  readonly faults?: readonly string[];
}

let last = 0;

export function said(what: Said): RecordedExchange {
  const { operation, direction = 'out', path = '', at = 0, version = '2.2.1', status = 200 } = what;
  const entry = entryById(operation);
  const startedAt = BEGIN + at * 1000;
  const text = typeof what.body === 'string' || what.body === undefined ? what.body : JSON.stringify(what.body);
  const envelope = { data: what.data ?? null, status_code: 1000, timestamp: new Date(startedAt).toISOString() };
  const answer = what.answer ?? JSON.stringify(envelope);
  const [we, they] = ['NL-OUR', 'DE-THR'];
  const id = what.id ?? ++last;
  return {
    exchangeId: id,
    direction,
    version,
    operation,
    method: entry?.method ?? 'POST',
    url: what.url ?? `https://then.example/ocpi/${version}/${entry?.module ?? 'custom'}${path}`,
    startedAt,
    durationMs: 20,
    request: {
      headers: what.headers ?? [],
      text,
      length: text === undefined ? 0 : text.length,
      shortened: what.shortened ?? false,
    },
    answer: {
      headers: what.answerHeaders ?? [],
      text: answer,
      length: answer.length,
      shortened: false,
      status,
      statusText: 'OK',
    },
    ended: { how: 'complete' },
    fromParty: 'from' in what ? what.from : direction === 'out' ? we : they,
    toParty: 'to' in what ? what.to : direction === 'out' ? they : we,
    requestId: `request-${id}`,
    correlationId: what.correlationId,
    findings: [],
    ...(what.run !== undefined && { run: what.run }),
    ...(what.faults !== undefined && { faults: what.faults }),
  };
}

/** The same message met today. */
export function met(what: Said): SpokenExchange {
  return said(what);
}

export function things(
  known: Partial<Omit<KnownThings, 'has'>> & { readonly ids?: readonly string[] } = {},
): KnownThings {
  const { ids = [], ...rest } = known;
  return {
    parties: [],
    places: [],
    tokens: [],
    tariffs: [],
    terminals: [],
    ...rest,
    has: (kind, id) => ids.includes(`${kind} ${id}`),
  };
}

export const NOW = Date.UTC(2026, 0, 15, 12, 0, 0);
const MODULES = [
  'locations',
  'sessions',
  'cdrs',
  'tariffs',
  'tokens',
  'commands',
  'chargingprofiles',
  'payments',
  'bookings',
];

export function surroundings(changed: Partial<Surroundings> = {}): Surroundings {
  const { version = '2.2.1' } = changed;
  return {
    link: 'acme',
    environment: 'test',
    version,
    endpoints: MODULES.flatMap(identifier =>
      ['SENDER', 'RECEIVER'].map(role => ({
        identifier,
        role,
        url: `https://acme.example/${role.toLowerCase()}/${identifier}`,
      })),
    ),
    versionsUrl: 'https://acme.example/versions',
    ours: things({ parties: [{ countryCode: 'SE', partyId: 'WBX' }] }),
    theirs: things({ parties: [{ countryCode: 'FR', partyId: 'ACM' }] }),
    roles: ['CPO'],
    now: NOW,
    ...changed,
  };
}

export function options(changed: Partial<ReplayOptions> = {}) {
  return ReplayOptions.parse({ to: 'acme', source: { kind: 'exchanges', ids: [1] }, ...changed });
}
