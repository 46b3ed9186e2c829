import styles from './duration.module.css';
import { durationText } from './time-format.ts';

/** Nothing where it is not known. */
export function Duration({ ms }: { readonly ms: number | null }) {
  return <span className={styles['text']}>{ms === null ? '' : durationText(ms)}</span>;
}

export interface DurationBarProps {
  readonly ms: number | null;
  /** What fills the bar; logarithmic, so that both 5 ms and 5 s can be told apart. */
  readonly max: number;
}

const WIDTH = 46;

export function DurationBar({ ms, max }: DurationBarProps) {
  const share = ms === null ? 0 : Math.min(1, Math.log1p(ms) / Math.log1p(Math.max(1, max)));
  return (
    <span className={styles['row']}>
      <span className={styles['bar']} style={{ width: ms === null ? 0 : Math.max(2, Math.round(share * WIDTH)) }} />
      <Duration ms={ms} />
    </span>
  );
}
