import type { RedactedKind, RedactionGroup } from '../../contract/session-log.ts';
import { rounded } from './degrees.ts';
import { createFinder, type Finder, SHORTEST_SOUGHT } from './finder.ts';
import { otherAddress, otherHost } from './hosts.ts';
import { aboutKind, KINDS, type ValueKind } from './kinds.ts';
import { COUNTRIES, PARTY_SEPARATORS, type PartyPrefix, partyAlone, partyPrefixOf } from './parties.ts';
import { isProtocolWord } from './protocol-words.ts';
import { type Draw, drawer, folded, hasLetters, inCaseOf, reshaped } from './pseudonym.ts';

/** A value that is replaced wherever it stands. */
export interface Entry {
  /** In the order in which they were met. */
  readonly number: number;
  readonly kind: ValueKind;
  /** As it was met first. */
  readonly first: string;
  /** Folded; of a phone number its digits. */
  readonly key: string;
  pseudonym: string | undefined;
  /** How it was written last, and what was written for it. */
  last?: { readonly written: string; readonly made: string };
}

/** What is replaced in one file, and by what. */
export interface Values {
  wants(group: RedactionGroup): boolean;
  /** False for a kind of which nothing is replaced. */
  takes(kind: ValueKind): boolean;
  /** The entry of a value of a typed place; undefined where it stays. Values that differ in case only are one. */
  add(kind: ValueKind, value: string): Entry | undefined;
  /** What is written for a value as it is written there: in the same case, with the same separators. */
  write(entry: Entry, written: string): string;
  readonly finder: Finder<Entry>;
  /** Of an entry that `add` gave. */
  numbered(number: number): Entry | undefined;
  replaced(entry: Entry): void;
  counts(): RedactedKind[];
  /** Values whose shape had no room for a pseudonym, so that it is longer. */
  readonly lengthened: number;
}

export interface ValuesOptions {
  readonly groups: readonly RedactionGroup[];
  readonly key: string;
  /** A credentials token, which is sealed and no value. */
  isToken(text: string): boolean;
}

/** Of an entry that stands for values that are found by their text alone. */
const NONE = -1;
const ATTEMPTS = 48;
const LONGEST_SOUGHT = 300;
const SHORTEST_PHONE = 5;
/** Kinds whose values are compared among themselves: `NL` as a country code is not `nl` as a licence plate. */
const APART: Readonly<Partial<Record<ValueKind, string>>> = { 'country code': '\u0001cc ', 'party id': '\u0001id ' };
const ONLY_DIGITS = /^\d{5,}$/;
const PHONE = '\u0001tel ';

export function createValues({ groups, key: secret, isToken }: ValuesOptions): Values {
  const wanted: ReadonlySet<RedactionGroup> = new Set(groups);
  const taken: ReadonlySet<string> = new Set(
    Object.entries(KINDS).flatMap(([kind, { group, shape }]) =>
      wanted.has(group) || (shape === 'contract' && wanted.has('parties')) ? [kind] : [],
    ),
  );
  const entries = new Map<string, Entry>();
  const added: Entry[] = [];
  const used = new Set<string>();
  const finder = createFinder<Entry>();
  const tallies = new Map<ValueKind, { values: number; places: number; example: Entry }>();
  const pairs = new Set<string>();
  let lengthened = 0;

  const put = (space: string, entry: Entry): Entry => {
    entries.set(space + entry.key, entry);
    added.push(entry);
    const tally = tallies.get(entry.kind);
    if (tally) tally.values++;
    else tallies.set(entry.kind, { values: 1, places: 0, example: entry });
    return entry;
  };
  const seek = (key: string, entry: Entry): Entry => {
    if (key.length < SHORTEST_SOUGHT || key.length > LONGEST_SOUGHT || isProtocolWord(key)) return entry;
    // A bare machine name is as likely a word of the protocol or of a sentence.
    if (entry.kind === 'host name' && !key.includes('.')) return entry;
    finder.add(key, entry);
    return entry;
  };

  /** The party's own pseudonym in the place of its country code and id. */
  const prefixed = ({ country, party, separator }: PartyPrefix): string => {
    const written = (kind: ValueKind, text: string) => {
      const entry = add(kind, text);
      return entry === undefined ? folded(text) : pseudonymOf(entry);
    };
    pair(country, party);
    return `${written('country code', country)}${separator}${written('party id', party)}`;
  };
  const pair = (country: string, party: string): void => {
    const key = folded(`${country} ${party}`);
    if (pairs.has(key)) return;
    pairs.add(key);
    for (const separator of PARTY_SEPARATORS) {
      const text = `${country}${separator}${party}`;
      if (text.length >= SHORTEST_SOUGHT && !entries.has(folded(text))) {
        const entry: Entry = { number: NONE, kind: 'party', first: text, key: folded(text), pseudonym: undefined };
        seek(entry.key, entries.get(entry.key) ?? entry);
      }
    }
  };

  const make = (entry: Entry, draw: Draw): string => {
    const { key, kind } = entry;
    switch (aboutKind(kind).shape) {
      case 'country':
        return COUNTRIES[draw() % COUNTRIES.length] ?? reshaped(key, draw);
      case 'host':
        return otherHost(key, draw);
      case 'address':
        return otherAddress(key, draw);
      case 'e-mail': {
        const at = key.lastIndexOf('@') + 1;
        return reshaped(key.slice(0, at), draw) + otherHost(key.slice(at), draw);
      }
      case 'party': {
        const prefix = kind === 'party' ? (partyPrefixOf(key) ?? partyAlone(key)) : undefined;
        return prefix === undefined ? reshaped(key, draw) : prefixed(prefix) + key.slice(prefix.length);
      }
      case 'contract': {
        const prefix = partyPrefixOf(key);
        const rest = prefix === undefined ? '' : key.slice(prefix.length);
        if (prefix === undefined || !hasLetters(rest)) return reshaped(key, draw);
        const type = /^[-*]?c(?=[a-z0-9]{6,})/.exec(rest)?.[0] ?? '';
        const begun = wanted.has('parties') ? prefixed(prefix) : key.slice(0, prefix.length);
        return begun + type + reshaped(rest.slice(type.length), draw);
      }
      default:
        return reshaped(key, draw);
    }
  };

  const pseudonymOf = (entry: Entry): string => {
    if (entry.pseudonym !== undefined) return entry.pseudonym;
    const { key, kind } = entry;
    const space = APART[kind] ?? (isPhone(entry) ? PHONE : '');
    const isFree = (candidate: string) => !used.has(space + candidate) && !entries.has(space + candidate);
    // What begins with a party is told apart by what follows; a party's own mapping is one to one already.
    if (kind === 'party') entry.pseudonym = make(entry, drawer(secret, key, 0));
    let made = '';
    for (let attempt = 0; entry.pseudonym === undefined && attempt < ATTEMPTS; attempt++) {
      made = make(entry, drawer(secret, space + key, attempt));
      if (isFree(made)) entry.pseudonym = made;
    }
    if (entry.pseudonym === undefined) {
      lengthened++;
      const draw = drawer(secret, space + key, ATTEMPTS);
      const digits = /\d$/.test(made);
      while (!isFree(made)) made += digits ? draw() % 10 : String.fromCharCode(0x61 + (draw() % 26));
      entry.pseudonym = made;
    }
    used.add(space + entry.pseudonym);
    return entry.pseudonym;
  };

  /** A number of a phone may be somebody's visual number as well: one value, one pseudonym. */
  const elsewhere = (key: string): Entry | undefined =>
    entries.get(key) ?? (ONLY_DIGITS.test(key) ? entries.get(PHONE + key) : undefined);

  const add = (kind: ValueKind, given: string): Entry | undefined => {
    const { group, shape } = aboutKind(kind);
    if (!wanted.has(group)) {
      return shape === 'contract' && wanted.has('parties') ? add('party', given) : undefined;
    }
    const value = given.trim();
    const digits = shape === 'phone' ? value.replace(/\D/g, '') : '';
    const phone = digits.length >= SHORTEST_PHONE;
    const space = APART[kind] ?? (phone ? PHONE : '');
    const key = phone ? digits : folded(value);
    const before = entries.get(space + key) ?? (APART[kind] === undefined ? elsewhere(folded(value)) : undefined);
    if (before !== undefined) {
      if (isPhone(before)) seek(folded(value), before);
      return before;
    }
    if (value === '' || !hasLetters(value) || value.includes('{token:') || isToken(value)) return undefined;
    if (shape === 'party' && kind === 'party') {
      const prefix = partyPrefixOf(value) ?? partyAlone(value);
      if (prefix === undefined) return undefined;
      pair(prefix.country, prefix.party);
    }
    const fixed = shape === 'degrees' ? rounded(value) : undefined;
    if (shape === 'degrees' && fixed === undefined) return undefined;
    const first = apart(value);
    const entry = put(space, {
      ...{ number: added.length, kind, first },
      key: phone ? digits : folded(first),
      pseudonym: fixed,
    });
    return space === '' || phone ? seek(folded(first), entry) : entry;
  };

  const write = (entry: Entry, written: string): string => {
    if (entry.last?.written !== written) entry.last = { written: apart(written), made: made(entry, written) };
    return entry.last.made;
  };
  const made = (entry: Entry, written: string): string => {
    const pseudonym = pseudonymOf(entry);
    if (isPhone(entry)) return withDigits(written, pseudonym);
    const trimmed = written.trim();
    const other = inCaseOf(pseudonym, trimmed);
    return trimmed.length === written.length ? other : written.replace(trimmed, () => other);
  };

  return {
    wants: group => wanted.has(group),
    takes: kind => taken.has(kind),
    add,
    write,
    finder,
    numbered: number => added[number],
    replaced(entry) {
      const tally = tallies.get(entry.kind);
      if (tally) tally.places++;
      else tallies.set(entry.kind, { values: 1, places: 1, example: entry });
    },
    counts: () =>
      Object.keys(KINDS).flatMap(name => {
        const kind = name as ValueKind;
        const tally = tallies.get(kind);
        if (tally === undefined) return [];
        const { values, places, example } = tally;
        const { first } = example;
        return [
          { group: KINDS[kind].group, kind, values, places, example: { from: first, to: write(example, first) } },
        ];
      }),
    get lengthened() {
      return lengthened;
    },
  };
}

function isPhone({ kind, key }: Entry): boolean {
  return aboutKind(kind).shape === 'phone' && ONLY_DIGITS.test(key);
}

/** A copy that stands alone: what is cut out of a text keeps all of the text in memory. */
function apart(text: string): string {
  return ` ${text}`.slice(1);
}

/** A phone number with other digits, in the way it was written. */
function withDigits(written: string, digits: string): string {
  let at = 0;
  const made = written.replace(/\d/g, () => digits[at++] ?? '');
  return made + digits.slice(at);
}
