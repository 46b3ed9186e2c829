import { Button } from '@mantine/core';
import type { PaymentStep } from '../../../../core/contract/transaction.ts';
import { useLanguage, useTexts } from '../../../texts/use-texts.ts';
import { Mono } from '../../../ui/mono.tsx';
import { TimeText } from '../../../ui/time-text.tsx';
import { costText } from '../amounts.ts';
import styles from './detail.module.css';

export interface PaymentStepsProps {
  readonly steps: readonly PaymentStep[];
  readonly onOpen: (exchangeId: number) => void;
}

/** What became of the money, oldest first. */
export function PaymentSteps({ steps, onOpen }: PaymentStepsProps) {
  const t = useTexts('transactions');
  const language = useLanguage();
  return (
    <table className={styles['payment']} aria-label={t('payment')}>
      <thead>
        <tr>
          <th scope="col">{t('columnTime')}</th>
          <th scope="col">{t('columnWhat')}</th>
          <th scope="col" className={styles['number']}>
            {t('columnAmount')}
          </th>
          <th scope="col">{t('columnExchange')}</th>
        </tr>
      </thead>
      <tbody>
        {steps.map(({ exchangeId, at, what, amount }) => (
          <tr key={`${exchangeId} ${what}`}>
            <td>
              <Mono>
                <TimeText at={at} />
              </Mono>
            </td>
            <td lang="en">{what}</td>
            <td className={styles['number']}>{amount !== null && <Mono>{costText(amount, language)}</Mono>}</td>
            <td>
              <Button variant="subtle" size="compact-xs" onClick={() => onOpen(exchangeId)}>
                {exchangeId}
              </Button>
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
