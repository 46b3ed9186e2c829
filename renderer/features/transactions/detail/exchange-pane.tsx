import { Button } from '@mantine/core';
import { IconArrowsExchange, IconPlayerPlay } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import type { ExchangeView } from '../../../../core/contract/exchange.ts';
import type { TransactionPoint } from '../../../../core/contract/transaction.ts';
import { failureOf } from '../../../bridge/failure.ts';
import { useExchange } from '../../../bridge/queries.ts';
import { FindingList } from '../../../exchange/finding-list.tsx';
import { FindingsChip } from '../../../exchange/findings-chip.tsx';
import type { Place } from '../../../exchange/message-findings.ts';
import { MessageTab } from '../../../exchange/message-tab.tsx';
import { operationWords } from '../../../exchange/operation-words.ts';
import { Outcome } from '../../../exchange/outcome.tsx';
import { SealedText } from '../../../exchange/sealed-text.tsx';
import { HttpChip, OcpiChip } from '../../../exchange/statuses.tsx';
import { ExplanationLine } from '../../../explanation/explanation-line.tsx';
import { ExplanationView } from '../../../explanation/explanation-view.tsx';
import { useTexts } from '../../../texts/use-texts.ts';
import { FailureNote } from '../../../ui/failure-note.tsx';
import { Mono } from '../../../ui/mono.tsx';
import { Panel } from '../../../ui/panel.tsx';
import { Tabs } from '../../../ui/tabs.tsx';
import { TimeText } from '../../../ui/time-text.tsx';
import styles from './detail.module.css';

const TABS = ['overview', 'explanation', 'request', 'response'] as const;
type ExchangeTab = (typeof TABS)[number];

export interface ExchangePaneProps {
  readonly id: number;
  /** What it is in the course of the charge; absent where it does not belong to it. */
  readonly point: TransactionPoint | undefined;
  readonly tab: ExchangeTab;
  readonly onTab: (tab: ExchangeTab) => void;
}

/** Which part of exchanges one looks at: the same one from exchange to exchange. */
export function useExchangeTab(): Pick<ExchangePaneProps, 'tab' | 'onTab'> {
  const [tab, onTab] = useState<ExchangeTab>('overview');
  return { tab, onTab };
}

/** One exchange of the charge beside its course. */
export function ExchangePane(props: ExchangePaneProps) {
  const t = useTexts('transactions');
  const exchange = useExchange(props.id);
  if (exchange.data !== undefined) return <Shown {...props} exchange={exchange.data} />;
  return (
    <div className={styles['waiting']} aria-busy={exchange.error === null}>
      {exchange.error === null ? (
        t('readingExchange')
      ) : (
        <FailureNote failure={failureOf(exchange.error)} onRetry={() => void exchange.refetch()} />
      )}
    </div>
  );
}

function Shown(props: ExchangePaneProps & { readonly exchange: ExchangeView }) {
  const { exchange, point, tab, onTab } = props;
  const t = useTexts('transactions');
  const traffic = useTexts('traffic');
  /** A place that was asked for; whoever chooses a tab by hand asks for none. */
  const [place, setPlace] = useState<Place>();
  const { id, direction, operation, method, url, findings, ocpiStatus, at } = exchange;
  return (
    <div className={styles['pane']}>
      <header className={styles['paneHead']}>
        <h2>{operationWords(traffic)(operation)}</h2>
        <p className={styles['who']}>
          <span>
            {direction === 'in' ? traffic('inFrom') : traffic('outTo')} {exchange.link ?? t('noLink')}
          </span>
          <Mono>
            <TimeText at={at} />
          </Mono>
          <HttpChip of={exchange} t={traffic} />
          <OcpiChip status={ocpiStatus} />
          <FindingsChip findings={findings} t={traffic} />
        </p>
        <p className={styles['url']}>
          <Mono wrap>
            <strong>{method}</strong> <SealedText text={url} />
          </Mono>
        </p>
        {point !== undefined && <p className={styles['why']}>{t('why', { why: point.why })}</p>}
        <div className={styles['paneActions']}>
          <Button
            variant="default"
            leftSection={<IconArrowsExchange size={14} aria-hidden />}
            renderRoot={given => <Link to="/traffic" search={{ exchange: id }} {...given} />}
          >
            {t('openInTraffic')}
          </Button>
          <Button
            variant="default"
            leftSection={<IconPlayerPlay size={14} aria-hidden />}
            renderRoot={given => <Link to="/replay" search={{ source: `exchanges:${id}` }} {...given} />}
          >
            {t('replayExchange')}
          </Button>
        </div>
      </header>
      <Tabs
        label={t('exchangeTabs')}
        value={tab}
        onChange={next => {
          setPlace(undefined);
          onTab(next);
        }}
        tabs={TABS.map(one => ({ id: one, label: t(`tab-${one}`) }))}
      >
        {tab === 'overview' && (
          <>
            <ExplanationLine
              id={id}
              more={
                <Button variant="default" onClick={() => onTab('explanation')}>
                  {t('explain')}
                </Button>
              }
            />
            <Outcome exchange={exchange} />
            {findings.length > 0 && (
              <Panel title={traffic('findingsTitle', { count: findings.length })}>
                <FindingList findings={findings} />
              </Panel>
            )}
          </>
        )}
        {tab === 'explanation' && (
          <ExplanationView
            key={id}
            exchange={exchange}
            onPlace={to => {
              setPlace(to);
              onTab(to.side);
            }}
          />
        )}
        {tab === 'request' && <MessageTab exchange={exchange} side="request" reveal={place} />}
        {tab === 'response' && <MessageTab exchange={exchange} side="response" reveal={place} />}
      </Tabs>
    </div>
  );
}
