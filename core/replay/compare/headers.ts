import type { ReplayDifference } from '../../contract/replay.ts';
import { CORRELATION_ID, REQUEST_ID } from '../../ocpi/message-ids.ts';
import { headerValue, headerValues, type RawHeaders } from '../../ocpi/raw-headers.ts';
import { difference, headerPlace, type Side } from './difference.ts';
import { withoutTokens } from './texts.ts';

/** Lines that the transport makes, or that say another thing each time. */
const NEVER: ReadonlySet<string> = new Set([
  'date',
  'server',
  'content-length',
  'transfer-encoding',
  'connection',
  'keep-alive',
  'host',
  'user-agent',
  'accept',
  'accept-encoding',
  'via',
  'set-cookie',
  'vary',
  'cache-control',
  'warning',
  // RFC 8288: several lines are one list; it is looked at with the page.
  'link',
]);

export interface HeaderPair {
  readonly side: Side;
  readonly recorded: RawHeaders;
  /** What a party of the recording is called now: `NL-TNM`. */
  readonly partyNow: (party: string) => string;
  readonly met: RawHeaders;
  /** Of answers: the lines of the request each of them answers, as recorded and as sent. */
  readonly asked?: { readonly recorded: RawHeaders; readonly met: RawHeaders };
  /** Bodies are there on both sides: without one, nothing announces it. */
  readonly bodies: boolean;
}

/**
 * Lines that mean something: what the body is, the message ids and whether they are echoed, the parties, tokens by how they are
 * written, Retry-After, and any line that stands more often than before. Where one of the two has no lines at all (traffic of a
 * file that does not tell them), nothing is compared.
 */
export function compareHeaders(pair: HeaderPair): ReplayDifference[] {
  const { side, recorded: expected, met, asked, bodies } = pair;
  if (expected.length === 0 || met.length === 0) return [];
  const out = [...repeated(pair)];
  const add = (name: string, before: string, now: string, meaning: string) => {
    if (before === now) return;
    out.push(difference({ layer: 'header', where: headerPlace(side, name), expected: before, met: now, meaning }));
  };
  if (bodies) {
    const types = [contentType(expected), contentType(met)] as const;
    add('Content-Type', types[0], types[1], 'The body is announced as something else than before.');
  }
  const codings = [contentCoding(expected), contentCoding(met)] as const;
  add('Content-Encoding', codings[0], codings[1], 'The body is encoded in another way than before.');
  for (const name of [REQUEST_ID, CORRELATION_ID]) {
    const before = echo(name, expected, asked?.recorded);
    const now = echo(name, met, asked?.met);
    add(name, before, now, asked === undefined ? `${name} ${now}.` : `${name} of the answer ${now}.`);
  }
  out.push(...compareRouting(pair));
  if (side === 'request') {
    const tokens = [authorization(expected), authorization(met)] as const;
    add('Authorization', tokens[0], tokens[1], 'The token is written in another way than before.');
  }
  const retry = [presence(expected, 'Retry-After'), presence(met, 'Retry-After')] as const;
  add('Retry-After', retry[0], retry[1], `Retry-After ${retry[1]}.`);
  return out;
}

function repeated({ side, recorded: expected, met }: HeaderPair): ReplayDifference[] {
  const names = new Map(met.map(([name]) => [name.toLowerCase(), name]));
  if (names.size === met.length) return [];
  return [...names].flatMap(([key, name]) => {
    if (NEVER.has(key)) return [];
    const [before, now] = [headerValues(expected, key).length, headerValues(met, key).length];
    if (now < 2 || now <= before) return [];
    const meaning = `${name} stands ${now} times.`;
    const details = {
      expected: before === 0 ? 'no line' : `${before} line${before === 1 ? '' : 's'}`,
      met: `${now} lines`,
    };
    return [difference({ layer: 'header', where: headerPlace(side, name), ...details, meaning })];
  });
}

/** `application/json`, with a charset that is not UTF-8. */
function contentType(headers: RawHeaders): string {
  const value = headerValue(headers, 'Content-Type');
  if (value === undefined) return 'no line';
  const [type = '', ...parameters] = value.toLowerCase().split(';');
  const charset = parameters.map(text => /^\s*charset\s*=\s*"?([^"\s]*)"?/.exec(text)?.[1]).find(Boolean);
  return charset === undefined || charset === 'utf-8' || charset === 'utf8'
    ? type.trim()
    : `${type.trim()}; ${charset}`;
}

function contentCoding(headers: RawHeaders): string {
  const value = headerValue(headers, 'Content-Encoding')?.trim().toLowerCase();
  return value === undefined || value === '' || value === 'identity' ? 'not encoded' : value;
}

/** What a message id is: of an answer, beside that of its request. */
function echo(name: string, headers: RawHeaders, asked: RawHeaders | undefined): string {
  const value = headerValue(headers, name)?.trim();
  if (value === undefined || value === '') return 'is absent';
  const sent = asked === undefined ? undefined : headerValue(asked, name)?.trim();
  if (sent === undefined) return 'is there';
  return sent === value ? 'is that of the request' : 'is not that of the request';
}

function presence(headers: RawHeaders, name: string): string {
  return headerValue(headers, name) === undefined ? 'is absent' : 'is there';
}

/** `Token {token:base64}`; a text that is no sealed token by its length only. */
function authorization(headers: RawHeaders): string {
  const value = headerValue(headers, 'Authorization');
  if (value === undefined) return 'no line';
  return withoutTokens(value);
}

const PARTIES = ['to', 'from'] as const;

/** The parties: of an answer by how they stand to those of its request, else by their names. */
function compareRouting({ side, recorded, partyNow, met, asked }: HeaderPair): ReplayDifference[] {
  return PARTIES.flatMap(which => {
    const before = partyNow(party(recorded, which));
    const now = party(met, which);
    if (before === now) return [];
    if (asked !== undefined && before !== 'no party' && now !== 'no party') {
      const relations = [relation(party(recorded, which), asked.recorded), relation(now, asked.met)];
      if (relations[0] !== undefined && relations[0] === relations[1]) return [];
    }
    const meaning =
      now === 'no party'
        ? `The routing headers name no party the message is ${which}.`
        : `The routing headers name another party the message is ${which}.`;
    const where = headerPlace(side, `OCPI-${which}-party-id`);
    return [difference({ layer: 'header', where, expected: before, met: now, meaning })];
  });
}

function party(headers: RawHeaders, which: 'to' | 'from'): string {
  const parts = ['country-code', 'party-id'].map(part => headerValue(headers, `OCPI-${which}-${part}`)?.trim());
  if (parts.every(part => part === undefined || part === '')) return 'no party';
  return parts.map(part => part?.toUpperCase() || '?').join('-');
}

/** Whose party of the request it is; undefined where it is none of them, or both are one. */
function relation(named: string, asked: RawHeaders): 'to' | 'from' | undefined {
  const [to, from] = [party(asked, 'to'), party(asked, 'from')];
  if (to === from) return undefined;
  return named === to ? 'to' : named === from ? 'from' : undefined;
}
