import { Button, CloseButton, TextInput } from '@mantine/core';
import { useTexts } from '../texts/use-texts.ts';
import styles from './header-fields.module.css';
import { type HeaderLine, withHeader, withNewHeader, withoutHeader } from './header-lines.ts';

export interface HeaderFieldsProps {
  readonly title: string;
  /** Said where there is a line. */
  readonly hint?: string;
  readonly lines: readonly HeaderLine[];
  readonly onChange: (lines: readonly HeaderLine[]) => void;
}

/** The header lines of a request that is being written. */
export function HeaderFields({ title, hint, lines, onChange }: HeaderFieldsProps) {
  const t = useTexts('traffic');
  return (
    <fieldset className={styles['headers']}>
      <legend>{title}</legend>
      {hint !== undefined && lines.length > 0 && <p className={styles['hint']}>{hint}</p>}
      {lines.map(({ id, name, value }, at) => (
        <div key={id} className={styles['header']}>
          <TextInput
            aria-label={t('headerName', { number: at + 1 })}
            value={name}
            spellCheck={false}
            onChange={event => onChange(withHeader(lines, id, { name: event.currentTarget.value }))}
          />
          <TextInput
            aria-label={t('headerValue', { name: name === '' ? String(at + 1) : name })}
            value={value}
            spellCheck={false}
            onChange={event => onChange(withHeader(lines, id, { value: event.currentTarget.value }))}
          />
          <CloseButton
            aria-label={t('headerRemove', { name: name === '' ? String(at + 1) : name })}
            onClick={() => onChange(withoutHeader(lines, id))}
          />
        </div>
      ))}
      <div>
        <Button variant="default" onClick={() => onChange(withNewHeader(lines))}>
          {t('headerAdd')}
        </Button>
      </div>
    </fieldset>
  );
}
