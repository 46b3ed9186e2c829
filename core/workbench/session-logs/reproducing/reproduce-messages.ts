import type { Outcome } from '../../../contract/failure.ts';
import type { ReproducedSide } from '../../../contract/reproduction.ts';
import type { LogAbout } from '../../../contract/session-log.ts';
import type { KnownRequest } from '../../../session-log/reproduce/known-request.ts';
import type { RecordedSide } from '../../../session-log/reproduce/recorded-side.ts';

/** What is reproduced: a file, or links of a database that a log was imported into. */
export type RecordingSource =
  | { readonly kind: 'file'; readonly path: string; readonly name: string }
  | {
      readonly kind: 'imported';
      readonly logId: number;
      readonly database: string;
      readonly linkIds: readonly number[];
      readonly about: LogAbout;
      readonly name: string;
      /** What is wrong with it; empty where nothing is. */
      readonly problem: string;
    };

/** What is read, and into what. */
export interface ReadingStart {
  readonly source: RecordingSource;
  readonly as: ReproducedSide;
  readonly link: string | undefined;
  /** Written there, a new file. */
  readonly spool: string;
}

/** What the thread is started with. */
export interface ReadingThreadStart extends ReadingStart {
  /** Shared: 1 once nobody waits for it any more. */
  readonly stopped: Int32Array;
}

export type FromReading =
  | { readonly kind: 'known'; readonly requests: readonly KnownRequest[] }
  | {
      readonly kind: 'read';
      readonly side: Outcome<RecordedSide>;
      /** What is wrong with the recording, one sentence each. */
      readonly notes: readonly string[];
    };
