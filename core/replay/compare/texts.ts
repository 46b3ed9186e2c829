import type { RewriteKind } from '../../contract/rewrite-kind.ts';
import { ciEqual } from '../../ocpi/ci-string.ts';
import type { MarkedPlace } from '../rebase/expected.ts';
import { epochOf, isTime, otherSpelling } from './times.ts';
import type { ValueGround } from './values.ts';

/** What ids are called in a sentence. */
const NAMES: Readonly<Partial<Record<RewriteKind, string>>> = {
  session: 'session',
  cdr: 'CDR',
  authorization_reference: 'authorization reference',
  reservation: 'reservation',
  location: 'location',
  evse: 'EVSE',
  connector: 'connector',
  tariff: 'tariff',
  token: 'token',
  contract: 'contract',
  terminal: 'terminal',
  confirmation: 'confirmation',
  capture: 'capture',
  party: 'party',
};
const PLACEHOLDER = /\{token:[\w-]+:([a-z0-9+.-]+):(\d+)\}/g;
/** Characters that a token may have (digest 1.2), and as many in Base64. */
const LONGEST = { raw: 64, encoded: 88 };
/** A last_updated that lies so far behind its own message is ahead of the clock. */
const AHEAD_MS = 60_000;
const SAME_MS = 2_000;

export interface TextPair {
  readonly expected: string;
  readonly met: string;
  readonly path: readonly string[];
  /** What OCPI has there, where that is known, and what the recording has there. */
  readonly mark: Pick<MarkedPlace, 'kind' | 'from'> | undefined;
  readonly ground: ValueGround;
}

/**
 * Why a text does not say what was expected; undefined where it does. Times say the same whatever moments they are; URLs of
 * endpoints, of results and of objects where they are of the same sort; sealed tokens where they are written in the same form.
 */
export function compareTexts({ expected, met, path, mark, ground }: TextPair): string | undefined {
  const kind = mark?.kind;
  if (expected === met) return undefined;
  if (kind === 'time' || isTime(expected, ground.version)) {
    return otherSpelling(expected, met, ground) ?? ahead({ expected, met, path, ground });
  }
  if (kind === 'request-id' || kind === 'correlation-id') return undefined;
  if (withoutTokens(expected) === withoutTokens(met)) return undefined;
  if (kind === 'credentials-token') {
    return 'The token is written in another way than before.';
  }
  if (kind === 'endpoint' || kind === 'response_url' || isOwnUrl(expected, ground)) {
    return otherUrl(mark?.from ?? expected, met, ground);
  }
  const name = kind === undefined ? undefined : NAMES[kind];
  if (ciEqual(expected, met)) return 'It differs in upper and lower case only.';
  if (name === undefined) return 'The text is another one.';
  return `It refers to another ${name} than before.`;
}

/** Sealed tokens by the form they were written in, and whether that is longer than it may be, whichever token it was. */
export function withoutTokens(text: string): string {
  return text.replaceAll(PLACEHOLDER, (_whole, form: string, length: string) => {
    const longest = form.startsWith('raw') ? LONGEST.raw : LONGEST.encoded;
    return `{token:${form}${Number(length) > longest ? ', too long' : ''}}`;
  });
}

/** A URL that leads back to whoever says it. */
function isOwnUrl(text: string, { urls }: ValueGround): boolean {
  const own = originOf(urls.expected);
  return own !== undefined && originOf(text) === own;
}

function otherUrl(expected: string, met: string, { urls }: ValueGround): string | undefined {
  // Where one of the two requests is known by its path only, nothing can be said of its host.
  const hosts = urls.expected !== undefined && urls.met !== undefined;
  const before = sortOf(expected, hosts ? urls.expected : undefined);
  const now = sortOf(met, hosts ? urls.met : undefined);
  if (before.sort !== now.sort) return `The URL is ${now.sort}; it was ${before.sort}.`;
  if (before.slash !== now.slash) {
    return now.slash ? 'The URL ends with a slash now.' : 'The URL does not end with a slash any more.';
  }
  return undefined;
}

interface UrlSort {
  readonly sort: string;
  readonly slash: boolean;
}

function sortOf(url: string, from: string | undefined): UrlSort {
  const slash = /^[^?#]*\/(?:[?#]|$)/.test(url);
  const origin = originOf(url);
  if (origin === undefined) return { sort: /^[/?.]/.test(url) ? 'relative' : 'no URL', slash };
  const own = originOf(from);
  if (own === undefined || own === origin) return { sort: 'absolute', slash };
  const hosts = [hostOf(origin), hostOf(own)];
  if (hosts[0] === hosts[1]) return { sort: 'at another scheme than what was asked', slash };
  return { sort: 'at another host than what was asked', slash };
}

function originOf(url: string | undefined): string | undefined {
  return url === undefined ? undefined : /^https?:\/\/[^/?#]+/i.exec(url)?.[0].toLowerCase();
}

function hostOf(origin: string): string {
  return origin.replace(/^https?:\/\//, '').replace(/:(?:80|443)$/, '');
}

/** A last_updated from the future, where the recorded one was not. */
function ahead({ expected, met, path, ground }: Omit<TextPair, 'mark'>): string | undefined {
  if (path.at(-1) !== 'last_updated') return undefined;
  const before = epochOf(expected, ground.version);
  const now = epochOf(met, ground.version);
  if (before === undefined || now === undefined || Math.abs(now - before) <= SAME_MS) return undefined;
  const was = before - ground.moments.expected > AHEAD_MS;
  return !was && now - ground.moments.met > AHEAD_MS
    ? 'last_updated lies in the future; before it did not.'
    : undefined;
}
