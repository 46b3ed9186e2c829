import type { LogProgress } from '../../../core/contract/session-log.ts';
import type { Pruned } from '../../../core/contract/storage.ts';
import type { StepsState } from '../../bridge/use-steps.ts';
import { useLanguage, useTexts } from '../../texts/use-texts.ts';
import { FailureNote } from '../../ui/failure-note.tsx';
import { ProgressBar } from '../../ui/progress-bar.tsx';
import { shareOf } from '../../ui/share.ts';
import { bytesText } from '../../ui/time-format.ts';
import styles from './settings.module.css';

/** After the exchanges comes what only they had: of these nobody wants numbers. */
const EXCHANGES = 'deleting';

export interface PruningProps {
  readonly state: StepsState<Pruned>;
  readonly onStop: () => void;
}

/** How far deleting is, and what came of it. */
export function Pruning({ state, onStop }: PruningProps) {
  const t = useTexts('settings');
  const numbers = new Intl.NumberFormat(useLanguage());
  if (state.step === 'none') return null;
  if (state.step === 'failed') {
    return (
      <div className={styles['told']}>
        <FailureNote failure={state.failure} />
      </div>
    );
  }
  if (state.step === 'running') {
    return (
      <>
        <ProgressBar {...shown(state.progress)} onCancel={onStop} cancel={t('stopPruning')} />
        <p className={styles['hint']}>{t('pruningStay')}</p>
      </>
    );
  }
  return (
    <p className={styles['told']} role="status">
      {state.step === 'stopped'
        ? t('pruningStopped')
        : t('pruned', {
            count: state.result.exchanges,
            number: numbers.format(state.result.exchanges),
            size: bytesText(state.result.bytes),
          })}
    </p>
  );

  function shown(progress: LogProgress | undefined) {
    if (progress === undefined) return { said: t('pruningBegins') };
    const { doing, done, total } = progress;
    if (doing !== EXCHANGES) return { said: t('givingBack'), share: shareOf(progress) };
    const far = t('doneOf', { done: numbers.format(done), total: numbers.format(total ?? done) });
    return { said: t('pruning'), share: shareOf(progress), far };
  }
}
