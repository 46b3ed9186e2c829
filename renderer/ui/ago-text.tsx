import { agoText } from './ago.ts';
import { localDate, localTime, utcText } from './time-format.ts';

export interface AgoTextProps {
  /** RFC 3339, or milliseconds since the epoch. */
  readonly at: string | number;
  /** Milliseconds since the epoch. */
  readonly now: number;
  readonly language: string;
}

/** How long ago, the moment itself on hover. Without hooks: cells of tables call it. */
export function AgoText({ at, now, language }: AgoTextProps) {
  const moment = new Date(at);
  if (Number.isNaN(moment.getTime())) return <span>{String(at)}</span>;
  return (
    <time dateTime={moment.toISOString()} title={`${localDate(moment)} ${localTime(moment)} · ${utcText(moment)}`}>
      {agoText(moment.getTime(), now, language)}
    </time>
  );
}
