import { readOwner } from '../history/owner.ts';

export interface OwnerAddress {
  readonly port: number;
  readonly secret: string;
}

/** `stranger`: something else listens there. `silent`: nobody answered in time, which a busy owner may do as well. */
export type OwnerAnswer = 'owner' | 'stranger' | 'silent';

/** Where the owner of a database is reached; undefined when nobody claims it. */
export function ownerOf(file: string): OwnerAddress | undefined {
  const owner = readOwner(file);
  return owner?.secret === undefined || owner.port === 0 ? undefined : { port: owner.port, secret: owner.secret };
}
