import { failureOf } from '../../../bridge/failure.ts';
import { useTexts } from '../../../texts/use-texts.ts';
import { FailureNote } from '../../../ui/failure-note.tsx';
import { Loading } from '../../../ui/loading.tsx';
import { useReplay } from '../use-replays.ts';
import { Composer } from './composer.tsx';
import { draftOf } from './draft.ts';
import styles from './start.module.css';

export interface EarlierComposerProps {
  readonly runId: number;
  readonly to: string | undefined;
  readonly onTo: (to: string) => void;
}

/** As an earlier replay was begun, to be changed. */
export function EarlierComposer({ runId, to, onTo }: EarlierComposerProps) {
  const t = useTexts('replay');
  const replay = useReplay(runId);
  if (replay.data === undefined) {
    return replay.error === null ? (
      <Loading text={t('loading')} />
    ) : (
      <div className={styles['message']}>
        <FailureNote failure={failureOf(replay.error)} onRetry={() => void replay.refetch()} />
      </div>
    );
  }
  const { options, to: before, title } = replay.data;
  return (
    <Composer
      source={options.source}
      earlier={{ runId, title }}
      begin={draftOf(options)}
      to={to ?? before}
      onTo={onTo}
    />
  );
}
