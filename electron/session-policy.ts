import type { Session } from 'electron';
import { isOurPage } from './address.ts';

export type GuardedSession = Pick<
  Session,
  | 'on'
  | 'setDevicePermissionHandler'
  | 'setDisplayMediaRequestHandler'
  | 'setPermissionCheckHandler'
  | 'setPermissionRequestHandler'
  | 'setSpellCheckerEnabled'
> & { readonly webRequest: Pick<Session['webRequest'], 'onBeforeRequest'> };

/** Schemes that never leave this machine; `devtools:` is Chromium's own tool. */
const LOCAL_SCHEMES = new Set(['data:', 'blob:', 'devtools:']);

/** Copying text is all the page may do beyond itself. Reading the clipboard is not among it. */
function isGranted(permission: string, asking: string): boolean {
  return permission === 'clipboard-sanitized-write' && isOurPage(asking);
}

/** A text the page has made itself and hands over as a file; where it goes is asked of the operator. */
function isOwnFile(address: string): boolean {
  return address.startsWith('blob:') && isOurPage(address.slice('blob:'.length));
}

/** What the page's session may do: nothing remote, no download, no device, no permission but copying. */
export function guardSession(session: GuardedSession) {
  session.setPermissionRequestHandler((_contents, permission, answer, details) =>
    answer(isGranted(permission, details.requestingUrl)),
  );
  session.setPermissionCheckHandler((_contents, permission, asking) => isGranted(permission, asking));
  session.setDevicePermissionHandler(() => false);
  session.setDisplayMediaRequestHandler((_request, answer) => answer(null));
  // Its dictionaries would be downloaded.
  session.setSpellCheckerEnabled(false);
  session.on('will-download', (event, item) => {
    if (!isOwnFile(item.getURL())) event.preventDefault();
  });
  session.webRequest.onBeforeRequest((request, answer) => answer({ cancel: !isLocal(request.url) }));
}

function isLocal(address: string): boolean {
  return isOurPage(address) || LOCAL_SCHEMES.has(URL.parse(address)?.protocol ?? '');
}
