import type { LogCounts } from '../../contract/session-log.ts';
import type { LogRecord } from './records.ts';

/** What a log holds, or what was made of it so far. */
export interface Counted {
  readonly counts: LogCounts;
  /** RFC 3339, of the first and the last exchange. */
  readonly from: string | null;
  readonly to: string | null;
}

export interface Counting {
  /** One line of a log, with all that it holds. */
  line(record: LogRecord): void;
  add(kind: keyof LogCounts, more?: number): void;
  /** Milliseconds since the epoch. */
  exchangeAt(at: number): void;
  now(): Counted;
}

export const NOTHING_COUNTED: LogCounts = {
  links: 0,
  rules: 0,
  runs: 0,
  exchanges: 0,
  findings: 0,
  notes: 0,
  objects: 0,
  revisions: 0,
};

export function createCounting(): Counting {
  const counts = { ...NOTHING_COUNTED };
  let first = Number.POSITIVE_INFINITY;
  let last = Number.NEGATIVE_INFINITY;
  const exchangeAt = (at: number) => {
    if (at < first) first = at;
    if (at > last) last = at;
  };
  return {
    line(record) {
      counts[`${record.type}s`]++;
      if (record.type === 'object') counts.revisions += record.revisions.length;
      if (record.type !== 'exchange') return;
      counts.findings += record.findings?.length ?? 0;
      if (record.note !== undefined) counts.notes++;
      exchangeAt(record.startedAt);
    },
    add: (kind, more = 1) => {
      counts[kind] += more;
    },
    exchangeAt,
    now: () => ({
      counts: { ...counts },
      from: first <= last ? new Date(first).toISOString() : null,
      to: first <= last ? new Date(last).toISOString() : null,
    }),
  };
}
