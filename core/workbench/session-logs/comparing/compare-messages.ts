import type { Outcome } from '../../../contract/failure.ts';
import type { LogDiff } from '../../../contract/log-diff.ts';
import type { LogAbout } from '../../../contract/session-log.ts';

/** One of two logs: a file, or links of a database. */
export type CompareSide =
  | { readonly path: string; readonly name: string; readonly link: string | undefined }
  | {
      readonly file: string;
      readonly linkIds: readonly number[];
      readonly name: string;
      readonly about: LogAbout;
      readonly link: string | undefined;
    };

/** What the thread that compares is started with. */
export interface CompareStart {
  readonly a: CompareSide;
  readonly b: CompareSide;
  readonly strict: boolean;
}

/** What it is told while it works: nobody waits for it any more. */
export type ToComparing = 'stop';

/** What it tells, once. */
export type CompareEnd = Outcome<LogDiff>;
