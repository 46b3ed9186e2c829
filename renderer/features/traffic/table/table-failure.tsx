import { failureOf } from '../../../bridge/failure.ts';
import { useTexts } from '../../../texts/use-texts.ts';
import { FailureNote } from '../../../ui/failure-note.tsx';
import { TableWaiting } from '../../../ui/table/table-waiting.tsx';
import styles from '../traffic-page.module.css';
import type { LiveRows } from './live-rows.ts';
import { useLiveState } from './use-live-rows.ts';

/** Why there are no rows, or none of this filter, and what to do about it. */
export function TableFailure({ live }: { readonly live: LiveRows }) {
  const t = useTexts('traffic');
  const { failure, filter, loading } = useLiveState(live);
  if (failure === undefined) {
    return filter === '' && loading ? <TableWaiting text={t('loading')} /> : null;
  }
  const shown = failureOf(failure);
  return (
    <div className={styles['failure']}>
      <FailureNote
        failure={shown.code === 'NOT_FOUND' ? { ...shown, advice: t('noSuchLink') } : shown}
        onRetry={() => live.retry()}
      />
    </div>
  );
}
