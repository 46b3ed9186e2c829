import { TextInput } from '@mantine/core';
import { useTexts } from '../../../texts/use-texts.ts';
import { type PastedUrl, pastedUrl } from '../pasted.ts';

export interface AddressFieldProps {
  readonly value: string;
  readonly read: PastedUrl;
  readonly tried: boolean;
  readonly onChange: (value: string) => void;
}

/** The partner's versions URL; what was pasted with blanks and breaks around it is cleaned as it lands. */
export function AddressField({ value, read, tried, onChange }: AddressFieldProps) {
  const t = useTexts('partners');
  const told = !read.ok && (tried || value !== '') ? t(`form-problem-${read.problem}`) : null;
  const hint = read.ok && read.hint === 'details' ? t('form-urlDetails') : t('form-urlHint');
  return (
    <TextInput
      label={t('form-versionsUrl')}
      description={hint}
      placeholder={t('form-urlPlaceholder')}
      value={value}
      onChange={event => onChange(event.currentTarget.value)}
      onPaste={event => {
        const pasted = pastedUrl(event.clipboardData.getData('text'));
        if (!pasted.ok || value.trim() !== '') return;
        event.preventDefault();
        onChange(pasted.url);
      }}
      error={told}
      inputMode="url"
      autoComplete="off"
      spellCheck={false}
      required
      autoFocus
    />
  );
}
