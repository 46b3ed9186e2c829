import type { Database } from 'better-sqlite3';
import {
  availabilityOf,
  type StatusBegin,
  spansBetween,
  type Usable,
  usableIn,
} from '../../insight/health/availability.ts';
import type { EvseLimits } from '../../insight/health/evse-limits.ts';
import { STUCK_STATUSES } from '../../insight/health/evse-limits.ts';
import type { AvailabilityObservation, EvseObservation } from '../../insight/health/observations.ts';

/** What the EVSEs of a link say now. */
export interface LinkStatuses {
  readonly linkId: number;
  readonly locations: number;
  /** Those that were removed are not among them. */
  readonly evses: number;
  readonly statuses: Readonly<Record<string, number>>;
}

/** What of a link's EVSEs is to be looked for. */
export interface LinkLimits extends EvseLimits {
  readonly linkId: number;
}

export interface LinkOver {
  readonly linkId: number;
  readonly evses: readonly EvseObservation[];
  readonly locations: readonly AvailabilityObservation[];
}

export interface EvseNow {
  readonly id: number;
  readonly object: number;
  readonly uid: string;
  readonly evseId: string | null;
  readonly status: string;
  readonly since: number;
}

/** Statuses as they are kept, on a connection to the file of facts. Links are named by their numbers. */
export interface StatusReading {
  now(linkIds: readonly number[]): LinkStatuses[];
  /** EVSEs and locations that are over a limit; of each link as many as tell how bad it is. */
  over(limits: LinkLimits, now: number): LinkOver;
  /** Those of a location that are not removed, by their uids. */
  evsesOf(object: number): EvseNow[];
  /** From the one before a time on. */
  beginsOf(evse: number, from: number): StatusBegin[];
  /** Of each location of these links: how much of a stretch of time its EVSEs could be used. */
  usable(linkIds: readonly number[], from: number, to: number): Map<number, Usable>;
}

const DAY = 24 * 3_600_000;
/** More EVSEs of one link are not read: what is told of them is their number. */
const MOST_OVER = 20_000;
const THERE = "status <> 'REMOVED'";
const list = (statuses: readonly string[]) => statuses.map(status => `'${status}'`).join(', ');

export function createStatusReading(facts: Database): StatusReading {
  const counts = facts.prepare<[string], { linkId: number; status: string; evses: number }>(
    `SELECT link_id AS linkId, status, count(*) AS evses FROM status_place JOIN status_evse USING (object)
     WHERE vanished = 0 AND link_id IN (SELECT value FROM json_each(?)) AND ${THERE} GROUP BY link_id, status`,
  );
  const places = facts.prepare<[string], { linkId: number; locations: number }>(
    `SELECT link_id AS linkId, count(*) AS locations FROM status_place
     WHERE vanished = 0 AND link_id IN (SELECT value FROM json_each(?)) GROUP BY link_id`,
  );
  const long = facts.prepare<[LinkLimits], EvseObservation>(
    `SELECT party, location, name, uid AS evse, status, since FROM status_evse JOIN status_place USING (object)
     WHERE status NOT IN ('AVAILABLE', 'PLANNED', 'REMOVED') AND link_id = :linkId AND vanished = 0 AND (
       (status = 'OUTOFORDER' AND since <= :outOfOrderSince) OR (status = 'INOPERATIVE' AND since <= :inoperativeSince)
       OR (status IN (${list(STUCK_STATUSES)}) AND since < :stuckSince))
     ORDER BY since LIMIT ${MOST_OVER}`,
  );
  const evsesOf = facts.prepare<[number], EvseNow>(
    `SELECT id, object, uid, evse_id AS evseId, status, since FROM status_evse WHERE object = ? AND ${THERE} ORDER BY key`,
  );
  const begins = facts.prepare<[number, number, number], StatusBegin>(
    `SELECT began, status FROM status_span WHERE evse = ?
     AND began >= coalesce((SELECT max(began) FROM status_span WHERE evse = ? AND began <= ?), 0) ORDER BY began`,
  );
  const evsesOfLinks = facts.prepare<[string], { object: number; evse: number; status: string; since: number }>(
    `SELECT object, status_evse.id AS evse, status, since FROM status_place JOIN status_evse USING (object)
     WHERE vanished = 0 AND link_id IN (SELECT value FROM json_each(?)) AND ${THERE}`,
  );
  const placesOf = facts.prepare<
    [number],
    { object: number; party: string; location: string; name: string; evses: number }
  >(
    `SELECT object, party, location, name, (SELECT count(*) FROM status_evse WHERE object = status_place.object AND ${THERE})
     AS evses FROM status_place WHERE link_id = ? AND vanished = 0`,
  );

  const beginsOf = (evse: number, from: number) => begins.all(evse, evse, from);
  const usable: StatusReading['usable'] = (linkIds, from, to) => {
    const byPlace = new Map<number, Usable>();
    for (const { object, evse, status, since } of evsesOfLinks.iterate(JSON.stringify(linkIds))) {
      // Most have said the same for all of the time.
      const told = since <= from ? [{ began: since, status }] : undefined;
      const one = usableIn(spansBetween(told ?? beginsOf(evse, from), from, to));
      const sum = byPlace.get(object) ?? { usable: 0, unusable: 0 };
      byPlace.set(object, { usable: sum.usable + one.usable, unusable: sum.unusable + one.unusable });
    }
    return byPlace;
  };
  const low = (linkId: number, limit: number, now: number): AvailabilityObservation[] => {
    const met = usable([linkId], now - DAY, now);
    return placesOf.all(linkId).flatMap(({ object, ...place }) => {
      const availability = availabilityOf([met.get(object) ?? { usable: 0, unusable: 0 }]);
      return availability === null || availability >= limit ? [] : [{ ...place, availability }];
    });
  };

  return {
    now(linkIds) {
      const asked = JSON.stringify(linkIds);
      const found = counts.all(asked);
      const located = new Map(places.all(asked).map(({ linkId, locations }) => [linkId, locations]));
      return linkIds.map(linkId => {
        const own = found.filter(row => row.linkId === linkId);
        return {
          linkId,
          locations: located.get(linkId) ?? 0,
          evses: own.reduce((sum, { evses }) => sum + evses, 0),
          statuses: Object.fromEntries(own.map(({ status, evses }) => [status, evses])),
        };
      });
    },
    over(limits, now) {
      const { linkId, availabilityBelow } = limits;
      return {
        linkId,
        evses: long.all(limits),
        locations: availabilityBelow === null ? [] : low(linkId, availabilityBelow, now),
      };
    },
    evsesOf: object => evsesOf.all(object),
    beginsOf,
    usable,
  };
}
