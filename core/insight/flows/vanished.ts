import { isJsonObject, type JsonObject } from '../../ocpi/json-value.ts';
import { textIn } from './flow.ts';
import { createRecent } from './recent.ts';
import type { OnWhole } from './walks.ts';

const MOST_LISTS = 50;
/** Of one partner; larger lists are not remembered. */
const MOST_LOCATIONS = 20_000;

/** EVSEs of a location that were not yet REMOVED, by their uids. */
type Known = ReadonlyMap<string, ReadonlySet<string>>;

/** Case 15: what was in the list the last time it was read whole, and is gone without ever having been REMOVED. */
export function createVanishedFlow(): OnWhole {
  const lists = createRecent<Known>(MOST_LISTS);
  return ({ reading, side, objects }, say) => {
    if (reading.entry?.id !== 'locations.list' || objects.length > MOST_LOCATIONS) return;
    const before = lists.get(side);
    const now = knownIn(objects);
    lists.set(side, now);
    const all = new Set(objects.flatMap(location => evsesOf(location).map(({ uid }) => `${keyOf(location)} ${uid}`)));
    const gone: string[] = [];
    for (const [location, evses] of before ?? []) {
      if (!now.has(location) && evses.size > 0) gone.push(location);
      else for (const uid of evses) if (!all.has(`${location} ${uid}`)) gone.push(uid);
    }
    if (gone.length === 0) return;
    const met = `${gone.slice(0, 5).join(', ')}${gone.length > 5 ? ` and ${gone.length - 5} more` : ''} not in the list any more`;
    say(reading.observed.id, 'locations.vanished', { pointer: '/data', met, expected: 'the status REMOVED first' });
  };
}

function knownIn(locations: readonly JsonObject[]): Known {
  return new Map(
    locations.map(location => [
      keyOf(location),
      new Set(
        evsesOf(location)
          .filter(({ status }) => status !== 'REMOVED')
          .map(({ uid }) => uid),
      ),
    ]),
  );
}

function keyOf(location: JsonObject): string {
  return [textIn(location, 'country_code'), textIn(location, 'party_id'), textIn(location, 'id')]
    .filter(part => part !== undefined)
    .join('-')
    .toLowerCase();
}

function evsesOf({ evses }: JsonObject): { readonly uid: string; readonly status: unknown }[] {
  if (!Array.isArray(evses)) return [];
  return evses
    .filter(isJsonObject)
    .map(evse => ({ uid: textIn(evse, 'uid')?.toLowerCase() ?? '', status: evse['status'] }));
}
