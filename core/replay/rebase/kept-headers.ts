import type { RawHeaders } from '../../ocpi/raw-headers.ts';

/** Made anew for every request, by us or by what stands between us and the partner. */
const ANEW: ReadonlySet<string> = new Set([
  'authorization',
  'host',
  'content-length',
  'content-encoding',
  'transfer-encoding',
  'connection',
  'keep-alive',
  'te',
  'expect',
  'upgrade',
  'user-agent',
  'accept',
  'accept-encoding',
  'accept-language',
  'date',
  'via',
  'forwarded',
  'cookie',
  'x-request-id',
  'x-correlation-id',
  'ocpi-to-party-id',
  'ocpi-to-country-code',
  'ocpi-from-party-id',
  'ocpi-from-country-code',
]);
const BETWEEN = /^(?:x-forwarded-|x-real-ip$|proxy-|sec-|cf-|x-amzn-|x-envoy-)/;
const USUAL_TYPE = /^application\/json(?:\s*;\s*charset="?utf-?8"?)?$/i;
const SEALED = '{token:';

/** Lines somebody put there on purpose: custom ones, and a content type that is not the usual one. */
export function keptHeaders(headers: RawHeaders): RawHeaders {
  return headers.filter(([name, value]) => isKept(name.toLowerCase(), value));
}

/** True where a line would be kept, were there no credentials token in it. */
export function hasSealedHeader(headers: RawHeaders): boolean {
  return headers.some(([name, value]) => !ANEW.has(name.toLowerCase()) && value.includes(SEALED));
}

function isKept(name: string, value: string): boolean {
  if (ANEW.has(name) || BETWEEN.test(name) || value.includes(SEALED)) return false;
  return name !== 'content-type' || !USUAL_TYPE.test(value.trim());
}
