import { done, failed, type Outcome } from '../../contract/failure.ts';
import type { History } from '../../history/history.ts';
import { ciEqual } from '../../ocpi/ci-string.ts';
import { convertObject } from '../../ocpi/convert/convert.ts';
import { readDateTime, writeDateTime } from '../../ocpi/date-time.ts';
import { replaceJson } from '../../ocpi/json-cut.ts';
import { isJsonObject, type JsonObject } from '../../ocpi/json-value.ts';
import { parsePartyId } from '../../ocpi/party-id.ts';
import type { LifeData } from '../../sandbox/life/ports.ts';
import type { Caller } from '../../server/caller.ts';
import type { OwnData } from '../../server/own-data.ts';
import { ownersOf } from '../own-served.ts';
import type { PlatformDesk } from '../platform.ts';

/** Nobody: what is read for ourselves is what everybody sees. */
const OURSELVES: Caller = {
  token: { id: 'ourselves', kind: 'C', state: 'active' },
  form: 'raw',
  registered: true,
  parties: [],
};
const VERSION = '2.3.0';

export interface LivingDataOptions {
  readonly history: Pick<History, 'ownData' | 'transaction'>;
  /** What we serve. */
  readonly data: OwnData;
  readonly setStatus: LifeData['setStatus'];
}

/** What we serve, as the simulation reads and changes it. */
export function livingData({ history, data, setStatus }: LivingDataOptions): LifeData {
  const { ownData, transaction } = history;
  const read = (text: string | undefined): JsonObject | undefined => {
    const json: unknown = text === undefined ? undefined : JSON.parse(text);
    return isJsonObject(json) ? json : undefined;
  };
  const get: LifeData['get'] = (module, id, type) =>
    read(data.get({ module, version: VERSION, caller: OURSELVES, id, ...(type === undefined ? {} : { type }) }));
  return {
    get,
    location211: id => {
      const location = get('locations', id);
      const owner = location && parsePartyId(`${String(location['country_code'])}-${String(location['party_id'])}`);
      if (location === undefined || owner === undefined) return undefined;
      return convertObject(location, { module: 'locations', from: VERSION, to: '2.1.1', owner });
    },
    page: (module, offset, limit) => {
      const { total, items } = data.page({ module, version: VERSION, caller: OURSELVES, offset, limit });
      return { total, items: items.map(read).filter(object => object !== undefined) };
    },
    setStatus,
    keep: objects =>
      transaction(() => {
        ownData.put(
          objects.map(({ module, party, object }) => {
            const at = readDateTime(String(object['last_updated']), VERSION).epochMs;
            return {
              party,
              module,
              id: String(object['id']),
              type: '',
              version: VERSION,
              text: JSON.stringify(object),
              ...(at === undefined ? {} : { lastUpdated: at }),
            };
          }),
        );
      }),
  };
}

/** Statuses of the operator's own locations: written where they are kept, in the version they are kept in. */
export function ownStatuses(
  { ownData, transaction }: Pick<History, 'ownData' | 'transaction'>,
  platform: Pick<PlatformDesk, 'config'>,
): LifeData['setStatus'] {
  return ({ location: id, evse: uid, status, at }): Outcome<{ readonly lastUpdated: string }> => {
    const parties = ownersOf(platform.config().parties, 'locations');
    const kept = ownData.get({ parties, module: 'locations', id });
    const location: unknown = kept && JSON.parse(kept.text);
    const evses = isJsonObject(location) && Array.isArray(location['evses']) ? location['evses'] : [];
    const place = evses.findIndex(one => isJsonObject(one) && ciEqual(String(one['uid']), uid));
    const evse: unknown = evses[place];
    if (kept === undefined || !isJsonObject(location) || !isJsonObject(evse)) {
      return failed('NOT_FOUND', `we own no EVSE ${uid} at ${id}`, 'wb own list locations shows them.');
    }
    const last = readDateTime(String(evse['last_updated']), kept.version).epochMs ?? 0;
    // Seconds are whole on the wire: each change has one of its own.
    const moment = Math.max(at * 1000, Math.floor(last / 1000) * 1000 + 1000);
    const lastUpdated = writeDateTime(moment);
    const text = replaceJson(
      kept.text,
      new Map([
        [`/evses/${place}/status`, status],
        [`/evses/${place}/last_updated`, lastUpdated],
        ['/last_updated', lastUpdated],
      ]),
    );
    const { party, version } = kept;
    const stored = transaction(() =>
      ownData.put([{ party, module: 'locations', id: kept.id, type: '', version, text, lastUpdated: moment }]),
    );
    return stored.ok ? done({ lastUpdated }) : stored;
  };
}

/** What is played, and behind it what was made since: sessions and CDRs of the simulation. */
export function withMade(played: OwnData, made: OwnData): OwnData {
  return {
    page: query => {
      const base = played.page(query);
      if (query.module !== 'sessions' && query.module !== 'cdrs') return base;
      const { offset, limit } = query;
      const begin = Math.max(0, offset - base.total);
      const left = limit - base.items.length;
      const more = made.page({ ...query, offset: begin, limit: Math.max(1, left) });
      return { total: base.total + more.total, items: [...base.items, ...(left > 0 ? more.items : [])] };
    },
    get: one => played.get(one) ?? made.get(one),
  };
}
