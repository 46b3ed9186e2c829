import { useQuery } from '@tanstack/react-query';
import { useClient } from '../../../bridge/client.ts';
import { keys } from '../../../bridge/keys.ts';

/** Calls of partners that wait for us, the most urgent first; follows what comes and what is answered elsewhere. */
export function usePending() {
  const client = useClient();
  return useQuery({
    queryKey: keys.decisions,
    queryFn: ({ signal }) => client.decisions.pending(undefined, { signal }),
  });
}
