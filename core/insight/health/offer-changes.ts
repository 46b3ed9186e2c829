import type { LinkEndpoint } from '../../contract/link.ts';
import type { OfferChange } from './observations.ts';
import { moment } from './words.ts';

/** What a link said at some time: its version and endpoints, as they stand in the link. */
export interface Offer {
  /** Milliseconds since the epoch: from then on. */
  readonly at: number;
  readonly version: string | null;
  readonly endpoints: readonly LinkEndpoint[];
}

/** Whether two say the same, whatever the order. */
export function sameOffer(left: Omit<Offer, 'at'>, right: Omit<Offer, 'at'>): boolean {
  return left.version === right.version && endpointChanges(left.endpoints, right.endpoints).length === 0;
}

/** What became another after `since`, of offers in their order: the first one is what there was to begin with. */
export function offerChanges(offers: readonly Offer[], since: number): OfferChange[] {
  return offers.flatMap((offer, place) => {
    const before = offers[place - 1];
    return before === undefined || offer.at <= since ? [] : between(before, offer);
  });
}

function between(before: Offer, { at, version, endpoints }: Offer): OfferChange[] {
  const parts = endpointChanges(before.endpoints, endpoints);
  const when = `at ${moment(at)}`;
  const ofVersion = `The version became ${version ?? 'unknown'} ${when}; it was ${before.version ?? 'unknown'}.`;
  const ofEndpoints = `Endpoints became others ${when}: ${parts.join(', ')}.`;
  return [
    ...(version === before.version ? [] : [{ at, what: 'version' as const, sentence: ofVersion }]),
    ...(parts.length === 0 ? [] : [{ at, what: 'endpoints' as const, sentence: ofEndpoints }]),
  ];
}

/** `cdrs SENDER is new`. URLs are not repeated: partners put secrets into them. */
function endpointChanges(before: readonly LinkEndpoint[], after: readonly LinkEndpoint[]): string[] {
  const was = byName(before);
  const is = byName(after);
  return [
    ...[...is].flatMap(([name, urls]) => {
      const known = was.get(name);
      if (known === undefined) return [`${name} is new`];
      return known === urls ? [] : [`${name} has another URL`];
    }),
    ...[...was.keys()].filter(name => !is.has(name)).map(name => `${name} is gone`),
  ];
}

function byName(endpoints: readonly LinkEndpoint[]): Map<string, string> {
  const named = new Map<string, string[]>();
  for (const { identifier, role, url } of endpoints) {
    const name = role === undefined ? identifier : `${identifier} ${role}`;
    named.set(name, [...(named.get(name) ?? []), url]);
  }
  return new Map([...named].map(([name, urls]) => [name, urls.toSorted().join('\n')]));
}
