import type { Outcome } from '../../contract/failure.ts';
import type { Retention } from '../../contract/storage.ts';

/** Which exchanges go. */
export type Deletion =
  /** All that stand under these links, with their notes, pins and runs: an imported log that is removed. */
  | { readonly kind: 'links'; readonly linkIds: readonly number[] }
  /** What the bounds let go. `gently`: ends with what is done by then where a replay or a pull runs. */
  | { readonly kind: 'retention'; readonly retention: Retention; readonly gently: boolean };

export interface Deleted {
  readonly exchanges: number;
  readonly bodies: number;
  readonly runs: number;
  /** Bytes the database with the files beside it shrank by, its log aside. */
  readonly bytes: number;
}

export interface DeletingProgress {
  readonly doing: 'deleting' | 'looking for unused bodies' | 'deleting bodies' | 'giving back space';
  readonly done: number;
  /** Null while nobody knows. */
  readonly total: number | null;
}

export interface DeletingOptions {
  readonly progress?: (progress: DeletingProgress) => void;
  /** What is deleted by then stays so; what is left is sound, and goes with the next deletion. */
  readonly signal?: AbortSignal | undefined;
}

/**
 * Deletes exchanges with everything that hangs on them, in transactions of a few milliseconds in a thread of its own:
 * what happens on purpose to rows, bodies nobody names any more, and what is derived from them. Resolves when nobody is
 * shown any of them any more.
 */
export type DeleteExchanges = (which: Deletion, options?: DeletingOptions) => Promise<Outcome<Deleted>>;
