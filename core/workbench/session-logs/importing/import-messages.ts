import type { Failure } from '../../../contract/failure.ts';
import type { PulledModule } from '../../../contract/objects.ts';
import type { Run } from '../../../contract/run.ts';
import type { LogContents } from '../../../contract/session-log.ts';
import type { ExchangeRecord } from '../../../http/exchange.ts';
import type { Version } from '../../../ocpi/versions.ts';
import type { HeaderLine, LinkLine, RuleLine } from '../../../session-log/format/records.ts';
import type { ReadEnd } from '../../../session-log/read/read-log.ts';
import type { NextGroup, UnnamedTokens } from '../../asked-groups.ts';

export interface LogImportStart {
  /** The database that lines go into; its log is moved on the way. */
  readonly file: string;
}

/** One file on its way into the history: looked through, then read line by line, a group at a time. */
export type LogImportQuestion =
  | { readonly kind: 'inspect'; readonly path: string; readonly name: string }
  /** Answered with `whole`, or as `inspect` where a file cannot be told to be whole without reading it. */
  | { readonly kind: 'check'; readonly path: string; readonly name: string }
  | {
      readonly kind: 'open';
      readonly path: string;
      /** What the file is called. */
      readonly name: string;
      /** Milliseconds since the epoch: the moment of the import. */
      readonly at: number;
    }
  | NextGroup;

/** What a group holds, in the order of the file; ids are those of the file, no token stands in it. */
export type IncomingRecord =
  | { readonly kind: 'header'; readonly header: HeaderLine }
  | { readonly kind: 'link'; readonly line: LinkLine }
  | { readonly kind: 'rule'; readonly line: RuleLine }
  | { readonly kind: 'run'; readonly run: Run }
  | IncomingExchange
  | { readonly kind: 'object'; readonly object: IncomingObject };

/** What of an object can be one here; looked into already. */
export interface IncomingObject {
  readonly link?: number;
  readonly module: PulledModule;
  /** Empty: the module has one list. */
  readonly list: string;
  /** Oldest first, each a JSON object. */
  readonly texts: readonly { readonly version: Version; readonly text: string; readonly at: number }[];
  readonly seenAt: number;
  /** By what it is called, where it vanished. */
  readonly vanished?: { readonly id: string; readonly party?: string; readonly at: number };
}

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
  /** By what its last line says; none of its lines was looked into. `exchanges`: as its first line tells. */
  | { readonly kind: 'whole'; readonly exchanges: number }
  | { readonly kind: 'opened' }
  | { readonly kind: 'failed'; readonly failure: Failure }
  /** `odd`: lines that could not be read so far. `end`: there is nothing more behind them. */
  | {
      readonly kind: 'group';
      readonly records: readonly IncomingRecord[];
      readonly odd: number;
      readonly end?: ReadEnd;
    }
  | UnnamedTokens
  | { readonly kind: 'gone'; readonly reason: string };
