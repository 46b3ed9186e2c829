import type { TransactionSummary } from '../../../../core/contract/transaction.ts';
import { printFilter } from '../../../ui/filter-text.ts';

type Spanned = Pick<TransactionSummary, 'link' | 'startedAt' | 'updatedAt' | 'open'>;

/** The newest one is to be among them: `until` is exclusive. */
const JUST_AFTER_MS = 1000;

/** For the filter bar of the traffic: what was said with its partner while it went on. */
export function trafficFilter({ link, startedAt, updatedAt, open }: Spanned): string {
  const until = new Date(Date.parse(updatedAt) + JUST_AFTER_MS).toISOString();
  return printFilter({
    tokens: [
      ...(link === null ? [{ name: 'is', value: 'unlinked' }] : [{ name: 'link', value: link }]),
      { name: 'since', value: startedAt },
      ...(open ? [] : [{ name: 'until', value: until }]),
    ],
    words: '',
  });
}
