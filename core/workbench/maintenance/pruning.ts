import type { Outcome } from '../../contract/failure.ts';
import type { Retention } from '../../contract/storage.ts';
import type { Deleted, DeletingOptions } from '../../history/keeping/deleting.ts';
import { createRounds } from '../rounds.ts';
import type { KeepingParts } from './parts.ts';
import type { KeptRetention } from './retention.ts';

/** Lets go what the bounds say: when asked to, and by itself now and then. */
export interface Pruning {
  prune(bounds: Retention, options: DeletingOptions): Promise<Outcome<Deleted>>;
  begin(): void;
  close(): Promise<void>;
}

/** Milliseconds: some while after the start, and every hour. */
const FIRST_PAUSE = 60_000;
const PAUSE = 60 * 60_000;

export function createPruning(options: KeepingParts & { readonly retention: KeptRetention }): Pruning {
  const { history, retention, clock, onChange, onTrouble } = options;
  const closing = new AbortController();

  const prune = async (bounds: Retention, how: DeletingOptions & { readonly gently?: boolean }) => {
    const { gently = false, ...rest } = how;
    const deleted = await history.keeping.deleteExchanges({ kind: 'retention', retention: bounds, gently }, rest);
    if (!deleted.ok) return deleted;
    const { exchanges, bytes, runs } = deleted.value;
    if (exchanges + runs > 0) {
      const noted = history.transaction(() => retention.notePruned({ exchanges, bytes }));
      if (!noted.ok) onTrouble('noting what was pruned', new Error(noted.failure.message));
      onChange();
    }
    return deleted;
  };

  const byItself = async (): Promise<number> => {
    if (clock.now() < retention.beginsAt()) return PAUSE;
    const bounds = retention.get();
    const looked = await history.keeping.due(bounds);
    if (!looked.ok || looked.value.due === 0 || closing.signal.aborted) return PAUSE;
    const pruned = await prune(bounds, { signal: closing.signal, gently: true });
    if (!pruned.ok && !closing.signal.aborted) onTrouble('pruning', new Error(pruned.failure.message));
    return PAUSE;
  };
  const rounds = createRounds({ clock, run: byItself, afterwards: pause => pause, asleep: () => false });

  return {
    prune,
    begin() {
      const met = history.transaction(retention.meet);
      if (!met.ok) onTrouble('noting from when on is pruned', new Error(met.failure.message));
      rounds.schedule(FIRST_PAUSE);
    },
    async close() {
      closing.abort();
      await rounds.close();
    },
  };
}
