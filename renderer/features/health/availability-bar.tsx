import styles from './availability-bar.module.css';
import { percentText } from './percent.ts';

export interface AvailabilityBarProps {
  /** Of the time in which the EVSEs could be used; null: nothing is known. */
  readonly share: number | null;
  readonly language: string;
  /** Said where nothing is known. */
  readonly unknown: string;
}

/** A share as a bar with its number. Without hooks: cells of tables call it. */
export function AvailabilityBar({ share, language, unknown }: AvailabilityBarProps) {
  if (share === null) return <span className={styles['unknown']}>{unknown}</span>;
  return (
    <span className={styles['bar']}>
      <span className={styles['track']} aria-hidden>
        <span className={styles['part']} style={{ width: `${Math.max(0, Math.min(1, share)) * 100}%` }} />
      </span>
      <span className={styles['number']}>{percentText(share, language)}</span>
    </span>
  );
}
