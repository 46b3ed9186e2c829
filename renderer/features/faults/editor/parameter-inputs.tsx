import { Checkbox, NativeSelect, Textarea, TextInput } from '@mantine/core';
import { useMemo } from 'react';
import { useTexts } from '../../../texts/use-texts.ts';
import styles from './editor.module.css';
import { fieldsOf, type Held, heldOf, type ParameterField } from './parameter-fields.ts';
import type { DraftFieldsProps } from './rule-editor.tsx';

/** What the kind itself asks, as its schema has it. */
export function ParameterFields({ draft, kind, onChange, problem }: DraftFieldsProps) {
  const t = useTexts('faults');
  const fields = useMemo(() => fieldsOf(kind.parameters), [kind]);
  if (fields.length === 0) return null;
  return (
    <fieldset className={styles['group']}>
      <legend>{t('parameters')}</legend>
      {fields.map(field => (
        <ParameterInput
          key={field.name}
          field={field}
          value={draft.parameters[field.name] ?? heldOf(field, undefined)}
          error={problem(`parameters.${field.name}`)}
          onChange={value => onChange({ ...draft, parameters: { ...draft.parameters, [field.name]: value } })}
        />
      ))}
    </fieldset>
  );
}

interface ParameterInputProps {
  readonly field: ParameterField;
  readonly value: Held;
  readonly error: string | undefined;
  readonly onChange: (value: Held) => void;
}

function ParameterInput({ field, value, error, onChange }: ParameterInputProps) {
  const t = useTexts('faults');
  const { name, type, description, choices, least, most } = field;
  const said = description === '' ? undefined : <span lang="en">{description}</span>;
  if (typeof value === 'boolean') {
    return (
      <Checkbox
        label={name}
        description={said}
        checked={value}
        onChange={event => onChange(event.currentTarget.checked)}
      />
    );
  }
  const common = {
    label: name,
    description: said,
    value,
    error: error ?? null,
    spellCheck: false,
    autoComplete: 'off',
    onChange: (event: { readonly currentTarget: { readonly value: string } }) => onChange(event.currentTarget.value),
  };
  switch (type) {
    case 'choice':
      return (
        <NativeSelect {...common} data={choices.map(choice => ({ value: choice, label: choice || t('empty') }))} />
      );
    case 'texts':
      return <Textarea {...common} autosize minRows={2} maxRows={8} placeholder={t('onePerLine')} />;
    case 'json':
      return <Textarea {...common} autosize minRows={1} maxRows={8} classNames={{ input: styles['mono'] ?? '' }} />;
    case 'number':
    case 'whole':
      return (
        <TextInput
          {...common}
          inputMode="decimal"
          className={styles['number'] ?? ''}
          rightSectionWidth={110}
          rightSection={<span className={styles['range']}>{rangeText(least, most)}</span>}
        />
      );
    default:
      return <TextInput {...common} />;
  }
}

function rangeText(least: number | undefined, most: number | undefined): string {
  if (least === undefined && most === undefined) return '';
  if (most === undefined) return `≥ ${least}`;
  return least === undefined ? `≤ ${most}` : `${least}–${most}`;
}
