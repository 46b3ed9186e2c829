import { TextInput } from '@mantine/core';
import type { ReactNode } from 'react';
import { useTexts } from '../../../texts/use-texts.ts';
import { type SuggestedValue, SuggestField } from '../../../ui/suggest-field.tsx';
import styles from './asked.module.css';
import type { AskedField } from './asked-draft.ts';
import type { FieldPart } from './field-part.ts';

export interface AskedFieldProps extends Pick<FieldPart, 'draft' | 'change' | 'wrong'> {
  readonly field: AskedField;
  readonly label: string;
  readonly suggestions?: readonly SuggestedValue[];
  readonly description?: ReactNode;
  readonly placeholder?: string;
  readonly required?: boolean;
  readonly type?: 'text' | 'datetime-local';
  /** It has a line of its own: what stands in it is long. */
  readonly whole?: boolean;
}

/** One field of a form, with what might stand in it. */
export function AskedTextField(props: AskedFieldProps) {
  const {
    field,
    draft,
    change,
    wrong,
    label,
    suggestions,
    description,
    placeholder,
    required = false,
    type,
    whole,
  } = props;
  const t = useTexts('send');
  const empty = draft[field].trim() === '';
  const common = {
    label,
    value: draft[field],
    required,
    className: (whole === true ? styles['whole'] : undefined) ?? '',
    error: wrong.includes(field) ? t(empty ? 'fieldNeeded' : 'fieldUnreadable') : undefined,
    ...(description !== undefined && { description }),
    ...(placeholder !== undefined && { placeholder }),
  };
  if (suggestions !== undefined) {
    return <SuggestField {...common} suggestions={suggestions} onChange={value => change({ [field]: value })} />;
  }
  return (
    <TextInput
      {...common}
      type={type ?? 'text'}
      spellCheck={false}
      autoComplete="off"
      onChange={event => change({ [field]: event.currentTarget.value })}
    />
  );
}
