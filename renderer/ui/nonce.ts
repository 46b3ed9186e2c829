/** What styles made at run time must carry (Content-Security-Policy); empty where the page was served without one. */
export function pageNonce(): string {
  const nonce = document.querySelector('meta[name=csp-nonce]')?.getAttribute('content') ?? '';
  return /^[\w+/=-]+$/.test(nonce) && !nonce.startsWith('__') ? nonce : '';
}
