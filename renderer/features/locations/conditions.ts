import type { ObjectConditions } from '../../../core/contract/objects.ts';
import type { FilterToken, FilterValue, TokenKind } from '../../ui/filter-text.ts';
import { parseFilter } from '../../ui/filter-text.ts';

/** Tokens that narrow by a value some location has, and the path at which it stands. */
export const VALUE_TOKENS = {
  status: 'evses.status',
  country: 'country',
  city: 'city',
  connector: 'evses.connectors.standard',
} as const;
export type ValueToken = keyof typeof VALUE_TOKENS | 'party';

export interface KindTexts {
  readonly meanings: Readonly<Record<'link' | 'has' | 'is' | 'changed' | ValueToken, string>>;
  readonly findings: Readonly<Record<'finding' | 'error' | 'warning' | 'note', string>>;
  readonly states: Readonly<Record<'vanished' | 'present', string>>;
  readonly changed: Readonly<Record<'1h' | '24h' | '7d', string>>;
  readonly problems: Readonly<Record<'has' | 'is' | 'changed', string>>;
}

export interface KnownValues {
  readonly links: readonly string[];
  readonly values: Readonly<Partial<Record<ValueToken, readonly string[]>>>;
}

const HAS = ['finding', 'error', 'warning', 'note'] as const;
const IS = ['vanished', 'present'] as const;
const AGES = ['1h', '24h', '7d'] as const;

/** The tokens of the filter bar, with what may stand in them. */
export function tokenKinds({ links, values }: KnownValues, texts: KindTexts): TokenKind[] {
  const among = (known: readonly string[] = []): FilterValue[] => known.map(value => ({ value }));
  const valued = (name: ValueToken): TokenKind => ({
    name,
    meaning: texts.meanings[name],
    values: among(values[name]),
  });
  return [
    { name: 'link', meaning: texts.meanings.link, values: among(links) },
    valued('party'),
    valued('status'),
    valued('country'),
    valued('city'),
    valued('connector'),
    {
      name: 'has',
      meaning: texts.meanings.has,
      values: HAS.map(value => ({ value, meaning: texts.findings[value] })),
      check: value => (isOne(HAS, value) ? undefined : texts.problems.has),
    },
    {
      name: 'is',
      meaning: texts.meanings.is,
      values: IS.map(value => ({ value, meaning: texts.states[value] })),
      check: value => (isOne(IS, value) ? undefined : texts.problems.is),
    },
    {
      name: 'changed',
      meaning: texts.meanings.changed,
      values: AGES.map(value => ({ value, meaning: texts.changed[value] })),
      check: value => (sinceOf(value, 0) === undefined ? texts.problems.changed : undefined),
    },
  ];
}

function isOne<Value extends string>(all: readonly Value[], value: string): value is Value {
  return all.some(one => one === value.toLowerCase());
}

/** What a filter asks for. Tokens that cannot be read narrow nothing: the bar marks them. */
export function conditionsOf(text: string, kinds: readonly TokenKind[], now: number): ObjectConditions {
  const { tokens, words: typed } = parseFilter(text, kinds);
  const words = withoutBegun(typed, kinds);
  const all = (name: string) => tokens.filter(token => token.name === name).map(({ value }) => value);
  const [links, parties] = [all('link'), all('party')];
  const where = tokens.flatMap(whereOf);
  const finding = all('has')
    .map(severityOf)
    .filter(one => one !== undefined);
  const states = all('is').map(value => value.toLowerCase());
  const since = all('changed').flatMap(value => sinceOf(value, now) ?? []);
  return {
    module: 'locations',
    ...(links.length > 0 && { name: links }),
    ...(parties.length > 0 && { party: parties }),
    ...(where.length > 0 && { where }),
    ...(words !== '' && { search: begun(words) }),
    ...(finding[0] !== undefined && { finding: finding[0] }),
    ...(states.includes('vanished') ? { vanished: true } : states.includes('present') ? { vanished: false } : {}),
    ...(since.length > 0 && { changedSince: Math.max(...since) }),
  };
}

/** `city:` is no word: its value is still to come. */
function withoutBegun(words: string, kinds: readonly TokenKind[]): string {
  const begun = new Set(kinds.map(({ name }) => `${name}:`));
  return words
    .split(' ')
    .filter(word => !begun.has(word.toLowerCase()))
    .join(' ');
}

function whereOf({ name, value }: FilterToken): string[] {
  const path = Object.entries(VALUE_TOKENS).find(([token]) => token === name)?.[1];
  return path === undefined ? [] : [`${path}=${value}`];
}

function severityOf(value: string): 'error' | 'warning' | 'note' | 'any' | undefined {
  const severity = value.toLowerCase();
  if (severity === 'finding') return 'any';
  return severity === 'error' || severity === 'warning' || severity === 'note' ? severity : undefined;
}

/** The last word may still be being typed: its beginning is enough. */
function begun(words: string): string {
  return /[\p{L}\p{N}]$/u.test(words) ? `${words}*` : words;
}

const UNITS = { m: 60_000, h: 3_600_000, d: 86_400_000 } as const;

/** `90m`, `24h`, `7d` before now, or a day or moment as `2026-11-22`, `2026-11-22T10:00`; undefined for anything else. */
export function sinceOf(text: string, now: number): number | undefined {
  const [, number, unit] = /^(\d{1,5})([mhd])$/i.exec(text) ?? [];
  if (number !== undefined && unit !== undefined) {
    return now - Number(number) * UNITS[unit.toLowerCase() as keyof typeof UNITS];
  }
  const written = /^(\d{4})-(\d\d)-(\d\d)(?:T\d\d:\d\d(?::\d\d)?)?$/.exec(text);
  if (written === null) return undefined;
  const [, year, month, day] = written;
  // A day alone would be read as UTC; people mean their own.
  const at = text.length === 10 ? new Date(Number(year), Number(month) - 1, Number(day)).getTime() : Date.parse(text);
  return Number.isNaN(at) ? undefined : at;
}
