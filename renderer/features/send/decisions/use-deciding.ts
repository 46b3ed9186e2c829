import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { Decide, PendingDecision } from '../../../../core/contract/decisions.ts';
import { useClient } from '../../../bridge/client.ts';
import { failureOf, type ShownFailure } from '../../../bridge/failure.ts';
import { keys } from '../../../bridge/keys.ts';

export interface Deciding {
  readonly decide: (decision: Decide) => Promise<void>;
  /** The one whose answer is under way. */
  readonly busy: number | undefined;
  /** Why the last answer could not be given: as a rule it came too late. */
  readonly failure: ShownFailure | undefined;
  readonly dismiss: () => void;
}

/** Answers a partner that waits. */
export function useDeciding(): Deciding {
  const client = useClient();
  const queries = useQueryClient();
  const [busy, setBusy] = useState<number>();
  const [failure, setFailure] = useState<ShownFailure>();
  const decide = async (decision: Decide) => {
    setBusy(decision.id);
    setFailure(undefined);
    try {
      await client.decisions.decide(decision);
      queries.setQueryData<readonly PendingDecision[]>(keys.decisions, before =>
        before?.filter(({ id }) => id !== decision.id),
      );
    } catch (error) {
      setFailure(failureOf(error));
      void queries.invalidateQueries({ queryKey: keys.decisions });
    } finally {
      setBusy(undefined);
    }
  };
  return { decide, busy, failure, dismiss: () => setFailure(undefined) };
}
