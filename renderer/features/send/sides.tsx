import { useMediaQuery } from '@mantine/hooks';
import type { ReactNode } from 'react';
import { SplitPane } from '../../ui/split-pane.tsx';
import styles from './send.module.css';

/** A small window, or a usual one at 200 %. */
const SMALL = '(max-width: 820px)';

export interface SidesProps {
  readonly form: ReactNode;
  /** What will go out, how it goes, what came back. */
  readonly outcome: ReactNode;
  readonly label: string;
}

/** What one writes, and beside it (in a small window below it) what comes of it. */
export function Sides({ form, outcome, label }: SidesProps) {
  const small = useMediaQuery(SMALL, false, { getInitialValueInEffect: false });
  if (small) {
    return (
      <div className={styles['stacked']}>
        {form}
        <section aria-label={label}>{outcome}</section>
      </div>
    );
  }
  return (
    <SplitPane
      side="left"
      storageKey="send"
      initial={Math.max(430, Math.round(window.innerWidth * 0.36))}
      left={<div className={styles['side']}>{form}</div>}
      right={<div className={styles['side']}>{outcome}</div>}
      label={label}
    />
  );
}
