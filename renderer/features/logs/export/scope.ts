import type { LogScope } from '../../../../core/contract/session-log.ts';
import { readIds } from '../../../exchange/id-ranges.ts';
import { readFilter } from '../../../exchange-filter/conditions.ts';
import { parseFilter, printFilter, type TokenKind } from '../../../ui/filter-text.ts';
import { readMoment } from '../../../ui/moments.ts';
import type { ExportSearch } from '../search.ts';

/** Tokens that have a field of their own beside the bar. */
export const FIELD_TOKENS = ['link', 'since', 'until'] as const;
export type FieldToken = (typeof FIELD_TOKENS)[number];

/** What an address asks for; undefined where any of it cannot be read: rather that than more. Ages count from `now`. */
export function scopeOf(search: ExportSearch, kinds: readonly TokenKind[], now: number): LogScope | undefined {
  const { q = '', ids, transaction, run } = search;
  const chosen = ids === undefined ? undefined : readIds(ids);
  if (ids !== undefined && chosen === undefined) return undefined;
  if (typeof transaction === 'string' || typeof run === 'string') return undefined;
  const { conditions, problems } = readFilter(q, kinds, now);
  if (problems.length > 0) return undefined;
  return {
    ...conditions,
    ...(run !== undefined && { runId: run }),
    ...(transaction !== undefined && { transaction }),
    ...(chosen !== undefined && { ids: [...chosen] }),
  };
}

/** The value of a token; of one that stands there twice the last one, which is the one that counts. */
export function tokenOf(q: string, name: FieldToken, kinds: readonly TokenKind[]): string | undefined {
  return parseFilter(q, kinds).tokens.findLast(token => token.name === name)?.value;
}

/** With tokens set anew; those without a value are left out. The rest stays as it is. */
export function withTokens(
  q: string,
  values: Readonly<Partial<Record<FieldToken, string | undefined>>>,
  kinds: readonly TokenKind[],
): string {
  const { tokens, words } = parseFilter(q, kinds);
  const set = Object.entries(values).flatMap(([name, value]) => (value === undefined ? [] : [{ name, value }]));
  return printFilter({ tokens: [...set, ...tokens.filter(({ name }) => !(name in values))], words });
}

/** What stands in the bar: all but what has a field of its own. */
export function barOf(q: string, kinds: readonly TokenKind[]): string {
  const { tokens, words } = parseFilter(q, kinds);
  return printFilter({ tokens: tokens.filter(({ name }) => !isField(name)), words });
}

/** The whole filter, with another text in the bar. What is typed there for a field goes into the field. */
export function withBar(q: string, bar: string, kinds: readonly TokenKind[]): string {
  const typed = parseFilter(bar, kinds);
  const kept = parseFilter(q, kinds).tokens.filter(
    ({ name }) => isField(name) && !typed.tokens.some(token => token.name === name),
  );
  return printFilter({ tokens: [...kept, ...typed.tokens], words: typed.words });
}

function isField(name: string): name is FieldToken {
  return (FIELD_TOKENS as readonly string[]).includes(name);
}

export const AGES = ['15m', '1h', 'today', '24h', '7d', '30d'] as const;
/** `''`: all there is. `between`: two moments. */
export type Period = '' | 'between' | (typeof AGES)[number];

/** Which of the offered periods the filter asks for. */
export function periodOf(q: string, kinds: readonly TokenKind[]): Period {
  const [since, until] = [tokenOf(q, 'since', kinds), tokenOf(q, 'until', kinds)];
  if (since === undefined && until === undefined) return '';
  return (until === undefined ? AGES.find(age => age === since) : undefined) ?? 'between';
}

/** A moment as a field for date and time has it: `2026-11-22T10:40:00`, local. Empty where there is none. */
export function fieldMoment(value: string | undefined, now: number): string {
  const moment = value === undefined ? undefined : readMoment(value, now);
  if (moment === undefined) return '';
  const local = new Date(moment - new Date(moment).getTimezoneOffset() * 60_000);
  return local.toISOString().slice(0, 19);
}
