import { useQuery } from '@tanstack/react-query';
import { PaymentView } from '../../../bill/payment-view.tsx';
import { useClient } from '../../../bridge/client.ts';
import { failureOf } from '../../../bridge/failure.ts';
import { keys } from '../../../bridge/keys.ts';
import { useTexts } from '../../../texts/use-texts.ts';
import { FailureNote } from '../../../ui/failure-note.tsx';
import styles from './detail.module.css';

/** What belongs to a payment of this charge, wherever it was told. */
export function MatchedPayments({ reference }: { readonly reference: string }) {
  const t = useTexts('transactions');
  const client = useClient();
  const payments = useQuery({
    queryKey: [...keys.figured, 'payments', { reference }],
    queryFn: ({ signal }) => client.money.payments({ reference }, { signal }),
  });
  if (payments.error !== null) {
    return (
      <div className={styles['failed']}>
        <FailureNote failure={failureOf(payments.error)} onRetry={() => void payments.refetch()} />
      </div>
    );
  }
  return (
    <div aria-busy={payments.data === undefined}>
      {payments.data === undefined ? (
        <p className={styles['waiting']}>{t('matchingPayments')}</p>
      ) : (
        payments.data.rows.map(payment => (
          <PaymentView key={`${payment.reference} ${payment.confirmation?.id}`} payment={payment} />
        ))
      )}
    </div>
  );
}
