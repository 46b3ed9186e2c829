import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import type { ExchangeSummary, ExchangeView } from '../../../../core/contract/exchange.ts';
import { useClient } from '../../../bridge/client.ts';
import { failureOf } from '../../../bridge/failure.ts';
import { keys } from '../../../bridge/keys.ts';
import shared from '../../../exchange/exchange.module.css';
import { ExchangeRow } from '../../../exchange/exchange-row.tsx';
import { useTexts } from '../../../texts/use-texts.ts';
import { EmptyState } from '../../../ui/empty-state.tsx';
import { FailureNote } from '../../../ui/failure-note.tsx';
import { Panel } from '../../../ui/panel.tsx';
import { Spoken } from '../../../ui/spoken.tsx';
import styles from './detail.module.css';
import { useRelated, useTransactionsOf } from './use-related.ts';

export interface RelatedTabProps {
  readonly exchange: ExchangeView;
  readonly onGo: (id: number) => void;
  readonly onCompare: (left: number, right: number) => void;
}

/** Of a list of sessions there may be hundreds. */
const MOST_CHARGES = 20;

/** Same transaction, same run, and what was sent again. */
export function RelatedTab({ exchange, onGo, onCompare }: RelatedTabProps) {
  const t = useTexts('traffic');
  const client = useClient();
  const related = useRelated(exchange.id);
  const transactions = useTransactionsOf(exchange.id);
  const { runId } = exchange;
  const run = useQuery({
    queryKey: keys.run(runId ?? 0),
    queryFn: ({ signal }) => client.runs.get({ runId: runId ?? 0 }, { signal }),
    enabled: runId !== null,
  });
  if (related.error !== null) {
    return <FailureNote failure={failureOf(related.error)} onRetry={() => void related.refetch()} />;
  }
  if (related.data === undefined) return <p className={shared['none']}>{t('loading')}</p>;
  const { correlated, run: ofRun, resent } = related.data;
  const charges = transactions.data ?? [];
  if (charges.length + correlated.length + ofRun.length + resent.length === 0) {
    return <EmptyState title={t('relatedNone')} text={t('relatedNoneText')} />;
  }
  const kind = run.data?.kind;
  return (
    <>
      {charges.length > 0 && (
        <Panel title={t('relatedTransactions', { count: charges.length })}>
          <p className={styles['transactions']}>
            {charges.slice(0, MOST_CHARGES).map(id => (
              <Link
                key={id}
                to="/transactions/$id"
                params={{ id: String(id) }}
                search={charges.length === 1 ? { exchange: exchange.id } : {}}
              >
                {t('transactionNumber', { id })}
              </Link>
            ))}
            {charges.length > MOST_CHARGES && (
              <span>{t('transactionsMore', { count: charges.length - MOST_CHARGES })}</span>
            )}
          </p>
        </Panel>
      )}
      {resent.length > 0 && (
        <Panel title={t('relatedResent')}>
          <RelatedList
            rows={resent}
            onGo={onGo}
            action={row => (
              <Button
                variant="default"
                onClick={() => onCompare(Math.min(row.id, exchange.id), Math.max(row.id, exchange.id))}
              >
                {t('compare')}
              </Button>
            )}
          />
        </Panel>
      )}
      {ofRun.length > 0 && (
        <Panel
          title={kind === undefined ? t('relatedRun') : t('relatedRunOf', { kind: t(`run-${kind}`), id: runId ?? 0 })}
        >
          <RelatedList rows={ofRun} onGo={onGo} />
        </Panel>
      )}
      {correlated.length > 0 && (
        <Panel title={t('relatedCorrelated')}>
          <RelatedList rows={correlated} onGo={onGo} />
        </Panel>
      )}
    </>
  );
}

interface RelatedListProps {
  readonly rows: readonly ExchangeSummary[];
  readonly onGo: (id: number) => void;
  readonly action?: (row: ExchangeSummary) => ReactNode;
}

function RelatedList({ rows, onGo, action }: RelatedListProps) {
  const t = useTexts('traffic');
  return (
    <ul className={styles['related']}>
      {rows.map(row => (
        <li key={row.id}>
          <ExchangeRow
            row={row}
            lead={
              <>
                <span aria-hidden>{row.direction === 'in' ? '←' : '→'}</span>
                <Spoken>{row.direction === 'in' ? t('cameIn') : t('wentOut')}</Spoken>
              </>
            }
            onPress={onGo}
          />
          {action?.(row)}
        </li>
      ))}
    </ul>
  );
}
