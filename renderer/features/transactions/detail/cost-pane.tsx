import { SegmentedControl } from '@mantine/core';
import type { TransactionView } from '../../../../core/contract/transaction.ts';
import { BillPane } from '../../../bill/bill-pane.tsx';
import { useTexts } from '../../../texts/use-texts.ts';
import { EmptyState } from '../../../ui/empty-state.tsx';
import styles from './detail.module.css';

export interface CostPaneProps {
  readonly transaction: TransactionView;
  /** Absent: the CDR, or the session while there is no CDR. */
  readonly of: 'session' | undefined;
  readonly onOf: (of: 'session' | undefined) => void;
}

/** What this charge ought to cost, beside what its CDR or session states. */
export function CostPane({ transaction, of, onOf }: CostPaneProps) {
  const t = useTexts('transactions');
  const bill = useTexts('bill');
  const { id, sessionObject, cdrObject } = transaction;
  const [session, cdr] = [sessionObject, cdrObject].map(object => object !== null && object !== undefined);
  if (session !== true && cdr !== true) return <EmptyState title={t('costNone')} text={t('costNoneText')} />;
  const what = cdr !== true || (of === 'session' && session === true) ? 'session' : 'cdr';
  return (
    <div className={styles['left']}>
      {session === true && cdr === true && (
        <div className={styles['costOf']}>
          <SegmentedControl
            aria-label={bill('which')}
            value={what}
            onChange={value => onOf(value === 'session' ? 'session' : undefined)}
            data={(['cdr', 'session'] as const).map(value => ({ value, label: bill(value) }))}
          />
        </div>
      )}
      <BillPane key={`${id} ${what}`} bill={{ transaction: id, what }} />
    </div>
  );
}
