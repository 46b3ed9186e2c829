import { headerValue } from '../../ocpi/raw-headers.ts';
import { onlySlashDiffers } from '../detect/redirects.ts';
import type { Reading } from '../reading.ts';
import { endOf, type Flow, type Say, sideKey } from './flow.ts';
import { createRecent } from './recent.ts';

const MOST_REDIRECTS = 200;
const MOST_PATHS = 5_000;
const FOLLOWED_MS = 60_000;
const COMPARED_MS = 10 * 60_000;
const REFUSED: ReadonlySet<number> = new Set([404, 405]);

interface Redirected {
  readonly path: string;
  readonly method: string;
  readonly hasBody: boolean;
  readonly hadToken: boolean;
  readonly at: number;
}

interface Spelled {
  readonly exchangeId: number;
  readonly path: string;
  readonly found: boolean;
  readonly at: number;
}

/** Case 10: what a redirect loses on its way, and paths that exist with one spelling of their end only. */
export function createAddressFlow(): Flow {
  const redirects = createRecent<Redirected>(MOST_REDIRECTS);
  const spellings = createRecent<Spelled>(MOST_PATHS);
  return {
    see(reading, say) {
      const { observed, url } = reading;
      const { pathname } = new URL(url);
      const side = sideKey(observed);
      followed(reading, redirects.get(`${side} ${pathname}`), say);
      redirects.delete(`${side} ${pathname}`);
      const location = observed.response && headerValue(observed.response.headers, 'location');
      const status = observed.response?.status ?? 0;
      const target = location === undefined || status < 300 || status >= 400 ? null : URL.parse(location, url);
      if (target) {
        redirects.set(`${side} ${target.pathname}`, {
          path: pathname,
          method: observed.method,
          hasBody: observed.request.length > 0,
          hadToken: headerValue(observed.request.headers, 'authorization') !== undefined,
          at: endOf(observed),
        });
        return;
      }
      const found = status >= 200 && status < 300;
      if (!found && !REFUSED.has(status)) return;
      const key = `${side} ${observed.method} ${pathname.replace(/\/$/, '')}`;
      const here = { exchangeId: observed.id, path: pathname, found, at: observed.startedAt };
      compareSpelling(spellings.get(key), here, say);
      spellings.set(key, here);
    },
  };
}

function followed({ observed }: Reading, before: Redirected | undefined, say: Say): void {
  const { startedAt, method, request, id } = observed;
  if (before === undefined || startedAt < before.at || startedAt - before.at > FOLLOWED_MS) return;
  const lost: string[] = [];
  if (before.hadToken && headerValue(request.headers, 'authorization') === undefined)
    lost.push('no Authorization header');
  if (before.method !== method) lost.push(`${method} instead of ${before.method}`);
  if (before.hasBody && request.length === 0) lost.push('no body');
  if (lost.length === 0) return;
  const expected = `the request as it was made to ${before.path}`;
  say(id, 'wire.redirect-lossy', { met: lost.join(', '), expected });
}

function compareSpelling(before: Spelled | undefined, here: Spelled, say: Say): void {
  if (before === undefined || before.found === here.found || !onlySlashDiffers(before.path, here.path)) return;
  if (here.at - before.at > COMPARED_MS) return;
  const [missing, there] = here.found ? [before, here] : [here, before];
  say(missing.exchangeId, 'wire.slash-decides', {
    pointer: 'url',
    met: missing.path,
    expected: `an answer as at ${there.path}`,
  });
}
