import { type Finding, finding, type Severity } from './findings.ts';
import { isLongerThan } from './text-rules.ts';

const LONGEST_URL = 255;

/** The target of a request, split but not decoded. */
export interface SplitTarget {
  /** Without query and fragment. */
  readonly path: string;
  /** Between the slashes, as sent; one trailing slash leaves no segment (T11). */
  readonly segments: readonly string[];
  readonly trailingSlash: boolean;
  /** Behind the first `?`, as sent; empty without one. */
  readonly query: string;
}

/**
 * Joins a partner's endpoint URL and what belongs behind it: one trailing slash stripped, exactly one put between, every
 * segment percent-encoded (T11, T13, T14a). A query of the endpoint URL stays behind the path.
 */
export function appendSegments(base: string, ...segments: readonly string[]): string {
  const end = base.search(/[?#]/);
  const path = end === -1 ? base : base.slice(0, end);
  const rest = end === -1 ? '' : base.slice(end);
  if (segments.length === 0) return base;
  return `${path.replace(/\/$/, '')}/${segments.map(encodeSegment).join('/')}${rest}`;
}

/** The URL with a slash at the end of its path, before a query; as it is where one stands there (T11). */
export function withTrailingSlash(url: string): string {
  const end = url.search(/[?#]/);
  const path = end === -1 ? url : url.slice(0, end);
  return path.endsWith('/') ? url : `${path}/${url.slice(path.length)}`;
}

/** One path segment, safe to stand between slashes; `*` stays readable. */
export function encodeSegment(segment: string): string {
  // URL parsers resolve dots on their own, even percent-encoded ones; encoded they at least reach those that do not.
  if (segment === '.' || segment === '..') return segment.replaceAll('.', '%2E');
  return encodeURIComponent(segment.toWellFormed());
}

/** Decodes a path segment once (T14a); undefined where the percent signs make no UTF-8 text. */
export function decodeSegment(segment: string): string | undefined {
  if (!segment.includes('%')) return segment;
  try {
    return decodeURIComponent(segment);
  } catch {
    return undefined;
  }
}

/** Splits the target of a request (`/ocpi/2.2.1/locations?limit=5`, or an absolute URL). Never throws. */
export function splitPath(target: string): SplitTarget {
  const origin = /^[A-Za-z][A-Za-z0-9+.-]*:\/\/[^/?#]*/.exec(target)?.[0] ?? '';
  const hash = target.indexOf('#', origin.length);
  const whole = target.slice(origin.length, hash === -1 ? undefined : hash);
  const mark = whole.indexOf('?');
  const path = (mark === -1 ? whole : whole.slice(0, mark)) || '/';
  const trailingSlash = path.length > 1 && path.endsWith('/');
  const inner = path.slice(path.startsWith('/') ? 1 : 0, trailingSlash ? -1 : undefined);
  return {
    path,
    segments: inner === '' ? [] : inner.split('/'),
    trailingSlash,
    query: mark === -1 ? '' : whole.slice(mark + 1),
  };
}

/** Adds query parameters, in order, behind whatever query the URL already has; undefined values are left out. */
export function appendQuery(url: string, parameters: Readonly<Record<string, string | number | undefined>>): string {
  const added = Object.entries(parameters)
    .filter(([, value]) => value !== undefined)
    .map(([name, value]) => `${encodeURIComponent(name)}=${encodeURIComponent(String(value).toWellFormed())}`)
    .join('&');
  if (added === '') return url;
  const hash = url.indexOf('#');
  const bare = hash === -1 ? url : url.slice(0, hash);
  const joint = !bare.includes('?') ? '?' : /[?&]$/.test(bare) ? '' : '&';
  return `${bare}${joint}${added}${hash === -1 ? '' : url.slice(hash)}`;
}

export interface UrlRead {
  /** Absent when the text cannot be called. */
  readonly url?: URL;
  readonly findings: readonly Finding[];
}

/**
 * Reads an absolute http(s) URL. `severity` is what an unusable one weighs: a warning inside an object, an error where
 * the registration depends on it. Passwords in the URL are never quoted.
 */
export function readUrl(
  text: string,
  options: { readonly pointer?: string; readonly severity?: Severity } = {},
): UrlRead {
  const { pointer = '', severity } = options;
  const expected = 'an absolute http or https URL';
  const met = text.replace(/\/\/[^/?#]*@/, '//…@');
  const details = { pointer, met, expected, ...(severity && { severity }) };
  if (!/^[A-Za-z][A-Za-z0-9+.-]*:/.test(text)) {
    const looksRelative = /^[./?]/.test(text) || /^[^\s/]+\/\S*$/.test(text);
    return { findings: [finding(looksRelative ? 'url.relative' : 'url.unusable', details)] };
  }
  if (!/^https?:/i.test(text)) return { findings: [finding('url.scheme', details)] };
  const url = /^https?:\/\/[^/?#\s]/i.test(text) && !/\s/.test(text) && URL.canParse(text) ? new URL(text) : undefined;
  if (!url) return { findings: [finding('url.unusable', details)] };
  const findings: Finding[] = [];
  if (isLongerThan(text, LONGEST_URL)) {
    const long = { pointer, met: `${text.length} characters`, expected: `up to ${LONGEST_URL} characters` };
    findings.push(finding('url.too-long', long));
  }
  if (url.username !== '' || url.password !== '') {
    findings.push(finding('url.user-info', { pointer, met, expected: 'no user information' }));
  }
  return { url, findings };
}

/** True for hosts only this machine reaches: `localhost`, 127.0.0.0/8, ::1. `host` as in `URL.hostname`. */
export function isLoopbackHost(host: string): boolean {
  const name = host.toLowerCase().replace(/^\[|\]$/g, '');
  return name === 'localhost' || name.endsWith('.localhost') || name === '::1' || /^127(?:\.\d{1,3}){3}$/.test(name);
}
