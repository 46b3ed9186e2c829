import type { Failure } from '../../../contract/failure.ts';
import type { Run } from '../../../contract/run.ts';
import type { LogContents } from '../../../contract/session-log.ts';
import type { ExchangeRecord } from '../../../http/exchange.ts';
import type { KnownToken } from '../../../http/token-search.ts';
import type { HeaderLine, LinkLine, ObjectLine, RuleLine } from '../../../session-log/format/records.ts';
import type { ReadEnd } from '../../../session-log/read/read-log.ts';

export interface LogImportStart {
  /** The database that lines go into; its log is moved on the way. */
  readonly file: string;
}

/** One file on its way into the history: looked through, then read line by line, a group at a time. */
export type LogImportQuestion =
  | { readonly kind: 'inspect'; readonly path: string; readonly name: string }
  | {
      readonly kind: 'open';
      readonly path: string;
      /** What the file is called. */
      readonly name: string;
      /** Milliseconds since the epoch: the moment of the import. */
      readonly at: number;
    }
  | {
      readonly kind: 'next';
      /** Of the ledger; absent where they are as before. */
      readonly known?: readonly KnownToken[];
      /** Ids of the tokens that were asked for with `unnamed`. */
      readonly names?: readonly (readonly [token: string, id: string])[];
    };

/** What a group holds, in the order of the file; ids are those of the file, no token stands in it. */
export type IncomingRecord =
  | { readonly kind: 'header'; readonly header: HeaderLine }
  | { readonly kind: 'link'; readonly line: LinkLine }
  | { readonly kind: 'rule'; readonly line: RuleLine }
  | { readonly kind: 'run'; readonly run: Run }
  | IncomingExchange
  | { readonly kind: 'object'; readonly line: ObjectLine };

export interface IncomingExchange {
  readonly kind: 'exchange';
  readonly was: number;
  readonly link?: number;
  readonly run?: number;
  readonly record: ExchangeRecord;
  readonly note?: string;
  readonly pinned?: boolean;
  readonly resentFrom?: number;
}

/** Of `inspect`: lines read so far. */
export type LogImportProgress = number;

export type LogImportAnswer =
  | { readonly kind: 'inspected'; readonly contents: LogContents }
  | { readonly kind: 'opened' }
  | { readonly kind: 'failed'; readonly failure: Failure }
  /** `odd`: lines that could not be read so far. `end`: there is nothing more behind them. */
  | {
      readonly kind: 'group';
      readonly records: readonly IncomingRecord[];
      readonly odd: number;
      readonly end?: ReadEnd;
    }
  /** The key that names tokens never leaves the answering thread: it is asked for their ids. */
  | { readonly kind: 'unnamed'; readonly tokens: readonly string[] }
  | { readonly kind: 'gone'; readonly reason: string };
