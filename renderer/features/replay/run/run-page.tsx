import { Link, useNavigate } from '@tanstack/react-router';
import type { ReplayRun } from '../../../../core/contract/replay.ts';
import { failureOf } from '../../../bridge/failure.ts';
import { useLinks } from '../../../bridge/queries.ts';
import { useTexts } from '../../../texts/use-texts.ts';
import { EmptyState } from '../../../ui/empty-state.tsx';
import { FailureNote } from '../../../ui/failure-note.tsx';
import { Loading } from '../../../ui/loading.tsx';
import { Tabs } from '../../../ui/tabs.tsx';
import { View } from '../../../ui/view.tsx';
import { RewriteTable } from '../plan/rewrite-table.tsx';
import { RUN_TABS, type RunSearch, type RunTab } from '../search.ts';
import { useReplay } from '../use-replays.ts';
import { Comparison } from './comparison.tsx';
import styles from './run.module.css';
import { RunHead } from './run-head.tsx';
import { RunSteps } from './run-steps.tsx';
import { useControls } from './use-controls.ts';

export interface RunPageProps {
  /** As the address says it. */
  readonly name: string;
  readonly search: RunSearch;
}

/** A replay as it goes, and what came of it. */
export function RunPage({ name, search }: RunPageProps) {
  const t = useTexts('replay');
  const runId = /^[1-9]\d{0,14}$/.test(name) ? Number(name) : undefined;
  return (
    <View title={t('title')}>
      {runId === undefined ? <NoRun name={name} /> : <Loaded runId={runId} search={search} />}
    </View>
  );
}

function Loaded({ runId, search }: { readonly runId: number; readonly search: RunSearch }) {
  const t = useTexts('replay');
  const replay = useReplay(runId);
  if (replay.data !== undefined) return <Shown replay={replay.data} at={replay.dataUpdatedAt} search={search} />;
  if (replay.error === null) return <Loading text={t('loading')} />;
  const failure = failureOf(replay.error);
  if (failure.code === 'NOT_FOUND') return <NoRun name={String(runId)} />;
  return (
    <div className={styles['message']}>
      <FailureNote failure={failure} onRetry={() => void replay.refetch()} />
    </div>
  );
}

interface ShownProps {
  readonly replay: ReplayRun;
  /** When it was asked for last. */
  readonly at: number;
  readonly search: RunSearch;
}

function Shown({ replay, at, search }: ShownProps) {
  const t = useTexts('replay');
  const go = useNavigate();
  const link = useLinks().data?.find(({ name }) => name === replay.to);
  const controls = useControls(replay);
  const to = (change: Partial<RunSearch>, replaced = false) =>
    void go({
      to: '/replay/$run',
      params: { run: String(replay.runId) },
      search: { ...search, ...change },
      replace: replaced,
    });
  const tab = search.tab ?? 'steps';
  return (
    <>
      <RunHead replay={replay} production={link?.environment === 'production'} controls={controls} />
      <Tabs<RunTab>
        label={t('runParts')}
        value={tab}
        onChange={next => to({ tab: next === 'steps' ? undefined : next })}
        tabs={RUN_TABS.map(id => ({
          id,
          label: t(`tab-${id}`),
          ...(id === 'steps' && { badge: replay.steps }),
          ...(id === 'rewrites' && { badge: replay.rewrites.length }),
        }))}
        fill
      >
        {tab === 'steps' && <RunSteps replay={replay} at={at} search={search} to={to} />}
        {tab === 'rewrites' && <RewriteTable rewrites={replay.rewrites} label={t('tab-rewrites')} />}
        {tab === 'compare' && <Comparison replay={replay} earlier={search.earlier} to={to} />}
      </Tabs>
    </>
  );
}

function NoRun({ name }: { readonly name: string }) {
  const t = useTexts('replay');
  return (
    <EmptyState
      title={t('noRunTitle', { name })}
      text={t('noRunText')}
      actions={<Link to="/replay">{t('toReplays')}</Link>}
    />
  );
}
