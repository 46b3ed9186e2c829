import { useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import type { LogProgress } from '../../../../core/contract/session-log.ts';
import { useClient } from '../../../bridge/client.ts';
import type { ShownFailure } from '../../../bridge/failure.ts';
import { keys } from '../../../bridge/keys.ts';
import { useSteps } from '../../../bridge/use-steps.ts';
import { stillHere } from '../../../ui/still-here.ts';

export interface Removal {
  readonly running: boolean;
  readonly progress: LogProgress | undefined;
  readonly failure: ShownFailure | undefined;
  readonly begin: () => void;
}

/**
 * Takes a log with all that stands under it out of the database; then there is nothing left to be shown. Once begun it goes to
 * its end, also where nobody looks: half a log is none.
 */
export function useRemoval(logId: number): Removal {
  const client = useClient();
  const queries = useQueryClient();
  const go = useNavigate();
  const { state, begin } = useSteps<{ readonly kind: 'removed' }>();
  const gone = async (here: () => boolean) => {
    await queries.invalidateQueries({ queryKey: [...keys.logs, 'list'] });
    if (here()) await go({ to: '/logs' });
    queries.removeQueries({ queryKey: [...keys.logs, 'one', logId] });
  };
  return {
    running: state.step === 'running',
    progress: state.step === 'running' ? state.progress : undefined,
    failure: state.step === 'failed' ? state.failure : undefined,
    begin: () => {
      const here = stillHere();
      void begin(
        signal => client.logs.remove({ logId }, { signal }),
        () => gone(here),
      );
    },
  };
}
