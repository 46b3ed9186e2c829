import { type Finding, finding } from './findings.ts';
import { headerValues, type RawHeaders } from './raw-headers.ts';
import { readUrl } from './urls.ts';

export interface LinkRead {
  /** The next page, absolute; as sent where it was absolute already, to be followed byte for byte. */
  readonly next?: string;
  readonly findings: readonly Finding[];
}

const POINTER = 'header:Link';
const EXPECTED = '<absolute URL>; rel="next"';
const ENTRY = /^\s*<([^<>]*)>\s*((?:;[^,;"]*(?:"[^"]*"[^,;"]*)*)*)\s*(?:,|$)/;
const REL = /;\s*rel\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s;,"]+))/i;

/**
 * The `rel="next"` URL of the Link headers of a page (digest 1.6, T39, failures.md 11). `requestUrl`, the absolute URL of
 * the page, is what relative ones are resolved against.
 */
export function readLink(values: readonly string[], requestUrl: string): LinkRead {
  const text = values.join(', ').trim();
  if (values.length === 0) return { findings: [] };
  const links = text === '' ? undefined : splitLinks(text);
  if (!links) return readLoose(text, requestUrl);
  const next = links.find(({ rels }) => rels.includes('next'));
  if (next) return resolve(next.target, requestUrl, next.clean ? [] : [misspelled(text)]);
  const [only] = links;
  if (links.length === 1 && only && only.rels.length === 0) return resolve(only.target, requestUrl, [misspelled(text)]);
  return { findings: [] };
}

export interface PagingRead extends LinkRead {
  readonly totalCount?: number;
  readonly limit?: number;
}

/** Link, X-Total-Count and X-Limit of a page; counts that are absent are notes (T39). */
export function readPagingHeaders(headers: RawHeaders, requestUrl: string): PagingRead {
  const link = readLink(headerValues(headers, 'Link'), requestUrl);
  const findings = [...link.findings];
  const totalCount = readCount(headers, 'X-Total-Count', findings);
  const limit = readCount(headers, 'X-Limit', findings);
  return {
    ...(link.next !== undefined && { next: link.next }),
    ...(totalCount !== undefined && { totalCount }),
    ...(limit !== undefined && { limit }),
    findings,
  };
}

/** The headers of a page we answer; `next`, an absolute URL, only where there is a next page. */
export function writePagingHeaders(page: {
  readonly next?: string;
  readonly totalCount: number;
  readonly limit: number;
}): [string, string][] {
  const lines: [string, string][] = [
    ['X-Total-Count', String(page.totalCount)],
    ['X-Limit', String(page.limit)],
  ];
  return page.next === undefined ? lines : [['Link', `<${page.next}>; rel="next"`], ...lines];
}

interface WrittenLink {
  readonly target: string;
  readonly rels: readonly string[];
  readonly clean: boolean;
}

/** Undefined where the text does not consist of links in angle brackets. */
function splitLinks(text: string): WrittenLink[] | undefined {
  const links: WrittenLink[] = [];
  let rest = text;
  while (rest.trim() !== '') {
    const [whole, target = '', parameters = ''] = ENTRY.exec(rest) ?? [];
    if (whole === undefined) return undefined;
    const [, quoted, odd, bare] = REL.exec(parameters) ?? [];
    const rel = quoted ?? odd ?? bare ?? '';
    const rels = rel.toLowerCase().split(/\s+/).filter(Boolean);
    // RFC 8288 allows rel=next without quotes; single quotes and other cases are misspellings that can be read.
    links.push({ target: target.trim(), rels, clean: odd === undefined && rel === rel.toLowerCase() });
    rest = rest.slice(whole.length);
  }
  return links;
}

/** Without angle brackets: one URL and perhaps a rel can still be meant. */
function readLoose(text: string, requestUrl: string): LinkRead {
  const [target = ''] = text.split(/[;\s]/);
  const bare = target.replace(/^<|>$/g, '');
  const rel = REL.exec(text.slice(target.length));
  const isNext = !rel || (rel[1] ?? rel[2] ?? rel[3])?.toLowerCase() === 'next';
  if (!isNext || !/^(?:https?:\/\/|\/|\?)/i.test(bare))
    return { findings: [unusable(text === '' ? 'an empty header' : text)] };
  return resolve(bare, requestUrl, [misspelled(text)]);
}

function resolve(target: string, requestUrl: string, findings: readonly Finding[]): LinkRead {
  const absolute = readUrl(target);
  if (absolute.url)
    return { next: target, findings: [...findings, ...originFindings(absolute.url, target, requestUrl)] };
  // Only what looks like a path or a query: "None" would resolve as well.
  if (!/^(?:[/?]|\.\.?\/)/.test(target) || !URL.canParse(target, requestUrl)) {
    return { findings: [...findings, unusable(target === '' ? 'an empty URL' : target)] };
  }
  const url = new URL(target, requestUrl);
  const relative = finding('paging.link.relative', { pointer: POINTER, met: target, expected: EXPECTED });
  return { next: url.href, findings: [...findings, relative, ...originFindings(url, target, requestUrl)] };
}

function originFindings(url: URL, met: string, requestUrl: string): Finding[] {
  const { origin } = new URL(requestUrl);
  return url.origin === origin ? [] : [finding('paging.link.origin', { pointer: POINTER, met, expected: origin })];
}

function misspelled(met: string): Finding {
  return finding('paging.link.spelling', { pointer: POINTER, met, expected: EXPECTED });
}

function unusable(met: string): Finding {
  return finding('paging.link.unusable', { pointer: POINTER, met, expected: EXPECTED });
}

function readCount(headers: RawHeaders, name: string, findings: Finding[]): number | undefined {
  const [value] = headerValues(headers, name);
  const details = { pointer: `header:${name}`, met: value ?? 'no header', expected: 'a number of objects' };
  if (value === undefined) {
    findings.push(finding('paging.count.missing', details));
    return undefined;
  }
  const count = /^\s*\d{1,15}\s*$/.test(value) ? Number(value) : undefined;
  if (count === undefined) findings.push(finding('paging.count.unusable', details));
  return count;
}
