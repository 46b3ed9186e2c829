import Database from 'better-sqlite3';
import type { OwnListName, OwnModuleName } from '../../contract/own.ts';
import { ciKey } from '../../ocpi/ci-string.ts';
import { createObservedRows, type ObservedRow } from '../insight/observed-rows.ts';
import { LINKS_NOT_SHOWN } from '../logs.ts';
import { createLists, type ListRow } from '../objects/lists.ts';
import { numbersOf } from '../objects/numbers.ts';
import { keysOfId } from '../objects/object-key.ts';
import { createTextReader, type TextPlace } from '../objects/text-blocks.ts';
import { createCreditReferences } from './credit-references.ts';

/** An object that somebody told us of, or that is ours, as it was written. */
export interface BookEntry {
  readonly module: OwnModuleName;
  /** Null: our own data. */
  readonly linkId: number | null;
  readonly link: string | null;
  /** `NL-TNM`, in small letters; empty where the object does not say. */
  readonly party: string;
  readonly version: string;
  readonly text: string;
  /** Milliseconds since the epoch: since when it is known in this text. */
  readonly changedAt: number;
  /** By which `earlier` finds it; null for our own data, of which only what is now is known. */
  readonly object: number | null;
}

export interface BookName {
  readonly module: OwnModuleName;
  readonly list?: OwnListName | undefined;
  /** Compared without regard to case. */
  readonly id: string;
  /** `NL-TNM`; absent: whoever's. */
  readonly party?: string | undefined;
  /** Whose: of a link by its id, our own, or everybody's. */
  readonly of?: number | 'own' | undefined;
}

/** What is known of an object before its text is read. */
export interface Glimpse {
  /** Without regard to case: in small letters. */
  readonly id: string;
  readonly version: string;
  readonly bytes: () => Uint8Array;
}

/**
 * Everything bills are worked out of, but what belongs to logs on their way in or out; on a connection for reading. All of it throws
 * what SQLite throws.
 */
export interface Books {
  /** Partners' first, those seen last before others. */
  named(name: BookName): BookEntry[];
  /** Earlier texts of a partner's object, newest first. */
  earlier(object: number): readonly { readonly text: string; readonly changedAt: number }[];
  /** CDRs that take back the one with this id: of a link, our own, or everybody's. */
  creditsOf(id: string, of: number | 'own' | undefined): BookEntry[];
  /**
   * All of a module, of every link and our own. `has` tells by what costs little whether an object is wanted at all; for one that is
   * not there comes undefined, so that whoever goes through many can give others their turn.
   */
  all(module: OwnModuleName, list?: OwnListName, has?: (glimpse: Glimpse) => boolean): Generator<BookEntry | undefined>;
  /** Exchanges of some operations in one version, oldest first; the same ones each time it is asked. */
  exchanges(operations: readonly string[], version: string): Generator<ObservedRow>;
  close(): void;
}

interface Row extends TextPlace {
  readonly id: number;
  readonly key: string;
  readonly version: string;
  readonly changedAt: number;
}

interface OwnRow {
  readonly row: number;
  readonly party: string;
  readonly key: string;
  readonly version: string;
  readonly text: string;
  readonly changedAt: number;
}

const PATIENCE = 1000;
const CACHE_KIB = 4 * 1024;
const AT_ONCE = 500;
const EXCHANGES_AT_ONCE = 64;
const COLUMNS = 'id, key, version, changed_at AS changedAt, block, place, length';
const OWN_COLUMNS = 'row, party, key, version, text, changed_at AS changedAt';

export function openBooks(file: string): Books {
  const database = new Database(file, { readonly: true, timeout: PATIENCE, fileMustExist: true });
  database.pragma(`cache_size = -${CACHE_KIB}`);
  const lists = createLists(database);
  const texts = createTextReader(database);
  const observed = createObservedRows(database);
  const references = createCreditReferences(database);
  const notShown = database.prepare<[], number>(LINKS_NOT_SHOWN).pluck();
  const linkName = database.prepare<[number], string>('SELECT name FROM link WHERE id = ?').pluck();
  const byKey = database.prepare<[number, string, string], Row>(
    `SELECT ${COLUMNS} FROM object WHERE list_id = ? AND key >= ? AND key < ?
     ORDER BY vanished_at IS NOT NULL, seen_at DESC, id`,
  );
  const inRange = database.prepare<[number, number, number], Row>(
    `SELECT ${COLUMNS} FROM object WHERE id > ? AND id < ? ORDER BY id LIMIT ?`,
  );
  const revisions = database.prepare<[number], TextPlace & { readonly changedAt: number }>(
    `SELECT block, place, length, seen_at AS changedAt FROM object_revision WHERE object = ? ORDER BY revision DESC`,
  );
  const byIds = database.prepare<[string], Row>(
    `SELECT ${COLUMNS} FROM object WHERE id IN (SELECT value FROM json_each(?)) ORDER BY id`,
  );
  const ownByRows = database.prepare<[string], OwnRow>(
    `SELECT ${OWN_COLUMNS} FROM own_object WHERE row IN (SELECT value FROM json_each(?)) ORDER BY row`,
  );
  const ownByKey = database.prepare<[string, string, string], OwnRow>(
    `SELECT ${OWN_COLUMNS} FROM own_object WHERE module = ? AND key = ? AND list = ? ORDER BY row`,
  );
  const ownAll = database.prepare<[string, string, number, number], OwnRow>(
    `SELECT ${OWN_COLUMNS} FROM own_object WHERE module = ? AND list = ? AND row > ? ORDER BY row LIMIT ?`,
  );
  const newest = database.prepare<[], number | null>('SELECT max(id) FROM exchange').pluck();
  const ofOperations = database
    .prepare<[number, number, string, string], number>(
      `SELECT id FROM exchange WHERE id > ? AND id <= ? AND version = ?
       AND operation IN (SELECT value FROM json_each(?)) ORDER BY id`,
    )
    .pluck();
  /** An exchange stays what it is: only those that came since are looked through. */
  const known = { upTo: 0, ids: [] as number[] };

  const entryOf = (row: Row, { linkId, module }: ListRow): BookEntry => ({
    module,
    linkId,
    link: linkName.get(linkId) ?? null,
    party: row.key.split('\n')[1] ?? '',
    version: row.version,
    text: texts.text(row),
    changedAt: row.changedAt,
    object: row.id,
  });
  const ownEntryOf = (module: OwnModuleName, { party, version, text, changedAt }: OwnRow): BookEntry => ({
    ...{ module, linkId: null, link: null, party: ciKey(party), version, text, changedAt, object: null },
  });
  function* rowsOf({ id }: ListRow): Generator<Row> {
    const { from, before } = numbersOf(id);
    let last = from - 1;
    for (;;) {
      const rows = inRange.all(last, before, AT_ONCE);
      yield* rows;
      if (rows.length < AT_ONCE) return;
      last = rows.at(-1)?.id ?? before;
    }
  }
  function* ownRowsOf(module: OwnModuleName, list: string): Generator<OwnRow> {
    let last = 0;
    for (;;) {
      const rows = ownAll.all(module, list, last, AT_ONCE);
      yield* rows;
      if (rows.length < AT_ONCE) return;
      last = rows.at(-1)?.row ?? last;
    }
  }
  const listsOf = (module: OwnModuleName, list: string) => {
    const hidden = new Set(notShown.all());
    return lists.all().filter(one => one.module === module && one.list === list && !hidden.has(one.linkId));
  };

  return {
    named({ module, list = '', id, party, of }) {
      const wanted = party === undefined ? undefined : ciKey(party);
      const fits = (owner: string) => wanted === undefined || owner === '' || owner === wanted;
      const theirs =
        of === 'own' ? [] : listsOf(module, list).filter(({ linkId }) => of === undefined || linkId === of);
      const found = theirs.flatMap(one => byKey.all(one.id, ...keysOfId(id)).map(row => entryOf(row, one)));
      const ours =
        of === undefined || of === 'own'
          ? ownByKey.all(module, ciKey(id), list).map(row => ownEntryOf(module, row))
          : [];
      return [...found, ...ours].filter(entry => fits(entry.party));
    },
    earlier: object => revisions.all(object).map(row => ({ text: texts.text(row), changedAt: row.changedAt })),
    creditsOf(id, of) {
      const lists = of === 'own' ? [] : listsOf('cdrs', '').filter(({ linkId }) => of === undefined || linkId === of);
      const theirs = lists.flatMap(list => {
        const ids = references.inList(list, id);
        return ids.length === 0 ? [] : byIds.all(JSON.stringify(ids)).map(row => entryOf(row, list));
      });
      const rows = of === undefined || of === 'own' ? references.own(id) : [];
      if (rows.length === 0) return theirs;
      return [...theirs, ...ownByRows.all(JSON.stringify(rows)).map(row => ownEntryOf('cdrs', row))];
    },
    *all(module, list, has = () => true) {
      for (const one of listsOf(module, list ?? '')) {
        for (const row of rowsOf(one)) {
          const [id = ''] = row.key.split('\n');
          yield has({ id, version: row.version, bytes: () => texts.bytes(row) }) ? entryOf(row, one) : undefined;
        }
      }
      for (const row of ownRowsOf(module, list ?? '')) {
        const { key: id, version, text } = row;
        yield has({ id, version, bytes: () => Buffer.from(text) }) ? ownEntryOf(module, row) : undefined;
      }
    },
    *exchanges(operations, version) {
      const upTo = newest.get() ?? 0;
      // Where the newest were deleted, ids may come again.
      if (upTo < known.upTo) Object.assign(known, { upTo: 0, ids: [] });
      known.ids.push(...ofOperations.all(known.upTo, upTo, version, JSON.stringify(operations)));
      known.upTo = upTo;
      const hidden = new Set(notShown.all());
      for (let at = 0; at < known.ids.length; at += EXCHANGES_AT_ONCE) {
        for (const row of observed.of(known.ids.slice(at, at + EXCHANGES_AT_ONCE))) {
          if (!hidden.has(row.observed.linkId ?? 0)) yield row;
        }
      }
    },
    close: () => void database.close(),
  };
}
