import type { Outcome } from '../../contract/failure.ts';
import type {
  BackedUp,
  Forget,
  Forgotten,
  Pruned,
  Retention,
  StorageCheck,
  StorageStats,
} from '../../contract/storage.ts';
import type { Steps } from '../session-logs/desks.ts';

export interface PruneInput {
  readonly retention?: { readonly [Bound in keyof Retention]?: Retention[Bound] | undefined } | undefined;
  readonly dry?: boolean | undefined;
  readonly confirmed?: boolean | undefined;
}

/** The database's own affairs. */
export interface StorageDesk {
  stats(): Promise<Outcome<StorageStats>>;
  check(signal?: AbortSignal): Steps<StorageCheck>;
  backup(path: string, signal?: AbortSignal): Steps<BackedUp>;
  prune(input: PruneInput, signal?: AbortSignal): Steps<Pruned>;
  setRetention(bounds: NonNullable<PruneInput['retention']>): Outcome<Retention>;
  pin(input: {
    readonly ids: readonly number[];
    readonly on: boolean;
  }): Outcome<{ changed: number; missing: number[] }>;
  /** Begins to prune by itself, now and then. */
  begin(): void;
  close(): Promise<void>;
}

export interface ForgetDesk {
  forget(input: Forget, signal?: AbortSignal): Steps<Forgotten>;
}
