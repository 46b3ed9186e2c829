import { headerValue } from '../../ocpi/raw-headers.ts';
import type { ExchangeLine } from '../format/records.ts';

/** Of a request that names no host: nobody has this one. */
const NOBODY = 'host.invalid';

/** Where the request went, for programs that know absolute URLs only: what came in is told by its path, and its Host. */
export function absoluteUrl({ request, connection }: ExchangeLine): string {
  const { url, headers } = request;
  const isAbsolute = /^https?:\/\//i.test(url);
  if (isAbsolute && URL.canParse(url)) return url;
  const scheme = connection?.['tls'] === undefined ? 'http' : 'https';
  const host = headerValue(headers, 'host') ?? NOBODY;
  const whole = `${scheme}://${host}${url.startsWith('/') ? '' : '/'}${url}`;
  if (!isAbsolute && URL.canParse(whole)) return whole;
  return `${scheme}://${NOBODY}/${encodeURIComponent(url.toWellFormed())}`;
}
