import type { Database } from 'better-sqlite3';
import type { PlaceTold } from '../../insight/report/bill-told.ts';
import { isZone, zoneOfCountry } from '../../insight/tariff/zones.ts';
import { ciKey } from '../../ocpi/ci-string.ts';
import type { NumberRange } from '../objects/numbers.ts';

/**
 * Locations as charges name them, and what is known of them: told by the location itself, else by a charge that holds it.
 * A location that comes after its charges gives them its zone then. object: the number of the location.
 */
export const PLACE_TABLE = `
  CREATE TABLE place (
    id INTEGER PRIMARY KEY,
    link_id INTEGER NOT NULL,
    party TEXT NOT NULL,
    key TEXT NOT NULL,
    text TEXT NOT NULL,
    object INTEGER,
    name TEXT,
    zone TEXT,
    told_name TEXT,
    told_zone TEXT,
    told_country TEXT
  );
  CREATE UNIQUE INDEX place_key ON place (link_id, party, key);
  CREATE INDEX place_object ON place (object) WHERE object IS NOT NULL;
`;

export interface PlaceName {
  /** 0: our own. */
  readonly linkId: number;
  readonly party: string;
  /** As sent. */
  readonly location: string;
}

export interface Place {
  readonly id: number;
  readonly linkId: number;
  /** `NL-TNM`; empty where nobody knows. */
  readonly party: string;
  /** Its id as it was written first. */
  readonly text: string;
  readonly name: string | null;
  /** IANA name; null where nothing tells it. */
  readonly zone: string | null;
}

export interface Places {
  /** Its number, given now where it has none; `told` by a charge. 0 for no location. */
  number(name: { readonly [Key in keyof PlaceName]: PlaceName[Key] | undefined }, told: PlaceTold): number;
  /** By the location itself. */
  describe(name: PlaceName & { readonly objectId: number }, told: PlaceTold): void;
  /** Locations with numbers in this range are there no more. Gives how many of at most `most` those were. */
  undescribe(range: NumberRange, most: number): number;
  /** Drops those that no location and none of these charges tells of. */
  dropUnused(used: ReadonlySet<number>): void;
  all(): Place[];
}

/** As many are remembered; then all are forgotten. */
const MOST = 100_000;

interface PlaceRow extends Omit<Place, 'zone' | 'name'> {
  readonly name: string | null;
  readonly zone: string | null;
  readonly toldName: string | null;
  readonly toldZone: string | null;
  readonly toldCountry: string | null;
}

export function createPlaces(facts: Database): Places {
  const put = facts
    .prepare<[number, string, string, string, string | null, string | null, string | null], number>(
      `INSERT INTO place (link_id, party, key, text, told_name, told_zone, told_country) VALUES (?, ?, ?, ?, ?, ?, ?)
       ON CONFLICT (link_id, party, key) DO UPDATE SET told_name = coalesce(excluded.told_name, told_name),
         told_zone = coalesce(excluded.told_zone, told_zone), told_country = coalesce(excluded.told_country, told_country)
       RETURNING id`,
    )
    .pluck();
  const describe = facts.prepare(
    `INSERT INTO place (link_id, party, key, text, object, name, zone, told_country) VALUES (?, ?, ?, ?, ?, ?, ?, ?)
     ON CONFLICT (link_id, party, key) DO UPDATE SET object = excluded.object, name = excluded.name,
       zone = excluded.zone, told_country = coalesce(excluded.told_country, told_country)`,
  );
  const undescribe = facts.prepare<[number, number, number]>(
    `UPDATE place SET object = NULL, name = NULL, zone = NULL
     WHERE id IN (SELECT id FROM place WHERE object >= ? AND object < ? LIMIT ?)`,
  );
  const undescribed = facts.prepare<[], number>('SELECT id FROM place WHERE object IS NULL').pluck();
  const drop = facts.prepare('DELETE FROM place WHERE id = ?');
  const all = facts.prepare<[], PlaceRow>(
    `SELECT id, link_id AS linkId, party, text, name, zone, told_name AS toldName, told_zone AS toldZone,
       told_country AS toldCountry FROM place ORDER BY id`,
  );
  /** The number of each, and what charges told of it last: they mostly tell the same. */
  const known = new Map<string, { readonly id: number; readonly told: string }>();
  return {
    number({ linkId = 0, party = '', location }, { name, zone, country }) {
      if (location === undefined) return 0;
      const parts = [linkId, ciKey(party), ciKey(location)] as const;
      const remembered = parts.join('\n');
      const told = `${name}\n${zone}\n${country}`;
      const before = known.get(remembered);
      if (before?.told === told) return before.id;
      const usable = zone !== undefined && isZone(zone) ? zone : null;
      const id = put.get(...parts, location, name ?? null, usable, country ?? null);
      if (id === undefined) throw new Error('a place that was put has no number');
      if (known.size >= MOST) known.clear();
      known.set(remembered, { id, told });
      return id;
    },
    describe({ linkId, party, location, objectId }, { name, zone, country }) {
      const usable = zone !== undefined && isZone(zone) ? zone : null;
      const key = [linkId, ciKey(party), ciKey(location)];
      describe.run(...key, location, objectId, name ?? null, usable, country ?? null);
    },
    undescribe: ({ from, before }, most) => undescribe.run(from, before, most).changes,
    dropUnused(used) {
      for (const id of undescribed.all()) if (!used.has(id)) drop.run(id);
      known.clear();
    },
    all: () =>
      all.all().map(({ id, linkId, party, text, ...row }) => ({
        ...{ id, linkId, party: party.toUpperCase(), text, name: row.name ?? row.toldName },
        zone: row.toldZone ?? row.zone ?? (row.toldCountry === null ? null : (zoneOfCountry(row.toldCountry) ?? null)),
      })),
  };
}
