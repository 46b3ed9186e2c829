import { useState } from 'react';
import type { BillSource } from '../../core/contract/money.ts';
import { failureOf } from '../bridge/failure.ts';
import { useTexts } from '../texts/use-texts.ts';
import { FailureNote } from '../ui/failure-note.tsx';
import { Loading } from '../ui/loading.tsx';
import styles from './bill.module.css';
import { BillView } from './bill-view.tsx';
import { useBill } from './use-bill.ts';

/**
 * What a session or CDR costs by its tariff, beside what it states. Give it a key of what is priced: the zone that was
 * chosen is that of one bill.
 */
export function BillPane({ bill }: { readonly bill: BillSource }) {
  const t = useTexts('bill');
  const [zone, setZone] = useState<string>();
  const priced = useBill(bill, zone);
  if (priced.data === undefined && priced.error === null) return <Loading text={t('pricing')} />;
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls is reached by keyboard.
    <section className={styles['pane']} aria-label={t('title')} tabIndex={0} aria-busy={priced.isFetching}>
      {priced.error !== null && (
        <div className={styles['failed']}>
          <FailureNote failure={failureOf(priced.error)} onRetry={() => void priced.refetch()} />
        </div>
      )}
      {priced.data !== undefined && <BillView bill={priced.data} zone={zone} onZone={setZone} />}
    </section>
  );
}
