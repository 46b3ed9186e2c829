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

/** Whether an address may be given to the system's browser: https only, and without a name or password in it. */
export function mayOpenOutside(address: string): boolean {
  const url = URL.parse(address);
  return url !== null && url.protocol === 'https:' && url.host !== '' && url.username === '' && url.password === '';
}
