import type { Database } from 'better-sqlite3';

/** A location that the partner still has; `object` is its number. */
export interface PlaceRow {
  readonly object: number;
  readonly linkId: number;
  readonly party: string;
  readonly location: string;
  readonly name: string;
}

export interface EvseAt {
  readonly object: number;
  readonly status: string;
  /** Milliseconds since the epoch. */
  readonly since: number;
}

/** Locations and what their EVSEs say now, on a connection to the file of facts. */
export interface PlaceRows {
  /** `search`: a part of id or name, without regard to case; null: all. */
  all(linkIds: readonly number[], search: string | null): PlaceRow[];
  /** All EVSEs of these links that are not removed. */
  evsesOf(linkIds: readonly number[]): Iterable<EvseAt>;
  /** By its id, without regard to case; of several parties' the first one. */
  named(linkIds: readonly number[], party: string | null, id: string): PlaceRow | undefined;
}

const PLACE = 'object, link_id AS linkId, party, location, name';
const OF_LINKS = 'vanished = 0 AND link_id IN (SELECT value FROM json_each(:links))';

export function createPlaceRows(facts: Database): PlaceRows {
  const all = facts.prepare<[{ links: string; search: string | null }], PlaceRow>(
    `SELECT ${PLACE} FROM status_place WHERE ${OF_LINKS} AND (:search IS NULL OR instr(looked_for, :search) > 0)`,
  );
  const evses = facts.prepare<[{ links: string }], EvseAt>(
    `SELECT object, status, since FROM status_place JOIN status_evse USING (object)
     WHERE ${OF_LINKS} AND status <> 'REMOVED'`,
  );
  const named = facts.prepare<[{ links: string; party: string | null; id: string }], PlaceRow>(
    `SELECT ${PLACE} FROM status_place WHERE ${OF_LINKS} AND lower(location) = :id
     AND (:party IS NULL OR party = :party COLLATE NOCASE) ORDER BY party, object LIMIT 1`,
  );
  return {
    all: (linkIds, search) => all.all({ links: JSON.stringify(linkIds), search: search?.toLowerCase() ?? null }),
    evsesOf: linkIds => evses.iterate({ links: JSON.stringify(linkIds) }),
    named: (linkIds, party, id) => named.get({ links: JSON.stringify(linkIds), party, id: id.toLowerCase() }),
  };
}
