import { Autocomplete, type ComboboxItem, type OptionsFilter } from '@mantine/core';
import type { ReactNode } from 'react';
import styles from './suggest-field.module.css';

export interface SuggestedValue {
  readonly value: string;
  /** What tells it from the others. */
  readonly hint?: string;
}

export interface SuggestFieldProps {
  readonly label: string;
  readonly value: string;
  readonly onChange: (value: string) => void;
  readonly suggestions: readonly SuggestedValue[];
  readonly description?: ReactNode;
  readonly placeholder?: string;
  readonly error?: string | undefined;
  readonly required?: boolean;
  readonly className?: string;
}

const MOST = 60;

/** A text field that knows what might stand in it; anything else may stand there too. */
export function SuggestField({ suggestions, error, ...field }: SuggestFieldProps) {
  const hints = new Map(suggestions.map(({ value, hint }) => [value, hint]));
  const filter: OptionsFilter = ({ options, search }) => {
    const typed = search.trim().toLowerCase();
    // What was chosen is no search: one looks for another one.
    if (typed === '' || hints.has(search.trim())) return options.slice(0, MOST);
    return options
      .filter(option => {
        const { value } = option as ComboboxItem;
        return `${value} ${hints.get(value) ?? ''}`.toLowerCase().includes(typed);
      })
      .slice(0, MOST);
  };
  return (
    <Autocomplete
      {...field}
      data={[...hints.keys()]}
      filter={filter}
      spellCheck={false}
      autoComplete="off"
      error={error ?? null}
      renderOption={({ option: { value } }) => (
        <span className={styles['option']}>
          <span className={styles['value']}>{value}</span>
          {hints.get(value) !== undefined && <span className={styles['hint']}>{hints.get(value)}</span>}
        </span>
      )}
    />
  );
}
