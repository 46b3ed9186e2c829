import { Link } from '@tanstack/react-router';
import { failureOf } from '../../../bridge/failure.ts';
import { useTexts } from '../../../texts/use-texts.ts';
import { EmptyState } from '../../../ui/empty-state.tsx';
import { FailureNote } from '../../../ui/failure-note.tsx';
import { DecisionCard } from './decision-card.tsx';
import styles from './decisions.module.css';
import { useDeciding } from './use-deciding.ts';
import { usePending } from './use-pending.ts';

/** Every call that waits for us, with all that may be answered. */
export function DecisionPanel() {
  const t = useTexts('decisions');
  const pending = usePending();
  const deciding = useDeciding();
  if (pending.error !== null && pending.data === undefined) {
    return (
      <div className={styles['message']}>
        <FailureNote failure={failureOf(pending.error)} onRetry={() => void pending.refetch()} />
      </div>
    );
  }
  if (pending.data === undefined) {
    return (
      <div className={styles['message']} aria-busy>
        {t('loading')}
      </div>
    );
  }
  return (
    <div className={styles['panel']}>
      {deciding.failure !== undefined && <FailureNote failure={deciding.failure} />}
      {pending.data.length === 0 ? (
        <EmptyState
          title={t('noneTitle')}
          text={t('noneText')}
          actions={<Link to="/partners">{t('toPartners')}</Link>}
        />
      ) : (
        <ul className={styles['cards']} aria-label={t('title')}>
          {pending.data.map(decision => (
            <li key={decision.id}>
              <DecisionCard decision={decision} deciding={deciding} />
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}
