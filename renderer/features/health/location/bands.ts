import type { EvseTimeline } from '../../../../core/contract/health.ts';
import { STATUSES_BY_URGENCY } from '../../../../core/ocpi/evse-urgency.ts';

export type StatusSpan = EvseTimeline['spans'][number];

/** What one EVSE said for a while, placed in the time that is shown. */
export interface Band {
  /** Milliseconds since the epoch, within what is shown. */
  readonly from: number;
  readonly to: number;
  /** Null: nothing was known. Of several joined ones the most urgent. */
  readonly status: string | null;
  /** Of several that are too short to be seen by themselves. */
  readonly several: number;
  /** Percent of the time that is shown. */
  readonly left: number;
  readonly width: number;
}

/** The time that is shown: so long before now, which may be later than this computer looked at its clock. */
export function shownOf(timelines: readonly Pick<EvseTimeline, 'spans'>[], hours: number, now: number): Shown {
  const to = timelines.reduce((latest, { spans }) => {
    const last = spans.at(-1);
    return last === undefined ? latest : Math.max(latest, Date.parse(last.to));
  }, now);
  return { from: to - hours * 3_600_000, to };
}

/** Narrower than this, in percent, a span cannot be seen. */
const LEAST = 0.25;

export interface Shown {
  readonly from: number;
  readonly to: number;
}

/**
 * Spans as they are drawn. Those too short to be seen are joined with their neighbours: none is left out. What goes on now
 * stands by itself, however short.
 */
export function bandsOf(spans: readonly StatusSpan[], shown: Shown): Band[] {
  const whole = Math.max(1, shown.to - shown.from);
  const bands: Band[] = [];
  for (const [at, span] of spans.entries()) {
    const from = Math.max(shown.from, Date.parse(span.from));
    const to = Math.min(shown.to, Date.parse(span.to));
    if (!(to > from)) continue;
    const width = ((to - from) / whole) * 100;
    const before = bands.at(-1);
    const isShort = at < spans.length - 1 && width < LEAST;
    if (isShort && before !== undefined && before.to === from && before.width < LEAST) {
      bands[bands.length - 1] = {
        ...before,
        to,
        status: urgent(before.status, span.status),
        several: before.several + 1,
        width: ((to - before.from) / whole) * 100,
      };
    } else bands.push({ from, to, status: span.status, several: 1, left: ((from - shown.from) / whole) * 100, width });
  }
  return bands;
}

function urgent(one: string | null, other: string | null): string | null {
  if (one === null || other === null) return one ?? other;
  const rank = (status: string) => {
    const at = STATUSES_BY_URGENCY.indexOf(status);
    return at < 0 ? STATUSES_BY_URGENCY.length : at;
  };
  return rank(other) < rank(one) ? other : one;
}

/** Position of the band that shows at a moment; the nearest one where none does, -1 where there are none. */
export function bandAt(bands: readonly Band[], moment: number): number {
  const within = bands.findIndex(({ from, to }) => from <= moment && moment < to);
  if (within >= 0) return within;
  const distance = ({ from, to }: Band) => Math.min(Math.abs(from - moment), Math.abs(to - moment));
  return bands.reduce((best, band, at) => {
    const known = bands[best];
    return known === undefined || distance(band) < distance(known) ? at : best;
  }, -1);
}

/** Moments that are named beneath the bands: so many whole steps of the span. */
export function ticksOf(shown: Shown, count: number): number[] {
  const step = (shown.to - shown.from) / count;
  return Array.from({ length: count }, (_, at) => shown.from + at * step);
}
