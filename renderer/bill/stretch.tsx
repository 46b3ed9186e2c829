import { utcText } from '../ui/time-format.ts';
import { momentIn } from './amount-text.ts';
import styles from './bill.module.css';

export interface StretchProps {
  /** RFC 3339. */
  readonly from: string | null;
  readonly to: string | null;
  readonly zone: string;
}

/** `10:15 – 10:30`, where the charger stands; UTC on hover. */
export function Stretch({ from, to, zone }: StretchProps) {
  if (from === null) return null;
  const begin = momentIn(zone, from);
  const end = to === null ? undefined : momentIn(zone, to, begin.day);
  const utc = [from, to].filter(at => at !== null).map(at => utcText(new Date(at)));
  return (
    <span className={styles['stretch']} title={utc.join(' – ')}>
      {begin.text}
      {end !== undefined && ` – ${end.text}`}
    </span>
  );
}
