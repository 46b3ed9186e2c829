import { type Flow, sideKey } from './flow.ts';
import { createRecent } from './recent.ts';

const MOST_SIDES = 500;
const TAKEN_FOR_MS = 5 * 60_000;
const REREGISTERING: ReadonlySet<string> = new Set(['credentials.put', 'credentials.post', 'credentials.delete']);

/** Case 35: who was told by a hub that a party cannot be reached, and changes its credentials thereupon. */
export function createHubFlow(): Flow {
  const told = createRecent<{ readonly at: number; readonly code: number }>(MOST_SIDES);
  return {
    see({ observed, answer }, say) {
      const side = sideKey(observed);
      const code = answer?.envelope.view?.statusCode ?? 0;
      if (code >= 4001 && code <= 4003) told.set(side, { at: observed.startedAt, code });
      // A token that really was refused is a reason of its own.
      else if (observed.response?.status === 401) told.delete(side);
      const before = told.get(side);
      if (before === undefined || !REREGISTERING.has(observed.operation)) return;
      told.delete(side);
      if (observed.startedAt - before.at > TAKEN_FOR_MS) return;
      const met = `${observed.method} of credentials after OCPI ${before.code}`;
      say(observed.id, 'hub.error-taken-for-authentication', { met, expected: 'the tokens as they are' });
    },
  };
}
