import { useMediaQuery } from '@mantine/hooks';
import type { ReactNode } from 'react';
import styles from './sides.module.css';
import { SplitPane } from './split-pane.tsx';

/** A small window, or a usual one at 200 %. */
const SMALL = '(max-width: 820px)';

export interface SidesProps {
  readonly left: ReactNode;
  readonly right: ReactNode;
  /** What the right side is, for those who do not see where it stands. */
  readonly label: string;
  /** Under which the width of the left side is kept on this computer. */
  readonly storageKey: string;
  /** That width in pixels before anyone moved it. */
  readonly initial: number;
}

/** What one writes or chooses, and beside it (in a small window below it) what comes of it. */
export function Sides({ left, right, label, storageKey, initial }: SidesProps) {
  const small = useMediaQuery(SMALL, false, { getInitialValueInEffect: false });
  if (small) {
    return (
      <div className={styles['stacked']}>
        {left}
        <section aria-label={label}>{right}</section>
      </div>
    );
  }
  return (
    <SplitPane
      side="left"
      storageKey={storageKey}
      initial={initial}
      left={<div className={styles['side']}>{left}</div>}
      right={<div className={styles['side']}>{right}</div>}
      label={label}
    />
  );
}
