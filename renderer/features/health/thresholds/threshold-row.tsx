import { NativeSelect, TextInput } from '@mantine/core';
import { useId } from 'react';
import { useTexts } from '../../../texts/use-texts.ts';
import type { ThresholdEntry, ThresholdField, ThresholdMode, ThresholdProblem } from './threshold-fields.ts';
import styles from './thresholds.module.css';

export interface ThresholdRowProps {
  readonly field: ThresholdField;
  readonly entry: ThresholdEntry;
  /** What holds for all links, in words; a link may leave it at that. */
  readonly general: string | undefined;
  readonly problem: ThresholdProblem | undefined;
  readonly onChange: (entry: ThresholdEntry) => void;
}

/** What is watched, whether it is, and from which number on. */
export function ThresholdRow({ field, entry, general, problem, onChange }: ThresholdRowProps) {
  const t = useTexts('health');
  const id = useId();
  const { name, unit } = field;
  const label = t(`threshold-${name}`);
  const modes: { readonly value: ThresholdMode; readonly label: string }[] = [
    ...(general === undefined ? [] : [{ value: 'general' as const, label: t('mode-general', { value: general }) }]),
    { value: 'value', label: unit === 'none' ? t('mode-told') : t(`mode-${name}`) },
    { value: 'never', label: t('mode-never') },
  ];
  return (
    <fieldset className={styles['row']} aria-labelledby={id}>
      <div className={styles['what']}>
        <div id={id} className={styles['label']}>
          {label}
        </div>
        <div className={styles['about']}>{t(`about-${name}`)}</div>
      </div>
      <NativeSelect
        aria-label={t('modeOf', { threshold: label })}
        className={styles['mode'] ?? ''}
        value={entry.mode}
        onChange={event => {
          const { value } = event.currentTarget;
          const mode = modes.find(one => one.value === value)?.value;
          if (mode !== undefined) onChange({ ...entry, mode });
        }}
        data={modes}
      />
      {unit !== 'none' && entry.mode === 'value' ? (
        <TextInput
          aria-label={t('valueOf', { threshold: label, unit: t(`unit-${unit}`) })}
          className={styles['value'] ?? ''}
          inputMode="decimal"
          value={entry.text}
          rightSection={<span className={styles['unit']}>{t(`unit-${unit}`)}</span>}
          rightSectionWidth={72}
          error={problem === undefined ? undefined : t(`problem-${problem}`, { most: field.most ?? 0 })}
          onChange={event => onChange({ ...entry, text: event.currentTarget.value })}
        />
      ) : (
        <span className={styles['value']} />
      )}
    </fieldset>
  );
}
