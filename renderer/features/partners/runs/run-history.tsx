import type { Run } from '../../../../core/contract/run.ts';
import { useTexts } from '../../../texts/use-texts.ts';
import { classNames } from '../../../ui/class-names.ts';
import { Panel } from '../../../ui/panel.tsx';
import { TimeText } from '../../../ui/time-text.tsx';
import { RunStateChip } from '../link-chips.tsx';
import styles from './run-history.module.css';

export interface RunHistoryProps {
  readonly runs: readonly Run[];
  readonly shown: number;
  readonly onShow: (id: number) => void;
}

/** Earlier runs to look back at, newest first. */
export function RunHistory({ runs, shown, onShow }: RunHistoryProps) {
  const t = useTexts('partners');
  return (
    <Panel title={t('run-earlier')}>
      <ol className={styles['list']} aria-label={t('run-earlierRuns')}>
        {runs.map(run => (
          <li key={run.id}>
            <button
              type="button"
              className={classNames(styles['run'], run.id === shown && styles['shown'])}
              aria-current={run.id === shown}
              onClick={() => onShow(run.id)}
            >
              <span>{t(`runKind-${run.kind}`)}</span>
              <RunStateChip state={run.state} />
              <span className={styles['when']}>
                <TimeText at={run.startedAt} />
                {run.initiator === 'them' && ` · ${t('initiator-them')}`}
              </span>
            </button>
          </li>
        ))}
      </ol>
    </Panel>
  );
}
