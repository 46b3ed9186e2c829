import type { Failure } from '../../../contract/failure.ts';
import type {
  LogAbout,
  LogCounts,
  LogFormat,
  LogProgress,
  LogTable,
  RedactedKind,
  RedactionGroup,
} from '../../../contract/session-log.ts';
import type { TransactionSummary } from '../../../contract/transaction.ts';
import type { KnownToken } from '../../../http/token-search.ts';
import type { NamingCell } from '../token-naming.ts';

/** What a thread that exports is started with: one thread an export, which reads the database as of one moment. */
export interface ExportStart {
  readonly file: string;
  readonly about: ExportAbout;
  /** Of the ledger: what is known when it begins is found wherever it stands. */
  readonly known: readonly KnownToken[];
  readonly naming: NamingCell;
}

/** What goes into the file. */
export interface ExportAbout {
  /** Ascending; null: every exchange. */
  readonly ids: Float64Array | null;
  /** Of those, only these; null: all of them. */
  readonly chosen: readonly number[] | null;
  /** Links that are in it, whether or not one of the exchanges is of them. `all`: every one. */
  readonly links: readonly number[] | 'all';
  /** Runs that are in it beside those of the exchanges: of `links`, begun in this time. */
  readonly runs: { readonly since: number; readonly until: number } | null;
  /** `all` objects of its links, or those whose ids stand in the exchanges. */
  readonly objects: 'all' | 'met';
  readonly groups: readonly RedactionGroup[];
  /** Of the pseudonyms, drawn for this file. */
  readonly key: string;
  readonly format: LogFormat;
  readonly table: LogTable;
}

export type HeaderParts = Omit<LogAbout, 'format' | 'exchanges'>;

/** In this order. `rows`: as often as there are any. */
export type ExportQuestion =
  /** `rehearse`: everything is replaced as for writing, and told. */
  | { readonly kind: 'look'; readonly rehearse: boolean }
  | { readonly kind: 'write'; readonly header: HeaderParts; readonly file: OutFileName }
  | { readonly kind: 'rows'; readonly rows: readonly TransactionSummary[] }
  | { readonly kind: 'finish' };

export interface OutFileName {
  readonly path: string;
  /** Beside it, until it is whole. */
  readonly temporary: string;
  readonly replace: boolean;
  /** Nobody else may read it. */
  readonly hidden: boolean;
}

/** What was found on the way. */
export interface Looked {
  readonly counts: LogCounts;
  /** Redacted. */
  readonly links: readonly string[];
  readonly from: string | null;
  readonly to: string | null;
  readonly bytes: number;
  readonly redacted: readonly RedactedKind[];
  readonly notes: readonly string[];
}

export type ExportAnswer =
  | { readonly kind: 'looked'; readonly looked: Looked }
  | { readonly kind: 'taken' }
  | { readonly kind: 'written' }
  | { readonly kind: 'finished'; readonly bytes: number; readonly looked: Looked }
  | { readonly kind: 'failed'; readonly failure: Failure }
  | { readonly kind: 'gone'; readonly reason: string };

/** How far it has come, or the question for the name of a token. */
export type ExportTold =
  | ({ readonly kind: 'progress' } & ExportProgress)
  | { readonly kind: 'name'; readonly token: string };

export type ExportProgress = Omit<LogProgress, 'kind'>;
