import type { ReactNode } from 'react';
import { classNames } from './class-names.ts';
import styles from './mono.module.css';

export interface MonoProps {
  readonly children: ReactNode;
  /** Breaks anywhere rather than growing: long URLs and ids. */
  readonly wrap?: boolean;
  readonly title?: string;
}

/** Code, ids and numbers: monospaced, tabular. */
export function Mono({ children, wrap = false, title }: MonoProps) {
  return (
    <span className={classNames(styles['mono'], wrap && styles['wrap'])} title={title}>
      {children}
    </span>
  );
}
