import type { ReactNode } from 'react';
import styles from './empty-state.module.css';

export interface EmptyStateProps {
  readonly title: string;
  /** What the place is for. */
  readonly text: ReactNode;
  /** The one action that fills it, or few. */
  readonly actions?: ReactNode;
  /** 1 where it stands for the whole view. */
  readonly heading?: 1 | 2;
}

export function EmptyState({ title, text, actions, heading = 2 }: EmptyStateProps) {
  const Heading = `h${heading}` as const;
  return (
    <div className={styles['empty']}>
      <Heading className={styles['title']}>{title}</Heading>
      <div className={styles['text']}>{text}</div>
      {actions !== undefined && <div className={styles['actions']}>{actions}</div>}
    </div>
  );
}
