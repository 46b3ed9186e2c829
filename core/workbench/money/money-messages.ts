import type { Outcome } from '../../contract/failure.ts';
import type { PaymentMatch } from '../../contract/money.ts';
import type { VersionName } from '../../contract/platform.ts';
import type { PricedBill } from '../../contract/price.ts';

/** What the thread is started with. */
export interface MoneyStart {
  readonly file: string;
}

/** Which session or CDR is meant; a link by its id. */
export type BillAsked =
  | { readonly text: string; readonly version?: VersionName | undefined }
  /** As it was put together of exchanges. */
  | {
      readonly object: unknown;
      readonly kind: 'session' | 'cdr';
      readonly version: VersionName | undefined;
      /** Whose charger it was: the partner's of a link, or ours. */
      readonly of: number | 'own' | undefined;
    }
  | {
      readonly id: string;
      readonly kind: 'session' | 'cdr';
      readonly party: string | undefined;
      readonly of: number | 'own';
    }
  | { readonly id: string; readonly kind: 'session' | 'cdr' | undefined };

export interface PriceQuestion {
  readonly bill: BillAsked;
  readonly tariffs?: string | undefined;
  readonly location?: string | undefined;
  readonly timeZone?: string | undefined;
}

export interface PaymentsQuestion {
  /** Its name. */
  readonly link?: string | undefined;
  /** Milliseconds since the epoch. */
  readonly since?: number | undefined;
  readonly until?: number | undefined;
  readonly state?: PaymentMatch['state'] | undefined;
  readonly reference?: string | undefined;
  readonly offset: number;
  readonly limit: number;
  /** Milliseconds since the epoch. */
  readonly now: number;
}

export type MoneyQuestion =
  | { readonly kind: 'price'; readonly question: PriceQuestion }
  | { readonly kind: 'payments'; readonly question: PaymentsQuestion };

export type MoneyAnswer =
  | { readonly kind: 'price'; readonly priced: Outcome<PricedBill> }
  | { readonly kind: 'payments'; readonly found: Outcome<{ count: number; rows: PaymentMatch[] }> }
  | { readonly kind: 'gone'; readonly reason: string };
