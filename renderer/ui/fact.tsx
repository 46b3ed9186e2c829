import type { ReactNode } from 'react';
import styles from './fact.module.css';

export interface FactProps {
  readonly label: string;
  readonly children: ReactNode;
}

/** What something is called and what it is, as two cells of a `dl` that is a grid. */
export function Fact({ label, children }: FactProps) {
  return (
    <>
      <dt>{label}</dt>
      <dd>{children}</dd>
    </>
  );
}

/** The same as one line, of which several stand beside each other in a `dl`. */
export function FactLine({ label, children }: FactProps) {
  return (
    <div className={styles['line']}>
      <dt>{label}</dt>
      <dd>{children}</dd>
    </div>
  );
}
