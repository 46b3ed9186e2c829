import type { Clock } from '../../clock.ts';
import type { Outcome } from '../../contract/failure.ts';
import type { History } from '../../history/history.ts';
import type { PlatformDesk } from '../platform.ts';

/** What keeps the database small, whole and clean. */
export interface KeepingParts {
  readonly history: History;
  readonly platform: PlatformDesk;
  readonly clock: Clock;
  readonly onTrouble: (what: string, error: unknown) => void;
  /** Exchanges went, or changed, other than by being recorded: whatever shows them may be old. */
  readonly onChange: () => void;
  /** What is derived of transactions is dropped, and put together anew. */
  readonly transactionsAnew: () => Promise<Outcome<undefined>>;
}
