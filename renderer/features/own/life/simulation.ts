import type { QueryKey } from '@tanstack/react-query';
import type { ContractClient } from '../../../bridge/bridge.ts';
import { useClient } from '../../../bridge/client.ts';
import { keys } from '../../../bridge/keys.ts';

/** Whose charging is simulated. */
export type Whose = 'own' | 'partner';

/** Two of them go on beside each other, and are handled alike. */
export interface Simulation {
  readonly whose: Whose;
  readonly calls: ContractClient['life'];
  readonly queryKey: QueryKey;
}

export function useSimulation(whose: Whose): Simulation {
  const client = useClient();
  return whose === 'own'
    ? { whose, calls: client.life, queryKey: keys.life }
    : { whose, calls: client.sandbox.life, queryKey: keys.sandboxLife };
}
