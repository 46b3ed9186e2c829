import type { Clock } from '../../clock.ts';
import type { Outcome } from '../../contract/failure.ts';
import type { LedgerToken, Link, LinkEndpoint } from '../../contract/link.ts';
import type { AskedOutcome, PullTally, PushTally, RunStep } from '../../contract/run.ts';
import type { CredentialsView } from '../../ocpi/credentials.ts';
import type { Finding } from '../../ocpi/findings.ts';
import type { RawHeaders } from '../../ocpi/raw-headers.ts';
import type { Routing } from '../../ocpi/routing.ts';
import type { Version } from '../../ocpi/versions.ts';

export type SentForm = 'raw' | 'base64';

/** One call a flow asks for. It is recorded, sent and judged by whoever the effects are bound to. */
export interface FlowCall {
  readonly link: Link;
  /** Absent for a call that belongs to no run. */
  readonly runId?: number;
  /** Catalogue id: `versions.list`, `versions.details`, `credentials.post`. */
  readonly operation: string;
  readonly method: string;
  readonly url: string;
  readonly version?: Version;
  readonly token: { readonly value: string; readonly form: SentForm };
  readonly body?: unknown;
  /** Instead of `body`: its text, which leaves byte for byte. */
  readonly text?: string;
  /** Written on 2.2 and later for functional modules only. */
  readonly routing?: Routing;
  /** `caller`: a good answer's body comes unread (`body` of the answer), for pages too large to be read on this thread. */
  readonly bodyTo?: 'caller';
  readonly signal?: AbortSignal;
}

/** What came of a call. `ok`: a whole answer, HTTP 2xx and OCPI 1xxx. */
export interface FlowAnswer {
  readonly exchangeIds: readonly number[];
  readonly ok: boolean;
  readonly ended: { readonly how: string; readonly phase?: string };
  readonly httpStatus?: number;
  readonly ocpiStatus?: number;
  readonly data?: unknown;
  /** The answer's head; also there when its body was cut. */
  readonly http?: { readonly status: number; readonly headers: RawHeaders };
  /** Unread, where `bodyTo` asked for it. */
  readonly body?: { readonly bytes: Uint8Array; readonly contentEncoding?: string };
  /** A sentence a person understands. */
  readonly reason: string;
  readonly findings: readonly Finding[];
}

export type TokenStep =
  | {
      readonly do: 'add';
      readonly direction: LedgerToken['direction'];
      readonly kind: LedgerToken['kind'];
      readonly state: LedgerToken['state'];
      readonly issuedBy: LedgerToken['issuedBy'];
      readonly value: string;
    }
  /** Moves every token of the link that fits to another state. */
  | {
      readonly do: 'move';
      readonly direction: LedgerToken['direction'];
      readonly from: readonly LedgerToken['state'][];
      readonly kind?: LedgerToken['kind'];
      readonly to: LedgerToken['state'];
    }
  /** Moves the token of this value. */
  | {
      readonly do: 'move-value';
      readonly direction: LedgerToken['direction'];
      readonly value: string;
      readonly to: LedgerToken['state'];
    };

export type LinkPatch = {
  -readonly [Key in keyof Omit<Link, 'id' | 'createdAt' | 'updatedAt'>]?: Link[Key] | undefined;
};

/** Applied all or nothing: a link is never half-registered. */
export interface LinkChange {
  readonly linkId: number;
  readonly link?: LinkPatch;
  readonly tokens?: readonly TokenStep[];
}

export interface OutgoingToken {
  readonly kind: LedgerToken['kind'];
  readonly value: string;
  /** Its predecessor, while nothing has been called with success with its successor (T8). */
  readonly before?: string;
}

/** The platform as a flow sees it. */
export interface OwnPlatform {
  readonly versions: readonly Version[];
  readonly versionsUrl: string;
  /** What this link is told about us, with the token it shall use. */
  credentials(link: Link, version: Version, token: string): CredentialsView;
}

/** Everything a registration does to the world. */
export interface RegistrationPorts {
  readonly clock: Clock;
  readonly platform: OwnPlatform;
  call(call: FlowCall): Promise<FlowAnswer>;
  newToken(): string;
  link(id: number): Link;
  /** The token we call the partner with now: the active one, else the pending token A. */
  outgoingToken(linkId: number): OutgoingToken | undefined;
  /** Throws where the storage fails: the flow cannot go on, and nothing of the change is stored. */
  commit(change: LinkChange): void;
  /** As `commit`, for changes that must not be given up at the first refusal. */
  tryCommit(change: LinkChange): Outcome<void>;
  /** Remembers the link and its tokens as they are; the function it returns puts them back, all or nothing. */
  snapshot(linkId: number): () => Outcome<void>;
  /** Exchanges of this run in which the partner called us. */
  calledBack(runId: number): readonly { readonly id: number; readonly operation: string }[];
}

/** How a flow tells its steps as they happen. */
export type TellStep = (step: Omit<RunStep, 'findings'> & { readonly findings?: readonly Finding[] }) => void;

/** What one run has at hand besides the ports. */
export interface RunContext {
  readonly runId: number;
  readonly tell: TellStep;
  readonly signal?: AbortSignal;
}

export interface FlowResult {
  readonly ok: boolean;
  /** One sentence. */
  readonly summary: string;
  readonly version?: Version;
  readonly modules?: readonly LinkEndpoint[];
  readonly pull?: PullTally;
  readonly push?: PushTally;
  readonly asked?: AskedOutcome;
}
