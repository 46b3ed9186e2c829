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

export type LookingQuestion =
  | Look
  /** `looked`: the detectors have seen it, so that what is stored beside it is all they know. */
  | { readonly kind: 'explain'; readonly id: number; readonly looked: boolean }
  | { readonly kind: 'report'; readonly id: number; readonly looked: boolean; readonly place: ReportPlace };

export type LookingAnswer =
  | Looked
  /** Null: there is no such exchange. */
  | { readonly kind: 'explained'; readonly explained: Explained | null }
  | { readonly kind: 'reported'; readonly markdown: string | null }
  | { readonly kind: 'gone'; readonly reason: string };
