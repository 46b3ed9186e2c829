import { headerValue, type RawHeaders } from '../ocpi/raw-headers.ts';
import type { OutgoingRequest } from './wire.ts';

/** Why a request can not be sent at all; nothing was tried. Partners hand out such URLs, so callers check first. */
export interface Unsendable {
  readonly code: 'url' | 'scheme' | 'credentials-in-url' | 'method' | 'header-name' | 'header-value';
  readonly message: string;
  readonly advice: string;
}

/** Thrown by `Send` for a request that `checkOutgoing` refuses: a caller forgot to check. */
export class UnsendableRequest extends Error {
  override readonly name = 'UnsendableRequest';
  readonly problem: Unsendable;

  constructor(problem: Unsendable) {
    super(problem.message);
    this.problem = problem;
  }
}

const HTTP_NAME = /^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/;
/** Characters that would end or break a header line, or that one byte cannot hold. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is looked for
const HEADER_BREAKING = /[\u0000-\u0008\u000a-\u001f\u007f]|[^\u0000-\u00ff]/;
const ABSOLUTE = /^https?:\/\/[^/?#\\]+([^#]*)/i;
/** What a request target may hold on the wire without escaping. */
const TARGET = /^[\u0021-\u007e]*$/;

/** Says why a request cannot be sent; undefined when it can. */
export function checkOutgoing({ method, url, headers }: OutgoingRequest): Unsendable | undefined {
  if (!HTTP_NAME.test(method)) {
    return {
      code: 'method',
      message: `"${method}" is no HTTP method.`,
      advice: 'Use GET, POST, PUT, PATCH or DELETE.',
    };
  }
  for (const [name, value] of headers) {
    if (!HTTP_NAME.test(name)) {
      return {
        code: 'header-name',
        message: `"${name}" is no header name.`,
        advice: 'Header names are letters, digits and dashes.',
      };
    }
    if (HEADER_BREAKING.test(value)) {
      // The value may be a token: it is not quoted.
      return {
        code: 'header-value',
        message: `The value of the header ${name} holds a line break or a character that no header can carry.`,
        advice: 'Look for a line feed at its end; copied tokens often have one.',
      };
    }
  }
  return checkUrl(url);
}

function checkUrl(url: string): Unsendable | undefined {
  const parsed = URL.parse(url);
  if (!parsed) {
    return {
      code: 'url',
      message: `"${url}" is no absolute URL.`,
      advice: 'It has to begin with https:// or http://.',
    };
  }
  if (parsed.protocol !== 'http:' && parsed.protocol !== 'https:') {
    return {
      code: 'scheme',
      message: `"${url}" is not an http or https URL.`,
      advice: 'It has to begin with https:// or http://.',
    };
  }
  if (parsed.username !== '' || parsed.password !== '') {
    return {
      code: 'credentials-in-url',
      message: `The URL of ${parsed.host} holds a user name or password.`,
      advice: 'OCPI authenticates with the Authorization header: take the part before the @ out of the URL.',
    };
  }
  if (!ABSOLUTE.test(url)) {
    return {
      code: 'url',
      message: `"${url}" has no host after two slashes.`,
      advice: 'Write it as https://host/path, with two slashes before the host.',
    };
  }
  return undefined;
}

/** A request that may leave: where it goes, and its header lines as they will cross the wire. */
export interface Prepared {
  readonly target: Target;
  readonly headers: RawHeaders;
}

const prepared = new WeakMap<OutgoingRequest, Prepared>();

/** Looked at once: whoever records a request before it leaves asks for the same as who sends it. */
export function prepare(
  request: OutgoingRequest,
): (Prepared & { readonly problem?: undefined }) | { readonly problem: Unsendable } {
  const known = prepared.get(request);
  if (known !== undefined) return known;
  const problem = checkOutgoing(request);
  if (problem !== undefined) return { problem };
  const target = targetOf(request.url);
  const made = { target, headers: completeHeaders(request, target) };
  prepared.set(request, made);
  return made;
}

/** Where a request goes and what it asks for there. */
export interface Target {
  readonly secure: boolean;
  /** Without the brackets of an IPv6 address. */
  readonly host: string;
  readonly port: number;
  /** `https://host:port`, lower case. */
  readonly origin: string;
  /** What the Host header says. */
  readonly authority: string;
  /** Path and query as they were given, not normalised (T11: URLs are followed byte for byte). */
  readonly path: string;
}

/** Takes a checked URL apart. */
export function targetOf(url: string): Target {
  const parsed = new URL(url);
  const secure = parsed.protocol === 'https:';
  const given = ABSOLUTE.exec(url)?.[1] ?? '';
  const path = TARGET.test(given) ? given : parsed.pathname + parsed.search;
  return {
    secure,
    host: parsed.hostname.replace(/^\[|\]$/g, ''),
    port: Number(parsed.port) || (secure ? 443 : 80),
    origin: parsed.origin,
    authority: parsed.host,
    path: path.startsWith('/') ? path : `/${path}`,
  };
}

const WITH_BODY = new Set(['POST', 'PUT', 'PATCH']);

/**
 * The header lines as they will cross the wire: those given, in their order and case, with Host before and
 * Content-Length and Connection behind them where they were not given. Node's client then adds nothing of its own.
 */
export function completeHeaders(request: OutgoingRequest, target: Target): RawHeaders {
  const { headers, body, method } = request;
  const has = (name: string) => headerValue(headers, name) !== undefined;
  const lines = [...headers];
  if (!has('host')) lines.unshift(['Host', target.authority]);
  const length = body?.length ?? 0;
  if ((length > 0 || WITH_BODY.has(method)) && !has('content-length') && !has('transfer-encoding')) {
    lines.push(['Content-Length', String(length)]);
  }
  if (!has('connection')) lines.push(['Connection', 'keep-alive']);
  return lines;
}
