import type { BackedUp, Retention, StorageCheck } from '../../contract/storage.ts';
import type { Gate } from '../objects/gate.ts';
import type { Deleted, DeletingProgress, Deletion } from './deleting.ts';
import type { StoredStats } from './stats.ts';

/** What a thread is started with. */
export interface KeepingStart {
  readonly file: string;
  readonly databaseId: string;
  readonly gate: Gate;
  /**
   * It only looks, and gives way to everybody. Who holds the lock of the database must not: others would wait for it as long
   * as it waits for the processor.
   */
  readonly looks: boolean;
}

export type KeepingQuestion =
  | {
      readonly kind: 'delete';
      readonly which: Deletion;
      readonly now: number;
      readonly handedOut: SharedArrayBuffer;
    }
  | { readonly kind: 'stats'; readonly retention: Retention; readonly now: number }
  /** How many the bounds would let go, of how many. */
  | { readonly kind: 'due'; readonly retention: Retention; readonly now: number }
  | { readonly kind: 'check' }
  /** `path`: absolute. */
  | { readonly kind: 'backup'; readonly path: string };

export type KeepingAnswer =
  | { readonly kind: 'deleted'; readonly deleted: Deleted }
  | { readonly kind: 'stats'; readonly stats: StoredStats }
  | { readonly kind: 'due'; readonly due: number; readonly exchanges: number }
  | { readonly kind: 'checked'; readonly check: StorageCheck }
  | { readonly kind: 'backed-up'; readonly backedUp: BackedUp }
  /** `why`: `cancelled` by whoever asked, or the place of the copy is to blame; absent: the database is. */
  | {
      readonly kind: 'gone';
      readonly reason: string;
      readonly advice?: string;
      readonly why?: 'cancelled' | 'place';
    };

export type KeepingProgress =
  | DeletingProgress
  | { readonly doing: string; readonly done: number; readonly total: number | null };
