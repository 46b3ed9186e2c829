import { createORPCClient } from '@orpc/client';
import { QueryClientProvider } from '@tanstack/react-query';
import { type ReactNode, useEffect, useState } from 'react';
import { BridgeContext, type ContractClient } from './bridge.ts';
import { Connection } from './connection.ts';
import { EventStream } from './events.ts';
import { createQueryClient } from './query-client.ts';
import type { Dial } from './transport.ts';

/** Gives the page the core, over the way it has. */
export function BridgeProvider({ dial, children }: { readonly dial: Dial; readonly children: ReactNode }) {
  const [{ bridge, queries }] = useState(() => {
    const connection = new Connection(dial);
    const client: ContractClient = createORPCClient(connection.link);
    const queries = createQueryClient(connection);
    return { bridge: { client, connection, events: new EventStream({ client, connection, queries }) }, queries };
  });
  useEffect(() => {
    const ended = new AbortController();
    void bridge.connection.run();
    void bridge.events.run(ended.signal);
    return () => {
      ended.abort();
      bridge.connection.end();
    };
  }, [bridge]);
  return (
    <BridgeContext value={bridge}>
      <QueryClientProvider client={queries}>{children}</QueryClientProvider>
    </BridgeContext>
  );
}
