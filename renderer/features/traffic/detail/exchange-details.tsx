import { Button } from '@mantine/core';
import { useState } from 'react';
import type { ExchangeView } from '../../../../core/contract/exchange.ts';
import { failureOf } from '../../../bridge/failure.ts';
import { useExchange } from '../../../bridge/queries.ts';
import { FindingsChip } from '../../../exchange/findings-chip.tsx';
import type { Place } from '../../../exchange/message-findings.ts';
import { MessageTab } from '../../../exchange/message-tab.tsx';
import { operationWords } from '../../../exchange/operation-words.ts';
import { SealedText } from '../../../exchange/sealed-text.tsx';
import { HttpChip, OcpiChip } from '../../../exchange/statuses.tsx';
import { ExplanationView } from '../../../explanation/explanation-view.tsx';
import { useExplanation } from '../../../explanation/use-explanation.ts';
import { LinkName } from '../../../links/link-name.tsx';
import { useTexts } from '../../../texts/use-texts.ts';
import { FailureNote } from '../../../ui/failure-note.tsx';
import { Mono } from '../../../ui/mono.tsx';
import { Tabs } from '../../../ui/tabs.tsx';
import { ExchangeActions } from '../actions/exchange-actions.tsx';
import type { Actions } from '../actions/use-actions.tsx';
import { DETAIL_TABS, type DetailTab } from '../search.ts';
import styles from './detail.module.css';
import { FaultTab } from './fault-tab.tsx';
import { OverviewTab } from './overview-tab.tsx';
import { RawTab } from './raw-tab.tsx';
import { RelatedTab } from './related-tab.tsx';
import { originalOf, useRelated, useTransactionsOf } from './use-related.ts';

export interface ExchangeDetailsProps {
  readonly id: number;
  readonly tab: DetailTab;
  readonly onTab: (tab: DetailTab) => void;
  readonly production: ReadonlySet<string>;
  readonly onGo: (id: number) => void;
  readonly onCompare: (left: number, right: number) => void;
  readonly actions: Actions;
}

/** One exchange, whole. */
export function ExchangeDetails(props: ExchangeDetailsProps) {
  const t = useTexts('traffic');
  const exchange = useExchange(props.id);
  if (exchange.error !== null && exchange.data === undefined) {
    return (
      <div className={styles['failed']}>
        <FailureNote failure={failureOf(exchange.error)} onRetry={() => void exchange.refetch()} />
      </div>
    );
  }
  if (exchange.data === undefined) {
    return (
      <div className={styles['failed']} aria-busy>
        {t('loading')}
      </div>
    );
  }
  return <Shown {...props} exchange={exchange.data} />;
}

function Shown(props: ExchangeDetailsProps & { readonly exchange: ExchangeView }) {
  const { exchange, tab, onTab, production, onGo, onCompare, actions } = props;
  /** A place that was asked for; whoever chooses a tab by hand asks for none. */
  const [place, setPlace] = useState<Place>();
  const problems = useExplanation(exchange.id).data?.problems.length ?? 0;
  const show = (to: Place) => {
    setPlace(to);
    onTab(to.side);
  };
  const t = useTexts('traffic');
  const related = useRelated(exchange.id).data;
  const original = originalOf(exchange.id, related?.resent);
  const charges = useTransactionsOf(exchange.id).data?.length ?? 0;
  const many =
    charges + (related === undefined ? 0 : related.correlated.length + related.run.length + related.resent.length);
  const isProduction = exchange.link !== null && production.has(exchange.link);
  return (
    <div className={styles['details']}>
      <header className={styles['head']}>
        <h2 className={styles['title']}>{operationWords(t)(exchange.operation)}</h2>
        <p className={styles['who']}>
          <span>{exchange.direction === 'in' ? t('inFrom') : t('outTo')}</span>
          <LinkName
            link={exchange.link}
            production={isProduction}
            words={{ unknown: t('noLink'), production: t('prod') }}
            whole
          />
          <HttpChip of={exchange} t={t} />
          <OcpiChip status={exchange.ocpiStatus} />
          <FindingsChip findings={exchange.findings} t={t} />
        </p>
        <p className={styles['url']}>
          <Mono wrap>
            <strong>{exchange.method}</strong> <SealedText text={exchange.url} />
          </Mono>
        </p>
        <ExchangeActions exchange={exchange} actions={actions} />
        {original !== undefined && (
          <p className={styles['original']}>
            <span>{t('sentAgainFrom', { id: original })}</span>
            <Button variant="default" onClick={() => onGo(original)}>
              {t('goToOriginal')}
            </Button>
            <Button variant="default" onClick={() => onCompare(original, exchange.id)}>
              {t('compareOriginal')}
            </Button>
          </p>
        )}
      </header>
      <Tabs
        label={t('detailsTabs')}
        value={tab}
        onChange={id => {
          setPlace(undefined);
          onTab(id);
        }}
        tabs={DETAIL_TABS.filter(id => id !== 'fault' || exchange.fault !== null).map(id => ({
          id,
          label: t(`tab-${id}`),
          ...(id === 'explanation' && problems > 0 && { badge: problems }),
          ...(id === 'related' && many > 0 && { badge: many }),
          ...(id === 'overview' && exchange.note !== null && { badge: t('noteBadge') }),
        }))}
      >
        {tab === 'overview' && <OverviewTab exchange={exchange} onExplain={() => onTab('explanation')} />}
        {tab === 'explanation' && <ExplanationView key={exchange.id} exchange={exchange} onPlace={show} />}
        {tab === 'fault' && exchange.fault !== null && <FaultTab exchange={exchange} stamp={exchange.fault} />}
        {tab === 'request' && <MessageTab exchange={exchange} side="request" reveal={place} />}
        {tab === 'response' && <MessageTab exchange={exchange} side="response" reveal={place} />}
        {tab === 'related' && <RelatedTab exchange={exchange} onGo={onGo} onCompare={onCompare} />}
        {tab === 'raw' && <RawTab exchange={exchange} />}
      </Tabs>
    </div>
  );
}
