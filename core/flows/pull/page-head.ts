import type { Finding } from '../../ocpi/findings.ts';
import { readPagingHeaders } from '../../ocpi/paging.ts';
import { formatPartyId, samePartyId } from '../../ocpi/party-id.ts';
import { headerValue, type RawHeaders } from '../../ocpi/raw-headers.ts';
import { type Routing, readRouting } from '../../ocpi/routing.ts';
import type { Version } from '../../ocpi/versions.ts';

/** What the head of a page tells before anybody has read its body. */
export interface PageHead {
  /** The next page, at the same origin, to be followed byte for byte. */
  readonly next?: string;
  /** A next page at another origin: our token must not go there. */
  readonly foreign?: string;
  readonly total?: number;
  readonly limit?: number;
  /** The partner's clock, milliseconds since the epoch. */
  readonly at?: number;
  /** The party that request or answer name as sender and addressee at once. */
  readonly selfAddressed?: string;
  readonly findings: readonly Finding[];
}

export interface HeadContext {
  /** The page's own URL. */
  readonly url: string;
  readonly version: Version;
  /** Of the request. */
  readonly routing?: Routing | undefined;
}

/** Reads paging headers, clock and routing of an answered page (digest 1.6, 1.10). */
export function readPageHead(headers: RawHeaders, { url, version, routing }: HeadContext): PageHead {
  const { next, totalCount, limit, findings } = readPagingHeaders(headers, url);
  const foreign = next !== undefined && new URL(next).origin !== new URL(url).origin;
  const at = Date.parse(headerValue(headers, 'date') ?? '');
  const selfAddressed = routing === undefined ? undefined : selfAddressedBy(headers, version, routing);
  return {
    ...(next === undefined ? {} : foreign ? { foreign: next } : { next }),
    ...(totalCount === undefined ? {} : { total: totalCount }),
    ...(limit === undefined ? {} : { limit }),
    ...(Number.isNaN(at) ? {} : { at }),
    ...(selfAddressed === undefined ? {} : { selfAddressed }),
    findings,
  };
}

/** The answer goes back to whom it came from when our own request, or the answer's headers, name one party twice. */
function selfAddressedBy(headers: RawHeaders, version: Version, asked: Routing): string | undefined {
  const answered = readRouting(headers, { version, functional: true });
  for (const { to, from } of [asked, answered]) {
    if (to && from && samePartyId(to, from)) return formatPartyId(to);
  }
  const swapped = asked.to && answered.to && asked.from && !samePartyId(asked.to, asked.from);
  return swapped && answered.to && asked.to && samePartyId(answered.to, asked.to)
    ? formatPartyId(answered.to)
    : undefined;
}

/** The same URL with its offset smaller by `less`; undefined where it has none that can be changed. */
export function withSmallerOffset(url: string, less: number): string | undefined {
  const match = /([?&]offset=)(\d{1,15})(?=&|#|$)/.exec(url);
  const offset = Number(match?.[2] ?? 0);
  if (match === null || offset === 0) return undefined;
  const at = match.index + (match[1]?.length ?? 0);
  return url.slice(0, at) + String(Math.max(0, offset - less)) + url.slice(at + (match[2]?.length ?? 0));
}
