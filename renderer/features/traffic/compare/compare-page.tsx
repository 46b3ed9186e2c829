import { Button } from '@mantine/core';
import { useNavigate, useRouter } from '@tanstack/react-router';
import { type ReactNode, useEffect, useEffectEvent } from 'react';
import type { ExchangeView } from '../../../../core/contract/exchange.ts';
import { failureOf } from '../../../bridge/failure.ts';
import { useExchange, useLinks } from '../../../bridge/queries.ts';
import { FindingsChip } from '../../../exchange/findings-chip.tsx';
import { operationWords } from '../../../exchange/operation-words.ts';
import { HttpChip, OcpiChip } from '../../../exchange/statuses.tsx';
import { LinkName } from '../../../links/link-name.tsx';
import { useTexts } from '../../../texts/use-texts.ts';
import { DiffView, type DiffViewProps } from '../../../ui/editor/diff-view.tsx';
import { EmptyState } from '../../../ui/empty-state.tsx';
import { FailureNote } from '../../../ui/failure-note.tsx';
import { Mono } from '../../../ui/mono.tsx';
import { Panel } from '../../../ui/panel.tsx';
import { durationText } from '../../../ui/time-format.ts';
import { TimeText } from '../../../ui/time-text.tsx';
import { View } from '../../../ui/view.tsx';
import styles from './compare.module.css';
import { type ComparedSide, comparedText } from './compared-text.ts';

export interface ComparePageProps {
  readonly left: number | undefined;
  readonly right: number | undefined;
}

/** Two exchanges beside each other: what they are, and where their messages differ. */
export function ComparePage({ left, right }: ComparePageProps) {
  const t = useTexts('traffic');
  const navigate = useNavigate();
  const { history } = useRouter();
  const leave = () => {
    if (history.canGoBack()) history.back();
    else void navigate({ to: '/traffic' });
  };
  const onKey = useEffectEvent((event: KeyboardEvent) => {
    if (event.key === 'Escape' && !event.defaultPrevented) leave();
  });
  useEffect(() => {
    const listen = (event: KeyboardEvent) => onKey(event);
    document.addEventListener('keydown', listen);
    return () => document.removeEventListener('keydown', listen);
  }, []);
  return (
    <View>
      <header className={styles['bar']}>
        <Button variant="default" onClick={leave}>
          {t('back')}
        </Button>
        <h1 className={styles['title']}>{t('compareTitle')}</h1>
      </header>
      {left === undefined || right === undefined ? (
        <EmptyState title={t('compareNone')} text={t('compareNoneText')} />
      ) : (
        <Loaded key={`${left} ${right}`} ids={[left, right]} />
      )}
    </View>
  );
}

function Loaded({ ids }: { readonly ids: readonly [number, number] }) {
  const t = useTexts('traffic');
  const left = useExchange(ids[0]);
  const right = useExchange(ids[1]);
  const failed = [left, right].find(({ error, data }) => error !== null && data === undefined);
  if (failed !== undefined && failed.error !== null) {
    return (
      <div className={styles['waiting']}>
        <FailureNote failure={failureOf(failed.error)} onRetry={() => void failed.refetch()} />
      </div>
    );
  }
  if (left.data === undefined || right.data === undefined) {
    return (
      <p className={styles['waiting']} aria-busy>
        {t('loading')}
      </p>
    );
  }
  return <Compared pair={[left.data, right.data]} />;
}

function Compared({ pair }: { readonly pair: readonly [ExchangeView, ExchangeView] }) {
  const t = useTexts('traffic');
  return (
    <div className={styles['body']}>
      <Summary pair={pair} />
      <Difference pair={pair} side="request" title={t('tab-request')} />
      <Difference pair={pair} side="response" title={t('tab-response')} />
    </div>
  );
}

function Summary({ pair }: { readonly pair: readonly [ExchangeView, ExchangeView] }) {
  const t = useTexts('traffic');
  const links = useLinks().data ?? [];
  const words = operationWords(t);
  const isProduction = (name: string | null) =>
    links.some(link => link.name === name && link.environment === 'production');
  const took = pair.map(({ durationMs }) => durationMs) as [number | null, number | null];
  const difference = took[0] === null || took[1] === null ? undefined : took[1] - took[0];
  const rows: readonly (readonly [string, (exchange: ExchangeView) => ReactNode])[] = [
    [t('column-time'), ({ at }) => <TimeText at={at} withDate />],
    [
      t('column-partner'),
      ({ link }) => (
        <LinkName
          link={link}
          production={isProduction(link)}
          words={{ unknown: t('noLink'), production: t('prod') }}
          whole
        />
      ),
    ],
    [
      t('column-operation'),
      ({ direction, operation }) => `${direction === 'in' ? t('cameIn') : t('wentOut')}: ${words(operation)}`,
    ],
    [
      t('compareStatuses'),
      exchange => (
        <span className={styles['chips']}>
          <HttpChip of={exchange} t={t} />
          <OcpiChip status={exchange.ocpiStatus} />
        </span>
      ),
    ],
    [t('column-took'), ({ durationMs }) => (durationMs === null ? '—' : durationText(durationMs))],
    [t('column-findings'), ({ findings }) => <FindingsChip findings={findings} t={t} />],
  ];
  return (
    <table className={styles['summary']}>
      <thead>
        <tr>
          <td />
          {pair.map(({ id }) => (
            <th key={id} scope="col">
              <Mono>#{id}</Mono>
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {rows.map(([name, cell]) => (
          <tr key={name}>
            <th scope="row">{name}</th>
            <td>{cell(pair[0])}</td>
            <td>
              {cell(pair[1])}
              {name === t('column-took') && difference !== undefined && (
                <span className={styles['difference']}>
                  {t(difference < 0 ? 'faster' : 'slower', { by: durationText(Math.abs(difference)) })}
                </span>
              )}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

interface DifferenceProps {
  readonly pair: readonly [ExchangeView, ExchangeView];
  readonly side: ComparedSide;
  readonly title: string;
}

function Difference({ pair, side, title }: DifferenceProps) {
  const t = useTexts('traffic');
  const [left, right] = [comparedText(pair[0], side), comparedText(pair[1], side)];
  const labels = [`#${pair[0].id}`, `#${pair[1].id}`] as const;
  if (left.head === '' && right.head === '') {
    return (
      <Panel title={title}>
        <p className={styles['same']}>{t('noAnswerEither')}</p>
      </Panel>
    );
  }
  return (
    <>
      <Panel title={t('compareHead', { side: title })}>
        <Beside left={left.head} right={right.head} labels={labels} language="text" />
      </Panel>
      {(left.body !== '' || right.body !== '') && (
        <Panel title={t('compareBody', { side: title })}>
          <Beside left={left.body} right={right.body} labels={labels} language="json" />
        </Panel>
      )}
    </>
  );
}

function Beside(props: Pick<DiffViewProps, 'left' | 'right' | 'labels' | 'language'>) {
  const t = useTexts('traffic');
  if (props.left === props.right) return <p className={styles['same']}>{t('same')}</p>;
  return (
    <div className={styles['diff']}>
      <DiffView {...props} />
    </div>
  );
}
