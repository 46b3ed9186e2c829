import type { Clock } from '../../clock.ts';
import type { Link } from '../../contract/link.ts';
import type { Finding } from '../../ocpi/findings.ts';
import type { Answered } from '../../ocpi/judge-result.ts';
import type { Routing } from '../../ocpi/routing.ts';
import type { Version } from '../../ocpi/versions.ts';
import type { TalkPorts } from '../talk.ts';

/** Something that was posted to a response_url of ours. */
export interface ArrivedResult {
  readonly exchangeId: number;
  /** Milliseconds since the epoch. */
  readonly at: number;
  /** `ACCEPTED`; absent where nothing of it can be read. */
  readonly result?: string;
  /** As it was read; `detail` of the outcome. */
  readonly data: unknown;
  readonly findings: readonly Finding[];
}

/** A response_url of ours, alive since before the request left. */
export interface Awaited {
  /** What came so far, in order. */
  readonly arrived: readonly ArrivedResult[];
  /** Later results are judged by it. */
  answered(answer: Answered): void;
  /** Resolves when there are more results than `seen`, after so many milliseconds, or when it is cancelled. */
  more(seen: number, wait: { readonly ms: number; readonly signal: AbortSignal }): Promise<void>;
}

/** Everything a command does to the world. */
export interface AskPorts extends TalkPorts {
  readonly clock: Clock;
  /** What was found out about an answer after it was recorded. */
  noteAnswer(exchangeId: number, noted: { readonly findings: readonly Finding[] }): Promise<unknown>;
}

/** A request whose answer is a decision, and perhaps has a result that follows. */
export interface AskOrder {
  readonly link: Link;
  readonly version: Version;
  /** For people: `START_SESSION`. */
  readonly words: string;
  /** Catalogue id. */
  readonly operation: string;
  readonly method: string;
  readonly url: string;
  /** JSON, sent byte for byte. */
  readonly text?: string;
  readonly routing?: Routing;
  /** What the answer is to say: `ACCEPTED`, `ALLOWED`. */
  readonly good: string;
  /** Absent where the answer is final. */
  readonly awaited?: Awaited;
  /** Seconds to wait for the result where the answer does not say. */
  readonly wait: number;
}
