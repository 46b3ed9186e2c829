import type { Finding } from '../ocpi/findings.ts';
import type { RawHeaders } from '../ocpi/raw-headers.ts';
import type { Version } from '../ocpi/versions.ts';

/** A message as it stands in the history: sealed, so that `{token:ID:form:LENGTH}` stands where tokens were. */
export interface ObservedMessage {
  readonly headers: RawHeaders;
  /** After content decoding; undefined where there is none, or it is no text. */
  readonly text: string | undefined;
  /** On the wire, in bytes. */
  readonly length: number;
  /** Only a beginning of the body is kept: nothing can be said of its end. */
  readonly shortened: boolean;
}

/** A recorded exchange as detectors and explanations see it. */
export interface Observed {
  readonly id: number;
  readonly direction: 'in' | 'out';
  readonly linkId: number | null;
  readonly link: string | null;
  readonly runId: number | null;
  /** Catalogue id, or `unknown`. */
  readonly operation: string;
  readonly version: Version | undefined;
  /** Milliseconds since the epoch. */
  readonly startedAt: number;
  readonly durationMs: number | null;
  readonly method: string;
  /** Ours: absolute. Theirs: the request target as sent. */
  readonly url: string;
  readonly request: ObservedMessage;
  readonly response: (ObservedMessage & { readonly status: number; readonly statusText: string }) | undefined;
  /** How it ended (core/http/wire.ts, `Ended`), with its details. */
  readonly ended: { readonly how: string; readonly [detail: string]: unknown };
  readonly ocpiStatus: number | undefined;
  readonly requestId: string | undefined;
  readonly correlationId: string | undefined;
  readonly fromParty: string | undefined;
  readonly toParty: string | undefined;
  /** As they stand beside it. */
  readonly findings: readonly Finding[];
  /** Kinds of faults of ours that were at work. */
  readonly faults: readonly string[];
}

/** A finding of a detector that looks at more than one exchange, and the exchange it belongs to. */
export interface FlowFinding {
  readonly exchangeId: number;
  readonly finding: Finding;
}
