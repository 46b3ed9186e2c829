import type { ExchangeFaults } from '../http/exchange.ts';
import type { Connection, Ended, Timings, WireResponse } from '../http/wire.ts';
import type { Finding } from '../ocpi/findings.ts';
import type { RawHeaders } from '../ocpi/raw-headers.ts';
import type { Version } from '../ocpi/versions.ts';

export type TrafficFormat = 'har' | 'curl' | 'jsonl';

/** One request, and its answer where there is one, as a file tells of it; tokens stand in the clear. */
export interface ToldExchange {
  /** Where in the file: `log.entries[3]`, `line 12`. */
  readonly where: string;
  readonly direction: 'in' | 'out';
  /** Milliseconds since the epoch; absent where the file does not say. */
  readonly startedAt?: number;
  readonly request: ToldRequest;
  readonly response?: ToldResponse;
  /** Absent: a whole answer where there is one, else nothing is known. */
  readonly ended?: Ended;
  readonly timings?: Timings;
  readonly connection?: Connection;
  /** What the workbench that wrote the file knew; found out anew where absent. */
  readonly known?: {
    readonly operation?: string;
    readonly ocpiStatus?: number;
    readonly findings?: readonly Finding[];
    readonly faults?: ExchangeFaults;
  };
  /** All that is known of it beside what crossed the wire: nothing is found out anew. Of files that a workbench wrote for another. */
  readonly ours?: {
    readonly operation: string;
    readonly version?: Version;
    readonly ocpiStatus?: number;
    readonly requestId?: string;
    readonly correlationId?: string;
    readonly fromParty?: string;
    readonly toParty?: string;
    readonly findings: readonly Finding[];
    readonly faults?: ExchangeFaults;
    /** The name of the link it stood under; absent: none. */
    readonly link?: string;
    readonly note?: string;
  };
}

export interface ToldRequest {
  readonly method: string;
  /** Absolute; of an incoming one maybe its path alone. */
  readonly url: string;
  /** Absent where the file holds none at all, so that none are missed. */
  readonly headers?: RawHeaders;
  readonly body?: Uint8Array;
  /** On the wire, where `body` is only its beginning. */
  readonly length?: number;
}

export interface ToldResponse extends Omit<WireResponse, 'headers' | 'body'> {
  readonly headers?: RawHeaders;
  readonly body?: Uint8Array;
}

export interface Skipped {
  readonly where: string;
  readonly reason: string;
}

export type Told = { readonly ok: true; readonly exchange: ToldExchange } | ({ readonly ok: false } & Skipped);

/** A file read as far as to know what it is; its entries are read one by one as they are asked for. */
export type FileRead =
  | { readonly ok: true; readonly format: TrafficFormat; readonly entries: Iterable<Told> }
  | BadFile;

export interface BadFile {
  readonly ok: false;
  /** What is wrong and where, as a sentence without a full stop. */
  readonly message: string;
  readonly advice: string;
}

export function badFile(message: string, advice: string): BadFile {
  return { ok: false, message, advice };
}

export function skipped(where: string, reason: string): Told {
  return { ok: false, where, reason };
}

/** The beginning of a URL without its query, which may hold a token. */
export function shownUrl(url: string): string {
  return (url.split(/[?#]/, 1)[0] ?? '').replace(/\/\/[^/]*@/, '//…@').slice(0, 80);
}
