import { type TransactionConditions, TransactionState } from '../../../../core/contract/transaction.ts';
import { type FilterToken, type FilterValue, parseFilter, type TokenKind } from '../../../ui/filter-text.ts';
import { readMoment } from '../../../ui/moments.ts';

export const IS = ['open', 'over', 'problem'] as const;
export const PROBLEMS = ['error', 'warning', 'note'] as const;
export const SINCE = ['15m', '1h', 'today', '24h', '7d'] as const;

type TokenName = 'link' | 'state' | 'is' | 'problem' | 'since' | 'until';

export interface KindTexts {
  readonly meanings: Readonly<Record<TokenName, string>>;
  readonly states: Readonly<Record<TransactionState, string>>;
  readonly is: Readonly<Record<(typeof IS)[number], string>>;
  readonly problems: Readonly<Record<(typeof PROBLEMS)[number], string>>;
  readonly since: Readonly<Record<(typeof SINCE)[number], string>>;
  /** What may stand there, where something else does. */
  readonly wrong: Readonly<Record<'state' | 'is' | 'problem' | 'moment', string>>;
}

/** The tokens of the filter bar, with what may stand in them. */
export function tokenKinds(links: readonly FilterValue[], texts: KindTexts): readonly TokenKind[] {
  const { meanings, wrong } = texts;
  const offered = <Value extends string>(values: readonly Value[], said: Readonly<Record<Value, string>>) =>
    values.map(value => ({ value, meaning: said[value] }));
  const among = (values: readonly string[], problem: string) => (value: string) =>
    values.includes(value.toLowerCase()) ? undefined : problem;
  const moment = (value: string) => (readMoment(value, 0) === undefined ? wrong.moment : undefined);
  return [
    { name: 'link', meaning: meanings.link, values: links },
    {
      name: 'state',
      meaning: meanings.state,
      values: offered(TransactionState.options, texts.states),
      check: among(TransactionState.options, wrong.state),
    },
    { name: 'is', meaning: meanings.is, values: offered(IS, texts.is), check: among(IS, wrong.is) },
    {
      name: 'problem',
      meaning: meanings.problem,
      values: offered(PROBLEMS, texts.problems),
      check: among(PROBLEMS, wrong.problem),
    },
    { name: 'since', meaning: meanings.since, values: offered(SINCE, texts.since), check: moment },
    { name: 'until', meaning: meanings.until, values: offered(SINCE, texts.since), check: moment },
  ];
}

/** A filter, read. Tokens that cannot be read narrow nothing: the bar marks them. */
export interface TransactionFilter {
  readonly conditions: Omit<TransactionConditions, 'since' | 'until'>;
  /** As typed: they count from the moment the core is asked, so that "the last hour" goes with the clock. */
  readonly since: string | undefined;
  readonly until: string | undefined;
}

/** The contract takes no longer one. */
const LONGEST_SEARCH = 100;

/** Of a token that stands there twice the last one counts. */
export function readFilter(text: string, kinds: readonly TokenKind[]): TransactionFilter {
  const { tokens, words, problems } = parseFilter(text, kinds);
  const wrong = new Set<FilterToken>(problems.map(({ token }) => token));
  const good = tokens.filter(token => !wrong.has(token));
  const last = (name: TokenName) => good.findLast(token => token.name === name)?.value;
  const is = new Set(good.filter(({ name }) => name === 'is').map(({ value }) => value.toLowerCase()));
  const state = TransactionState.safeParse(last('state')?.toLowerCase()).data;
  const severity = PROBLEMS.find(one => one === last('problem')?.toLowerCase());
  const problem = severity ?? (is.has('problem') ? 'note' : undefined);
  const link = last('link');
  // A name alone (`state:`) is still being typed.
  const begun = new Set(kinds.map(({ name }) => `${name}:`));
  const search = words
    .split(' ')
    .filter(word => !begun.has(word.toLowerCase()))
    .join(' ')
    .slice(0, LONGEST_SEARCH);
  return {
    conditions: {
      ...(link !== undefined && { link }),
      ...(state !== undefined && { state }),
      ...(is.has('open') !== is.has('over') && { open: is.has('open') }),
      ...(problem !== undefined && { problem }),
      ...(search !== '' && { search }),
    },
    since: last('since'),
    until: last('until'),
  };
}

export function conditionsAt({ conditions, since, until }: TransactionFilter, now: number): TransactionConditions {
  const from = since === undefined ? undefined : readMoment(since, now);
  const to = until === undefined ? undefined : readMoment(until, now);
  return { ...conditions, ...(from !== undefined && { since: from }), ...(to !== undefined && { until: to }) };
}
