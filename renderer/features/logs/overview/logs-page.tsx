import { Button } from '@mantine/core';
import { IconFileExport, IconFileZip } from '@tabler/icons-react';
import { Link, useNavigate } from '@tanstack/react-router';
import { type ReactNode, useEffect, useEffectEvent, useId } from 'react';
import { failureOf } from '../../../bridge/failure.ts';
import { useTexts } from '../../../texts/use-texts.ts';
import { FailureNote } from '../../../ui/failure-note.tsx';
import { View } from '../../../ui/view.tsx';
import styles from '../logs.module.css';
import { useOpening } from '../open/opening.ts';
import type { LogsSearch } from '../search.ts';
import { useImportedLogs, useReproductions } from '../use-logs.ts';
import { LogList } from './log-list.tsx';
import overview from './overview.module.css';
import { ReproduceMenu } from './reproduce-menu.tsx';
import { ReproductionList } from './reproduction-list.tsx';

const NO_LOGS: never[] = [];

/** The three ways in, what was imported, and what is being reproduced. */
export function LogsPage({ search }: { readonly search: LogsSearch }) {
  const t = useTexts('logs');
  const go = useNavigate();
  const opening = useOpening();
  const logs = useImportedLogs();
  const reproductions = useReproductions();
  const asked = useEffectEvent(({ open, choose }: LogsSearch) => {
    if (open === undefined && choose === undefined) return;
    if (open !== undefined) opening.begin([open].flat().map(path => ({ path })));
    else opening.choose();
    // Asked once: a reload, or the way back, does not ask again.
    void go({ to: '/logs', search: {}, replace: true });
  });
  useEffect(() => asked(search), [search]);
  const empty = logs.data?.length === 0;
  return (
    <View title={t('title')}>
      <div className={overview['page']}>
        <div className={overview['ways']}>
          <Way title={t('exportTitle')} text={t('exportText')}>
            <Button
              leftSection={<IconFileExport size={14} aria-hidden />}
              renderRoot={props => <Link to="/logs/export" {...props} />}
            >
              {t('exportAction')}
            </Button>
          </Way>
          <Way title={t('openWayTitle')} text={t('openWayText')}>
            <Button leftSection={<IconFileZip size={14} aria-hidden />} onClick={opening.choose}>
              {t('openAction')}
            </Button>
          </Way>
          <Way title={t('reproduceTitle')} text={t('reproduceWayText')}>
            <ReproduceMenu logs={logs.data ?? NO_LOGS} />
          </Way>
        </div>
        {reproductions.error !== null && reproductions.data === undefined && (
          <FailureNote failure={failureOf(reproductions.error)} onRetry={() => void reproductions.refetch()} />
        )}
        {reproductions.data !== undefined && reproductions.data.length > 0 && (
          <ReproductionList reproductions={reproductions.data} />
        )}
        {logs.data === undefined && logs.error !== null ? (
          <FailureNote failure={failureOf(logs.error)} onRetry={() => void logs.refetch()} />
        ) : logs.data === undefined ? (
          <p className={styles['dim']} aria-busy>
            {t('loading')}
          </p>
        ) : empty ? (
          <p className={overview['none']}>{t('noLogs')}</p>
        ) : (
          <LogList logs={logs.data} />
        )}
      </div>
    </View>
  );
}

interface WayProps {
  readonly title: string;
  readonly text: string;
  readonly children: ReactNode;
}

function Way({ title, text, children }: WayProps) {
  const id = useId();
  return (
    <section className={overview['way']} aria-labelledby={id}>
      <h2 id={id}>{title}</h2>
      <p>{text}</p>
      <div>{children}</div>
    </section>
  );
}
