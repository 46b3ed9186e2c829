import type { ExchangeConditions } from '../../../core/contract/exchange.ts';
import { type FilterToken, type FilterValue, parseFilter, type TokenKind } from '../../ui/filter-text.ts';
import type { FailureGroup } from './groups.ts';

const LAYERS = ['network', 'http', 'ocpi'] as const;
const SINCE = ['1h', 'today', '7d', 'all'] as const;

/** A filter, read. Several links, layers or codes: one of them is enough. */
export interface ErrorFilter {
  readonly links: readonly string[];
  readonly layers: readonly string[];
  readonly codes: readonly string[];
  /** As typed; it counts from the moment the groups are asked for, so that "the last hour" goes with the clock. */
  readonly since: string | undefined;
  /** As typed. */
  readonly words: string;
}

export interface KindTexts {
  readonly meanings: Readonly<Record<'link' | 'layer' | 'code' | 'since', string>>;
  readonly layers: Readonly<Record<(typeof LAYERS)[number], string>>;
  readonly since: Readonly<Record<(typeof SINCE)[number], string>>;
  readonly problems: Readonly<Record<'layer' | 'code' | 'since', string>>;
}

export interface KnownValues {
  readonly links: readonly FilterValue[];
  readonly codes: readonly FilterValue[];
}

const CODE = /^([1-5](\d\d|xx)|[1-9](\d\d\d|xxx)|[a-z][a-z-]*|\d+)$/;

/** The tokens of the filter bar, with what may stand in them. */
export function tokenKinds({ links, codes }: KnownValues, texts: KindTexts): TokenKind[] {
  return [
    { name: 'link', meaning: texts.meanings.link, values: links },
    {
      name: 'layer',
      meaning: texts.meanings.layer,
      values: LAYERS.map(value => ({ value, meaning: texts.layers[value] })),
      check: value => (LAYERS.some(layer => layer === value.toLowerCase()) ? undefined : texts.problems.layer),
    },
    {
      name: 'code',
      meaning: texts.meanings.code,
      values: codes,
      check: value => (CODE.test(value.toLowerCase()) ? undefined : texts.problems.code),
    },
    {
      name: 'since',
      meaning: texts.meanings.since,
      values: SINCE.map(value => ({ value, meaning: texts.since[value] })),
      check: value => (readSince(value, 0) === undefined ? texts.problems.since : undefined),
    },
  ];
}

/** Tokens that cannot be read narrow nothing: the bar marks them. */
export function readFilter(text: string, kinds: readonly TokenKind[]): ErrorFilter {
  const { tokens, words, problems } = parseFilter(text, kinds);
  const wrong = new Set<FilterToken>(problems.map(({ token }) => token));
  const valuesOf = (name: string) =>
    tokens.filter(token => token.name === name && !wrong.has(token)).map(({ value }) => value.toLowerCase());
  const begun = new Set(kinds.map(({ name }) => `${name}:`));
  const since = valuesOf('since').at(-1);
  return {
    links: valuesOf('link'),
    layers: valuesOf('layer'),
    codes: valuesOf('code'),
    since: since === 'all' ? undefined : since,
    words: words
      .split(' ')
      .filter(word => !begun.has(word.toLowerCase()))
      .join(' '),
  };
}

export function fits(group: FailureGroup, { links, layers, codes }: ErrorFilter): boolean {
  return (
    (links.length === 0 || (group.link !== null && links.includes(group.link.toLowerCase()))) &&
    (layers.length === 0 || layers.includes(group.layer)) &&
    (codes.length === 0 || codes.some(code => isOfCode(group.code, code)))
  );
}

/** `4xx` stands for 400 to 499, `2xxx` for 2000 to 2999. */
function isOfCode(code: string, wanted: string): boolean {
  if (!/^\dx+$/.test(wanted)) return code === wanted;
  return code.length === wanted.length && code.charAt(0) === wanted.charAt(0) && /^\d+$/.test(code);
}

const UNITS = { m: 60_000, h: 3_600_000, d: 86_400_000 } as const;

/**
 * An age (`90m`, `1h`, `7d`), `today`, or a day (`2026-11-22`), as the bar of the traffic reads them too: milliseconds since
 * the epoch. `all` is the beginning of time; undefined for anything else.
 */
export function readSince(text: string, now: number): number | undefined {
  const [, count, unit] = /^(\d{1,5})([mhd])$/.exec(text) ?? [];
  if (count !== undefined) return now - Number(count) * UNITS[unit as keyof typeof UNITS];
  if (text === 'all') return 0;
  if (text === 'today') return new Date(now).setHours(0, 0, 0, 0);
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return undefined;
  // A date alone is taken for UTC by the language, but people mean their own midnight.
  const moment = new Date(`${text}T00:00`).getTime();
  return Number.isNaN(moment) ? undefined : moment;
}

/** What the core is asked for. Links, layers and codes narrow what came, so that typing them asks for nothing. */
export function conditionsOf({ since, words }: Pick<ErrorFilter, 'since' | 'words'>, now: number): ExchangeConditions {
  const moment = since === undefined ? undefined : readSince(since, now);
  return {
    ...(moment !== undefined && { since: moment }),
    ...(words !== '' && { search: begins(words) }),
  };
}

/** The last word may still be being typed: whatever begins with it fits. */
function begins(words: string): string {
  return /[\p{L}\p{N}]$/u.test(words) ? `${words}*` : words;
}
