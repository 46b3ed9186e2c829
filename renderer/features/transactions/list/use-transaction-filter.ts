import { useMemo } from 'react';
import type { LinkView } from '../../../../core/contract/links.ts';
import { TransactionState } from '../../../../core/contract/transaction.ts';
import { useTexts } from '../../../texts/use-texts.ts';
import type { TokenKind } from '../../../ui/filter-text.ts';
import { readFilter, type TransactionFilter, tokenKinds } from './filter.ts';

/** The filter of the address, read, and what the bar offers. */
export function useTransactionFilter(
  q: string,
  links: readonly LinkView[],
): { readonly filter: TransactionFilter; readonly kinds: readonly TokenKind[] } {
  const t = useTexts('transactions');
  const kinds = useMemo(() => {
    const states = Object.fromEntries(TransactionState.options.map(state => [state, t(`about-${state}`)]));
    return tokenKinds(
      links.map(({ name, organisation, environment }) => ({
        value: name,
        meaning: environment === 'production' ? t('linkProduction', { organisation }) : organisation,
      })),
      {
        meanings: {
          link: t('token-link'),
          state: t('token-state'),
          is: t('token-is'),
          problem: t('token-problem'),
          since: t('token-since'),
          until: t('token-until'),
        },
        states: states as Record<TransactionState, string>,
        is: { open: t('is-open'), over: t('is-over'), problem: t('is-problem') },
        problems: { error: t('least-error'), warning: t('least-warning'), note: t('least-note') },
        since: {
          '15m': t('since-15m'),
          '1h': t('since-1h'),
          today: t('since-today'),
          '24h': t('since-24h'),
          '7d': t('since-7d'),
        },
        wrong: {
          state: t('wrong-state'),
          is: t('wrong-is'),
          problem: t('wrong-problem'),
          moment: t('wrong-moment'),
        },
      },
    );
  }, [t, links]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: values that are offered do not change what a filter says.
  const filter = useMemo(() => readFilter(q, kinds), [q]);
  return { filter, kinds };
}
