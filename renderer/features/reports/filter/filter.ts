import type { ReportBy, ReportConditions, ReportRow } from '../../../../core/contract/reports.ts';
import {
  type FilterToken,
  type FilterValue,
  parseFilter,
  printFilter,
  type TokenKind,
} from '../../../ui/filter-text.ts';
import type { Narrowing } from '../search.ts';
import { daysOfKey } from './period.ts';

export const TOKENS = ['link', 'party', 'location', 'evse', 'token', 'tariff', 'hour'] as const;
export type TokenName = (typeof TOKENS)[number];

/** Stands for what charges do not tell; of a link for our own data. */
export const UNTOLD = '-';

const PARTY = /^[a-z]{2}-[a-z0-9]{3}$/i;
const HOUR = /^([01]?\d|2[0-3])$/;

export interface KindTexts {
  readonly meanings: Readonly<Record<TokenName, string>>;
  /** What may stand there, where something else does. */
  readonly wrong: Readonly<Record<'party' | 'hour', string>>;
}

/** The tokens of the bar, with the values that are at hand. */
export function tokenKinds(
  known: Readonly<Partial<Record<TokenName, readonly FilterValue[]>>>,
  { meanings, wrong }: KindTexts,
): readonly TokenKind[] {
  const checks: Readonly<Partial<Record<TokenName, (value: string) => string | undefined>>> = {
    party: value => (value === UNTOLD || PARTY.test(value) ? undefined : wrong.party),
    hour: value => (HOUR.test(value) ? undefined : wrong.hour),
  };
  return TOKENS.map(name => ({
    name,
    meaning: meanings[name],
    values: known[name] ?? [],
    ...(checks[name] !== undefined && { check: checks[name] }),
  }));
}

export type Conditions = Pick<ReportConditions, TokenName>;

export interface ReportFilter {
  readonly conditions: Conditions;
  /** What was typed and narrows nothing. */
  readonly words: string;
}

/** Tokens that cannot be read narrow nothing: the bar marks them. Of a token that stands there twice the last one counts. */
export function readFilter(text: string, kinds: readonly TokenKind[]): ReportFilter {
  const { tokens, words, problems } = parseFilter(text, kinds);
  const wrong = new Set<FilterToken>(problems.map(({ token }) => token));
  const conditions: Partial<Record<TokenName, string>> = {};
  for (const token of tokens) {
    const name = TOKENS.find(one => one === token.name);
    if (name === undefined || wrong.has(token)) continue;
    conditions[name] = token.value === UNTOLD && name !== 'link' ? '' : token.value;
  }
  // A name alone (`link:`) is still being typed.
  const begun = new Set(kinds.map(({ name }) => `${name}:`));
  const rest = words.split(' ').filter(word => word !== '' && !begun.has(word.toLowerCase()));
  return { conditions, words: rest.join(' ') };
}

/** The address of the charges behind a row: what narrows already, and the row's key, and whose it is. */
export function narrowedTo(
  narrowing: Narrowing,
  by: ReportBy,
  { key, link, party }: Pick<ReportRow, 'key' | 'link' | 'party'>,
): Narrowing {
  const { period, from, to, zone, q } = narrowing;
  const days = daysOfKey(by, key);
  if (days !== undefined) return { ...days, zone, q };
  const name = TOKENS.find(one => one === by);
  if (name === undefined) return { period, from, to, zone, q };
  const tokens = [
    ...(link === null ? [] : [{ name: 'link', value: link }]),
    ...(party === null ? [] : [{ name: 'party', value: party || UNTOLD }]),
    { name, value: key || UNTOLD },
  ];
  return { period, from, to, zone, q: tokens.reduce(withToken, q ?? '') };
}

/** The filter with this token in place of others of its name. */
export function withToken(text: string, token: FilterToken): string {
  const { tokens, words } = parseFilter(
    text,
    TOKENS.map(name => ({ name })),
  );
  return printFilter({ tokens: [...tokens.filter(({ name }) => name !== token.name), token], words });
}
