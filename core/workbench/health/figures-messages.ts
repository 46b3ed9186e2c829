import type { TalliedHour } from '../../insight/health/link-tally.ts';
import type { HourFigures, OverdueResult } from '../../insight/health/observations.ts';

/** What the thread is started with. */
export interface FiguresStart {
  readonly file: string;
}

/** Times in milliseconds since the epoch. */
export interface FiguresQuestion {
  readonly linkIds: readonly number[];
  readonly now: number;
  /** Exchanges are counted for about so many milliseconds before it is answered. */
  readonly time: number;
}

export interface PullFigures {
  readonly module: string;
  readonly lastGood: number | null;
  readonly last: number | null;
  readonly lastOk: boolean | null;
  readonly runId: number | null;
}

export interface LinkFigures {
  readonly linkId: number;
  readonly lastHeard: number | null;
  readonly hour: HourFigures;
  /** 24 hours of the clock, oldest first. */
  readonly hours: readonly TalliedHour[];
  readonly overdue: readonly OverdueResult[];
  readonly pulls: readonly PullFigures[];
}

export type FiguresAnswer =
  /** behind: exchanges that are not counted yet. */
  | { readonly kind: 'figures'; readonly links: readonly LinkFigures[]; readonly behind: number }
  | { readonly kind: 'gone'; readonly reason: string };
