import type { Clock } from '../../clock.ts';
import type { Outcome } from '../../contract/failure.ts';
import type { ObjectIngest } from '../../contract/ingest.ts';
import type { Link } from '../../contract/link.ts';
import type { PulledModule } from '../../contract/objects.ts';
import type { PullBookmark } from '../../contract/pulls.ts';
import type { PullTally, RunProgress } from '../../contract/run.ts';
import type { Finding } from '../../ocpi/findings.ts';
import type { Routing } from '../../ocpi/routing.ts';
import type { Version } from '../../ocpi/versions.ts';
import type { FlowAnswer, FlowCall, FlowResult, OutgoingToken, RunContext } from '../registration/ports.ts';

/** One list of a module, or one object of it, on the partner's side. */
export interface PullTarget {
  /** Catalogue id: `locations.list`. */
  readonly operation: string;
  /** What stands behind the endpoint, not yet encoded; empty for the list at the endpoint itself. */
  readonly path: readonly string[];
}

/** A list whose objects are kept; `list`: which one, where a module has several. */
export interface PulledList {
  readonly linkId: number;
  readonly module: PulledModule;
  readonly list?: string;
}

/** What is to be pulled from whom, with everything looked up that the flow itself cannot know. */
export interface PullOrder {
  readonly link: Link;
  readonly version: Version;
  readonly module: PulledModule;
  /** URL of the module's SENDER interface. */
  readonly endpoint: string;
  /** Whom the request names as sender and addressee; nobody on 2.1.1. */
  readonly routing?: Routing;
  /** Asked for this one of several parties only, so that nothing can be told about what others have. */
  readonly oneParty?: boolean;
  readonly lists: readonly PullTarget[];
  readonly full?: boolean;
  /** Milliseconds since the epoch. */
  readonly from?: number;
  readonly to?: number;
  /** Milliseconds of each window. */
  readonly window?: number;
  readonly pageSize: number;
  /** Pages asked for at once, where they are paged with offsets. */
  readonly concurrency: number;
}

/** One object to be pulled; the last part of `object` is its id, those before it are its parents'. */
export interface SingleOrder extends Pick<PullOrder, 'link' | 'version' | 'module' | 'endpoint' | 'routing'> {
  readonly target: PullTarget;
  /** Ids of the parents where an EVSE, a connector or a calendar is asked for. */
  readonly within: readonly string[];
  /** Which list of the module the object belongs to, where there are several. */
  readonly list?: string;
}

/** Everything a pull does to the world. */
export interface PullPorts {
  readonly clock: Clock;
  /** From 0 to just under 1, for jitter. */
  random(): number;
  call(call: FlowCall): Promise<FlowAnswer>;
  /** The token we call the partner with now; it may change in the middle of a pull. */
  outgoingToken(linkId: number): OutgoingToken | undefined;
  readonly ingest: ObjectIngest;
  /** Milliseconds since the epoch: what was updated before it was taken over. Of each list of a module its own. */
  cursor(list: PulledList): number | undefined;
  /** Never back. */
  moveCursor(list: PulledList, to: number): Outcome<void>;
  /** Where a pull that ended early stood; undefined when there is none. */
  bookmark(linkId: number, module: PulledModule): PullBookmark | undefined;
  /** `undefined` takes it away. Where the storage fails the old one stays: the next pull only repeats more. */
  keepBookmark(linkId: number, module: PulledModule, bookmark: PullBookmark | undefined): void;
  /** What was found out about an answer after it was recorded. */
  noteAnswer(exchangeId: number, noted: { readonly ocpiStatus?: number; readonly findings: readonly Finding[] }): void;
}

/** What a running pull has at hand besides the ports. */
export interface PullRun extends RunContext {
  readonly signal: AbortSignal;
  progress(progress: RunProgress): void;
}

export interface PullOutcome extends FlowResult {
  readonly pull: PullTally;
}
