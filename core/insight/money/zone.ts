import { done, failed, type Outcome } from '../../contract/failure.ts';
import type { PricedZone } from '../../contract/price.ts';
import type { JsonObject } from '../../ocpi/json-value.ts';
import { isZone, zoneOfCountry } from '../tariff/zones.ts';
import { idIn, objectIn } from '../transactions/fields.ts';

export type Zone = Omit<PricedZone, 'matters'>;

export interface ZoneSources {
  readonly bill: JsonObject;
  /** The operator named it. */
  readonly asked?: string | undefined;
  /** A location the operator gave. */
  readonly given?: JsonObject | undefined;
  /** The location as it is stored, and whose it is: `of acme`, `of our own data`. */
  readonly known?: { readonly location: JsonObject; readonly whose: string } | undefined;
}

/**
 * In which time zone the times of day of a tariff are to be read: as asked, else as the location says, else that of its country
 * where it has but one, else UTC. A CDR names no zone (digest 6.3); 2.1.1 has the whole location in it.
 */
export function zoneFor({ bill, asked, given, known }: ZoneSources): Outcome<Zone> {
  if (asked !== undefined) {
    if (isZone(asked)) return done({ name: asked, from: 'asked', said: 'as asked for' });
    const advice = 'Name one of the IANA database, as Europe/Oslo or America/New_York.';
    return failed('INVALID_INPUT', `"${asked}" is no time zone`, advice);
  }
  const places = [
    ...(given === undefined ? [] : [{ location: given, said: 'as the given location says' }]),
    { location: objectIn(bill, 'location'), said: 'as the location in it says' },
    ...(known === undefined
      ? []
      : [{ location: known.location, said: `as location ${idIn(known.location, 'id') ?? ''} ${known.whose} says` }]),
    { location: objectIn(bill, 'cdr_location'), said: 'as the location in it says' },
  ];
  for (const { location, said } of places) {
    const name = idIn(location, 'time_zone');
    if (name !== undefined && isZone(name)) return done({ name, from: 'location', said });
    if (name !== undefined && location === given) {
      const advice = 'Correct its time_zone, or name the zone itself.';
      return failed('INVALID_INPUT', `the given location names the time zone "${name}", which there is not`, advice);
    }
  }
  for (const { location } of places) {
    const country = idIn(location, 'country');
    const name = country === undefined ? undefined : zoneOfCountry(country);
    if (name !== undefined) return done({ name, from: 'country', said: `the only one of its country, ${country}` });
  }
  return done({ name: 'UTC', from: 'assumed', said: 'assumed: nothing tells the zone of the location' });
}
