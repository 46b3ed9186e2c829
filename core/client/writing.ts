import type { ExchangeRecord } from '../http/exchange.ts';
import type { OutgoingRequest, WireRequest } from '../http/wire.ts';
import { type MessageIds, readMessageIds } from '../ocpi/message-ids.ts';
import { formatPartyId } from '../ocpi/party-id.ts';
import type { RawHeaders } from '../ocpi/raw-headers.ts';
import { type Routing, readRouting } from '../ocpi/routing.ts';
import type { CallRequest } from './call.ts';
import { requestHeaders } from './request-headers.ts';

/** A call with its header lines and body, ready to be checked and sent. */
export interface WrittenCall {
  readonly request: CallRequest;
  readonly outgoing: OutgoingRequest & { readonly body: Uint8Array };
  readonly ids: MessageIds;
}

export interface WritingParts {
  /** Makes request ids. */
  newId(): string;
  readonly userAgent: string;
}

/** Writes a request; one made elsewhere stays as it was given. */
export function writeCall(parts: WritingParts, request: CallRequest & { readonly correlationId: string }): WrittenCall {
  const { ids, headers, body } = request.asGiven ? readGiven(request.asGiven) : writeOwn(parts, request);
  return { request, ids, outgoing: { method: request.method, url: request.url, headers, body } };
}

interface Written {
  readonly ids: MessageIds;
  readonly headers: RawHeaders;
  readonly body: Uint8Array;
}

function writeOwn(options: WritingParts, request: CallRequest & { correlationId: string }): Written {
  // 2.1.1 has no ids; where no version is agreed yet they do no harm and 2.2 partners want them.
  const ids: MessageIds =
    request.version === '2.1.1' ? {} : { requestId: options.newId(), correlationId: request.correlationId };
  const text = request.text ?? (request.body === undefined ? '' : JSON.stringify(request.body));
  const body = text === '' ? new Uint8Array() : new TextEncoder().encode(text);
  const headers = requestHeaders({
    operation: request.operation,
    version: request.version,
    token: request.token,
    routing: request.routing,
    ids,
    hasBody: body.length > 0,
    userAgent: options.userAgent,
    extra: request.headers,
  });
  return { ids, headers, body };
}

function readGiven({ headers, body }: NonNullable<CallRequest['asGiven']>): Written {
  const { findings: _, ...ids } = readMessageIds(headers, undefined);
  return { ids, headers, body };
}

export interface LeavingCall {
  readonly request: CallRequest;
  readonly ids: MessageIds;
  readonly routing: Routing | undefined;
  readonly wire: WireRequest;
}

/** The exchange as long as it is under way. */
export function openRecord({ request, ids, routing, wire }: LeavingCall, startedAt: number): ExchangeRecord {
  const { linkId, runId, operation, version } = request;
  return {
    direction: 'out',
    operation,
    startedAt,
    request: wire,
    ended: { how: 'open' },
    findings: [],
    ...ids,
    ...(linkId === undefined ? {} : { linkId }),
    ...(runId === undefined ? {} : { runId }),
    ...(version === undefined ? {} : { version }),
    ...(routing?.from ? { fromParty: formatPartyId(routing.from) } : {}),
    ...(routing?.to ? { toParty: formatPartyId(routing.to) } : {}),
  };
}

/** The message as faults left it says itself what its ids and parties are. */
export function marksOf(headers: RawHeaders): { readonly ids: MessageIds; readonly routing: Routing } {
  const { findings: _, ...ids } = readMessageIds(headers, undefined);
  const { findings: __, ...routing } = readRouting(headers, { version: undefined, functional: true });
  return { ids, routing };
}
