import { Modal } from '@mantine/core';
import { useHotkeys } from '@mantine/hooks';
import { type KeyboardEvent, type ReactNode, useId, useLayoutEffect, useRef, useState } from 'react';
import { useTexts } from '../../texts/use-texts.ts';
import { classNames } from '../../ui/class-names.ts';
import { type Entry, type GroupId, grouped, matching } from './entries.ts';
import styles from './palette.module.css';
import { useExplainEntries } from './use-explain-entries.ts';
import { useFoundEntries } from './use-found-entries.ts';
import { useKnownEntries } from './use-known-entries.ts';

const GROUP_NAMES = {
  areas: 'paletteAreas',
  partners: 'palettePartners',
  commands: 'paletteCommands',
  transactions: 'paletteTransactions',
  exchanges: 'paletteExchanges',
  objects: 'paletteObjects',
} as const satisfies Record<GroupId, string>;

/** Ctrl/Cmd+K from anywhere, also while typing. */
export function usePalette(): { readonly open: () => void; readonly element: ReactNode } {
  const t = useTexts('shell');
  const [opened, setOpened] = useState(false);
  useHotkeys([['mod+K', () => setOpened(now => !now)]], [], true);
  const close = () => setOpened(false);
  const element = (
    // There at once: fading in, it would be mounted frames later, and letters typed meanwhile would be lost.
    <Modal.Root
      opened={opened}
      onClose={close}
      centered={false}
      yOffset="12vh"
      size={620}
      transitionProps={{ duration: 0 }}
    >
      <Modal.Overlay backgroundOpacity={0.4} />
      <Modal.Content aria-label={t('paletteTitle')}>
        <Palette onDone={close} />
      </Modal.Content>
    </Modal.Root>
  );
  return { open: () => setOpened(true), element };
}

function Palette({ onDone }: { readonly onDone: () => void }) {
  const t = useTexts('shell');
  const id = useId();
  const input = useRef<HTMLInputElement>(null);
  // In the same turn as the key that opened it: the dialog itself would give the focus later.
  useLayoutEffect(() => input.current?.focus(), []);
  const [typed, setTyped] = useState('');
  const [chosen, setChosen] = useState(0);
  const known = matching(useKnownEntries(), typed);
  const found = useFoundEntries(typed);
  const groups = grouped([...useExplainEntries(typed), ...known, ...found.entries]);
  const entries = groups.flatMap(group => group.entries);
  const at = Math.min(chosen, entries.length - 1);

  const take = (entry: Entry | undefined) => {
    if (entry === undefined) return;
    onDone();
    entry.go();
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const to = { ArrowDown: at + 1, ArrowUp: at - 1 }[event.key];
    if (to !== undefined && entries.length > 0) {
      event.preventDefault();
      const next = (to + entries.length) % entries.length;
      setChosen(next);
      document.getElementById(`${id}-${next}`)?.scrollIntoView({ block: 'nearest' });
    } else if (event.key === 'Enter') {
      event.preventDefault();
      take(entries[at]);
    }
  };
  return (
    <>
      <input
        ref={input}
        className={styles['input']}
        role="combobox"
        aria-expanded
        aria-controls={`${id}-list`}
        aria-activedescendant={entries.length > 0 ? `${id}-${at}` : undefined}
        aria-label={t('paletteTitle')}
        placeholder={t('search')}
        value={typed}
        spellCheck={false}
        autoComplete="off"
        data-autofocus
        onChange={event => {
          setTyped(event.currentTarget.value);
          setChosen(0);
        }}
        onKeyDown={onKeyDown}
      />
      <div className={styles['list']} id={`${id}-list`} role="listbox" aria-label={t('paletteTitle')} tabIndex={-1}>
        {groups.map(group => (
          // biome-ignore lint/a11y/useSemanticElements: a group of options, not of fields.
          <div key={group.id} role="group" aria-labelledby={`${id}-${group.id}`}>
            <div className={styles['group']} id={`${id}-${group.id}`} role="presentation">
              {t(GROUP_NAMES[group.id])}
            </div>
            {group.entries.map(entry => {
              const index = entries.indexOf(entry);
              return (
                // biome-ignore lint/a11y/useKeyWithClickEvents: the input has the keys.
                // biome-ignore lint/a11y/useFocusableInteractive: the input names the active option.
                <div
                  key={entry.id}
                  id={`${id}-${index}`}
                  role="option"
                  aria-selected={index === at}
                  className={classNames(styles['entry'], index === at && styles['chosen'])}
                  onClick={() => take(entry)}
                  onPointerMove={() => setChosen(index)}
                >
                  <span className={styles['label']}>{entry.label}</span>
                  {entry.hint !== undefined && <span className={styles['hint']}>{entry.hint}</span>}
                </div>
              );
            })}
          </div>
        ))}
      </div>
      <div className={styles['foot']} role="status">
        {found.searching ? t('paletteSearching') : entries.length === 0 ? t('paletteNothing') : t('paletteHint')}
      </div>
    </>
  );
}
