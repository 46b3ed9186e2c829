import { ExchangeConditions } from '../../core/contract/exchange.ts';
import { type FilterProblem, type FilterToken, parseFilter, type TokenKind } from '../ui/filter-text.ts';
import { readMoment } from '../ui/moments.ts';

export const TOKEN_NAMES = [
  'link',
  'party',
  'module',
  'status',
  'ocpi',
  'failed',
  'is',
  'has',
  'fault',
  'dir',
  'since',
  'until',
  'run',
  'corr',
] as const;
export type TokenName = (typeof TOKEN_NAMES)[number];

export const IS = ['error', 'well', 'open', 'noted', 'unlinked'] as const;
export const HAS = ['finding', 'error', 'warning', 'note'] as const;
export const DIRECTIONS = ['in', 'out'] as const;

export interface ReadFilter {
  readonly conditions: ExchangeConditions;
  /** Tokens that could not be read and are left out. */
  readonly problems: readonly FilterProblem[];
  /** Names of tokens there are none of: `partner` in `partner:acme`, which is searched as text. */
  readonly unknown: readonly string[];
}

type Part = Partial<ExchangeConditions>;

/** What a token asks for; undefined where its value cannot be read. */
export function partOf({ name, value }: FilterToken, now: number): Part | undefined {
  switch (name as TokenName) {
    case 'link':
      return { link: value };
    case 'party':
      return { party: value };
    case 'module':
      return { module: value.toLowerCase() };
    case 'status':
      return checked('status', value.toLowerCase());
    case 'ocpi':
      return checked('ocpi', value.toLowerCase());
    case 'is':
      return {
        error: { errors: true },
        well: { well: true },
        open: { open: true },
        noted: { noted: true },
        unlinked: { unlinked: true },
      }[value];
    case 'failed':
      return /^(\d{1,9}|[a-z][a-z-]*)$/.test(value) ? { failedWith: value } : undefined;
    case 'has':
      if (value === 'finding') return { finding: 'any' };
      if (value === 'error' || value === 'warning' || value === 'note') return { finding: value };
      return /^[a-z][a-z0-9-]*(\.[a-z0-9-]+)+$/.test(value) ? { findingCode: value } : undefined;
    case 'fault':
      return /^[a-z][a-z0-9-]*(\.[a-z0-9-]+)?$/.test(value) ? { fault: value } : undefined;
    case 'dir':
      return value === 'in' || value === 'out' ? { direction: value } : undefined;
    case 'since':
    case 'until': {
      const moment = readMoment(value, now);
      return moment === undefined ? undefined : { [name]: moment };
    }
    case 'run':
      return /^[1-9]\d{0,14}$/.test(value) ? { runId: Number(value) } : undefined;
    case 'corr':
      return { correlationId: value };
  }
}

function checked(name: 'status' | 'ocpi', value: string): Part | undefined {
  return ExchangeConditions.shape[name].safeParse(value).success ? { [name]: value } : undefined;
}

/** The filter bar's text as conditions. Ages count from `now`; of a token that stands there twice the last one counts. */
export function readFilter(text: string, kinds: readonly TokenKind[], now: number): ReadFilter {
  const { tokens, words, problems } = parseFilter(text, kinds);
  const parts = tokens.map(token => partOf(token, now) ?? {});
  const search = beginning(words);
  return {
    conditions: Object.assign({}, ...parts, search === '' ? {} : { search }) as ExchangeConditions,
    problems,
    unknown: unknownTokens(words),
  };
}

/** The last word may still be being typed: whatever begins with it fits. */
export function beginning(words: string): string {
  return /[\p{L}\p{N}]$/u.test(words) ? `${words}*` : words;
}

/** Words that look like tokens; `http:` and `https:` begin URLs. */
export function unknownTokens(words: string): readonly string[] {
  const found = [...words.matchAll(/(?:^|\s)([A-Za-z][A-Za-z-]*):(?=\S)(?!\/\/)/g)].map(([, name = '']) => name);
  return [...new Set(found)];
}

/** The same conditions give the same key. */
export function conditionsKey(conditions: ExchangeConditions): string {
  return JSON.stringify(Object.entries(conditions).sort(([left], [right]) => left.localeCompare(right)));
}
