import type { ReactNode } from 'react';
import styles from './chip.module.css';
import { classNames } from './class-names.ts';

export type Tone = 'ok' | 'warn' | 'bad' | 'fault' | 'plain' | 'accent';

export interface ChipProps {
  readonly tone: Tone;
  /** A word or a code: the tone never speaks alone. */
  readonly children: ReactNode;
  /** Shown while the pointer rests on it. */
  readonly title?: string;
}

export function Chip({ tone, children, title }: ChipProps) {
  return (
    <span className={classNames(styles['chip'], styles[tone])} title={title}>
      {children}
    </span>
  );
}
