import type { Clock } from '../clock.ts';
import type { Outcome } from '../contract/failure.ts';
import type { Policy } from '../contract/policy.ts';
import type { ReplayStep } from '../contract/replay.ts';
import type { ScenarioFlow } from '../contract/scenario.ts';
import type { ReadyRequest } from './plan.ts';
import type { RequestStep, SpokenExchange, Step } from './recording.ts';

/** An exchange of this replay, as it went. */
export interface Happened {
  /** Of redirects all, in order; none where a fault of ours kept the request back. */
  readonly exchangeIds: readonly number[];
  /** The last of them. */
  readonly spoken: SpokenExchange;
}

/** An exchange that detectors look at. */
export interface Judged {
  readonly exchangeId: number;
  /** Whose request it is in the replay, of recorded exchanges maybe the other way round. Absent (flows): as it was. */
  readonly by?: 'us' | 'them' | undefined;
}

/**
 * `done`: the partner is about to send it. `not-ours`: it happens by itself after an earlier step, or somebody has to do it by
 * hand. `refused`: it could not be made to, and why (one clause).
 */
export type Nudged = { readonly how: 'done' | 'not-ours' } | { readonly how: 'refused'; readonly why: string };

/** What a running replay needs of the world. None of them rejects for what a partner does. */
export interface ReplayPorts {
  readonly clock: Clock;
  /** Sends it on the link, records it under the run, and reads how it went. The failure: it could not be tried. */
  send(request: ReadyRequest, signal: AbortSignal): Promise<Outcome<Happened>>;
  /**
   * The partner's requests on this link since the replay began, in the order in which they were over; each is handed out
   * once. Undefined: none came within `ms`, or `signal` was aborted.
   */
  arrived(ms: number, signal: AbortSignal): Promise<Happened | undefined>;
  /** A response_url of ours for a request of this step; what comes there arrives. */
  responseUrl(step: RequestStep): string;
  /** From now on the partner is answered so, for this operation on this link; the function ends that. */
  answerWith(operation: string, policy: Partial<Policy>): () => void;
  /** Makes the partner do its part where it is ours to make (the sandbox). `before`: the steps before it. */
  nudge(step: RequestStep, before: readonly Step[]): Promise<Nudged>;
  flow(
    flow: ScenarioFlow['flow'],
    signal: AbortSignal,
  ): Promise<{ readonly ok: boolean; readonly reason: string; readonly exchangeIds: readonly number[] }>;
  /**
   * Codes of the findings that all detectors, of single exchanges and of flows, have of these exchanges, by their id: of the
   * recorded ones and of today's by the same detectors, so that only what is new stands out. They need not be looked at by
   * anybody before.
   */
  findingsOf(judged: readonly Judged[], signal: AbortSignal): Promise<ReadonlyMap<number, readonly string[]>>;
  newId(): string;
  /** Called at each change of a step; the last call of a step has its verdict. */
  tell(step: ReplayStep): void;
}
