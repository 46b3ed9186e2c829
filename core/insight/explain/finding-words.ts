import type { KnownFinding } from '../../ocpi/finding-codes/known-finding.ts';
import { FINDING_CODES } from '../../ocpi/finding-codes.ts';
import type { Finding } from '../../ocpi/findings.ts';

/** Undefined for codes of another workbench version: a database may hold those. */
export function knownFinding(code: string): KnownFinding | undefined {
  const known: Readonly<Record<string, KnownFinding>> = FINDING_CODES;
  return Object.hasOwn(known, code) ? known[code] : undefined;
}

/** What a finding says, as the middle of a sentence: "a required field is absent at /id: no field instead of an id". */
export function findingWords(found: Finding, more = 0): string {
  const { code, met, expected } = found;
  const meaning = knownFinding(code)?.meaning ?? `${code} was found.`;
  const [first = meaning] = meaning.split(/(?<=\.) (?=[A-Z])/);
  const others = more > 0 ? ` and at ${more.toLocaleString('en')} more ${more === 1 ? 'place' : 'places'}` : '';
  const values = met === '' ? '' : expected === '' ? `: ${met}` : `: ${met} instead of ${expected}`;
  return `${lowerFirst(first).replace(/\.$/, '')}${placeWords(found.pointer)}${others}${values}`;
}

/** Why an exchange failed, as far as a finding tells, with what the answer says where that adds something. */
export function causeWords(
  cause: Finding,
  { version, quote }: { readonly version: string | undefined; readonly quote: string | undefined },
): string {
  if (cause.code === 'field.optional-demanded') {
    const field = cause.pointer.split('/').at(-1) ?? cause.pointer;
    return `it demands ${field}, which ${version ?? 'the version spoken'} lets be absent${saying(quote)}`;
  }
  return findingWords(cause) + (quote !== undefined && cause.met.includes(quote) ? '' : saying(quote));
}

function saying(quote: string | undefined): string {
  return quote === undefined ? '' : `; the answer says "${quote}"`;
}

function placeWords(pointer: string): string {
  if (pointer === '' || pointer === 'status') return '';
  if (pointer === 'url') return ' (URL)';
  const header = /header:(\S+)$/.exec(pointer)?.[1];
  return header === undefined ? ` at ${pointer}` : ` (${header} header)`;
}

/** Words that are written so in the middle of a sentence as well. */
const CAPITALS = /^(HTTP|OCPI|URL|JSON|CDR|EVSE|PATCH|PUT|POST|TLS|VAT|Base64|Token|X-|Retry-After|Link|Link\b|ENERGY)/;

export function lowerFirst(text: string): string {
  return CAPITALS.test(text) ? text : text.charAt(0).toLowerCase() + text.slice(1);
}
