import { writeAuthorization } from '../ocpi/authorization.ts';
import { entryById } from '../ocpi/catalogue.ts';
import { type MessageIds, writeMessageIds } from '../ocpi/message-ids.ts';
import type { RawHeaders } from '../ocpi/raw-headers.ts';
import { type Routing, writeRouting } from '../ocpi/routing.ts';
import { atLeast22, type Version } from '../ocpi/versions.ts';

export interface HeaderOptions {
  readonly operation: string;
  readonly version?: Version | undefined;
  readonly token?: { readonly value: string; readonly form: 'raw' | 'base64' } | undefined;
  readonly routing?: Routing | undefined;
  readonly ids: MessageIds;
  readonly hasBody: boolean;
  readonly userAgent: string;
  /** Lines of the caller's own; a name of ours that stands among them is left to the caller. */
  readonly extra?: RawHeaders | undefined;
}

/** The header lines of a call, without those of HTTP itself (digest 1.2, 1.3). */
export function requestHeaders(options: HeaderOptions): RawHeaders {
  const { operation, version, token, routing, ids, hasBody, userAgent, extra = [] } = options;
  const routed = routing && version && atLeast22(version) && entryById(operation)?.functional !== false;
  const ours: RawHeaders = [
    ...(token ? ([['Authorization', writeAuthorization(token.value, token.form)]] as const) : []),
    ['Accept', 'application/json'],
    ...(hasBody ? ([['Content-Type', 'application/json']] as const) : []),
    ['User-Agent', userAgent],
    ...writeMessageIds(ids),
    ...(routed ? writeRouting(routing) : []),
  ];
  if (extra.length === 0) return ours;
  const own = new Set(extra.map(([name]) => name.toLowerCase()));
  return [...ours.filter(([name]) => !own.has(name.toLowerCase())), ...extra];
}
