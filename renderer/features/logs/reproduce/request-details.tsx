import { Link } from '@tanstack/react-router';
import type { ReproducedRequest } from '../../../../core/contract/reproduction.ts';
import { operationWords } from '../../../exchange/operation-words.ts';
import { useTexts } from '../../../texts/use-texts.ts';
import { Mono } from '../../../ui/mono.tsx';
import { Panel } from '../../../ui/panel.tsx';
import { TimeText } from '../../../ui/time-text.tsx';
import styles from '../logs.module.css';
import reproducing from './reproduction.module.css';
import { StatusChip } from './request-columns.tsx';

export interface RequestDetailsProps {
  readonly request: ReproducedRequest;
  /** Recorded exchanges stand in this database. */
  readonly stored: boolean;
}

/** One request, whose recorded answer it got, and what was not as then. */
export function RequestDetails({ request, stored }: RequestDetailsProps) {
  const t = useTexts('logs');
  const words = operationWords(useTexts('traffic'));
  const { no, at, kind, method, url, operation, status, recordedId, differences } = request;
  return (
    <div className={reproducing['details']}>
      <Panel title={t('requestNo', { no })}>
        <dl className={styles['facts']}>
          <dt>{t('columnAt')}</dt>
          <dd>
            <TimeText at={at} />
          </dd>
          <dt>{t('columnWay')}</dt>
          <dd>{t(`kind-${kind}-long`)}</dd>
          <dt>{t('columnOperation')}</dt>
          <dd>{words(operation)}</dd>
          <dt>{t('columnRequest')}</dt>
          <dd>
            <Mono wrap>
              {method} {url}
            </Mono>
          </dd>
          <dt>{t('columnGot')}</dt>
          <dd>
            <StatusChip status={status} t={t} />
          </dd>
          <dt>{t('recorded')}</dt>
          <dd>
            {recordedId === null ? (
              t('notRecorded')
            ) : stored ? (
              <Link to="/traffic" search={{ exchange: recordedId }}>
                {t('recordedExchange', { id: recordedId })}
              </Link>
            ) : (
              t('recordedExchange', { id: recordedId })
            )}
          </dd>
        </dl>
      </Panel>
      <Panel title={t('columnDifferences')}>
        {differences.length === 0 ? (
          <p className={reproducing['lead']}>{t('asRecorded')}</p>
        ) : (
          <ul className={reproducing['differences']} lang="en">
            {differences.map(difference => (
              <li key={difference}>{difference}</li>
            ))}
          </ul>
        )}
      </Panel>
    </div>
  );
}
