import { useQueryClient } from '@tanstack/react-query';
import type { ContractClient } from '../../bridge/bridge.ts';
import { keys } from '../../bridge/keys.ts';

/** Disarms every rule of those desks; the rules stay. */
export function useTurnOff() {
  const queries = useQueryClient();
  return async (desks: readonly Pick<ContractClient['faults'], 'arm'>[]): Promise<void> => {
    await Promise.all(desks.map(desk => desk.arm({ all: true, armed: false })));
    await Promise.all([keys.faults, keys.sandboxFaults].map(queryKey => queries.invalidateQueries({ queryKey })));
  };
}
