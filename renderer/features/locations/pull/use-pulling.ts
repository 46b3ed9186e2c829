import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useClient } from '../../../bridge/client.ts';
import { failureOf, type ShownFailure } from '../../../bridge/failure.ts';
import { keys } from '../../../bridge/keys.ts';
import { notePull } from './noted-pulls.ts';
import type { Pulled } from './pullable.ts';

export interface PullOrder {
  readonly link: string;
  readonly module: Pulled;
  readonly full: boolean;
}

export interface RefusedPull extends PullOrder {
  readonly failure: ShownFailure;
}

/** Begins pulls; what is refused is told beside what was begun. */
export function usePulling() {
  const client = useClient();
  const queries = useQueryClient();
  const [refused, setRefused] = useState<readonly RefusedPull[]>([]);
  const [beginning, setBeginning] = useState(false);
  const begin = async (orders: readonly PullOrder[]): Promise<boolean> => {
    setBeginning(true);
    const failed: RefusedPull[] = [];
    for (const order of orders) {
      const { link, module, full } = order;
      try {
        const { runId } = await client.pulls.start({ name: link, module, full });
        notePull({ runId, link, module });
      } catch (error) {
        failed.push({ ...order, failure: failureOf(error) });
      }
    }
    setRefused(failed);
    setBeginning(false);
    void queries.invalidateQueries({ queryKey: keys.runs });
    return failed.length === 0;
  };
  return { begin, beginning, refused, forget: () => setRefused([]) };
}
