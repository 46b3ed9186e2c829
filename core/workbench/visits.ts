import { timingSafeEqual } from 'node:crypto';
import type { Authenticate } from '../server/caller.ts';

/**
 * Calling our own server as a partner does: with a token that is good for a single request, stands in no ledger, belongs
 * to no link, and reads nothing but our versions. So a look at ourselves is answered, and leaves no failure behind.
 */
export interface Visits {
  /** `forget` once the call is over, whoever answered it: the token is worth nothing then. */
  begin(): { readonly token: string; forget(): void };
  readonly authenticate: Authenticate;
  /** Identity changes whenever `authenticate` might answer differently. */
  revision(): object;
}

export interface VisitsOptions {
  readonly idOf: (token: string) => string;
  readonly newToken: () => string;
}

export function createVisits({ idOf, newToken }: VisitsOptions): Visits {
  const open = new Set<string>();
  let revision = {};
  const end = (token: string) => {
    if (open.delete(token)) revision = {};
  };
  return {
    begin() {
      const token = newToken();
      open.add(token);
      revision = {};
      return { token, forget: () => end(token) };
    },
    authenticate(candidates) {
      for (const token of open) {
        const found = candidates.find(candidate => isSame(candidate.token, token));
        if (found === undefined) continue;
        end(token);
        return {
          token: { id: idOf(token), kind: 'A', state: 'active' },
          form: found.form,
          registered: false,
          parties: [],
        };
      }
      return undefined;
    },
    revision: () => revision,
  };
}

function isSame(one: string, other: string): boolean {
  const [left, right] = [Buffer.from(one), Buffer.from(other)];
  return left.length === right.length && timingSafeEqual(left, right);
}
