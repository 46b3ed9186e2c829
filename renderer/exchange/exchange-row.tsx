import type { ReactNode } from 'react';
import type { ExchangeSummary } from '../../core/contract/exchange.ts';
import { useTexts } from '../texts/use-texts.ts';
import { TimeText } from '../ui/time-text.tsx';
import styles from './exchange-row.module.css';
import { operationWords } from './operation-words.ts';
import { HttpChip, OcpiChip } from './statuses.tsx';

export interface ExchangeRowProps {
  readonly row: ExchangeSummary;
  /** Between when it was and what it was. */
  readonly lead: ReactNode;
  /** What pressing it does, where it does not show the exchange. */
  readonly title?: string;
  readonly onPress: (id: number) => void;
}

/** One exchange in a short list of them. */
export function ExchangeRow({ row, lead, title, onPress }: ExchangeRowProps) {
  const t = useTexts('traffic');
  return (
    <button type="button" className={styles['row']} title={title} onClick={() => onPress(row.id)}>
      <span className={styles['time']}>
        <TimeText at={row.at} />
      </span>
      {lead}
      <span className={styles['words']}>{operationWords(t)(row.operation)}</span>
      <HttpChip of={row} t={t} />
      <OcpiChip status={row.ocpiStatus} />
    </button>
  );
}
