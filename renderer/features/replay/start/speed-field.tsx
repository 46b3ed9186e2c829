import { SegmentedControl, TextInput } from '@mantine/core';
import { useId, useState } from 'react';
import { useTexts } from '../../../texts/use-texts.ts';
import type { DraftProps } from './options-form.tsx';
import { SPEEDS, type UsualSpeed } from './speed.ts';
import styles from './start.module.css';

type Choice = UsualSpeed | 'other';

/** As recorded, ten times as fast, as fast as possible, or so many times. */
export function SpeedField({ draft, onDraft, problems }: DraftProps) {
  const t = useTexts('replay');
  const id = useId();
  const usual = SPEEDS.find(speed => speed === draft.speed);
  const [typing, setTyping] = useState(usual === undefined);
  const choice: Choice = typing ? 'other' : (usual ?? 'other');
  return (
    <div>
      <p className={styles['label']} id={id}>
        {t('speed')}
      </p>
      <div className={styles['speeds']}>
        <SegmentedControl<Choice>
          aria-labelledby={id}
          value={choice}
          onChange={next => {
            setTyping(next === 'other');
            if (next !== 'other') onDraft({ ...draft, speed: next });
          }}
          data={[
            { value: '1', label: '1×' },
            { value: '10', label: '10×' },
            { value: 'fast', label: t('speed-fast') },
            { value: 'other', label: t('speed-other') },
          ]}
        />
        {choice === 'other' && (
          <TextInput
            aria-label={t('speedTimes')}
            value={draft.speed}
            onChange={event => onDraft({ ...draft, speed: event.currentTarget.value })}
            error={problems?.has('speed') === true ? t('speedProblem') : null}
            autoComplete="off"
          />
        )}
      </div>
    </div>
  );
}
