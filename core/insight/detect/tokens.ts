import { type Finding, finding } from '../../ocpi/findings.ts';
import type { ObservedMessage } from '../observed.ts';
import type { Reading } from '../reading.ts';
import { type SealedToken, sealedTokenIn } from '../sealed-token.ts';

const REGISTERING: ReadonlySet<string> = new Set(['credentials.post', 'credentials.put']);

/** The tokens of a registration or an update, by what stands for them. */
export interface HandedTokens {
  /** In the Authorization header. */
  readonly used: SealedToken | undefined;
  /** Handed to who was asked. */
  readonly sent: SealedToken | undefined;
  /** Handed to who asked. */
  readonly answered: SealedToken | undefined;
}

export function handedTokens({ observed, token }: Reading): HandedTokens {
  return { used: token, sent: inBody(observed.request), answered: inBody(observed.response) };
}

/** Credentials that hand out a token which is in use already (digest 3.2). */
export function tokenFindings(reading: Reading): Finding[] {
  const { observed, ok } = reading;
  if (!REGISTERING.has(observed.operation) || !ok) return [];
  const { used, sent, answered } = handedTokens(reading);
  if (answered === undefined || answered.length === 0) return [];
  const pointer = '/data/token';
  const again = (met: string) => [finding('credentials.token.not-new', { pointer, met, expected: 'a new token' })];
  if (answered.id === sent?.id) return again('the token that was sent in the request');
  return answered.id === used?.id ? again('the token the request was made with') : [];
}

function inBody(message: ObservedMessage | undefined): SealedToken | undefined {
  const text = message?.text;
  if (text === undefined) return undefined;
  const at = text.search(/"token"\s*:/);
  return at < 0 ? undefined : sealedTokenIn(text.slice(at, at + 300));
}
