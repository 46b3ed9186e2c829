import { Button } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import type { ExchangeView } from '../../../../core/contract/exchange.ts';
import shared from '../../../exchange/exchange.module.css';
import { FindingList } from '../../../exchange/finding-list.tsx';
import { Outcome } from '../../../exchange/outcome.tsx';
import { ExplanationLine } from '../../../explanation/explanation-line.tsx';
import { useTexts } from '../../../texts/use-texts.ts';
import { CopyButton } from '../../../ui/copy-button.tsx';
import { Mono } from '../../../ui/mono.tsx';
import { Panel } from '../../../ui/panel.tsx';
import { durationText } from '../../../ui/time-format.ts';
import { TimeText } from '../../../ui/time-text.tsx';
import styles from './detail.module.css';
import { NotePanel } from './note-panel.tsx';
import { Waterfall } from './waterfall.tsx';

export interface OverviewTabProps {
  readonly exchange: ExchangeView;
  /** To the whole explanation. */
  readonly onExplain: () => void;
}

/** What happened, when, between whom, what the statuses mean, where the time went, and what is wrong with it. */
export function OverviewTab({ exchange, onExplain }: OverviewTabProps) {
  const t = useTexts('traffic');
  const { findings, timings } = exchange;
  return (
    <>
      <ExplanationLine
        id={exchange.id}
        more={
          <Button variant="default" onClick={onExplain}>
            {t('explain')}
          </Button>
        }
      />
      <Outcome exchange={exchange} />
      {findings.length > 0 && (
        <Panel title={t('findingsTitle', { count: findings.length })}>
          <FindingList findings={findings} />
        </Panel>
      )}
      <Facts exchange={exchange} />
      {timings !== null && (
        <Panel title={t('timingsTitle')}>
          <Waterfall timings={timings} />
        </Panel>
      )}
      <NotePanel key={exchange.id} exchange={exchange} />
    </>
  );
}

function Facts({ exchange }: Pick<OverviewTabProps, 'exchange'>) {
  const t = useTexts('traffic');
  const { id, at, durationMs, version, module, fromParty, toParty, requestId, correlationId, runId } = exchange;
  const copied = (value: string, label: string) => (
    <span className={styles['copied']}>
      <Mono wrap>{value}</Mono>
      <CopyButton text={value} label={label} />
    </span>
  );
  const facts: readonly (readonly [string, ReactNode])[] = [
    [t('factId'), copied(String(id), t('copyId'))],
    [t('factAt'), <TimeText key="at" at={at} withDate />],
    [t('factTook'), durationMs === null ? null : durationText(durationMs)],
    [t('factFrom'), fromParty],
    [t('factTo'), toParty],
    [t('factVersion'), version === null ? null : `${version}${module === null ? '' : ` · ${module}`}`],
    [t('factRequestId'), requestId === null ? null : copied(requestId, t('copyRequestId'))],
    [t('factCorrelationId'), correlationId === null ? null : copied(correlationId, t('copyCorrelationId'))],
    [
      t('factRun'),
      runId === null ? null : (
        <Link key="run" to="/traffic" search={{ q: `run:${runId}`, exchange: id }}>
          {t('runNumber', { id: runId })}
        </Link>
      ),
    ],
  ];
  return (
    <Panel title={t('factsTitle')}>
      <dl className={shared['facts']}>
        {facts.map(([name, value]) =>
          value === null ? null : (
            <div key={name} className={shared['fact']}>
              <dt>{name}</dt>
              <dd>{value}</dd>
            </div>
          ),
        )}
      </dl>
    </Panel>
  );
}
