import type { Clock } from '../../clock.ts';
import type { JsonObject } from '../../ocpi/json-value.ts';
import type { Charges } from './charges.ts';
import { type Place, placesOf } from './place.ts';
import type { LifeData } from './ports.ts';

/** Chargers somebody can drive up to, found a few locations at a time, so that nobody waits for it. */
export interface FreePlaces {
  /** Another one each time, open to everybody as long as there are such; undefined where all are taken or broken. */
  next(): Promise<Place | undefined>;
}

export interface FreePlacesParts {
  readonly data: LifeData;
  readonly charges: Pick<Charges, 'at'>;
  readonly clock: Clock;
  /** From 0 up to, but without, 1: where the search begins. */
  readonly begin: number;
}

const AT_ONCE = 5;

export function createFreePlaces({ data, charges, clock, begin }: FreePlacesParts): FreePlaces {
  const found: Place[] = [];
  let offset: number | undefined;
  /** One search for all who look at the same time. */
  let searching: Promise<number> | undefined;

  const search = async () => {
    const { total } = data.page('locations', 0, 1);
    offset ??= Math.floor(begin * total);
    for (const suits of [isPublic, () => true]) {
      for (let seen = 0; seen < total && found.length === 0; seen += AT_ONCE) {
        if (offset >= total) offset = 0;
        const { items } = data.page('locations', offset, AT_ONCE);
        offset += AT_ONCE;
        for (const location of items.filter(suits)) found.push(...placesOf(location).filter(isFree));
        await clock.sleep(0);
      }
    }
    searching = undefined;
    return found.length;
  };

  const isFree = ({ locationId: location, evseUid: evse, status }: Place) =>
    status === 'AVAILABLE' && charges.at({ location, evse }) === undefined;

  return {
    next: async () => {
      for (;;) {
        for (let place = found.shift(); place !== undefined; place = found.shift()) if (isFree(place)) return place;
        searching ??= search();
        if ((await searching) === 0) return undefined;
      }
    },
  };
}

/** One that is not published is for those it names (digest 6.1): anybody else would be refused. */
function isPublic({ publish }: JsonObject): boolean {
  return publish !== false;
}
