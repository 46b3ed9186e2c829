import { ActionIcon, TextInput } from '@mantine/core';
import { IconCalendar } from '@tabler/icons-react';
import { useRef, useState } from 'react';
import styles from './date-field.module.css';
import { readDay, readLocalMoment } from './date-text.ts';
import { useUiTexts } from './ui-texts.ts';

export interface DateFieldProps {
  readonly kind: 'day' | 'moment';
  readonly label: string;
  /** The label is not shown: there is no room for it, nor for what is wrong beneath the field. */
  readonly compact?: boolean;
  /** `2026-11-22`, `2026-11-22T10:40:00`; empty: none. */
  readonly value: string;
  /** `readable`: it is a day or a moment, or nothing. What is not is given as it was typed. */
  readonly onChange: (value: string, readable: boolean) => void;
  readonly error?: string | null;
}

/**
 * A day or a moment, local, written as everywhere else in the page. A field of the browser's own would write it as the system's
 * language does, whatever language the page speaks; its calendar is at hand all the same.
 */
export function DateField({ kind, label, compact = false, value, onChange, error }: DateFieldProps) {
  const texts = useUiTexts();
  const calendar = useRef<HTMLInputElement>(null);
  // Nothing: what is set, however it came about.
  const [typed, setTyped] = useState<string>();
  const [left, setLeft] = useState(false);
  const isDay = kind === 'day';
  const read = isDay ? readDay : readLocalMoment;
  const shown = typed ?? value.replace('T', ' ');
  const readable = shown.trim() === '' || read(shown) !== undefined;
  const shape = isDay ? texts.dayShape : texts.momentShape;
  const wrong = left && !readable;
  const type = (text: string) => {
    const known = text.trim() === '' ? '' : read(text);
    setTyped(text);
    onChange(known ?? text, known !== undefined);
  };
  const choose = () => {
    calendar.current?.showPicker();
  };
  return (
    <TextInput
      {...(compact ? { 'aria-label': label, title: wrong ? shape : label } : { label })}
      className={(isDay ? styles['day'] : styles['moment']) ?? ''}
      classNames={{ input: styles['input'] ?? '' }}
      value={shown}
      placeholder={isDay ? '2026-11-22' : '2026-11-22 10:40'}
      inputMode="numeric"
      spellCheck={false}
      autoComplete="off"
      error={wrong ? compact || shape : (error ?? null)}
      onChange={event => type(event.currentTarget.value)}
      onFocus={() => setLeft(false)}
      onBlur={() => {
        setLeft(true);
        if (readable) setTyped(undefined);
      }}
      rightSection={
        <>
          <input
            ref={calendar}
            className={styles['calendar']}
            type={isDay ? 'date' : 'datetime-local'}
            step={isDay ? undefined : 1}
            value={read(shown) ?? ''}
            onChange={event => {
              setTyped(undefined);
              onChange(event.currentTarget.value, true);
            }}
            tabIndex={-1}
            aria-hidden="true"
          />
          <ActionIcon
            variant="subtle"
            color="gray"
            size={20}
            aria-label={`${label}: ${texts.calendar}`}
            onClick={choose}
          >
            <IconCalendar size={14} aria-hidden />
          </ActionIcon>
        </>
      }
    />
  );
}
