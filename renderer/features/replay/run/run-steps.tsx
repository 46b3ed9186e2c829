import { Button, SegmentedControl } from '@mantine/core';
import { useMemo, useState } from 'react';
import type { ReplayRun, ReplayStep } from '../../../../core/contract/replay.ts';
import { useClient } from '../../../bridge/client.ts';
import { failureOf, type ShownFailure } from '../../../bridge/failure.ts';
import { useTexts } from '../../../texts/use-texts.ts';
import { EmptyState } from '../../../ui/empty-state.tsx';
import { FailureNote } from '../../../ui/failure-note.tsx';
import { SplitPane } from '../../../ui/split-pane.tsx';
import { TableWaiting } from '../../../ui/table/table-waiting.tsx';
import { VirtualTable } from '../../../ui/table/virtual-table.tsx';
import type { RunSearch } from '../search.ts';
import { stepWords } from '../step-words.ts';
import { useStepCount } from '../use-replays.ts';
import styles from './run.module.css';
import { stepColumns } from './step-columns.tsx';
import { StepDetails } from './step-details.tsx';

export interface RunStepsProps {
  readonly replay: ReplayRun;
  /** When it was asked for last: the steps are as old. */
  readonly at: number;
  readonly search: RunSearch;
  readonly to: (change: Partial<RunSearch>, replace?: boolean) => void;
}

type Which = 'all' | 'different';

/** Every step as it goes; one of them beside the table, recorded against now. */
export function RunSteps({ replay, at, search, to }: RunStepsProps) {
  const t = useTexts('replay');
  const traffic = useTexts('traffic');
  const client = useClient();
  const { runId, done, state } = replay;
  const different = search.different === true;
  const count = useStepCount(runId, different);
  const [failure, setFailure] = useState<ShownFailure>();
  const columns = useMemo(() => stepColumns(t, stepWords(t, traffic)), [t, traffic]);
  // Until somebody looks at one of them, the one that is under way stays in view.
  const following = state === 'running' && search.step === undefined && !different;
  const reveal = useMemo(() => (following ? { index: done } : undefined), [following, done]);
  const chosen = search.step;
  const table = (
    <div className={styles['side']}>
      <div className={styles['filter']}>
        <SegmentedControl<Which>
          aria-label={t('whichSteps')}
          value={different ? 'different' : 'all'}
          onChange={next => to({ different: next === 'different' ? true : undefined }, true)}
          data={[
            { value: 'all', label: t('allSteps') },
            { value: 'different', label: t('onlyDifferent') },
          ]}
        />
        {different && count.data !== undefined && (
          <span className={styles['listed']}>{t('stepsListed', { count: count.data.count })}</span>
        )}
      </div>
      {failure !== undefined && (
        <div className={styles['message']}>
          <FailureNote failure={failure} onRetry={() => setFailure(undefined)} />
        </div>
      )}
      <div className={styles['table']}>
        {count.data === undefined && <TableWaiting text={t('loading')} />}
        <VirtualTable<ReplayStep>
          label={t('tab-steps')}
          columns={columns}
          count={count.data?.count}
          page={async (offset, limit, signal) => {
            const page = await client.replays.steps(
              { runId, offset, limit, ...(different && { different }) },
              { signal },
            );
            return page.steps;
          }}
          pageKey={`${at} ${different} ${failure === undefined}`}
          resetKey={different ? 'different' : 'all'}
          rowKey={({ no }) => no}
          {...(chosen !== undefined && { selected: chosen })}
          onSelect={({ no }) => to({ step: no }, chosen !== undefined)}
          rowTone={({ verdict }) =>
            verdict === 'running' ? 'accent' : verdict === 'skipped' || verdict === 'waiting' ? 'plain' : undefined
          }
          reveal={reveal}
          emptyState={
            <EmptyState
              title={t(different ? 'noneDifferentTitle' : 'noSteps')}
              text={t(different ? (state === 'running' ? 'noneDifferentYet' : 'noneDifferentText') : 'noStepsText')}
              actions={
                different && (
                  <Button variant="default" onClick={() => to({ different: undefined }, true)}>
                    {t('allSteps')}
                  </Button>
                )
              }
            />
          }
          onFailure={error => setFailure(failureOf(error))}
        />
      </div>
    </div>
  );
  return (
    <SplitPane
      left={table}
      right={chosen === undefined ? null : <StepDetails key={chosen} runId={runId} no={chosen} />}
      storageKey="replay-step"
      initial={500}
      onClose={() => to({ step: undefined })}
      label={t('stepDetails')}
    />
  );
}
