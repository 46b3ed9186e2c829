import type { FindingsChange } from '../../history/insight/findings-store.ts';
import type { Explained } from '../../insight/explain/explain.ts';

/** What the thread is started with. */
export interface LookingStart {
  readonly file: string;
}

export interface Look {
  readonly kind: 'look';
  /** Every exchange up to this id was looked at. */
  readonly after: number;
  /** Of those: to be looked at once more. */
  readonly again: readonly number[];
  /** For about so many milliseconds. */
  readonly time: number;
  /** Wall clock: what is overdue by then. */
  readonly now: number;
}

export interface Looked {
  readonly kind: 'looked';
  readonly upTo: number;
  /** Of `again`: there was no time for those. */
  readonly left: readonly number[];
  /** Of those met: still open. */
  readonly open: readonly number[];
  readonly changes: readonly FindingsChange[];
  /** Exchanges above `upTo`. */
  readonly behind: number;
  /** A detector gave up on these: a defect of the workbench. */
  readonly broken: readonly { readonly id: number; readonly reason: string }[];
}

export interface ReportPlace {
  /** A command that sends the same, with variables in place of tokens. */
  readonly curl: string;
  readonly organisation: string | null;
  readonly environment: string | null;
}

/** Exchanges of one flow, in parts; what was found is answered with the last of them. */
export interface Judge {
  readonly kind: 'judge';
  readonly flow: number;
  /** Whose requests they are in this flow: of a recording that is played the other way round not as recorded. */
  readonly exchanges: readonly { readonly exchangeId: number; readonly by?: 'us' | 'them' | undefined }[];
  readonly last: boolean;
}

/** Codes of all findings of an exchange, sorted. */
export interface CodesOf {
  readonly id: number;
  readonly codes: readonly string[];
}

export type LookingQuestion =
  | Look
  | Judge
  /** `looked`: the detectors have seen it, so that what is stored beside it is all they know. */
  | { readonly kind: 'explain'; readonly id: number; readonly looked: boolean }
  | { readonly kind: 'report'; readonly id: number; readonly looked: boolean; readonly place: ReportPlace };

export type LookingAnswer =
  | Looked
  | { readonly kind: 'judged'; readonly found: readonly CodesOf[] }
  /** Null: there is no such exchange. */
  | { readonly kind: 'explained'; readonly explained: Explained | null }
  | { readonly kind: 'reported'; readonly markdown: string | null }
  | { readonly kind: 'gone'; readonly reason: string };
