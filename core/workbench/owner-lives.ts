import type { Clock } from '../clock.ts';
import { type IsAlive, ownerProbe } from '../history/owner.ts';
import type { OwnerAddress, OwnerAnswer } from './owner-address.ts';

export interface OwnerLivesOptions {
  readonly clock: Clock;
  /** Where the owner says that it is reached. */
  readonly address: () => OwnerAddress | undefined;
  readonly askOwner?: ((owner: OwnerAddress) => Promise<OwnerAnswer>) | undefined;
}

/** A pid may be given again, and a port too: only the owner itself knows the secret of its file. */
export function ownerLives({ clock, address, askOwner }: OwnerLivesOptions): IsAlive {
  const probe = ownerProbe(clock);
  return async seen => {
    if (!(await probe(seen))) return false;
    const owner = address();
    if (askOwner === undefined || owner === undefined || owner.port !== seen.port) return true;
    return (await askOwner(owner)) !== 'stranger';
  };
}
