/** Where the page lives. A scheme of our own: no server, no file: address, and an origin that nothing else shares. */
export const PAGE_SCHEME = 'app';
const PAGE_HOST = 'workbench';
export const PAGE_ADDRESS = `${PAGE_SCHEME}://${PAGE_HOST}/`;

/** Whether an address is the workbench's own page, whatever comes after the host. */
export function isOurPage(address: string): boolean {
  const url = URL.parse(address);
  return (
    url !== null &&
    url.protocol === `${PAGE_SCHEME}:` &&
    url.host === PAGE_HOST &&
    url.username === '' &&
    url.password === ''
  );
}

/** Whether an address may be given to the system's browser: https, or a workbench's; without a name or password in it. */
export function mayOpenOutside(address: string): boolean {
  const url = URL.parse(address);
  if (url === null || url.host === '' || url.username !== '' || url.password !== '') return false;
  return url.protocol === 'https:' || isWorkbenchDoor(url);
}

/**
 * The page of a workbench of its own on this computer, which shows a session log: its door takes a token, good once, and
 * does nothing else. No other address of this computer is opened.
 */
function isWorkbenchDoor({ protocol, hostname, port, pathname, search, hash }: URL): boolean {
  const atDoor = protocol === 'http:' && hostname === '127.0.0.1' && port !== '' && pathname === '/' && hash === '';
  return atDoor && /^\?token=[\w-]{16,}$/.test(search);
}
