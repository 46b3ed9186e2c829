import { isIPv6 } from 'node:net';
import { FIELD_NAMES } from './field-names.ts';
import type { ValueKind } from './kinds.ts';

/** A value and where it stands, by its kind. */
export interface Place {
  readonly start: number;
  readonly end: number;
  readonly kind: ValueKind;
}

const LONGEST_LOCAL = 64;
const LONGEST_DOMAIN = 255;
const DOMAIN = /^[a-z0-9-]+(?:\.[a-z0-9-]+)*\.[a-z]{2,63}/i;
const PHONE = /\+\d[\d ()./-]{6,22}\d/g;
/** A decimal number with its sign, as coordinates are. */
const SIGNED_DECIMAL = /^\+\d{1,3}\.\d+$/;
const MOST_PHONE_DIGITS = 15;
const FEWEST_PHONE_DIGITS = 8;

/** E-mail addresses, by their shape. */
export function emailPlaces(text: string): Place[] {
  const places: Place[] = [];
  for (let at = text.indexOf('@'); at > 0; at = text.indexOf('@', at + 1)) {
    let start = at;
    while (start > 0 && at - start < LONGEST_LOCAL && isLocal(text.charCodeAt(start - 1))) start--;
    const domain = DOMAIN.exec(text.slice(at + 1, at + 1 + LONGEST_DOMAIN))?.[0];
    if (start === at || domain === undefined) continue;
    places.push({ start, end: at + 1 + domain.length, kind: 'e-mail' });
  }
  return places;
}

/** `.`, `_`, `-`, `+`, letters and digits. */
function isLocal(code: number): boolean {
  if (code >= 0xc0) return code < 0x2000;
  return (
    (code >= 0x30 && code <= 0x39) ||
    (code >= 0x41 && code <= 0x5a) ||
    (code >= 0x61 && code <= 0x7a) ||
    code === 0x2e ||
    code === 0x5f ||
    code === 0x2d ||
    code === 0x2b
  );
}

/** Phone numbers with the code of their country, by their shape. */
export function phonePlaces(text: string): Place[] {
  if (!text.includes('+')) return [];
  return Array.from(text.matchAll(PHONE)).flatMap(({ index, 0: written }) => {
    const digits = written.replace(/\D/g, '').length;
    if (digits < FEWEST_PHONE_DIGITS || digits > MOST_PHONE_DIGITS || SIGNED_DECIMAL.test(written)) return [];
    return [{ start: index, end: index + written.length, kind: 'phone' as const }];
  });
}

/** The last segment of a token's URL; with a digit, since words stand there too (`/tokens/sender`). */
const TOKEN_PATH = /\/tokens\/(?:([a-z]{2})\/([a-z0-9]{1,3})\/)?([^\s/?#"'<>\\,;)\]}]*\d[^\s/?#"'<>\\,;)\]}]*)/gi;

/** Token uids in URLs, wherever those stand; still percent-encoded. */
export function tokenPathPlaces(text: string): Place[] {
  if (!text.includes('okens/')) return [];
  return Array.from(text.matchAll(TOKEN_PATH)).map(({ index, 0: whole, 3: uid = '' }) => {
    const end = index + whole.length;
    return { start: end - uid.length, end, kind: 'token uid' as const };
  });
}

const AUTHORITY = /:\/\/([^\s/?#"'<>\\,;)]+)/g;
/** What may be one; an IPv4 address may stand for its end. */
const IPV6 = /(?<![\w:.])[\da-f]{0,4}(?::[\da-f]{0,4}){2,7}(?:(?<=:[\da-f]{0,3})(?:\.\d{1,3}){3})?(?![\w:]|\.\d)/gi;
const IPV4 = /(?<![\w.])\d{1,3}(?:\.\d{1,3}){3}(?![\w]|\.\d)/g;

/** Machines that URLs and free texts name; a port or brackets still stand there. */
export function hostPlaces(text: string): Place[] {
  const places: Place[] = [];
  if (text.includes('://')) {
    for (const { index, 0: whole, 1: authority = '' } of text.matchAll(AUTHORITY)) {
      const host = authority.slice(authority.lastIndexOf('@') + 1);
      const end = index + whole.length;
      places.push({ start: end - host.length, end, kind: 'host name' });
    }
  }
  for (const { index, 0: address } of text.matchAll(IPV6)) {
    if (isIPv6(address)) places.push({ start: index, end: index + address.length, kind: 'IP address' });
  }
  for (const { index, 0: address } of text.matchAll(IPV4)) {
    places.push({ start: index, end: index + address.length, kind: 'IP address' });
  }
  return places;
}

const NAMES = [...FIELD_NAMES].flatMap(([name, { kind, late }]) =>
  kind !== undefined || late === 'uid' ? [name] : [],
);
const NAMED = NAMES.toSorted((left, right) => right.length - left.length).join('|');
const LOOSE = new RegExp(
  `(?<![\\w-])(\\\\{0,31}["']|)(${NAMED})\\1\\s*[:=]\\s*(?:(\\\\{0,31}["'])([^"'\\\\\\n]{1,300})|([^\\s"'&<>,;{}\\[\\]\\\\]{1,300}))`,
  'gi',
);
const ELEMENT = new RegExp(`<(?:[\\w-]+:)?(${NAMED})(?:\\s[^<>]*)?>([^<]{1,300})`, 'gi');

/** Values behind the names of fields in texts that are no JSON, or no longer: `contract_id: 'NL-...'`, `<email>...`. */
export function loosePlaces(text: string): Place[] {
  const places: Place[] = [];
  const add = (name: string, end: number, value: string) => {
    const kind = kindNamed(name);
    if (kind !== undefined && value !== '') places.push({ start: end - value.length, end, kind });
  };
  for (const { index, 0: whole, 2: name = '', 4: quoted, 5: bare } of text.matchAll(LOOSE)) {
    add(name, index + whole.length, quoted ?? bare ?? '');
  }
  if (!text.includes('<')) return places;
  for (const { index, 0: whole, 1: name = '', 2: value = '' } of text.matchAll(ELEMENT)) {
    add(name, index + whole.length, value);
  }
  return places;
}

/** The kind of what is called so, where nothing around it says more. */
export function kindNamed(name: string): ValueKind | undefined {
  const field = FIELD_NAMES.get(name.toLowerCase());
  return field?.late === 'uid' ? 'token uid' : field?.kind;
}
