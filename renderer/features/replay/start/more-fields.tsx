import { Checkbox, NativeSelect, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTexts } from '../../../texts/use-texts.ts';
import type { DraftField } from './draft.ts';
import type { DraftProps } from './options-form.tsx';
import styles from './start.module.css';

/** What is seldom changed; open where something of it was changed before. */
export function MoreFields({ draft, onDraft, problems, usualSeed }: DraftProps & { readonly usualSeed: string }) {
  const t = useTexts('replay');
  const [changed] = useState(
    draft.fromStep !== '1' || draft.strict || draft.times !== 'start' || draft.wait !== '' || draft.seed !== '',
  );
  const field = (name: Exclude<DraftField, 'speed'>, usual: string) => (
    <TextInput
      label={t(name)}
      description={t(`${name}Hint`)}
      placeholder={usual}
      value={draft[name]}
      onChange={event => onDraft({ ...draft, [name]: event.currentTarget.value })}
      error={problems?.has(name) === true ? t(`${name}Problem`) : null}
      autoComplete="off"
      spellCheck={false}
    />
  );
  return (
    <details className={styles['more']} open={changed}>
      <summary>{t('more')}</summary>
      <div className={styles['fields']}>
        {field('fromStep', '1')}
        <NativeSelect
          label={t('times')}
          description={t('timesHint')}
          value={draft.times}
          onChange={event => onDraft({ ...draft, times: event.currentTarget.value === 'end' ? 'end' : 'start' })}
          data={[
            { value: 'start', label: t('times-start') },
            { value: 'end', label: t('times-end') },
          ]}
        />
        {field('wait', t('waitUsual'))}
        {field('seed', usualSeed)}
        <Checkbox
          label={t('strict')}
          description={t('strictHint')}
          checked={draft.strict}
          onChange={event => onDraft({ ...draft, strict: event.currentTarget.checked })}
        />
      </div>
    </details>
  );
}
