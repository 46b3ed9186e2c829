import { appendQuery } from '../../ocpi/urls.ts';

/** A query (what follows the `?`) with these parameters, once each and last; undefined ones are gone. The others stay as written. */
export function queryWith(query: string, parameters: Readonly<Record<string, string | number | undefined>>): string {
  const kept = query
    .split('&')
    .filter(part => part !== '' && !Object.hasOwn(parameters, part.split('=')[0] ?? ''))
    .join('&');
  return appendQuery(kept === '' ? '' : `?${kept}`, parameters).replace(/^\?/, '');
}
