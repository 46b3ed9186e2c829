import type { ReplayPlan, ReplayRewrite } from '../contract/replay.ts';
import type { RawHeaders } from '../ocpi/raw-headers.ts';
import type { Routing } from '../ocpi/routing.ts';
import type { Mapping } from './mapping.ts';
import type { Recording, Step } from './recording.ts';
import type { Surroundings } from './surroundings.ts';

/** What will be done. `mapping` holds what is known before, and learns while it runs. */
export interface Plan {
  readonly recording: Recording;
  /** Those that are done: from `fromStep` on. */
  readonly steps: readonly Step[];
  readonly surroundings: Surroundings;
  readonly mapping: Mapping;
  /** Added to every time of the flow, in milliseconds. */
  readonly shiftMs: number;
  /** Milliseconds since the epoch: times of the recording before it are none of the flow and stay as they are. */
  readonly movesFrom: number;
  readonly rewrites: readonly ReplayRewrite[];
  readonly notes: readonly string[];
  readonly seed: string;
  /** As faces see it. */
  readonly view: ReplayPlan;
}

/** A request of a step as it can leave now. */
export interface ReadyRequest {
  readonly operation: string;
  readonly method: string;
  readonly url: string;
  /** Text of the body; absent where there is none. */
  readonly text?: string;
  /** Lines of the recording that are kept beside those every request of ours has. */
  readonly headers: RawHeaders;
  readonly routing?: Routing;
  readonly correlationId?: string;
}
