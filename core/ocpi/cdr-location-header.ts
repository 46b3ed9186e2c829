import { type Finding, finding } from './findings.ts';
import { headerValue, type RawHeaders } from './raw-headers.ts';

export interface StoredCdr {
  /** Where the receiver keeps its copy, absolute; absent when nothing tells. */
  readonly url?: string;
  readonly findings: readonly Finding[];
}

export interface CdrAnswer {
  readonly headers: RawHeaders;
  /** `data` of the envelope; some receivers put the URL there. */
  readonly data?: unknown;
  /** What the CDR was posted to. */
  readonly requestUrl: string;
}

/** Where a CDR that was posted can be read back (digest 6.3, T43): the Location header, a relative one too, else `data`. */
export function readCdrLocation({ headers, data, requestUrl }: CdrAnswer): StoredCdr {
  const pointer = 'header:Location';
  const header = headerValue(headers, 'Location')?.trim();
  if (header) {
    const url = resolve(header, requestUrl);
    if (url === undefined) return missing(header);
    if (/^https?:/i.test(header)) return { url: header, findings: [] };
    const details = { pointer, met: header, expected: 'an absolute URL' };
    return { url, findings: [finding('cdr.location-header-relative', details)] };
  }
  if (typeof data === 'string' && /^https?:\/\//i.test(data) && URL.canParse(data)) {
    return {
      url: data,
      findings: [finding('cdr.location-in-body', { pointer: '/data', met: data, expected: 'the header' })],
    };
  }
  return missing('no header');
}

function resolve(location: string, requestUrl: string): string | undefined {
  if (!URL.canParse(location, requestUrl)) return undefined;
  const { protocol, href } = new URL(location, requestUrl);
  return protocol === 'http:' || protocol === 'https:' ? href : undefined;
}

function missing(met: string): StoredCdr {
  const details = { pointer: 'header:Location', met, expected: 'the URL of the stored CDR' };
  return { findings: [finding('cdr.location-header-missing', details)] };
}
