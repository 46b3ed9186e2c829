import type { ReactNode } from 'react';
import styles from './toolbar.module.css';

export interface ToolbarProps {
  /** What the tools are for, for those who do not see where they stand. */
  readonly label: string;
  readonly children: ReactNode;
}

/** The row of controls above a view. */
export function Toolbar({ label, children }: ToolbarProps) {
  return (
    <div className={styles['toolbar']} role="toolbar" aria-label={label}>
      {children}
    </div>
  );
}
