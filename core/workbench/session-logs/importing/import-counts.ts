import type { LogCounts } from '../../../contract/session-log.ts';

/** What was stored of a log so far. */
export interface StoredCounts {
  readonly counts: LogCounts;
  /** RFC 3339, of the first and the last exchange. */
  readonly from: string | null;
  readonly to: string | null;
}

export interface Counting {
  add(kind: keyof LogCounts, more?: number): void;
  /** Milliseconds since the epoch. */
  exchangeAt(at: number): void;
  now(): StoredCounts;
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
  return {
    add: (kind, more = 1) => {
      counts[kind] += more;
    },
    exchangeAt(at) {
      if (at < first) first = at;
      if (at > last) last = at;
    },
    now: () => ({
      counts: { ...counts },
      from: first <= last ? new Date(first).toISOString() : null,
      to: first <= last ? new Date(last).toISOString() : null,
    }),
  };
}
