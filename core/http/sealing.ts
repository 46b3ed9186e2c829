import { type Finding, finding } from '../ocpi/findings.ts';
import type { RawHeaders } from '../ocpi/raw-headers.ts';
import { contentCodings, decodeBody } from './bodies.ts';
import { dressOf } from './escapes.ts';
import type { ExchangeFaults, ExchangeRecord, ExchangeUpdate } from './exchange.ts';
import { placeholderRanges, writePlaceholder } from './placeholder.ts';
import { isSecretHeader, mayHoldPlaces, secretOf, type TokenPlace, tokenPlaces } from './token-places.ts';
import { createTokenSearch, type KnownToken, type TokenMatch, type TokenSearch } from './token-search.ts';
import type { Ended } from './wire.ts';

export interface SealerOptions {
  /** Keyed HMAC of a token, known or not: letters, digits, `-` and `_` only. */
  idOf(token: string): string;
  /** The tokens of the ledger; another array each time they change, and only then. */
  known(): readonly KnownToken[];
}

/**
 * Puts `{token:ID:form:LENGTH}` in the place of every token (promise 3): Authorization values and JSON members named
 * `token` whether the token is known or not, known tokens wherever they stand, in any form (core/http/token-forms.ts).
 * What holds no token is handed back as the same object. Sealing twice changes nothing.
 */
export interface Sealer {
  record(record: ExchangeRecord): ExchangeRecord;
  update(update: ExchangeUpdate): ExchangeUpdate;
  text(text: string): string;
  /** A text that was a raw packet, or the beginning of one. */
  packet(text: string): string;
  headers(headers: RawHeaders): RawHeaders;
}

type Range = { readonly start: number; readonly end: number; readonly id: string; readonly form: string };

/** Authorization values kept with their sealed form; a platform has few, a guessing attacker many. */
const MOST_CACHED = 1000;
/** Bodies without a token that are remembered: what such a set names stays in memory longer than it is needed. */
const MOST_CLEAN = 1000;
/** More than this is not decoded to look for tokens in it. */
const DECODED_LIMIT = 64 * 1024 * 1024;

export function createSealer({ idOf, known }: SealerOptions): Sealer {
  let knownTokens: readonly KnownToken[] | undefined;
  let search: TokenSearch = createTokenSearch([]);
  const secrets = new Map<string, string>();
  /** Bodies looked through already: the same answer is often given again and again. */
  let clean = new WeakSet<Uint8Array>();
  let cleaned = 0;
  const isKnown = (text: string) => search.exact(text) !== undefined;

  const refresh = () => {
    const current = known();
    if (current === knownTokens) return;
    knownTokens = current;
    search = createTokenSearch(current);
    secrets.clear();
    clean = new WeakSet();
  };

  const rangeOf = (place: TokenPlace, written: string): Range => {
    const meant = search.exact(place.value) ?? search.exact(place.value.trim());
    const form = meant?.form ?? 'raw';
    const dress = place.escaped ? `.${dressOf(place.value, written)}` : '';
    return { start: place.start, end: place.end, id: meant?.id ?? idOf(place.value), form: form + dress };
  };

  const seal = (text: string, places: readonly TokenPlace[]): string => {
    const matches = search.find(text);
    if (places.length === 0 && matches.length === 0) return text;
    const ranges: Range[] = places.map(place => rangeOf(place, text.slice(place.start, place.end)));
    return replaceRanges(text, [...ranges, ...matches]);
  };

  const free = (text: string): string => seal(text, tokenPlaces(text, { isKnown }));

  const secret = (value: string): string => {
    const before = secrets.get(value);
    if (before !== undefined) return before;
    const place = secretOf(value, isKnown);
    const sealed = seal(value, place ? [place] : []);
    if (secrets.size >= MOST_CACHED) secrets.clear();
    secrets.set(value, sealed);
    return sealed;
  };

  /** One look over all the short texts of a message at once: nearly always there is nothing in any of them. */
  const isFree = (joined: string) => !mayHoldPlaces(joined) && search.find(joined).length === 0;

  /** Header lines of which only the values of secret ones need sealing. */
  const secretHeaders = (lines: RawHeaders): RawHeaders => {
    let changed: (readonly [string, string])[] | undefined;
    for (let at = 0; at < lines.length; at++) {
      const line = lines[at];
      if (line === undefined || !isSecretHeader(line[0])) continue;
      const sealed = secret(line[1]);
      if (sealed === line[1]) continue;
      changed ??= [...lines];
      changed[at] = [line[0], sealed];
    }
    return changed ?? lines;
  };

  const headers = (lines: RawHeaders): RawHeaders => {
    let changed: (readonly [string, string])[] | undefined;
    for (const [at, line] of lines.entries()) {
      const [name, value] = line;
      const sealedValue = isSecretHeader(name) ? secret(value) : free(value);
      const sealedName = seal(name, []);
      if (sealedValue === value && sealedName === name) continue;
      changed ??= [...lines];
      changed[at] = [sealedName, sealedValue];
    }
    return changed ?? lines;
  };

  const bytes = (body: Uint8Array, raw = false): Uint8Array => {
    if (body.length === 0) return body;
    const wide = sixteenBit(body);
    const text = Buffer.from(body.buffer, body.byteOffset, body.byteLength).toString(wide ? 'utf16le' : 'latin1');
    const sealed = seal(text, tokenPlaces(text, { raw, bytes: !wide, isKnown }));
    return sealed === text ? body : Buffer.from(sealed, wide ? 'utf16le' : 'latin1');
  };

  /** A compressed body that holds a token is kept decoded: it cannot be sealed otherwise. */
  const body = (lines: RawHeaders, given: Uint8Array, raw = false): { body: Uint8Array; decoded?: string } => {
    if (given.length === 0 || clean.has(given)) return { body: given };
    const codings = contentCodings(lines);
    if (codings.length > 0) {
      const decoded = decodeBody(given, lines, { limit: DECODED_LIMIT });
      if (decoded.undone.length > 0) {
        const sealed = bytes(decoded.bytes);
        if (sealed !== decoded.bytes) return { body: sealed, decoded: codings.join(', ') };
      }
    }
    const sealed = bytes(given, raw);
    if (sealed !== given) return { body: sealed };
    if (++cleaned % MOST_CLEAN === 0) clean = new WeakSet();
    clean.add(given);
    return { body: sealed };
  };

  /** Seals the parts that records and updates share; a part that stays the same stays the same object. */
  const parts = <T extends ExchangeUpdate & Partial<Pick<ExchangeRecord, 'request'>>>(given: T): T => {
    refresh();
    const quick = isFree(shortTexts(given));
    const texts = quick ? (text: string) => text : free;
    const lines = quick ? secretHeaders : headers;
    const sealed: { -readonly [Key in keyof ExchangeRecord]?: ExchangeRecord[Key] } = {};
    const notes: Finding[] = [];
    const noteDecoded = (codings: string | undefined, which: string) => {
      if (codings !== undefined) notes.push(decodedNote(codings, which));
    };
    if (given.request) {
      const { request } = given;
      const held = body(request.headers, request.body, request.method === '');
      noteDecoded(held.decoded, 'request');
      sealed.request = {
        method: texts(request.method),
        url: texts(request.url),
        headers: lines(request.headers),
        body: held.body,
        ...(request.length === undefined ? {} : { length: request.length }),
      };
    }
    if (given.response) {
      const { response } = given;
      const held = body(response.headers, response.body);
      noteDecoded(held.decoded, 'response');
      sealed.response = {
        status: response.status,
        statusText: texts(response.statusText),
        headers: lines(response.headers),
        body: held.body,
        ...(response.length === undefined ? {} : { length: response.length }),
      };
    }
    if (given.ended) sealed.ended = ended(given.ended);
    if (given.faults) sealed.faults = faulted(given.faults);
    if (given.requestId !== undefined) sealed.requestId = texts(given.requestId);
    if (given.correlationId !== undefined) sealed.correlationId = texts(given.correlationId);
    if (given.fromParty !== undefined) sealed.fromParty = texts(given.fromParty);
    if (given.toParty !== undefined) sealed.toParty = texts(given.toParty);
    // An update without findings leaves those that stand; a note alone would replace them.
    if (given.findings) sealed.findings = [...given.findings.map(aFinding), ...notes];
    return { ...given, ...sealed };
  };

  const ended = (how: Ended): Ended => {
    if (how.how === 'complete' || how.how === 'answered' || how.how === 'open') return how;
    const sealed: Record<string, unknown> = {};
    for (const [key, value] of Object.entries(how)) {
      if (value instanceof Uint8Array) sealed[key] = bytes(value, true);
      else sealed[key] = typeof value === 'string' && key !== 'how' ? free(value) : value;
    }
    return sealed as Ended;
  };

  const faulted = ({ firings, intended, wire }: ExchangeFaults): ExchangeFaults => ({
    firings: firings.map(firing => ({
      ...firing,
      did: free(firing.did),
      parameters: sealedValues(firing.parameters, free),
    })),
    wire: wire.map(free),
    ...(intended && {
      intended: {
        start: free(intended.start),
        headers: headers(intended.headers),
        body: body(intended.headers, intended.body).body,
      },
    }),
  });

  const aFinding = (given: Finding): Finding => ({
    ...given,
    pointer: free(given.pointer),
    met: free(given.met),
    expected: free(given.expected),
  });

  return {
    record: parts,
    update: parts,
    text: given => {
      refresh();
      return free(given);
    },
    packet: given => {
      refresh();
      return seal(given, tokenPlaces(given, { raw: true, isKnown }));
    },
    headers: given => {
      refresh();
      return headers(given);
    },
  };
}

/** Every short text of a record or update but the values of secret headers, a line each. */
function shortTexts(given: ExchangeUpdate & Partial<Pick<ExchangeRecord, 'request'>>): string {
  const { request, response, requestId = '', correlationId = '', fromParty = '', toParty = '' } = given;
  let text = `${requestId}\n${correlationId}\n${fromParty}\n${toParty}`;
  if (request) text += `\n${request.method}\n${request.url}${headerTexts(request.headers)}`;
  if (response) text += `\n${response.statusText}${headerTexts(response.headers)}`;
  return text;
}

function headerTexts(lines: RawHeaders): string {
  let text = '';
  for (const [name, value] of lines) if (!isSecretHeader(name)) text += `\n${name}\n${value}`;
  return text;
}

/** Replaces from left to right; of ranges that begin together the longest wins, others grow into what they touch. */
function replaceRanges(text: string, ranges: readonly (Range | TokenMatch)[]): string {
  const standing = placeholderRanges(text);
  const free = ranges.filter(({ start, end }) => !standing.some(held => held.start <= start && end <= held.end));
  if (free.length === 0) return text;
  const sorted = free.sort((left, right) => left.start - right.start || right.end - left.end);
  let sealed = '';
  let copied = 0;
  for (let at = 0; at < sorted.length; at++) {
    const range = sorted[at];
    if (!range || range.start < copied) continue;
    let end = range.end;
    for (let next = at + 1; next < sorted.length && (sorted[next]?.start ?? end) < end; next++) {
      end = Math.max(end, sorted[next]?.end ?? 0);
    }
    const placeholder = writePlaceholder({ id: range.id, form: range.form, length: end - range.start });
    sealed += text.slice(copied, range.start) + placeholder;
    copied = end;
  }
  return sealed + text.slice(copied);
}

/** UTF-16 in its little-endian form, by its byte order mark or by the zero after a first ASCII character. */
function sixteenBit(body: Uint8Array): boolean {
  if (body.length < 4 || body.length % 2 !== 0) return false;
  return (body[0] === 0xff && body[1] === 0xfe) || (body[0] !== 0 && body[1] === 0 && body[2] !== 0 && body[3] === 0);
}

/** Parameters of a rule: short lists and texts, which may name a token. */
function sealedValues(values: Readonly<Record<string, unknown>>, seal: (text: string) => string) {
  return Object.fromEntries(
    Object.entries(values).map(([name, value]) => [
      name,
      typeof value === 'string'
        ? seal(value)
        : Array.isArray(value)
          ? value.map((one: unknown) => (typeof one === 'string' ? seal(one) : one))
          : value,
    ]),
  );
}

function decodedNote(codings: string, which: string): Finding {
  return finding('history.body-decoded', {
    pointer: `${which}: header:Content-Encoding`,
    met: codings,
    expected: 'The body held a token, so it is kept decoded, with the token sealed; the header stays as it was.',
  });
}
