import type { ReactNode } from 'react';
import styles from './spoken.module.css';

/** Words for those who do not see what says the same to others. Without hooks: cells of tables call it. */
export function Spoken({ children }: { readonly children: ReactNode }) {
  return <span className={styles['spoken']}>{children}</span>;
}
