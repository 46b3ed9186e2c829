import { Button } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import type { ImportedLog } from '../../../../core/contract/session-log.ts';
import { failureOf } from '../../../bridge/failure.ts';
import { useLanguage, useTexts } from '../../../texts/use-texts.ts';
import { EmptyState } from '../../../ui/empty-state.tsx';
import { FailureNote } from '../../../ui/failure-note.tsx';
import { Loading } from '../../../ui/loading.tsx';
import { Panel } from '../../../ui/panel.tsx';
import { View } from '../../../ui/view.tsx';
import { AreaHead } from '../area-head.tsx';
import styles from '../logs.module.css';
import { logIdOf } from '../search.ts';
import { useImportedLog } from '../use-logs.ts';
import { ConditionChip } from './condition-chip.tsx';
import page from './log.module.css';
import { LogActions } from './log-actions.tsx';
import { LogFacts } from './log-facts.tsx';
import { LogLinks } from './log-links.tsx';
import { LogRules } from './log-rules.tsx';
import { type Removal, useRemoval } from './use-removal.ts';

/** An imported log: what it says of itself, what stands in it, and what can be done with it. */
export function LogPage({ name }: { readonly name: string }) {
  const logId = logIdOf(name);
  if (logId === undefined) return <NoLog id={name} />;
  return <Known logId={logId} />;
}

function Known({ logId }: { readonly logId: number }) {
  const t = useTexts('logs');
  const { data, error, refetch } = useImportedLog(logId);
  const removal = useRemoval(logId);
  const failure = error === null ? undefined : failureOf(error);
  // Wherever it was removed: what is still held of it says nothing any more. One that is just going tells how far it is.
  if (failure?.code === 'NOT_FOUND' && !removal.running) return <NoLog id={String(logId)} />;
  if (data !== undefined) return <Shown log={data} removal={removal} />;
  if (failure === undefined) {
    return (
      <View title={t('title')}>
        <Loading text={t('loading')} />
      </View>
    );
  }
  return (
    <View title={t('title')}>
      <div className={styles['message']}>
        <FailureNote failure={failure} onRetry={() => void refetch()} />
      </div>
    </View>
  );
}

function Shown({ log, removal }: { readonly log: ImportedLog; readonly removal: Removal }) {
  const t = useTexts('logs');
  const numbers = new Intl.NumberFormat(useLanguage());
  const held = log.about.exchanges;
  return (
    <View>
      <AreaHead title={log.name} beside={<ConditionChip condition={log.condition} t={t} />} />
      <div className={page['body']}>
        <LogActions log={log} removal={removal} />
        {log.condition !== 'whole' && (
          <div className={page['told']}>
            <p className={styles['problem']}>
              {t(`problem-${log.condition}`, { count: held, number: numbers.format(held) })}
            </p>
          </div>
        )}
        <Panel title={t('about')}>
          <LogFacts {...log} />
        </Panel>
        <Panel title={t('linksTitle')}>
          <LogLinks log={log} />
        </Panel>
        <Panel title={t('rulesTitle')}>
          <LogRules rules={log.rules} />
        </Panel>
      </div>
    </View>
  );
}

function NoLog({ id }: { readonly id: string }) {
  const t = useTexts('logs');
  return (
    <View>
      <EmptyState
        heading={1}
        title={t('noLog', { id })}
        text={t('noLogText')}
        actions={<Button renderRoot={props => <Link to="/logs" {...props} />}>{t('back')}</Button>}
      />
    </View>
  );
}
