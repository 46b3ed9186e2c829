/** Every way in which an exchange may have ended or stand; the first two are whole answers (core/http/wire.ts, `Ended`). */
export const ENDINGS = [
  'complete',
  'answered',
  'open',
  'interrupted',
  'unknown',
  'cut',
  'too-large',
  'timeout',
  'refused',
  'reset',
  'dns',
  'unreachable',
  'tls',
  'malformed',
  'proxy',
  'broken-off',
  'withheld',
  'cancelled',
] as const;
export type Ending = (typeof ENDINGS)[number];
