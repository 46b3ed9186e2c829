import type { ContractRouterClient } from '@orpc/contract';
import { createContext, useContext } from 'react';
import type { contract } from '../../core/contract/contract.ts';
import type { Connection } from './connection.ts';
import type { EventStream } from './events.ts';

export type ContractClient = ContractRouterClient<typeof contract>;

/** What the page has of the core. */
export interface Bridge {
  readonly client: ContractClient;
  readonly connection: Connection;
  readonly events: EventStream;
}

export const BridgeContext = createContext<Bridge | undefined>(undefined);

export function useBridge(): Bridge {
  const bridge = useContext(BridgeContext);
  if (bridge === undefined) throw new Error('useBridge is called outside of the bridge provider');
  return bridge;
}
