import * as z from 'zod';
import { type PartyId, parsePartyId } from '../../ocpi/party-id.ts';
import { encodeSegment } from '../../ocpi/urls.ts';
import type { RequestMessage } from '../draft.ts';
import type { Facts } from '../kind.ts';
import { originOf } from './urls.ts';

/** A party that nobody is: ZZ is no country. */
export const STRANGER: PartyId = { countryCode: 'ZZ', partyId: 'ZZZ' };

export const PartyText = z.string().regex(/^[A-Za-z]{2}-?[A-Za-z0-9]{3}$/, 'a country code and a party id, as NL-TNM');

export function partyFrom(text: string): PartyId {
  return parsePartyId(text) ?? STRANGER;
}

/** A placeholder of the path and what stands there instead. */
export interface UrlChange {
  readonly name: string;
  readonly value: string;
}

/**
 * The URL of a request with other values at the placeholders of its path. Undefined where the path does not end as the
 * operation's does, or nothing is different then.
 */
export function otherUrl(
  { url }: RequestMessage,
  { entry, params }: Facts,
  changes: readonly UrlChange[],
): string | undefined {
  const steps = entry?.path ?? [];
  const origin = originOf(url);
  const [, path = '', rest = ''] = /^([^?#]*)(.*)$/s.exec(url.slice(origin.length)) ?? [];
  const segments = path.split('/');
  // A slash at the end leaves an empty segment behind the last one.
  const start = segments.length - steps.length - (path.endsWith('/') ? 1 : 0);
  if (steps.length === 0 || start < 1) return undefined;
  const changed = segments.map((segment, at) => {
    const name = /^\{(.+)\}$/.exec(steps[at - start] ?? '')?.[1];
    const change = changes.find(one => one.name === name);
    const isThere = name !== undefined && params[name] !== undefined;
    return change !== undefined && isThere ? encodeSegment(change.value) : segment;
  });
  const written = `${origin}${changed.join('/')}${rest}`;
  return written === url ? undefined : written;
}
