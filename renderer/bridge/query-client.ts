import { onlineManager, QueryClient } from '@tanstack/react-query';
import type { Connection } from './connection.ts';
import { ConnectionLost } from './connection-lost.ts';

const KEPT_MS = 60_000;

/**
 * The store of answers. They stay good until the event stream says otherwise. "Online" is whether the core answers:
 * questions wait while it does not, and all are asked anew when it does again. What changes something never waits: it
 * fails at once, for the operator may no longer want it later.
 */
export function createQueryClient(connection: Connection): QueryClient {
  onlineManager.setEventListener(setOnline => {
    const tell = () => setOnline(connection.state().status !== 'lost');
    tell();
    return connection.subscribe(tell);
  });
  return new QueryClient({
    defaultOptions: {
      queries: {
        staleTime: Number.POSITIVE_INFINITY,
        gcTime: KEPT_MS,
        refetchOnWindowFocus: false,
        refetchOnReconnect: 'always',
        retry: (failures, error) => error instanceof ConnectionLost && failures < 5,
        retryDelay: 100,
      },
      mutations: { networkMode: 'always', retry: false },
    },
  });
}
