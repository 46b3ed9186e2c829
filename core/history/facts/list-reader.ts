import type { Database } from 'better-sqlite3';
import { LINKS_NOT_SHOWN } from '../logs.ts';
import { type NumberRange, numbersOf } from '../objects/numbers.ts';
import { createTextReader, type TextPlace } from '../objects/text-blocks.ts';
import { createLinkParties } from './link-parties.ts';
import { type ObjectRead, readObject } from './object-read.ts';

/** A change that is to be followed. */
export interface ListChange {
  readonly change: number;
  /** Of this one object. */
  readonly range: NumberRange;
  readonly isGone: boolean;
  /** The object, with the texts it had since a change where those are wanted: oldest first, the newest last. */
  read(wanted: { readonly since: number; readonly earlier: boolean }): ObjectRead;
}

/** Objects in the order in which they changed: of a list of a partner's, or our own. */
export interface FollowedList {
  /** 0: our own. */
  readonly id: number;
  /** Undefined: of several. */
  readonly module: string | undefined;
  /** What stands before its first change. */
  readonly from: number;
  after(upTo: number, most: number): readonly ListChange[];
  /** About. */
  behind(upTo: number): number;
  newest(): number;
  /** Numbers of objects that vanished and are kept. */
  vanished(): readonly number[];
  /** As it is now; undefined: it is not there. */
  object(id: number): ListChange | undefined;
}

export interface ListReader {
  /** Those of links that are shown. */
  lists(): readonly FollowedList[];
  /** Numbers of all objects of a list, which may be gone. */
  numbersOf(listId: number): NumberRange;
  /** What was remembered of links may be old. */
  refresh(): void;
}

interface ObjectRow extends TextPlace {
  readonly id: number;
  readonly change: number;
  readonly version: string;
  readonly revision: number;
  readonly changedAt: number;
  readonly vanishedAt: number | null;
}

interface EarlierRow extends TextPlace {
  readonly change: number;
  readonly version: string;
  readonly revision: number;
  readonly seenAt: number;
}

interface OwnRow {
  readonly row: number;
  readonly change: number;
  readonly party: string | null;
  readonly module: string | null;
  readonly list: string | null;
  readonly version: string | null;
  readonly text: string | null;
  readonly changedAt: number | null;
}

const PLACE = 'block, place, length';
const OWN_LIST = 0;
/** Texts are read in the order in which they were packed, but for what changed since. */
const BLOCKS = 8;

/** `modules`: others are passed over. */
export function createListReader(database: Database, modules: readonly string[]): ListReader {
  const named = modules.map(module => `'${module}'`).join(', ');
  const parties = createLinkParties(database);
  const texts = createTextReader(database, BLOCKS);
  const lists = database.prepare<[], { id: number; linkId: number; module: string; list: string }>(
    `SELECT id, link_id AS linkId, module, list FROM object_list
     WHERE removed_at IS NULL AND module IN (${named}) AND link_id NOT IN (${LINKS_NOT_SHOWN}) ORDER BY id`,
  );
  const after = database.prepare<[number, number, number], ObjectRow>(
    `SELECT id, change, version, ${PLACE}, revision, changed_at AS changedAt, vanished_at AS vanishedAt FROM object
     WHERE change > ? AND change < ? ORDER BY change LIMIT ?`,
  );
  const one = database.prepare<[number], ObjectRow>(
    `SELECT id, change, version, ${PLACE}, revision, changed_at AS changedAt, vanished_at AS vanishedAt FROM object
     WHERE id = ?`,
  );
  const vanished = database
    .prepare<[number, number], number>(
      'SELECT id FROM object WHERE vanished_at IS NOT NULL AND id >= ? AND id < ? ORDER BY id',
    )
    .pluck();
  const earlier = database.prepare<[number], EarlierRow>(
    `SELECT change, version, ${PLACE}, revision, seen_at AS seenAt FROM object_revision
     WHERE object = ? ORDER BY revision DESC`,
  );
  const newest = database
    .prepare<[number, number], number | null>('SELECT max(change) FROM object WHERE change >= ? AND change < ?')
    .pluck();
  const ownAfter = database.prepare<[number, number], OwnRow>(
    `SELECT own_change.row, own_change.change, party, module, list, version, text, changed_at AS changedAt
     FROM own_change LEFT JOIN own_object ON own_object.row = own_change.row AND module IN (${named})
     WHERE own_change.change > ? ORDER BY own_change.change LIMIT ?`,
  );
  const newestOwn = database.prepare<[], number | null>('SELECT max(change) FROM own_change').pluck();
  const behindOwn = database.prepare<[number], number>('SELECT count(*) FROM own_change WHERE change > ?').pluck();

  /** Each was replaced by a later change than `since`. */
  const textsSince = (id: number, since: number): EarlierRow[] => {
    const found: EarlierRow[] = [];
    for (const row of earlier.iterate(id)) {
      if (row.change <= since) break;
      found.unshift(row);
    }
    return found;
  };

  const partnersList = ({ id, linkId, module, list }: { id: number; linkId: number; module: string; list: string }) => {
    const { from, before } = numbersOf(id);
    const where = { linkId, module, list, linkParty: () => parties.of(linkId) };
    const changeOf = (row: ObjectRow): ListChange => ({
      change: row.change,
      range: { from: row.id, before: row.id + 1 },
      isGone: false,
      read(wanted) {
        const before = wanted.earlier && row.revision > 1 ? textsSince(row.id, wanted.since) : [];
        const isVanished = row.vanishedAt !== null;
        return readObject({ ...where, objectId: row.id, isVanished }, [
          ...before.map(({ seenAt, ...one }) => ({ ...one, text: texts.text(one), changedAt: seenAt })),
          { ...row, text: texts.text(row) },
        ]);
      },
    });
    return {
      id,
      module,
      from,
      after: (upTo: number, most: number) => after.all(upTo, before, most).map(changeOf),
      vanished: () => vanished.all(from, before),
      object(id: number) {
        const row = one.get(id);
        return row && changeOf(row);
      },
      newest: () => newest.get(from, before) ?? from,
      behind: (upTo: number) => Math.max(0, (newest.get(from, before) ?? from) - upTo),
    };
  };

  const own: FollowedList = {
    id: OWN_LIST,
    module: undefined,
    from: 0,
    after: (upTo, most) =>
      ownAfter.all(upTo, most).map(({ row, change, party, module, list, version, text, changedAt }) => ({
        change,
        // Negative, so that they are told from partners' objects.
        range: { from: -row, before: -row + 1 },
        // Of another module, it left nothing anyway.
        isGone: text === null,
        read: () => {
          if (text === null || module === null) return { ok: true, objects: [] };
          const where = { linkId: null, module, list: list ?? '', linkParty: () => party ?? '' };
          return readObject({ ...where, objectId: -row, isVanished: false }, [
            { version: version ?? '', revision: change, changedAt: changedAt ?? 0, text },
          ]);
        },
      })),
    vanished: () => [],
    object: () => undefined,
    newest: () => newestOwn.get() ?? 0,
    behind: upTo => behindOwn.get(upTo) ?? 0,
  };

  return {
    lists: () => [...lists.all().map(partnersList), own],
    numbersOf,
    refresh() {
      parties.refresh();
      texts.forget();
    },
  };
}
