import { NativeSelect, TextInput } from '@mantine/core';
import { failureOf } from '../../../bridge/failure.ts';
import { useTexts } from '../../../texts/use-texts.ts';
import { FailureNote } from '../../../ui/failure-note.tsx';
import { useScenario } from '../use-replays.ts';
import { withEntry } from './draft.ts';
import type { DraftProps } from './options-form.tsx';
import styles from './start.module.css';

/** Of a scenario: whose part we play, and its values. */
export function ScenarioFields({ name, draft, onDraft }: DraftProps & { readonly name: string }) {
  const t = useTexts('replay');
  const scenario = useScenario(name);
  if (scenario.error !== null && scenario.data === undefined) {
    return <FailureNote failure={failureOf(scenario.error)} onRetry={() => void scenario.refetch()} />;
  }
  if (scenario.data === undefined) return null;
  const { parts, values } = scenario.data.scenario;
  const named = Object.entries(values);
  return (
    <>
      {parts.length > 1 && (
        <NativeSelect
          label={t('part')}
          value={draft.part}
          onChange={event => onDraft({ ...draft, part: parts.find(part => part === event.currentTarget.value) ?? '' })}
          data={[
            { value: '', label: t('part-any') },
            ...parts.map(part => ({ value: part, label: t(`part-${part}`) })),
          ]}
        />
      )}
      {named.length > 0 && (
        <fieldset className={styles['group']}>
          <legend>{t('values')}</legend>
          {named.map(([key, value]) => (
            <TextInput
              key={key}
              label={key}
              placeholder={String(value)}
              value={draft.set[key] ?? ''}
              onChange={event =>
                onDraft({ ...draft, set: withEntry(draft.set, key, event.currentTarget.value, String(value)) })
              }
              classNames={{ wrapper: styles['mono'] ?? '' }}
              autoComplete="off"
              spellCheck={false}
            />
          ))}
        </fieldset>
      )}
    </>
  );
}
