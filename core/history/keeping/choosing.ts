import type { Database } from 'better-sqlite3';
import type { Retention } from '../../contract/storage.ts';
import { createFirstSince } from '../exchanges.ts';
import { createFirstWithin } from './exchange-bytes.ts';

/** What the bounds let go: ids below `count` whatever it is, and below `age` unless its link is newer than that. */
export interface Bounds {
  readonly count: number;
  readonly age: number;
  /** Milliseconds since the epoch: links made later hold what was imported later, however old it is. */
  readonly linksSince: number;
  /** Milliseconds since the epoch: what is younger may still be written to. */
  readonly settledBefore: number;
}

const DAY = 24 * 60 * 60 * 1000;
/** Milliseconds after which nobody writes to an exchange that has ended. */
const SETTLES_IN = 10_000;

/** Of live links: what is part of an imported log goes with the log, however old or large it is. */
const OF_NO_LOG = '(link_id IS NULL OR link_id NOT IN (SELECT link_id FROM imported_log_link))';
/** Never open ones, nor those of a run that goes on, nor what is pinned, noted, or part of an imported log. */
const UNPROTECTED = `ended <> 'open' AND opened_at < :settledBefore
  AND (run_id IS NULL OR run_id NOT IN (SELECT run.id FROM run WHERE run.state = 'running'))
  AND ${OF_NO_LOG}
  AND NOT EXISTS (SELECT 1 FROM exchange_pin WHERE exchange_id = exchange.id)
  AND NOT EXISTS (SELECT 1 FROM exchange_note WHERE exchange_id = exchange.id)`;
const MAY_GO = `(id < :count OR (id < :age AND (link_id IS NULL OR link_id NOT IN
    (SELECT link.id FROM link WHERE link.created_at >= :linksSince))))
  AND ${UNPROTECTED}`;

export interface Choosing {
  /** Reads the exchanges from the newest on until there is more than the bounds leave. */
  bounds(retention: Retention, now: number): Bounds;
  /** How many may go. Reads all of the table below the bounds. */
  count(bounds: Bounds): number;
  /** Ids above one, in order. */
  after(bounds: Bounds, id: number, limit: number): number[];
}

export function createChoosing(database: Database): Choosing {
  const firstSince = createFirstSince(database);
  const nth = database
    .prepare<[number], number>(`SELECT id FROM exchange WHERE ${OF_NO_LOG} ORDER BY id DESC LIMIT 1 OFFSET ?`)
    .pluck();
  const firstWithin = createFirstWithin(database, UNPROTECTED);
  const count = database
    .prepare<[object], number>(`SELECT count(*) FROM exchange WHERE ${MAY_GO} AND id < :before`)
    .pluck();
  const after = database
    .prepare<[object], number>(
      `SELECT id FROM exchange WHERE id > :after AND id < :before AND ${MAY_GO} ORDER BY id LIMIT :limit`,
    )
    .pluck();
  const before = ({ count: byCount, age }: Bounds) => Math.max(byCount, age);

  return {
    bounds({ age, count: most, size }, now) {
      const linksSince = age === null ? now : now - age * DAY;
      const settledBefore = now - SETTLES_IN;
      return {
        count: Math.max(
          most === null ? 0 : (nth.get(most - 1) ?? 0),
          size === null ? 0 : firstWithin({ size, settledBefore }),
        ),
        age: age === null ? 0 : firstSince(linksSince),
        linksSince,
        settledBefore,
      };
    },
    count: bounds => count.get({ ...bounds, before: before(bounds) }) ?? 0,
    after: (bounds, id, limit) => after.all({ ...bounds, before: before(bounds), after: id, limit }),
  };
}
