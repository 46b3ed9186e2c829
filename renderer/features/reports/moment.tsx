import { localDate, localTime, utcText } from '../../ui/time-format.ts';
import styles from './reports.module.css';

/** To the minute, UTC on hover; nothing where no time is told. Without hooks: cells of tables call it. */
export function Moment({ at }: { readonly at: string | null }) {
  const moment = new Date(at ?? '');
  if (Number.isNaN(moment.getTime())) return null;
  return (
    <time dateTime={moment.toISOString()} title={utcText(moment)} className={styles['time']}>
      {localDate(moment)} {localTime(moment).slice(0, 5)}
    </time>
  );
}
