import type { TroubleGroup } from '../../../core/contract/errors.ts';
import type { ExchangeConditions } from '../../../core/contract/exchange.ts';
import { Layer } from '../../../core/contract/explanation.ts';
import { type FilterToken, type FilterValue, parseFilter, type TokenKind } from '../../ui/filter-text.ts';

export const SINCE = ['1h', 'today', '24h', '7d', 'all'] as const;
export const IS = ['new', 'purpose'] as const;
export const DIRECTIONS = ['out', 'in'] as const;

/** A filter, read. Several links, modules, layers, codes or directions: one of them is enough. */
export interface ErrorFilter {
  readonly links: readonly string[];
  readonly modules: readonly string[];
  readonly layers: readonly string[];
  readonly codes: readonly string[];
  readonly directions: readonly string[];
  readonly onlyNew: boolean;
  readonly onlyPurpose: boolean;
  /** As typed; it counts from the moment the groups are asked for, so that "the last hour" goes with the clock. */
  readonly since: string | undefined;
  readonly until: string | undefined;
  /** As typed. */
  readonly words: string;
}

/** What the core is asked for; the rest narrows what came. */
export type AskedFilter = Pick<ErrorFilter, 'since' | 'until' | 'words'>;

type TokenName = 'link' | 'module' | 'layer' | 'code' | 'is' | 'dir' | 'since' | 'until';

export interface KindTexts {
  readonly meanings: Readonly<Record<TokenName, string>>;
  readonly layers: Readonly<Record<Layer, string>>;
  readonly is: Readonly<Record<(typeof IS)[number], string>>;
  readonly directions: Readonly<Record<(typeof DIRECTIONS)[number], string>>;
  readonly since: Readonly<Record<(typeof SINCE)[number], string>>;
  readonly problems: Readonly<Record<'layer' | 'code' | 'is' | 'dir' | 'moment', string>>;
}

export interface KnownValues {
  readonly links: readonly FilterValue[];
  readonly modules: readonly string[];
  readonly codes: readonly FilterValue[];
}

const CODE = /^([1-5](\d\d|xx)|[1-9](\d\d\d|xxx)|[a-z][a-z0-9-]*(\.[a-z0-9-]+)*|\d+)$/;

/** The tokens of the filter bar, with what may stand in them. */
export function tokenKinds({ links, modules, codes }: KnownValues, texts: KindTexts): TokenKind[] {
  const { meanings, problems } = texts;
  const oneOf = (allowed: readonly string[], problem: string) => (value: string) =>
    allowed.includes(value.toLowerCase()) ? undefined : problem;
  const moment = (value: string) => (readMoment(value, 0) === undefined ? problems.moment : undefined);
  return [
    { name: 'link', meaning: meanings.link, values: links },
    { name: 'module', meaning: meanings.module, values: modules.map(value => ({ value })) },
    {
      name: 'layer',
      meaning: meanings.layer,
      values: Layer.options.map(value => ({ value, meaning: texts.layers[value] })),
      check: oneOf(Layer.options, problems.layer),
    },
    {
      name: 'code',
      meaning: meanings.code,
      values: codes,
      check: value => (CODE.test(value.toLowerCase()) ? undefined : problems.code),
    },
    {
      name: 'is',
      meaning: meanings.is,
      values: IS.map(value => ({ value, meaning: texts.is[value] })),
      check: oneOf(IS, problems.is),
    },
    {
      name: 'dir',
      meaning: meanings.dir,
      values: DIRECTIONS.map(value => ({ value, meaning: texts.directions[value] })),
      check: oneOf(DIRECTIONS, problems.dir),
    },
    {
      name: 'since',
      meaning: meanings.since,
      values: SINCE.map(value => ({ value, meaning: texts.since[value] })),
      check: moment,
    },
    { name: 'until', meaning: meanings.until, values: [], check: moment },
  ];
}

/** Tokens that cannot be read narrow nothing: the bar marks them. */
export function readFilter(text: string, kinds: readonly TokenKind[]): ErrorFilter {
  const { tokens, words, problems } = parseFilter(text, kinds);
  const wrong = new Set<FilterToken>(problems.map(({ token }) => token));
  const typed = (name: TokenName) =>
    tokens.filter(token => token.name === name && !wrong.has(token)).map(({ value }) => value);
  const valuesOf = (name: TokenName) => typed(name).map(value => value.toLowerCase());
  const begun = new Set(kinds.map(({ name }) => `${name}:`));
  const moment = (name: 'since' | 'until') => {
    const last = typed(name).at(-1);
    return last?.toLowerCase() === 'all' ? undefined : last;
  };
  return {
    links: valuesOf('link'),
    modules: valuesOf('module'),
    layers: valuesOf('layer'),
    codes: valuesOf('code'),
    directions: valuesOf('dir'),
    onlyNew: valuesOf('is').includes('new'),
    onlyPurpose: valuesOf('is').includes('purpose'),
    since: moment('since'),
    until: moment('until'),
    words: words
      .split(' ')
      .filter(word => !begun.has(word.toLowerCase()))
      .join(' '),
  };
}

export function fits(group: TroubleGroup, filter: ErrorFilter): boolean {
  const among = (wanted: readonly string[], value: string | null) =>
    wanted.length === 0 || (value !== null && wanted.includes(value.toLowerCase()));
  return (
    among(filter.links, group.link) &&
    among(filter.modules, group.module) &&
    among(filter.layers, group.layer) &&
    among(filter.directions, group.direction) &&
    (filter.codes.length === 0 || filter.codes.some(code => isOfCode(group.code, code))) &&
    (!filter.onlyNew || group.fresh) &&
    (!filter.onlyPurpose || group.onPurpose > 0)
  );
}

/** `4xx` stands for 400 to 499, `2xxx` for 2000 to 2999. */
function isOfCode(code: string, wanted: string): boolean {
  if (!/^\dx+$/.test(wanted)) return code.toLowerCase() === wanted;
  return code.length === wanted.length && code.charAt(0) === wanted.charAt(0) && /^\d+$/.test(code);
}

const UNITS = { m: 60_000, h: 3_600_000, d: 86_400_000 } as const;

/**
 * An age (`90m`, `1h`, `7d`), `today`, a day (`2026-11-22`) or a time of one (`2026-11-22T10:40`), as the bar of the traffic
 * reads them too: milliseconds since the epoch. `all` is the beginning of time; undefined for anything else.
 */
export function readMoment(text: string, now: number): number | undefined {
  const [, count, unit] = /^(\d{1,5})([mhd])$/.exec(text) ?? [];
  if (count !== undefined) return now - Number(count) * UNITS[unit as keyof typeof UNITS];
  if (text.toLowerCase() === 'all') return 0;
  if (text.toLowerCase() === 'today') return new Date(now).setHours(0, 0, 0, 0);
  const [, day, time] = /^(\d{4}-\d{2}-\d{2})(?:T(\d{2}:\d{2}(?::\d{2})?))?$/.exec(text) ?? [];
  if (day === undefined) return undefined;
  // A date alone is taken for UTC by the language, but people mean their own midnight.
  const moment = new Date(`${day}T${time ?? '00:00'}`).getTime();
  return Number.isNaN(moment) ? undefined : moment;
}

/** Links, modules, layers and codes narrow what came, so that typing them asks for nothing. */
export function conditionsOf({ since, until, words }: AskedFilter, now: number): ExchangeConditions {
  const from = since === undefined ? undefined : readMoment(since, now);
  const to = until === undefined ? undefined : readMoment(until, now);
  return {
    ...(from !== undefined && { since: from }),
    ...(to !== undefined && { until: to }),
    ...(words !== '' && { search: begins(words) }),
  };
}

/** The last word may still be being typed: whatever begins with it fits. */
function begins(words: string): string {
  return /[\p{L}\p{N}]$/u.test(words) ? `${words}*` : words;
}
