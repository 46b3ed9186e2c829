import { ciEqual } from '../../ocpi/ci-string.ts';
import { type Mark, up } from '../rebase/marks.ts';
import { mappedAs } from '../rebase/value-now.ts';
import type { KnownPlace, KnownThings } from '../surroundings.ts';
import type { Decisions } from './decisions.ts';

export interface PlaceDeciding {
  /** A location, EVSE or connector that has to be there: kept where it is, else another one of `things`. */
  existing(mark: Mark, things: KnownThings, whose: string): void;
}

/** Where something may be charged at is taken together: an EVSE of the location, a connector of the EVSE. */
export function decidePlaces(decisions: Decisions): PlaceDeciding {
  /** So that different EVSEs stay different, as long as there are enough. */
  const used = new Set<KnownPlace>();

  const pick = (things: KnownThings, fits: (place: KnownPlace) => boolean): KnownPlace | undefined => {
    const fitting = things.places.filter(fits);
    return (
      fitting.find(place => place.available && !used.has(place)) ??
      fitting.find(place => !used.has(place)) ??
      fitting.find(({ available }) => available) ??
      fitting[0]
    );
  };

  const location = (from: string, things: KnownThings, whose: string): string | undefined => {
    if (decisions.has('location', from)) return decisions.mapping.get('location', from);
    if (things.has('location', from)) {
      decisions.keep('location', from);
      return from;
    }
    const place = pick(things, ({ location: id }) => decisions.isFree('location', id)) ?? pick(things, () => true);
    if (place === undefined) {
      decisions.keep('location', from);
      decisions.note(`No location of ${whose} is known: ${from} stays as it was, with its EVSEs.`);
      return from;
    }
    const why = `one of ${ofWhom(whose)}${place.available ? ', with a free EVSE' : ''}`;
    decisions.decide({ kind: 'location', from, to: place.location, why });
    return place.location;
  };

  const within = (mark: Mark, place: KnownPlace | undefined, to: string | undefined): void => {
    const { kind, value } = mark;
    const from = mappedAs(mark);
    if (place === undefined || to === undefined) {
      decisions.keep(kind, from, value);
      decisions.note(
        `No ${kind === 'evse' ? 'EVSE' : 'connector'} is known to put in the place of ${value}: it stays.`,
      );
      return;
    }
    decisions.decide({ kind, from, to, why: `one of ${place.location}` });
  };

  const existing = (mark: Mark, things: KnownThings, whose: string): void => {
    const { kind, value, group, field } = mark;
    const from = mappedAs(mark);
    if (decisions.has(kind, from)) return;
    if (kind === 'location') {
      location(value, things, whose);
      return;
    }
    const then = up(group, 'location');
    const now = then === undefined ? undefined : location(then, things, whose);
    const evse = up(group, 'evse');
    const ofEvse = kind === 'connector' || field === 'evse_id';
    // Fields come in any order: the EVSE is chosen first, and what belongs to it follows.
    if (ofEvse && evse !== undefined) {
      existing({ ...mark, kind: 'evse', field: 'evse_uid', value: evse }, things, whose);
      if (decisions.has(kind, from)) return;
    }
    if (then !== undefined && now === undefined) {
      decisions.decide({ kind, from, to: null, why: `one of the location that ${whose} names` });
      return;
    }
    if (now === undefined || then === undefined || ciEqual(now, then)) {
      decisions.keep(kind, from, value);
      return;
    }
    const chosen = evse === undefined ? undefined : decisions.mapping.get('evse', evse);
    const here = (place: KnownPlace) =>
      ciEqual(place.location, now) && (!ofEvse || chosen === undefined || ciEqual(place.evse, chosen));
    const place = pick(things, place => here(place));
    if (place !== undefined) used.add(place);
    within(mark, place, kind === 'connector' ? place?.connector : field === 'evse_id' ? place?.evseId : place?.evse);
  };
  return { existing };
}

/** `ours`, or the name of a link. */
export function ofWhom(whose: string): string {
  return whose === 'ours' ? whose : `${whose}'s`;
}
