import type { ContractClient } from './bridge.ts';
import { useBridge } from './bridge.ts';

/** The contract's procedures: `client.exchanges.page({ offset: 0 })`. Failures: `failureOf` in failure.ts. */
export function useClient(): ContractClient {
  return useBridge().client;
}
