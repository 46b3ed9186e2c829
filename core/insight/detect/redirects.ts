import { type Finding, finding } from '../../ocpi/findings.ts';
import { headerValue } from '../../ocpi/raw-headers.ts';
import { judgeRedirect } from '../../ocpi/redirects.ts';
import { isWhole, type Reading } from '../reading.ts';

/** What an answer that redirects says; undefined for any other answer. */
export function redirectFindings({ observed, url }: Reading): Finding[] | undefined {
  const { response, method, direction } = observed;
  if (response === undefined || !isWhole(observed)) return undefined;
  const location = headerValue(response.headers, 'location');
  const target = location === undefined ? undefined : URL.parse(location, url);
  // Of a request to us nobody can tell under which address it came. `mailto:` and the like have no origin at all.
  const asked =
    direction === 'in' && target && target.origin !== 'null' ? `${target.origin}${new URL(url).pathname}` : url;
  const redirect = judgeRedirect(response, { method, url: asked, followed: 0 });
  if (redirect.kind === 'none') return undefined;
  if (!target || !onlySlashDiffers(target.pathname, new URL(url).pathname)) return [redirect.finding];
  const details = { pointer: 'header:Location', met: `${response.status} to ${location}`, expected: 'an answer' };
  return [redirect.finding, finding('wire.slash-redirect', details)];
}

/** True for `/ocpi/cdrs` and `/ocpi/cdrs/`. */
export function onlySlashDiffers(left: string, right: string): boolean {
  return left !== right && left.replace(/\/$/, '') === right.replace(/\/$/, '');
}
