import type { ReactNode } from 'react';
import type { Run } from '../../../../core/contract/run.ts';
import { useTexts } from '../../../texts/use-texts.ts';
import { Duration } from '../../../ui/duration.tsx';
import { TimeText } from '../../../ui/time-text.tsx';
import { RunStateChip } from '../link-chips.tsx';
import styles from './run-summary.module.css';

/** One line over a run: what, when, how long, how it ended. */
export function RunSummary({ run, actions }: { readonly run: Run; readonly actions?: ReactNode }) {
  const t = useTexts('partners');
  return (
    <div className={styles['summary']}>
      <h2 className={styles['title']}>{t(`runKind-${run.kind}`)}</h2>
      <span role="status">
        <RunStateChip state={run.state} />
      </span>
      <span className={styles['facts']}>
        <TimeText at={run.startedAt} />
        {run.endedAt !== undefined && <Duration ms={run.endedAt - run.startedAt} />}
        <span>{t(`initiator-${run.initiator}`)}</span>
      </span>
      <span className={styles['actions']}>{actions}</span>
      {run.state === 'done' && run.result !== undefined && <p className={styles['result']}>{run.result.summary}</p>}
    </div>
  );
}
