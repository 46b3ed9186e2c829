import { Link } from '@tanstack/react-router';
import { failureOf } from '../../../bridge/failure.ts';
import { useExchange } from '../../../bridge/queries.ts';
import { BodyView } from '../../../exchange/body-view.tsx';
import { FindingList } from '../../../exchange/finding-list.tsx';
import { HeaderTable } from '../../../exchange/header-table.tsx';
import { findingsOf } from '../../../exchange/message-findings.ts';
import { Outcome } from '../../../exchange/outcome.tsx';
import { ExplanationLine } from '../../../explanation/explanation-line.tsx';
import { useTexts } from '../../../texts/use-texts.ts';
import { FailureNote } from '../../../ui/failure-note.tsx';
import { Panel } from '../../../ui/panel.tsx';
import { durationText } from '../../../ui/time-format.ts';
import { TimeText } from '../../../ui/time-text.tsx';
import styles from './request.module.css';

/** What was answered, with what is wrong about it. */
export function Answer({ id }: { readonly id: number }) {
  const t = useTexts('send');
  const traffic = useTexts('traffic');
  const exchange = useExchange(id);
  if (exchange.data === undefined) {
    return exchange.error === null ? (
      <p className={styles['message']} aria-busy>
        {t('loading')}
      </p>
    ) : (
      <div className={styles['message']}>
        <FailureNote failure={failureOf(exchange.error)} onRetry={() => void exchange.refetch()} />
      </div>
    );
  }
  const { at, durationMs, findings, response } = exchange.data;
  const found = findingsOf(exchange.data, 'response');
  return (
    <>
      <p className={styles['answered']}>
        <TimeText at={at} />
        {durationMs !== null && <span>{durationText(durationMs)}</span>}
        <Link to="/traffic" search={{ exchange: id }}>
          {t('inTraffic', { id })}
        </Link>
      </p>
      <ExplanationLine
        id={id}
        more={
          <Link to="/traffic" search={{ exchange: id, tab: 'explanation' }}>
            {traffic('explain')}
          </Link>
        }
      />
      <Outcome exchange={exchange.data} />
      {findings.length > 0 && (
        <Panel title={t('findings', { count: findings.length })}>
          <FindingList findings={findings} />
        </Panel>
      )}
      {response !== null && (
        <>
          <BodyView key={id} message={response} findings={found} label={traffic('responseBody')} />
          <Panel title={traffic('headersTitle', { count: response.headers.length })}>
            <HeaderTable headers={response.headers} findings={found} />
          </Panel>
        </>
      )}
    </>
  );
}
