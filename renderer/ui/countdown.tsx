import { classNames } from './class-names.ts';
import styles from './countdown.module.css';
import { useNow } from './use-now.ts';

export interface CountdownProps {
  /** Milliseconds since the epoch. */
  readonly from: number;
  readonly until: number;
  /** What is waited for, for those who do not see where it stands. */
  readonly label: string;
}

const EVERY_MS = 250;
/** The last of it is told by the colour too. */
const URGENT_SECONDS = 5;

/** A bar that empties, with the seconds that are left. */
export function Countdown({ from, until, label }: CountdownProps) {
  const left = Math.max(0, until - useNow(EVERY_MS));
  const whole = Math.max(1, until - from);
  const seconds = Math.ceil(left / 1000);
  const share = Math.min(1, left / whole);
  return (
    <span
      className={classNames(styles['countdown'], seconds <= URGENT_SECONDS && styles['urgent'])}
      role="progressbar"
      aria-label={label}
      aria-valuemin={0}
      aria-valuemax={Math.ceil(whole / 1000)}
      aria-valuenow={Math.min(seconds, Math.ceil(whole / 1000))}
      aria-valuetext={`${seconds} s`}
    >
      <span className={styles['track']}>
        <span className={styles['left']} style={{ width: `${share * 100}%` }} />
      </span>
      <span className={styles['seconds']}>{seconds} s</span>
    </span>
  );
}
