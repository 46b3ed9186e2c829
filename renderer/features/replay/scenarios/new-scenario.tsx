import { failureOf } from '../../../bridge/failure.ts';
import { useTexts } from '../../../texts/use-texts.ts';
import { FailureNote } from '../../../ui/failure-note.tsx';
import { Loading } from '../../../ui/loading.tsx';
import { View } from '../../../ui/view.tsx';
import { useScenario, useScenarios } from '../use-replays.ts';
import { copyOf, newScenario } from './new-text.ts';
import styles from './scenario.module.css';
import { ScenarioEditor } from './scenario-editor.tsx';

/** A scenario that is not kept yet: from a short one that works, or as a copy. */
export function NewScenario({ copy }: { readonly copy: string | undefined }) {
  const t = useTexts('replay');
  const list = useScenarios();
  const original = useScenario(copy);
  const error = list.error ?? original.error;
  const ready = list.data !== undefined && (copy === undefined || original.data !== undefined);
  const text = () => {
    const names = new Set(list.data?.map(({ name }) => name));
    return original.data === undefined ? newScenario(names) : copyOf(original.data.text, names);
  };
  return (
    <View title={t('title')}>
      {ready ? (
        <ScenarioEditor keep={`new ${copy ?? ''}`} base={text()} saved={undefined} />
      ) : error === null ? (
        <Loading text={t('loading')} />
      ) : (
        <div className={styles['message']}>
          <FailureNote
            failure={failureOf(error)}
            onRetry={() => void Promise.all([list.refetch(), ...(copy === undefined ? [] : [original.refetch()])])}
          />
        </div>
      )}
    </View>
  );
}
