import type { ImportedTraffic } from '../core/contract/exchange.ts';
import type { Failure, Outcome } from '../core/contract/failure.ts';
import type { FreshNotices } from './notice-watch.ts';

/** What the window's process tells the core's. */
export type ToCore =
  | { readonly kind: 'open'; readonly database: string }
  /** A port comes with it, over which the page speaks the contract. */
  | { readonly kind: 'connect' }
  | { readonly kind: 'import'; readonly ask: number; readonly path: string }
  | { readonly kind: 'close' };

/** What the core's process tells the window's. */
export type FromCore =
  /** The database is open; `notServing` says why partners cannot reach it, where they cannot. */
  | { readonly kind: 'ready'; readonly notServing: Failure | null }
  | { readonly kind: 'refused'; readonly failure: Failure }
  /** Something is over its threshold that was not before. */
  | { readonly kind: 'notices'; readonly fresh: FreshNotices }
  | { readonly kind: 'imported'; readonly ask: number; readonly outcome: Outcome<ImportedTraffic> };
