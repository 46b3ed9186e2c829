import { localDate, localTime, sameDay, utcText } from './time-format.ts';

export interface TimeTextProps {
  /** RFC 3339, or milliseconds since the epoch. */
  readonly at: string | number;
  /** Day as well; unless said only where it is not today. */
  readonly withDate?: boolean;
}

/** Local time, UTC on hover. Without hooks: cells of tables call it by the thousand. */
export function TimeText({ at, withDate }: TimeTextProps) {
  const moment = new Date(at);
  if (Number.isNaN(moment.getTime())) return <span>{String(at)}</span>;
  const dated = withDate ?? !sameDay(moment, new Date());
  return (
    <time dateTime={moment.toISOString()} title={utcText(moment)}>
      {dated ? `${localDate(moment)} ${localTime(moment)}` : localTime(moment)}
    </time>
  );
}
