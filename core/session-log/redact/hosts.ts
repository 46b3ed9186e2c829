import { isLoopbackHost } from '../../ocpi/urls.ts';
import { type Draw, reshaped } from './pseudonym.ts';

const IPV4 = /^\d{1,3}(?:\.\d{1,3}){3}$/;
const LAST_LABEL = /\.[a-z]+\.?$/;

/** A host without its port and brackets, and where it stands in the text; undefined for hosts that only this machine reaches. */
export function hostIn(text: string): { readonly host: string; readonly start: number } | undefined {
  const [, bracketed] = /^\[([^\]]*)\]/.exec(text) ?? [];
  const host = bracketed ?? (text.split(':').length > 2 ? text : (/^[^:]*/.exec(text)?.[0] ?? ''));
  if (host === '' || isLoopbackHost(host) || /^::(?:ffff:127\.|1$)/i.test(host)) return undefined;
  return { host, start: bracketed === undefined ? 0 : 1 };
}

export function isAddress(host: string): boolean {
  return IPV4.test(host) || host.includes(':');
}

/** A host name of the same shape; what stands behind the last dot stays. `host` is folded. */
export function otherHost(host: string, draw: Draw): string {
  const last = LAST_LABEL.exec(host)?.[0] ?? '';
  return reshaped(host.slice(0, host.length - last.length), draw) + last;
}

/** An address of the same length, each part in its range. */
export function otherAddress(address: string, draw: Draw): string {
  if (!IPV4.test(address)) return otherAddress6(address, draw);
  const parts = address.split('.').map(part => {
    if (part.length === 3) return String(100 + (draw() % 156));
    return part.length === 2 ? String(10 + (draw() % 90)) : String(1 + (draw() % 9));
  });
  return parts.join('.');
}

/** Hexadecimal digits for such; what stands for its end as an IPv4 address stays one. */
function otherAddress6(address: string, draw: Draw): string {
  const end = /\d{1,3}(?:\.\d{1,3}){3}$/.exec(address)?.[0] ?? '';
  const front = address.slice(0, address.length - end.length).replace(/[\da-f]/g, () => (draw() % 16).toString(16));
  return front + (end === '' ? '' : otherAddress(end, draw));
}
