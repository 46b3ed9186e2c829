import type { Image } from '../../ocpi/v2_1_1/business-details.ts';
import type { DisplayText } from '../../ocpi/v2_1_1/display-text.ts';
import type { StatusSchedule } from '../../ocpi/v2_1_1/locations.ts';
import type { Facility, Hours } from '../../ocpi/v2_2_1/locations.ts';
import type { SiteSort } from './geography/locale.ts';
import { DAY_SECONDS, utcSeconds } from './local-time.ts';
import { writeMoment } from './moments.ts';
import { writeTimeOfDay } from './opening.ts';
import type { Company } from './operators.ts';
import { pointNear, writeDegrees } from './places.ts';
import type { Site, Unit } from './sites.ts';

/** What is told about a location beside its chargers, alike in all versions; `text` is what a version does to texts. */
export type WriteText = (text: string) => string;

interface Around {
  readonly always: readonly Facility[];
  readonly sometimes: readonly Facility[];
}

const AROUND: Readonly<Record<SiteSort, Around>> = {
  street: { always: [], sometimes: ['CAFE', 'RESTAURANT', 'BUS_STOP', 'TRAM_STOP', 'TAXI_STAND', 'MUSEUM'] },
  lot: { always: ['PARKING_LOT'], sometimes: ['SPORT', 'NATURE', 'RECREATION_AREA', 'BUS_STOP', 'CARPOOL_PARKING'] },
  garage: { always: ['PARKING_LOT'], sometimes: ['MALL', 'RESTAURANT', 'METRO_STATION', 'TRAM_STOP', 'WIFI'] },
  underground: { always: [], sometimes: ['MALL', 'MUSEUM', 'METRO_STATION', 'RESTAURANT'] },
  motorway: { always: ['RESTAURANT'], sometimes: ['FUEL_STATION', 'CAFE', 'WIFI', 'CARPOOL_PARKING'] },
  hotel: { always: ['HOTEL', 'WIFI'], sometimes: ['RESTAURANT', 'SPORT', 'NATURE'] },
  shop: { always: ['SUPERMARKET'], sometimes: ['MALL', 'CAFE', 'BUS_STOP', 'WIFI', 'PARKING_LOT'] },
  station: { always: ['TRAIN_STATION'], sometimes: ['BUS_STOP', 'TAXI_STAND', 'BIKE_SHARING', 'TRAM_STOP', 'CAFE'] },
  office: { always: [], sometimes: ['CAFE', 'BUS_STOP', 'WIFI'] },
};

export function facilitiesOf({ sort, chance }: Site): Facility[] {
  const { always, sometimes } = AROUND[sort];
  return [...always, ...chance.some('facilities', sometimes, 0.25)];
}

/** Undefined where nobody says when the site is open. Exceptional days are still to come, and told in UTC. */
export function hoursOf({ opening, chance, place }: Site, now: number): Hours | undefined {
  if (opening.kind === 'unstated') return undefined;
  const limited = opening.kind === 'weekly';
  const offset = place.town.country.standardOffset;
  const period = (day: number, begin: number, end: number) => ({
    period_begin: writeMoment(utcSeconds({ day, second: begin }, offset)),
    period_end: writeMoment(utcSeconds({ day, second: end }, offset)),
  });
  const dayToCome = (label: string) => Math.floor(now / DAY_SECONDS) + chance.integer(label, 3, 60);
  const closed = chance.happens('closes', limited ? 0.3 : 0.04) && dayToCome('closed day');
  const open = limited && chance.happens('opens', 0.15) && dayToCome('open day');
  return {
    twentyfourseven: !limited,
    ...(limited && {
      regular_hours: opening.spans.map(({ weekday, begin, end }) => ({
        weekday,
        period_begin: writeTimeOfDay(begin),
        period_end: writeTimeOfDay(end),
      })),
    }),
    ...(open && open !== closed && { exceptional_openings: [period(open, 10 * 3_600, 16 * 3_600)] }),
    ...(closed && { exceptional_closings: [period(closed, 0, DAY_SECONDS)] }),
  };
}

/** In the language of the place, and sometimes in English too. */
export function directionsOf({ place, chance }: Site, text: WriteText): DisplayText[] {
  if (!chance.happens('directions', 0.35)) return [];
  const { language, directions } = place.town.city.locale;
  const local = { language, text: text(directions.entrance.replace('{street}', place.street)) };
  if (language === 'en' || !chance.happens('in english', 0.4)) return [local];
  return [local, { language: 'en', text: text(`Enter from ${place.street} and follow the green signs.`) }];
}

/** Where one drives in, for sites that are larger than a street. */
export function entrancesOf({ place, chance, sort }: Site, text: WriteText) {
  const large = sort === 'garage' || sort === 'underground' || sort === 'motorway' || sort === 'shop';
  if (!large || !chance.happens('entrance', 0.5)) return [];
  const { latitude, longitude } = pointNear(place, chance.at('entrance'));
  const { language, directions } = place.town.city.locale;
  const name = { language, text: text(directions.entrance.replace('{street}', place.street)) };
  return [{ latitude: writeDegrees(latitude), longitude: writeDegrees(longitude), name }];
}

export function imagesOf({ operator, chance, id }: Site): Image[] {
  if (!chance.happens('images', 0.25)) return [];
  const address = `${operator.website}/images/${id.toLowerCase()}`;
  return chance.some('image', ['ENTRANCE', 'LOCATION', 'CHARGER'] as const, 0.5).map(category => ({
    url: `${address}-${category.toLowerCase()}.jpeg`,
    thumbnail: `${address}-${category.toLowerCase()}-small.jpeg`,
    category,
    type: 'jpeg',
    width: 1_600,
    height: 1_200,
  }));
}

export function businessDetailsOf({ name, website }: Company, text: WriteText) {
  const logo = { url: `${website}/logo.png`, category: 'OPERATOR', type: 'png', width: 512, height: 512 } as const;
  return { name: text(name), website, logo };
}

/** Houses with a name of their own belong to somebody else than the operator. */
export function ownerOf({ name, sort, chance }: Site, text: WriteText) {
  const housed = sort === 'hotel' || sort === 'shop' || sort === 'office';
  return housed && chance.happens('owner', 0.6) ? { name: text(name) } : undefined;
}

/** What is to come: works on a charger, or its first day. */
export function scheduleOf({ status, chance }: Unit, now: number): StatusSchedule[] {
  const inDays = (label: string) => Math.floor(now / DAY_SECONDS) + chance.integer(label, 2, 40);
  const begin = inDays('scheduled') * DAY_SECONDS + 8 * 3_600;
  if (status === 'PLANNED') return [{ period_begin: writeMoment(begin), status: 'AVAILABLE' }];
  if (status !== 'AVAILABLE' || !chance.happens('works', 0.04)) return [];
  const end = begin + chance.integer('works take', 1, 9) * 3_600;
  return [{ period_begin: writeMoment(begin), period_end: writeMoment(end), status: 'INOPERATIVE' }];
}

/** Levels of houses with several: garages go up, underground garages down. */
export function levelOf({ chance }: Unit, sort: SiteSort): string | undefined {
  if (sort === 'garage') return String(chance.integer('level', 0, 4));
  return sort === 'underground' ? String(-chance.integer('level', 1, 3)) : undefined;
}
