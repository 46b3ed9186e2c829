import type { LinkHealth, LocationHealth, Notice } from '../contract/health.ts';
import { table } from './terminal.ts';

/** A line a link. `now`: milliseconds since the epoch. */
export function linkTable(links: readonly LinkHealth[], now: number): string {
  return table([
    ['link', 'state', 'heard', 'last hour', 'failed', 'p95', 'overdue', 'last pull', 'EVSEs', ''],
    ...links.map(link => [
      link.link,
      link.state,
      ago(link.lastHeard, now),
      `${link.exchanges} exchanges`,
      link.errorRate === null ? '-' : `${Math.round(link.errorRate * 100)} %`,
      link.p95Ms === null ? '-' : `${Math.round(link.p95Ms)} ms`,
      String(link.overdue.length),
      lastPull(link, now),
      link.evses === 0 ? '-' : statusWords(link.statuses),
      link.notices.length === 0 ? 'well' : counted(link.notices.length, 'notice'),
    ]),
  ]);
}

/** Worst first, as they come. */
export function locationTable(rows: readonly LocationHealth[], now: number): string {
  return table([
    ['link', 'party', 'location', 'available', 'changed', 'EVSEs', 'name'],
    ...rows.map(row => [
      row.link,
      row.party,
      row.id,
      row.availability === null ? '-' : `${Math.round(row.availability * 1000) / 10} %`,
      ago(row.changedAt, now),
      `${statusWords(row.statuses)}${row.stuck > 0 ? `; ${row.stuck} stuck` : ''}`,
      row.name,
    ]),
  ]);
}

/** `error    Partner  EVSE 1 at LOC1 has said OUTOFORDER since ...` */
export function noticeLines(notices: readonly Notice[]): string {
  return table(
    notices.map(({ severity, link, sentence, acknowledged }) => [
      severity,
      link,
      acknowledged ? `${sentence} (acknowledged)` : sentence,
    ]),
  );
}

function lastPull({ pulls }: LinkHealth, now: number): string {
  const newest = pulls
    .filter(({ last }) => last !== null)
    .sort((left, right) => (right.last ?? '').localeCompare(left.last ?? ''))[0];
  if (newest === undefined) return '-';
  return `${newest.module} ${ago(newest.last, now)}${newest.lastOk === false ? ', failed' : ''}`;
}

function statusWords(statuses: Readonly<Record<string, number>>): string {
  return Object.entries(statuses)
    .sort(([, left], [, right]) => right - left)
    .map(([status, count]) => `${count} ${status}`)
    .join(', ');
}

const UNITS = [
  ['d', 86_400_000],
  ['h', 3_600_000],
  ['min', 60_000],
] as const;

/** `3 min ago`; `never` for null. */
function ago(at: string | null, now: number): string {
  if (at === null) return 'never';
  const passed = now - Date.parse(at);
  for (const [unit, ms] of UNITS) if (passed >= ms) return `${Math.floor(passed / ms)} ${unit} ago`;
  return 'just now';
}

function counted(count: number, what: string): string {
  return `${count} ${what}${count === 1 ? '' : 's'}`;
}
