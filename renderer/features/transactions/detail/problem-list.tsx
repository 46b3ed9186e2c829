import { Button } from '@mantine/core';
import type { TransactionProblem } from '../../../../core/contract/transaction.ts';
import { useTexts } from '../../../texts/use-texts.ts';
import { Mono } from '../../../ui/mono.tsx';
import { ProblemChip } from '../state-chip.tsx';
import styles from './detail.module.css';

export interface ProblemListProps {
  readonly problems: readonly TransactionProblem[];
  readonly onOpen: (exchangeId: number) => void;
}

/** What is not as it should be, a sentence each, with the way to the exchange that shows it. */
export function ProblemList({ problems, onOpen }: ProblemListProps) {
  const t = useTexts('transactions');
  if (problems.length === 0) return null;
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls is reached by keyboard.
    <section className={styles['problems']} aria-label={t('problems')} tabIndex={0}>
      <ul>
        {problems.map(({ severity, code, sentence, exchangeId }) => (
          <li key={`${code} ${exchangeId} ${sentence}`} className={styles['problem']}>
            <ProblemChip severity={severity} t={t} />
            <span className={styles['sentence']} lang="en">
              {sentence} <Mono>{code}</Mono>
            </span>
            {exchangeId !== null && (
              <Button
                variant="subtle"
                size="compact-xs"
                aria-label={`${t('problemAt')} ${exchangeId}`}
                onClick={() => onOpen(exchangeId)}
              >
                {t('problemAt')}
              </Button>
            )}
          </li>
        ))}
      </ul>
    </section>
  );
}
