import { writeDateTime } from './date-time.ts';
import { type Finding, finding } from './findings.ts';

/** What was asked of a page of a list, and what came. Moments in milliseconds since the epoch. */
export interface JudgedPage {
  /** `limit` of the request. */
  readonly limit: number | undefined;
  /** The header. */
  readonly xLimit: number | undefined;
  /** How many objects came. */
  readonly items: number;
  /** `date_from` and `date_to` of the request. */
  readonly from: number | undefined;
  readonly to: number | undefined;
  /** The oldest and the newest last_updated that came. */
  readonly oldestUpdate: number | undefined;
  readonly newestUpdate: number | undefined;
}

/** Clocks and fractions of seconds differ. */
const TOLERANCE_MS = 1000;

/** What one page shows by itself, against what was asked for (digest 1.6): its size, and the dates of what it holds. */
export function judgePage({ limit, xLimit, items, from, to, oldestUpdate, newestUpdate }: JudgedPage): Finding[] {
  const found: Finding[] = [];
  if (xLimit !== undefined && items > xLimit) {
    const met = `${items} objects with X-Limit ${xLimit}`;
    found.push(
      finding('paging.limit.untrue', { pointer: 'header:X-Limit', met, expected: `at most ${xLimit} objects` }),
    );
  } else if (xLimit !== undefined && limit !== undefined && xLimit < limit) {
    const details = { pointer: 'header:X-Limit', met: `${xLimit}`, expected: `${limit}` };
    found.push(finding('paging.limit.capped', details));
  }
  if (from !== undefined && oldestUpdate !== undefined && oldestUpdate < from - TOLERANCE_MS) {
    const met = `last_updated ${writeDateTime(oldestUpdate)}`;
    found.push(finding('paging.date-from-ignored', { met, expected: `from ${writeDateTime(from)} on` }));
  }
  if (to !== undefined && newestUpdate !== undefined && newestUpdate >= to + TOLERANCE_MS) {
    const met = `last_updated ${writeDateTime(newestUpdate)}`;
    found.push(finding('paging.date-to-ignored', { met, expected: `before ${writeDateTime(to)}` }));
  }
  return found;
}
