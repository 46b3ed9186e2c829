import type { Finding } from '../ocpi/findings.ts';
import type { RawHeaders } from '../ocpi/raw-headers.ts';
import type { Version } from '../ocpi/versions.ts';
import type { Connection, Ended, Timings, WireRequest, WireResponse } from './wire.ts';

/**
 * One HTTP request and its answer, either direction, as the history takes it: already sealed, so no token stands in it.
 * The wire parts are what crossed the wire; everything else is what we made of it.
 */
export interface ExchangeRecord {
  readonly direction: 'out' | 'in';
  readonly linkId?: number;
  readonly runId?: number;
  /** Catalogue id (`versions.list`, `credentials.post`), or `unknown`. */
  readonly operation: string;
  readonly version?: Version;
  /** Wall clock at the start, milliseconds since the epoch. */
  readonly startedAt: number;
  readonly request: WireRequest;
  readonly response?: WireResponse;
  readonly ended: Ended;
  readonly timings?: Timings;
  readonly connection?: Connection;
  /** `status_code` of the answer's envelope. */
  readonly ocpiStatus?: number;
  readonly requestId?: string;
  readonly correlationId?: string;
  /** `NL-TNM`: country code and party id as sent in the routing headers. */
  readonly fromParty?: string;
  readonly toParty?: string;
  readonly findings: readonly Finding[];
  /** Absent where no rule met it. */
  readonly faults?: ExchangeFaults;
}

/** What fault rules did to an exchange. */
export interface ExchangeFaults {
  readonly firings: readonly ExchangeFiring[];
  /** The message of ours as it would have crossed without them; absent where nothing would have been sent. */
  readonly intended?: {
    /** `HTTP/1.1 200 OK`, `PUT https://...`. */
    readonly start: string;
    readonly headers: RawHeaders;
    readonly body: Uint8Array;
  };
  /** What was done on the wire, in words, in order. */
  readonly wire: readonly string[];
}

/** One rule at work (contract/fault.ts, `FaultFiring`). */
export interface ExchangeFiring {
  readonly rule: string;
  readonly ruleId: number | null;
  readonly kind: string;
  readonly parameters: Readonly<Record<string, unknown>>;
  readonly hit: number;
  readonly did: string;
  readonly applied: boolean;
}

/** What became known after an exchange was first written; absent fields stay as they are. */
export type ExchangeUpdate = Partial<Omit<ExchangeRecord, 'direction' | 'startedAt' | 'request'>>;

/** Whether an exchange stands in the database; when not, the reason is one for the operator. */
export type Stored =
  | { readonly stored: true; readonly id: number }
  | { readonly stored: false; readonly id: number; readonly reason: string };

/** Keeps exchanges. Ids grow with the order in which exchanges were opened. */
export interface Recorder {
  /** Takes an id and queues the row (`ended: open` as a rule); the row is committed in the same event-loop turn. */
  open(record: ExchangeRecord): { readonly id: number; readonly stored: Promise<Stored> };
  /** Updates a row; resolves when committed. */
  update(id: number, update: ExchangeUpdate): Promise<Stored>;
  /** Writes a whole exchange at once; resolves when committed (shared with others of the same event-loop turn). */
  record(record: ExchangeRecord): Promise<Stored>;
}
