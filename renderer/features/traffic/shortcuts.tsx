import { ActionIcon, Kbd, Popover } from '@mantine/core';
import { IconHelp } from '@tabler/icons-react';
import { useEffect, useEffectEvent } from 'react';
import { useTexts } from '../../texts/use-texts.ts';
import styles from './traffic-page.module.css';

export interface Keys {
  readonly focusFilter: () => void;
  readonly move: (by: 1 | -1) => void;
  readonly copyCurl: () => void;
  readonly resend: () => void;
  readonly close: () => void;
  readonly help: () => void;
}

/** Keys of the view, wherever the focus is, unless something is being typed or a dialog is open. */
export function useKeys(keys: Keys): void {
  const pressed = useEffectEvent((event: KeyboardEvent) => {
    if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target)) return;
    const known: Record<string, () => void> = {
      '/': keys.focusFilter,
      j: () => keys.move(1),
      k: () => keys.move(-1),
      c: keys.copyCurl,
      r: keys.resend,
      Escape: keys.close,
      '?': keys.help,
    };
    const act = known[event.key];
    if (act === undefined) return;
    event.preventDefault();
    act();
  });
  useEffect(() => {
    const listen = (event: KeyboardEvent) => pressed(event);
    document.addEventListener('keydown', listen);
    return () => document.removeEventListener('keydown', listen);
  }, []);
}

function isTyping(target: EventTarget | null): boolean {
  if (!(target instanceof Element)) return false;
  return target.closest('input, textarea, select, [contenteditable], [role=dialog], [role=menu]') !== null;
}

export interface ShortcutHelpProps {
  readonly opened: boolean;
  readonly onChange: (opened: boolean) => void;
}

const SHORTCUTS = [
  { keys: ['/'], text: 'key-filter' },
  { keys: ['j', 'k', '↓', '↑'], text: 'key-move' },
  { keys: ['Enter'], text: 'key-open' },
  { keys: ['Esc'], text: 'key-close' },
  { keys: ['Space', 'Shift', 'Ctrl'], text: 'key-select' },
  { keys: ['c'], text: 'key-curl' },
  { keys: ['r'], text: 'key-resend' },
  { keys: ['?'], text: 'key-help' },
] as const;

/** What the keys do. */
export function ShortcutHelp({ opened, onChange }: ShortcutHelpProps) {
  const t = useTexts('traffic');
  const close = useEffectEvent((event: KeyboardEvent) => {
    if (event.key !== 'Escape') return;
    event.preventDefault();
    event.stopPropagation();
    onChange(false);
  });
  // Before anything else hears the key: it may come while the focus is still on its way to what was opened.
  useEffect(() => {
    if (!opened) return;
    const listen = (event: KeyboardEvent) => close(event);
    document.addEventListener('keydown', listen, { capture: true });
    return () => document.removeEventListener('keydown', listen, { capture: true });
  }, [opened]);
  return (
    <Popover opened={opened} onChange={onChange} position="bottom-end" trapFocus returnFocus>
      <Popover.Target>
        <ActionIcon variant="subtle" color="gray" aria-label={t('shortcuts')} onClick={() => onChange(!opened)}>
          <IconHelp size={16} />
        </ActionIcon>
      </Popover.Target>
      <Popover.Dropdown aria-label={t('shortcuts')} tabIndex={-1}>
        <dl className={styles['shortcuts']}>
          {SHORTCUTS.map(({ keys, text }) => (
            <div key={text}>
              <dt>
                {keys.map(key => (
                  <Kbd key={key} size="xs">
                    {key}
                  </Kbd>
                ))}
              </dt>
              <dd>{t(text)}</dd>
            </div>
          ))}
        </dl>
      </Popover.Dropdown>
    </Popover>
  );
}
