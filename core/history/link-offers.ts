import type { Database } from 'better-sqlite3';
import * as z from 'zod';
import { LinkEndpoint } from '../contract/link.ts';
import type { Atomic } from './atomic.ts';

/** The version and the endpoints a link had from a time on; milliseconds since the epoch. */
export interface StoredOffer {
  readonly at: number;
  readonly version: string | null;
  readonly endpoints: readonly LinkEndpoint[];
}

/** What links said when: one row for each change. */
export interface LinkOffers {
  newest(linkId: number): StoredOffer | undefined;
  /** Those after a time, and the one before them; oldest first. */
  since(linkId: number, at: number): StoredOffer[];
  /** Throws what SQLite throws. Of each link a hundred are kept. */
  add(linkId: number, offer: StoredOffer): void;
}

interface OfferRow {
  readonly at: number;
  readonly version: string | null;
  readonly endpoints: string;
}

const KEPT = 100;
const Endpoints = z.array(LinkEndpoint);

export function createLinkOffers(database: Database, atomic: Atomic): LinkOffers {
  const newest = database.prepare<[number], OfferRow>(
    'SELECT at, version, endpoints FROM link_offer WHERE link_id = ? ORDER BY at DESC LIMIT 1',
  );
  const since = database.prepare<[number, number, number], OfferRow>(
    `SELECT at, version, endpoints FROM link_offer WHERE link_id = ?
     AND at >= coalesce((SELECT max(at) FROM link_offer WHERE link_id = ? AND at <= ?), 0) ORDER BY at`,
  );
  const add = database.prepare(
    'INSERT OR REPLACE INTO link_offer (link_id, at, version, endpoints) VALUES (?, ?, ?, ?)',
  );
  const drop = database.prepare(
    `DELETE FROM link_offer WHERE link_id = :linkId AND at <
     (SELECT at FROM link_offer WHERE link_id = :linkId ORDER BY at DESC LIMIT 1 OFFSET ${KEPT - 1})`,
  );
  return {
    newest(linkId) {
      const row = newest.get(linkId);
      return row && offerOf(row);
    },
    since: (linkId, at) => since.all(linkId, linkId, at).map(offerOf),
    add(linkId, { at, version, endpoints }) {
      atomic(() => {
        add.run(linkId, at, version, JSON.stringify(endpoints));
        drop.run({ linkId });
      });
    },
  };
}

function offerOf({ at, version, endpoints }: OfferRow): StoredOffer {
  return { at, version, endpoints: Endpoints.parse(JSON.parse(endpoints)) };
}
