import { CloseButton, Combobox, useCombobox } from '@mantine/core';
import { IconFilter } from '@tabler/icons-react';
import type { KeyboardEvent } from 'react';
import { useEffect, useEffectEvent, useRef, useState } from 'react';
import { classNames } from './class-names.ts';
import styles from './filter-bar.module.css';
import {
  type FilterToken,
  parseFilter,
  printFilter,
  printToken,
  splitTyped,
  suggest,
  type TokenKind,
} from './filter-text.ts';
import { useUiTexts } from './ui-texts.ts';

export interface FilterBarProps {
  /** `link:volta status:4xx some words`; read it with `parseFilter`. */
  readonly value: string;
  /** Tokens at once, words when typing stops for a moment. */
  readonly onChange: (value: string) => void;
  readonly tokens: readonly TokenKind[];
  readonly placeholder: string;
  /** What is filtered; the usual word unless said. */
  readonly label?: string;
}

const TYPED_MS = 50;

/** Tokens as chips, then what is being typed. Backspace at the beginning takes the last chip back into the text. */
export function FilterBar({ value, onChange, tokens: kinds, placeholder, label }: FilterBarProps) {
  const texts = useUiTexts();
  const combobox = useCombobox({ onDropdownClose: () => combobox.resetSelectedOption() });
  const input = useRef<HTMLInputElement>(null);
  const { tokens, words, problems } = parseFilter(value, kinds);
  const [typed, setTyped] = useState(words);
  const told = useRef(value);
  const current = useRef({ tokens, typed });
  current.current = { tokens, typed };

  useEffect(() => {
    // Changed from outside (a link, the way back), not by what was typed here.
    if (value === told.current) return;
    told.current = value;
    setTyped(words);
  }, [value, words]);

  /** Tokens that are still being typed do not count yet. */
  const tell = (tokens: readonly FilterToken[], typed: string) => {
    const text = printFilter({ tokens, words: parseFilter(typed, kinds).words });
    if (text === value) return;
    told.current = text;
    onChange(text);
  };
  const tellTyped = useEffectEvent(() => tell(current.current.tokens, current.current.typed));
  const pending = parseFilter(typed, kinds).words;
  useEffect(() => {
    if (pending === words) return;
    const timer = setTimeout(() => tellTyped(), TYPED_MS);
    return () => clearTimeout(timer);
  }, [pending, words]);

  /** Whole tokens followed by a blank become chips. */
  const take = (text: string) => {
    const { before, piece } = splitTyped(text);
    const parsed = parseFilter(before, kinds);
    if (parsed.tokens.length === 0) {
      setTyped(text);
      return;
    }
    const rest = `${parsed.words} ${piece}`.trimStart();
    setTyped(rest);
    tell([...tokens, ...parsed.tokens], rest);
  };
  const remove = (index: number) => {
    tell(
      tokens.filter((_, at) => at !== index),
      typed,
    );
    input.current?.focus();
  };

  const { before, piece } = splitTyped(typed);
  const suggestions = suggest(piece, kinds);
  const choose = (text: string) => {
    const suggestion = suggestions.find(suggestion => suggestion.text === text);
    take(before + text + (suggestion?.whole === true ? ' ' : ''));
    if (suggestion?.whole === true) combobox.closeDropdown();
    else combobox.openDropdown();
    combobox.resetSelectedOption();
    input.current?.focus();
  };
  /** What was typed counts as it is. */
  const end = () => {
    const parsed = parseFilter(typed, kinds);
    setTyped(parsed.words);
    tell([...tokens, ...parsed.tokens], parsed.words);
  };
  const onKeyDown = (event: KeyboardEvent<HTMLInputElement>) => {
    const last = tokens.at(-1);
    if (event.key === 'Backspace' && event.currentTarget.selectionEnd === 0 && last !== undefined) {
      event.preventDefault();
      const rest = `${printToken(last)} ${typed}`.trimEnd();
      setTyped(rest);
      tell(tokens.slice(0, -1), rest);
    } else if (event.key === 'Enter' && combobox.getSelectedOptionIndex() === -1) {
      event.preventDefault();
      end();
      combobox.closeDropdown();
    } else if (event.key === 'Escape' && combobox.dropdownOpened) {
      event.preventDefault();
    }
  };

  const problemOf = (token: FilterToken) =>
    problems.find(problem => problem.token.name === token.name && problem.token.value === token.value)?.problem;
  return (
    <Combobox store={combobox} onOptionSubmit={choose} withinPortal>
      <Combobox.DropdownTarget>
        <search className={styles['bar']} aria-label={label ?? texts.filter}>
          <IconFilter size={14} className={styles['icon']} aria-hidden />
          {tokens.map((token, at) => {
            const problem = problemOf(token);
            return (
              <span
                // biome-ignore lint/suspicious/noArrayIndexKey: the same token may stand there twice.
                key={`${printToken(token)} ${at}`}
                className={classNames(styles['token'], problem !== undefined && styles['wrong'])}
                title={problem}
              >
                <em>{token.name}:</em>
                {token.value}
                <button
                  type="button"
                  className={styles['remove']}
                  aria-label={texts.removeToken(printToken(token))}
                  onClick={() => remove(at)}
                >
                  ×
                </button>
              </span>
            );
          })}
          <Combobox.EventsTarget>
            <input
              ref={input}
              className={styles['input']}
              value={typed}
              placeholder={tokens.length === 0 ? placeholder : ''}
              aria-label={label ?? texts.filter}
              spellCheck={false}
              autoComplete="off"
              onChange={event => {
                take(event.currentTarget.value);
                combobox.openDropdown();
                combobox.resetSelectedOption();
              }}
              onFocus={() => combobox.openDropdown()}
              onClick={() => combobox.openDropdown()}
              onBlur={() => {
                combobox.closeDropdown();
                end();
              }}
              onKeyDown={onKeyDown}
            />
          </Combobox.EventsTarget>
          {value !== '' && (
            <CloseButton
              size="xs"
              aria-label={texts.clearFilter}
              onClick={() => {
                setTyped('');
                tell([], '');
                input.current?.focus();
              }}
            />
          )}
        </search>
      </Combobox.DropdownTarget>
      <Combobox.Dropdown hidden={suggestions.length === 0}>
        <Combobox.Options aria-label={label ?? texts.filter}>
          {suggestions.map(({ text, meaning }) => (
            <Combobox.Option value={text} key={text}>
              <span className={styles['option']}>
                <span className={styles['name']}>{text}</span>
                <span className={styles['meaning']}>{meaning}</span>
              </span>
            </Combobox.Option>
          ))}
        </Combobox.Options>
      </Combobox.Dropdown>
    </Combobox>
  );
}
