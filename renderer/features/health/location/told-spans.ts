import type { EvseTimeline } from '../../../../core/contract/health.ts';

/** What an EVSE said for a while, as it is told in words. */
export interface ToldSpan {
  /** Null: nothing was known. */
  readonly status: string | null;
  /** Milliseconds since the epoch. */
  readonly from: number;
  readonly to: number;
  /** It began before the time that is shown, nobody asked when. */
  readonly isCut: boolean;
  readonly isNow: boolean;
}

/** The newest first. What goes on is told from when it began, however long ago. */
export function toldSpans({ spans, status, since }: Pick<EvseTimeline, 'spans' | 'status' | 'since'>): ToldSpan[] {
  return spans
    .map((span, at): ToldSpan => {
      const isNow = at === spans.length - 1;
      const begun = isNow && span.status === status ? since : undefined;
      return {
        status: span.status,
        from: Date.parse(begun ?? span.from),
        to: Date.parse(span.to),
        isCut: at === 0 && begun === undefined,
        isNow,
      };
    })
    .reverse();
}
