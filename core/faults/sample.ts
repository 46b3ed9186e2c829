import { answerTypeOf } from '../ocpi/answer-types.ts';
import { writeAuthorization } from '../ocpi/authorization.ts';
import { bodyTypeOf } from '../ocpi/body-types.ts';
import { type CatalogueEntry, entryById, isPlaceholder } from '../ocpi/catalogue.ts';
import { writeDateTime } from '../ocpi/date-time.ts';
import { isJsonObject, type JsonObject } from '../ocpi/json-value.ts';
import { writeMessageIds } from '../ocpi/message-ids.ts';
import { formatPartyId, type PartyId } from '../ocpi/party-id.ts';
import type { RawHeaders } from '../ocpi/raw-headers.ts';
import { writeRouting } from '../ocpi/routing.ts';
import { appendSegments } from '../ocpi/urls.ts';
import { atLeast22, type Version } from '../ocpi/versions.ts';
import type { AnswerMessage, Message, RequestMessage } from './draft.ts';
import { errorContent, newAnswer } from './editing/answers.ts';
import { queryWith } from './editing/queries.ts';
import type { Facts, FaultKind } from './kind.ts';
import { sampleObject, sampleVersions } from './sample-objects.ts';

/** An exchange that nothing is wrong with, to show a kind on. */
export interface Sample {
  readonly facts: Facts;
  readonly message: Message;
}

/** Always the same, so that what is shown does not change from one look to the next. */
const NOW = Date.UTC(2026, 0, 15, 12);
const US: PartyId = { countryCode: 'NL', partyId: 'WBX' };
const THEM: PartyId = { countryCode: 'SE', partyId: 'VLT' };
const OURS = 'https://workbench.example/ocpi/versions';
const THEIRS = 'https://partner.example/ocpi/versions';
/** What token A, the present one and the others are in a sample. */
export const SAMPLE_TOKENS = {
  A: 'token-a-of-the-sample-0000',
  previous: 'the-token-before-this-0000',
  current: 'the-token-of-the-link-0000',
  incoming: 'the-token-they-call-with-0',
} as const;

/** Objects on a page. */
const LIMIT = 2;
const CHANGED = ['status', 'kwh', 'valid', 'name'];

/** The exchange on which a kind is shown, or on another operation of the same direction. */
export function sampleFor(sample: FaultKind['sample']): Sample {
  const { operation, direction, refusedWith } = sample;
  const entry = entryById(operation);
  if (entry === undefined) throw new Error(`there is no operation ${operation}`);
  const made = new Made(entry, sample);
  const facts = made.facts();
  if (direction === 'send') return { facts, message: made.request };
  return { facts, message: refusedWith === undefined ? made.answer(facts) : refusal(refusedWith, facts) };
}

/** As our server refuses. */
function refusal(status: number, facts: Facts): AnswerMessage {
  const [code, words] = status === 404 ? ([2003, 'unknown object'] as const) : ([2000, 'refused'] as const);
  return newAnswer({ status, content: errorContent(code, words, facts.now) }, facts);
}

/** The parts of one sample; ids are counted as they are needed. */
class Made {
  readonly request: RequestMessage;
  private readonly entry: CatalogueEntry;
  private readonly version: Version;
  private readonly direction: Facts['direction'];
  /** What follows the `?`. */
  private readonly query: string;
  private readonly params: Readonly<Record<string, string>>;
  private ids = 0;

  constructor(entry: CatalogueEntry, { version, direction, query }: FaultKind['sample']) {
    this.entry = entry;
    this.query = entry.items ? (query ?? `limit=${LIMIT}`) : '';
    this.version = version;
    this.direction = direction;
    const type = bodyTypeOf(entry, version);
    const body = type === undefined ? undefined : sampleObject(type, this.context());
    this.params = this.paramsOf(body);
    this.request = this.requestWith(entry.method === 'PATCH' && isJsonObject(body) ? changeOf(body) : body);
  }

  facts(): Facts {
    const { entry, direction, request, params } = this;
    return {
      direction,
      operation: entry.id,
      entry,
      ...(entry.id !== 'versions.list' && { version: this.version }),
      request,
      params,
      ownVersionsUrl: OURS,
      ownParties: [
        { role: 'CPO', ...US },
        { role: 'EMSP', ...US },
      ],
      // As they stand in the message that is about to cross, which is ours either way.
      from: formatPartyId(US),
      to: formatPartyId(THEM),
      now: NOW,
    };
  }

  answer(facts: Facts): AnswerMessage {
    const { entry, version } = this;
    const type = answerTypeOf(entry, version);
    const one = () => (type === undefined ? undefined : sampleObject(type, this.context()));
    const data = entry.id === 'versions.list' ? sampleVersions(this.context()) : entry.items ? [one(), one()] : one();
    const text = JSON.stringify({
      ...(data !== undefined && { data }),
      status_code: 1000,
      status_message: 'Success',
      timestamp: writeDateTime(NOW),
    });
    const next = queryWith(this.query, { offset: LIMIT, limit: LIMIT });
    const isLast = /(?:^|&)offset=/.test(this.query);
    const paged: RawHeaders = [
      ['X-Total-Count', String(2 * LIMIT)],
      ['X-Limit', String(LIMIT)],
      ...(isLast ? [] : [['Link', `<${this.address()}?${next}>; rel="next"`] as const]),
    ];
    const located: RawHeaders = entry.id === 'cdrs.post' ? [['Location', `${this.address()}/ID1`]] : [];
    const created = entry.id === 'cdrs.post' ? 201 : 200;
    const content = { text, type: 'application/json' };
    return newAnswer({ status: created, content, headers: entry.items ? paged : located }, facts);
  }

  private context() {
    const ours = this.direction === 'send' || this.entry.interface !== 'RECEIVER';
    return {
      now: NOW,
      newId: () => `ID${++this.ids}`,
      party: ours ? US : THEM,
      versionsUrl: OURS,
    };
  }

  private paramsOf(body: unknown): Record<string, string> {
    const names = this.entry.path.filter(isPlaceholder).map(segment => segment.slice(1, -1));
    const owner = this.context().party;
    const own = isJsonObject(body) ? (body['uid'] ?? body['id'] ?? body['terminal_id']) : undefined;
    const given: Readonly<Record<string, string>> = { country_code: owner.countryCode, party_id: owner.partyId };
    const value = (name: string, at: number) =>
      given[name] ?? (at === names.length - 1 && typeof own === 'string' ? own : `ID${++this.ids}`);
    return Object.fromEntries(names.map((name, at) => [name, value(name, at)]));
  }

  private address(): string {
    const { entry, version, direction, params } = this;
    const root = (direction === 'send' ? THEIRS : OURS).replace(/\/versions$/, '');
    if (entry.base === 'versions-url') return `${root}/versions`;
    if (entry.base === 'version-url') return `${root}/${version}`;
    const side = version === '2.1.1' || entry.interface === 'NONE' ? [] : [entry.interface.toLowerCase()];
    if (entry.base === 'given-url') return appendSegments(root, version, ...side, entry.module, 'results', 'ID1');
    const path = entry.path.map(segment => (isPlaceholder(segment) ? (params[segment.slice(1, -1)] ?? '') : segment));
    return appendSegments(root, version, ...side, entry.module, ...path);
  }

  private requestWith(body: unknown): RequestMessage {
    const { entry, version, direction } = this;
    const { pathname, host } = new URL(this.address());
    const query = this.query === '' ? '' : `?${this.query}`;
    const bytes = new TextEncoder().encode(body === undefined ? '' : JSON.stringify(body));
    const routing = { to: direction === 'send' ? THEM : US, from: direction === 'send' ? US : THEM };
    const routed = entry.functional && atLeast22(version);
    return {
      side: 'send',
      method: entry.method,
      url: direction === 'send' ? `${this.address()}${query}` : `${pathname}${query}`,
      headers: [
        ['Host', host],
        ['Authorization', writeAuthorization(SAMPLE_TOKENS.current, atLeast22(version) ? 'base64' : 'raw')],
        ['Accept', 'application/json'],
        ...(bytes.length > 0 ? [['Content-Type', 'application/json'] as const] : []),
        ...(version === '2.1.1' ? [] : writeMessageIds({ requestId: 'request-1', correlationId: 'correlation-1' })),
        ...(routed ? writeRouting(routing) : []),
        ...(bytes.length > 0 ? [['Content-Length', String(bytes.length)] as const] : []),
      ],
      body: bytes,
    };
  }
}

/** One field of it, and the moment of the change. */
function changeOf(object: JsonObject): JsonObject {
  const field = CHANGED.find(name => name in object);
  return {
    ...(field !== undefined && { [field]: object[field] ?? null }),
    ...('charging_periods' in object && { charging_periods: object['charging_periods'] ?? null }),
    last_updated: writeDateTime(NOW),
  };
}
