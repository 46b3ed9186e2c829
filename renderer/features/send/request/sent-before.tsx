import { useQuery } from '@tanstack/react-query';
import type { LinkView } from '../../../../core/contract/links.ts';
import type { SendableOperation } from '../../../../core/contract/sending.ts';
import { useClient } from '../../../bridge/client.ts';
import { failureOf } from '../../../bridge/failure.ts';
import { keys } from '../../../bridge/keys.ts';
import { ExchangeRow } from '../../../exchange/exchange-row.tsx';
import { useTexts } from '../../../texts/use-texts.ts';
import { EmptyState } from '../../../ui/empty-state.tsx';
import { FailureNote } from '../../../ui/failure-note.tsx';
import styles from './request.module.css';

/** How many of the newest are looked through for those that belong to no run. */
const LOOKED_THROUGH = 200;

export interface SentBeforeProps {
  readonly link: LinkView;
  readonly operations: readonly SendableOperation[];
  readonly onAgain: (exchangeId: number) => void;
}

/** What was sent to this partner by hand, newest first; one of them fills the form in again. */
export function SentBefore({ link, operations, onAgain }: SentBeforeProps) {
  const t = useTexts('send');
  const client = useClient();
  const { name } = link;
  const sent = useQuery({
    queryKey: [...keys.exchanges, 'sent by hand', name],
    queryFn: ({ signal }) => client.exchanges.page({ link: name, direction: 'out', limit: LOOKED_THROUGH }, { signal }),
  });
  if (sent.data === undefined) {
    return sent.error === null ? (
      <p className={styles['message']} aria-busy>
        {t('loading')}
      </p>
    ) : (
      <div className={styles['message']}>
        <FailureNote failure={failureOf(sent.error)} onRetry={() => void sent.refetch()} />
      </div>
    );
  }
  const known = new Set(operations.map(({ operation }) => operation));
  const rows = sent.data.rows.filter(({ runId, operation }) => runId === null && known.has(operation));
  if (rows.length === 0) return <EmptyState title={t('nothingSent')} text={t('nothingSentText')} />;
  return (
    <ul className={styles['before']} aria-label={t('outcome-before')}>
      {rows.map(row => (
        <li key={row.id}>
          <ExchangeRow
            row={row}
            lead={<span className={styles['verb']}>{row.method}</span>}
            title={t('fillIn')}
            onPress={onAgain}
          />
        </li>
      ))}
    </ul>
  );
}
