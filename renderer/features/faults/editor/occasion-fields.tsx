import { TextInput } from '@mantine/core';
import { useTexts } from '../../../texts/use-texts.ts';
import styles from './editor.module.css';
import { OCCASION_FIELDS } from './rule-draft.ts';
import type { DraftFieldsProps } from './rule-editor.tsx';

/** Which of the exchanges in scope are hit, counted for each link. */
export function OccasionFields({ draft, onChange, problem }: DraftFieldsProps) {
  const t = useTexts('faults');
  const plain = { spellCheck: false, autoComplete: 'off' } as const;
  return (
    <fieldset className={styles['group']}>
      <legend>{t('whichOfThem')}</legend>
      <p className={styles['hint']}>{t('whichOfThemText')}</p>
      <div className={styles['fields']}>
        {OCCASION_FIELDS.map(name => (
          <TextInput
            key={name}
            {...plain}
            label={t(`field-${name}`)}
            inputMode="decimal"
            value={draft.when[name]}
            error={problem(`when.${name}`) ?? null}
            onChange={event => onChange({ ...draft, when: { ...draft.when, [name]: event.currentTarget.value } })}
          />
        ))}
        <TextInput
          {...plain}
          label={t('field-seed')}
          title={t('seedWhy')}
          value={draft.seed}
          error={problem('seed') ?? null}
          onChange={event => onChange({ ...draft, seed: event.currentTarget.value })}
        />
      </div>
    </fieldset>
  );
}
