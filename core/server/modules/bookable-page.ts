import { availableSlots } from '../../ocpi/booking-slots.ts';
import type { OwnData, OwnPage, OwnQuery } from '../own-data.ts';
import { everyOwnObject } from './every-own-object.ts';

/** Milliseconds since the epoch; open where undefined. */
export interface TimeAsked {
  readonly from: number | undefined;
  readonly to: number | undefined;
}

/**
 * A page of the booking locations that have an available time slot which touches the time asked for: `timeslot_from` and
 * `timeslot_to` (digest 6.11 names them and says no more). Every location is looked at, for nothing is indexed by slots.
 */
export async function bookablePage(
  data: OwnData,
  { offset, limit, ...query }: OwnQuery,
  { from = -Infinity, to = Infinity }: TimeAsked,
): Promise<OwnPage> {
  const fits: string[] = [];
  for await (const { text, object } of everyOwnObject(data, query)) {
    if (availableSlots(object, query.version).some(({ begin, end }) => begin < to && end > from)) fits.push(text);
  }
  return { total: fits.length, items: fits.slice(offset, offset + limit) };
}
