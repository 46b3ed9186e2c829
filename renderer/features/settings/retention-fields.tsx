import { TextInput } from '@mantine/core';
import { useTexts } from '../../texts/use-texts.ts';
import { type RetentionDraft, readBound } from './retention-draft.ts';
import styles from './settings.module.css';

export interface RetentionFieldsProps {
  readonly draft: RetentionDraft;
  readonly onDraft: (draft: RetentionDraft) => void;
}

const KINDS = ['age', 'count', 'size'] as const;

/** How old, how many and how large what is kept may become. */
export function RetentionFields({ draft, onDraft }: RetentionFieldsProps) {
  const t = useTexts('settings');
  return (
    <div className={styles['row']}>
      {KINDS.map(kind => (
        <TextInput
          key={kind}
          label={t(`kept-${kind}`)}
          description={t(`kept-${kind}-hint`)}
          value={draft[kind]}
          onChange={event => onDraft({ ...draft, [kind]: event.currentTarget.value })}
          inputMode="decimal"
          error={readBound(kind, draft[kind]) === undefined ? t(`kept-${kind}-range`) : undefined}
        />
      ))}
    </div>
  );
}
