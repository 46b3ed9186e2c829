import type { TransactionSummary, TransactionView } from '../../contract/transaction.ts';
import type { ChargeConditions } from '../../history/transactions/charge-pages.ts';

/** What the thread is started with. */
export interface TransactionsStart {
  readonly file: string;
  readonly databaseId: string;
}

/** Before anything is answered, what was recorded is put together for as long. */
export interface ToGather {
  /** Exchanges that changed since they were looked at; those that were open then are looked at again anyway. */
  readonly again: readonly number[];
  /** For about so many milliseconds. */
  readonly time: number;
  /** Wall clock: what is overdue by then. */
  readonly now: number;
}

export interface Gathered {
  /** Every exchange up to this id was looked at. */
  readonly upTo: number;
  /** Exchanges that have not been looked at, or not since they changed. */
  readonly behind: number;
  /** Charges began, grew, or turned out otherwise. */
  readonly changed: boolean;
  /** These could not be read: a defect of the workbench. */
  readonly broken: readonly { readonly id: number; readonly reason: string }[];
  /** Why everything is put together anew; told once. */
  readonly madeAnew?: string;
}

export type TransactionsQuestion = ToGather &
  (
    | { readonly kind: 'gather' }
    /** Everything is put together anew, in a new file. */
    | { readonly kind: 'anew' }
    | { readonly kind: 'page'; readonly conditions: ChargeConditions; readonly offset: number; readonly limit: number }
    | { readonly kind: 'get'; readonly id: number }
    | { readonly kind: 'of'; readonly exchangeId: number }
    | { readonly kind: 'exchanges'; readonly id: number }
  );

export type TransactionsAnswer =
  | { readonly kind: 'gathered'; readonly gathered: Gathered }
  | { readonly kind: 'page'; readonly gathered: Gathered; readonly count: number; readonly rows: TransactionSummary[] }
  /** Null: there is no such transaction. */
  | { readonly kind: 'view'; readonly gathered: Gathered; readonly view: TransactionView | null }
  | { readonly kind: 'ids'; readonly gathered: Gathered; readonly ids: number[] | null }
  | { readonly kind: 'gone'; readonly reason: string };
