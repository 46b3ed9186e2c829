import { PasswordInput } from '@mantine/core';
import { useTexts } from '../../../texts/use-texts.ts';
import type { PastedToken } from '../pasted.ts';

export interface TokenFieldProps {
  readonly label: string;
  readonly description: string;
  readonly value: string;
  readonly read: PastedToken;
  readonly tried: boolean;
  readonly required?: boolean;
  readonly onChange: (value: string) => void;
}

/** A token to paste: hidden unless one looks, never remembered by the browser. */
export function TokenField({ label, description, value, read, tried, required = false, onChange }: TokenFieldProps) {
  const t = useTexts('partners');
  const told = !read.ok && (value !== '' || (tried && required));
  return (
    <PasswordInput
      label={label}
      description={description}
      value={value}
      onChange={event => onChange(event.currentTarget.value)}
      error={told ? t(`form-problem-${read.problem}`) : null}
      autoComplete="off"
      spellCheck={false}
      required={required}
    />
  );
}
