import type { Database } from 'better-sqlite3';
import { readDateTime } from '../../ocpi/date-time.ts';
import { isJsonObject, type JsonObject } from '../../ocpi/json-value.ts';
import type { Version } from '../../ocpi/versions.ts';
import type { FollowedObject, ObjectDeriver, ObjectDeriverKind } from './following.ts';

/** What an EVSE says once it is in its location no more, as partners say it themselves (digest 6.1). */
const GONE = 'REMOVED';
/** Of what a partner said that is no status: nothing is known by it. */
const UNTOLD = 'UNKNOWN';
/** More than may be asked for (contract/health.ts): what lies longer back is dropped. */
const KEPT_MS = 400 * 24 * 3_600_000;

/**
 * What each EVSE of partners said, from when on: a row a location, a row an EVSE as it is now, a row each time it said something
 * else. From when is what the EVSE's own `last_updated` says where that can be; else when we saw it.
 */
export const statusDeriver: ObjectDeriverKind = {
  modules: ['locations'],
  takesEarlier: true,
  takesVanishing: true,
  tables: `
    -- object: number of the location. looked_for: id and name in small letters.
    CREATE TABLE status_place (
      object INTEGER PRIMARY KEY,
      link_id INTEGER NOT NULL,
      party TEXT NOT NULL,
      location TEXT NOT NULL,
      name TEXT NOT NULL,
      looked_for TEXT NOT NULL,
      vanished INTEGER NOT NULL,
      revision INTEGER NOT NULL
    );
    CREATE INDEX status_place_link ON status_place (link_id);
    CREATE TABLE status_evse (
      id INTEGER PRIMARY KEY,
      object INTEGER NOT NULL,
      key TEXT NOT NULL,
      uid TEXT NOT NULL,
      evse_id TEXT,
      status TEXT NOT NULL,
      since REAL NOT NULL
    );
    CREATE UNIQUE INDEX status_evse_of ON status_evse (object, key);
    CREATE INDEX status_evse_long ON status_evse (status, since) WHERE status NOT IN ('AVAILABLE', 'PLANNED', 'REMOVED');
    CREATE TABLE status_span (
      evse INTEGER NOT NULL,
      began REAL NOT NULL,
      status TEXT NOT NULL,
      PRIMARY KEY (evse, began)
    ) WITHOUT ROWID;
  `,
  open: openDeriver,
};

interface PlaceRow {
  readonly revision: number;
  readonly vanished: number;
}

interface EvseRow {
  readonly id: number;
  readonly key: string;
  readonly uid: string;
  readonly evse_id: string | null;
  readonly status: string;
  readonly since: number;
}

function openDeriver(facts: Database): ObjectDeriver {
  const place = facts.prepare<[number], PlaceRow>('SELECT revision, vanished FROM status_place WHERE object = ?');
  const putPlace = facts.prepare(
    `INSERT OR REPLACE INTO status_place (object, link_id, party, location, name, looked_for, vanished, revision)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?)`,
  );
  const setVanished = facts.prepare('UPDATE status_place SET vanished = ? WHERE object = ?');
  const evsesOf = facts.prepare<[number], EvseRow>(
    'SELECT id, key, uid, evse_id, status, since FROM status_evse WHERE object = ?',
  );
  const addEvse = facts.prepare(
    'INSERT INTO status_evse (object, key, uid, evse_id, status, since) VALUES (?, ?, ?, ?, ?, ?)',
  );
  const setEvse = facts.prepare('UPDATE status_evse SET uid = ?, evse_id = ?, status = ?, since = ? WHERE id = ?');
  const addSpan = facts.prepare('INSERT OR REPLACE INTO status_span (evse, began, status) VALUES (?, ?, ?)');
  const dropOldSpans = facts.prepare('DELETE FROM status_span WHERE evse = ? AND began < ?');
  const spansGone = facts.prepare(
    `DELETE FROM status_span WHERE evse IN
     (SELECT id FROM status_evse WHERE object >= ? AND object < ? ORDER BY object, key LIMIT ?)`,
  );
  const evsesGone = facts.prepare(
    `DELETE FROM status_evse WHERE id IN
     (SELECT id FROM status_evse WHERE object >= ? AND object < ? ORDER BY object, key LIMIT ?)`,
  );
  const placesGone = facts.prepare(
    'DELETE FROM status_place WHERE object IN (SELECT object FROM status_place WHERE object >= ? AND object < ? LIMIT ?)',
  );

  const begin = (told: ToldEvse, { objectId, changedAt }: FollowedObject) => {
    const { stated } = told;
    const since = stated !== undefined && stated <= changedAt ? stated : changedAt;
    const { lastInsertRowid } = addEvse.run(objectId, told.key, told.uid, told.evseId, told.status, since);
    addSpan.run(lastInsertRowid, since, told.status);
  };
  const goOn = (known: EvseRow, told: ToldEvse, { changedAt }: FollowedObject) => {
    const { uid, evseId, status, stated } = told;
    const isSame = status === known.status;
    if (isSame && uid === known.uid && evseId === known.evse_id) return;
    const isTrue = stated !== undefined && stated <= changedAt && stated > known.since;
    // A clock that was put back makes nothing begin before what it ends.
    const since = isSame ? known.since : isTrue ? stated : Math.max(changedAt, known.since + 1);
    setEvse.run(uid, evseId, status, since, known.id);
    if (isSame) return;
    addSpan.run(known.id, since, status);
    dropOldSpans.run(known.id, since - KEPT_MS);
  };

  return {
    take(object) {
      const { objectId, linkId, party, id, revision, isVanished, isNewest } = object;
      if (linkId === null) return;
      const before = place.get(objectId);
      if (before !== undefined && before.revision >= revision) {
        if (isNewest) setVanished.run(isVanished ? 1 : 0, objectId);
        return;
      }
      const name = typeof object.object['name'] === 'string' ? object.object['name'] : '';
      const lookedFor = `${id} ${name}`.toLowerCase();
      putPlace.run(objectId, linkId, party, id, name, lookedFor, isNewest && isVanished ? 1 : 0, revision);
      const known = new Map(evsesOf.all(objectId).map(evse => [evse.key, evse]));
      for (const told of toldEvses(object.object, object.version)) {
        const evse = known.get(told.key);
        known.delete(told.key);
        if (evse === undefined) begin(told, object);
        else goOn(evse, told, object);
      }
      for (const { key, uid, evse_id, ...evse } of known.values()) {
        const gone = { key, uid, evseId: evse_id, status: GONE, stated: undefined };
        goOn({ key, uid, evse_id, ...evse }, gone, object);
      }
    },
    gone({ from, before }, most) {
      const spans = spansGone.run(from, before, most).changes;
      const evses = evsesGone.run(from, before, most).changes;
      return evses > 0 ? spans + evses : placesGone.run(from, before, most).changes;
    },
    // Nothing is held back.
    settle: () => {},
  };
}

interface ToldEvse {
  readonly key: string;
  readonly uid: string;
  readonly evseId: string | null;
  readonly status: string;
  /** Milliseconds since the epoch. */
  readonly stated: number | undefined;
}

/** Each once; of those with the same uid the last. */
function toldEvses(location: JsonObject, version: Version): Iterable<ToldEvse> {
  const evses = Array.isArray(location['evses']) ? location['evses'].filter(isJsonObject) : [];
  const told = new Map<string, ToldEvse>();
  for (const { uid, evse_id: evseId, status, last_updated: updated } of evses) {
    if (typeof uid !== 'string' || uid === '') continue;
    const key = uid.toLowerCase();
    told.set(key, {
      key,
      uid,
      evseId: typeof evseId === 'string' ? evseId : null,
      status: typeof status === 'string' && status !== '' ? status.toUpperCase() : UNTOLD,
      stated: typeof updated === 'string' ? readDateTime(updated, version).epochMs : undefined,
    });
  }
  return told.values();
}
