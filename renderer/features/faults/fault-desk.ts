import { useQuery } from '@tanstack/react-query';
import type { FaultRule } from '../../../core/contract/fault.ts';
import type { ContractClient } from '../../bridge/bridge.ts';
import { useClient } from '../../bridge/client.ts';
import { keys } from '../../bridge/keys.ts';
import { useSandbox } from '../../bridge/queries.ts';
import type { Whose } from './search.ts';

/** The built-in partner does not tell what happens there. */
const LOOKED_AT_MS = 1000;
/** Where nobody looks at them but as a number. */
const COUNTED_MS = 4000;

/** Rules of ours and of the built-in partner stand beside each other, and are handled alike. */
export interface FaultDesk {
  readonly whose: Whose;
  readonly calls: ContractClient['faults'];
  readonly queryKey: readonly unknown[];
  /** How often what may have changed is asked for; false: it is told. */
  readonly refetchInterval: number | false;
}

export function useFaultDesk(whose: Whose): FaultDesk {
  const client = useClient();
  return whose === 'own'
    ? { whose, calls: client.faults, queryKey: keys.faults, refetchInterval: false }
    : { whose, calls: client.sandbox.faults, queryKey: keys.sandboxFaults, refetchInterval: LOOKED_AT_MS };
}

/** In the order in which they are tried. */
export function useRules({ calls, queryKey, refetchInterval }: FaultDesk) {
  return useQuery({
    queryKey: [...queryKey, 'list'],
    queryFn: ({ signal }) => calls.list(undefined, { signal }),
    refetchInterval,
  });
}

/** Every kind of the catalogue: the same for whoever plays them. */
export function useKinds() {
  const client = useClient();
  return useQuery({
    queryKey: keys.faultKinds,
    queryFn: ({ signal }) => client.faults.kinds(undefined, { signal }),
  });
}

export function usePacks() {
  const client = useClient();
  return useQuery({
    queryKey: [...keys.faultKinds, 'packs'],
    queryFn: ({ signal }) => client.faults.packs(undefined, { signal }),
  });
}

export interface Armed {
  readonly own: readonly FaultRule[];
  /** Of the built-in partner, while it runs. */
  readonly partner: readonly FaultRule[];
}

const NONE: readonly FaultRule[] = [];

/** The rules that are armed, wherever one is. */
export function useArmed(): Armed {
  const client = useClient();
  const sandbox = useSandbox().data?.running === true;
  const own = useQuery({
    queryKey: [...keys.faults, 'list'],
    queryFn: ({ signal }) => client.faults.list(undefined, { signal }),
  }).data;
  const partner = useQuery({
    queryKey: [...keys.sandboxFaults, 'list'],
    queryFn: ({ signal }) => client.sandbox.faults.list(undefined, { signal }),
    enabled: sandbox,
    refetchInterval: sandbox ? COUNTED_MS : false,
  }).data;
  const armed = (rules: readonly FaultRule[] | undefined) => rules?.filter(rule => rule.armed) ?? NONE;
  return { own: armed(own), partner: sandbox ? armed(partner) : NONE };
}
