import { ciEqual, ciKey } from '../../ocpi/ci-string.ts';
import { type ChargeConditions, hourOf, localBounds, localTime } from './charge-scan.ts';
import type { FailedStart } from './failed-starts.ts';
import type { Place } from './places.ts';

/** A start that failed, with what is known of where it was. */
export interface PlacedStart extends FailedStart {
  /** Undefined: nothing is known of its location. */
  readonly place: Place | undefined;
}

export interface KnownPlaces {
  readonly places: ReadonlyMap<number, Place>;
  /** `NL-TNM`; empty where the partner has several parties, or none is known. */
  readonly linkParty: (linkId: number) => string;
}

/**
 * Those that meet the conditions, with when they were by the clocks of their location. Whoever was refused was seldom told
 * by whom: the party is that of the location, else the only one of the link.
 */
export function chosenStarts(
  starts: readonly FailedStart[],
  { linkIds, hiddenLinkIds = [], party, token, location, evse, zone, hour, ...days }: ChargeConditions,
  known: KnownPlaces,
): readonly { readonly start: PlacedStart; readonly local: number }[] {
  if (starts.length === 0) return [];
  const placed = placing(known);
  const links = linkIds && new Set(linkIds);
  const hidden = new Set(hiddenLinkIds);
  const { from = Number.NEGATIVE_INFINITY, before = Number.POSITIVE_INFINITY } = localBounds(days);
  const isSame = (wanted: string | undefined, told: string | undefined) =>
    wanted === undefined || ciEqual(wanted, told ?? '');
  return starts.flatMap(one => {
    const start = placed(one);
    const local = localTime(start.at, zone ?? start.place?.zone);
    const isChosen =
      local >= from &&
      local < before &&
      (hour === undefined || hourOf(local) === Number(hour)) &&
      (links === undefined || (start.linkId !== null && links.has(start.linkId))) &&
      (start.linkId === null || !hidden.has(start.linkId)) &&
      isSame(party, start.party) &&
      isSame(token, start.token) &&
      isSame(location, start.location) &&
      isSame(evse, start.evse);
    return isChosen ? [{ start, local }] : [];
  });
}

function placing({ places, linkParty }: KnownPlaces): (start: FailedStart) => PlacedStart {
  const byId = new Map<string, Place[]>();
  const keyOf = (linkId: number, location: string) => `${linkId} ${ciKey(location)}`;
  for (const place of places.values()) {
    const key = keyOf(place.linkId, place.text);
    byId.set(key, [...(byId.get(key) ?? []), place]);
  }
  const parties = new Map<number, string>();
  const onlyParty = (linkId: number): string => {
    const party = parties.get(linkId) ?? linkParty(linkId);
    parties.set(linkId, party);
    return party;
  };
  return start => {
    const { linkId, location, party } = start;
    if (linkId === null) return { ...start, place: undefined };
    const named = location === undefined ? [] : (byId.get(keyOf(linkId, location)) ?? []);
    const ofParty = party === undefined ? named : named.filter(place => ciEqual(place.party, party));
    // Of two that have the same id nobody knows which.
    const place = ofParty.length === 1 ? ofParty[0] : undefined;
    return { ...start, place, party: party ?? place?.party ?? (onlyParty(linkId) || undefined) };
  };
}
