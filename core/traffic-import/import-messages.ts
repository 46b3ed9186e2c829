import type { KnownToken } from '../http/token-search.ts';
import type { BadFile, Skipped, TrafficFormat } from './file-read.ts';
import type { Recognised } from './recognise.ts';

export interface ImportStart {
  /** The database the exchanges go into. */
  readonly file: string;
}

/** One file on its way into the history: pieces of its text, then opened, then group after group. */
export type ImportQuestion =
  | { readonly kind: 'piece'; readonly text: string }
  | {
      readonly kind: 'open';
      readonly format: TrafficFormat | 'auto';
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

export type ImportAnswer =
  | { readonly kind: 'taken' }
  | { readonly kind: 'opened'; readonly format: TrafficFormat }
  | ({ readonly kind: 'bad' } & Omit<BadFile, 'ok'>)
  /** Sealed; `done`: there is nothing more behind them. */
  | {
      readonly kind: 'group';
      readonly exchanges: readonly Recognised[];
      readonly skipped: readonly Skipped[];
      readonly done: boolean;
    }
  /** The key that names tokens never leaves the answering thread: it is asked for their ids. */
  | { readonly kind: 'unnamed'; readonly tokens: readonly string[] }
  | { readonly kind: 'gone'; readonly reason: string };
