import type { Report, ReportCharge } from '../../contract/reports.ts';
import type { ChargesAsked } from '../../history/facts/charge-reading.ts';
import type { DifferencesAsked, DifferencesFound } from '../../history/facts/difference-reading.ts';
import type { Followed } from '../../history/facts/following.ts';
import type { ReportAsked } from '../../history/facts/report-reading.ts';
import type { StatusAnswer, StatusQuestion } from '../health/status-messages.ts';

/** What the thread is started with. */
export interface FactsStart {
  readonly file: string;
  readonly databaseId: string;
}

/** Before anything is answered, changes of objects are followed for as long. */
export interface ToFollow {
  /** For about so many milliseconds. */
  readonly time: number;
  /** Times as long as is worked at what is asked is rested: partners come first. */
  readonly rest: number;
}

export interface FollowedTold extends Omit<Followed, 'isMore'> {
  /** Changes of objects that are not followed yet, about. */
  readonly behind: number;
  /** Why everything is derived anew; told once. */
  readonly madeAnew?: string;
}

export type FactsQuestion = ToFollow &
  (
    | { readonly kind: 'follow' }
    /** Everything is derived anew, in a new file. */
    | { readonly kind: 'anew' }
    /** `now`: milliseconds since the epoch. */
    | { readonly kind: 'report'; readonly asked: ReportAsked; readonly now: number }
    /** The same, all rows of it. */
    | { readonly kind: 'csv'; readonly asked: ReportAsked; readonly now: number }
    | { readonly kind: 'charges'; readonly asked: ChargesAsked }
    | { readonly kind: 'differences'; readonly asked: DifferencesAsked }
    | { readonly kind: 'statuses'; readonly asked: StatusQuestion }
  );

export type FactsAnswer =
  | { readonly kind: 'followed'; readonly followed: FollowedTold }
  | { readonly kind: 'report'; readonly followed: FollowedTold; readonly report: Omit<Report, 'behind' | 'leftOut'> }
  | { readonly kind: 'csv'; readonly followed: FollowedTold; readonly csv: string }
  | {
      readonly kind: 'charges';
      readonly followed: FollowedTold;
      readonly count: number;
      readonly rows: ReportCharge[];
    }
  | { readonly kind: 'differences'; readonly followed: FollowedTold; readonly found: DifferencesFound }
  | { readonly kind: 'statuses'; readonly followed: FollowedTold; readonly told: StatusAnswer }
  | { readonly kind: 'gone'; readonly reason: string };
