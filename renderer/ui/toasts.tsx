import { CloseButton } from '@mantine/core';
import { type ReactNode, useEffect, useEffectEvent, useState } from 'react';
import type { Tone } from './chip.tsx';
import { classNames } from './class-names.ts';
import styles from './toasts.module.css';
import { useUiTexts } from './ui-texts.ts';

export interface Toast {
  readonly id: string | number;
  readonly tone: Tone;
  readonly content: ReactNode;
}

export interface ToastsProps {
  /** What they are, for those who do not see where they stand. */
  readonly label: string;
  /** The newest first. */
  readonly toasts: readonly Toast[];
  readonly onAway: (id: Toast['id']) => void;
}

const SHOWN_MS = 12_000;

/**
 * Short news over the corner of the window. They go by themselves, but not while one reads them, or is in them by key;
 * assistive technology reads them once it has nothing else to say.
 */
export function Toasts({ label, toasts, onAway }: ToastsProps) {
  const [held, setHeld] = useState(false);
  return (
    <section
      className={styles['toasts']}
      aria-label={label}
      aria-live="polite"
      onPointerEnter={() => setHeld(true)}
      onPointerLeave={() => setHeld(false)}
      onFocus={() => setHeld(true)}
      onBlur={event => {
        if (!event.currentTarget.contains(event.relatedTarget)) setHeld(false);
      }}
    >
      {toasts.map(toast => (
        <OneToast key={toast.id} toast={toast} held={held} onAway={() => onAway(toast.id)} />
      ))}
    </section>
  );
}

interface OneToastProps {
  readonly toast: Toast;
  readonly held: boolean;
  readonly onAway: () => void;
}

function OneToast({ toast, held, onAway }: OneToastProps) {
  const texts = useUiTexts();
  const leave = useEffectEvent(onAway);
  useEffect(() => {
    if (held) return;
    const timer = setTimeout(() => leave(), SHOWN_MS);
    return () => clearTimeout(timer);
  }, [held]);
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: Esc of the link or the button in it.
    <div
      className={classNames(styles['toast'], styles[toast.tone])}
      role="presentation"
      onKeyDown={event => {
        if (event.key === 'Escape') onAway();
      }}
    >
      <div className={styles['content']}>{toast.content}</div>
      <CloseButton aria-label={texts.close} onClick={onAway} />
    </div>
  );
}
