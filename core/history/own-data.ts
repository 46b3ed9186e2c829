import type { Database } from 'better-sqlite3';
import type { Clock } from '../clock.ts';
import type { OwnListName, OwnModuleName } from '../contract/own.ts';
import { ciKey } from '../ocpi/ci-string.ts';
import type { Version } from '../ocpi/versions.ts';
import type { Atomic } from './atomic.ts';
import { createOwnOrder, type OrderPlace, type OwnOrder } from './own-order.ts';

/** An object as it is to be served. */
export interface NewOwnObject {
  /** `NL-WBX`. */
  readonly party: string;
  readonly module: OwnModuleName;
  /** Which of the module's lists; absent or empty: the one at its endpoint itself. */
  readonly list?: OwnListName | '';
  readonly id: string;
  /** Of a token; role of a party behind a hub; empty for everything else. */
  readonly type: string;
  /** The version `text` is written in. */
  readonly version: Version;
  readonly text: string;
  /** Milliseconds since the epoch; now, where the object has none. */
  readonly lastUpdated?: number;
}

export interface KeptOwnObject extends Omit<Required<NewOwnObject>, 'type'> {
  readonly row: number;
  /** When it was written here. */
  readonly changedAt: number;
}

export interface OwnObjectsOf {
  readonly parties: readonly string[];
  readonly module: OwnModuleName;
  readonly list?: OwnListName | '' | undefined;
}

export interface OwnPageQuery extends OwnObjectsOf {
  /** Milliseconds since the epoch, inclusive and exclusive. */
  readonly from?: number;
  readonly to?: number;
  readonly offset: number;
  readonly limit: number;
}

export interface OwnBeginning extends OwnObjectsOf {
  /** Compared without regard to case. */
  readonly begins: string;
  readonly offset: number;
  readonly limit: number;
}

export interface OwnKey extends OwnObjectsOf {
  /** Compared without regard to case. */
  readonly id: string;
  /** Of a token; absent: whichever there is. */
  readonly type?: string;
}

/** What parties of ours own. Changes throw what SQLite throws, and belong to a transaction where there is one. */
export interface OwnStore {
  put(objects: readonly NewOwnObject[]): {
    readonly added: number;
    readonly changed: number;
    readonly unchanged: number;
  };
  /** How many there were. */
  remove(key: OwnKey): number;
  get(key: OwnKey): KeptOwnObject | undefined;
  /** Ids that begin so, by id; of more than a thousand the first thousand. */
  beginning(query: OwnBeginning): { readonly total: number; readonly objects: readonly KeptOwnObject[] };
  /** By (last_updated, row); a page at any offset costs only itself. */
  page(query: OwnPageQuery): { readonly total: number; readonly objects: readonly KeptOwnObject[] };
  /** A transaction was rolled back: what is kept in memory is read anew. */
  reload(): void;
}

export interface OwnStoreOptions {
  readonly clock: Clock;
  readonly atomic: Atomic;
  readonly changed: () => void;
}

const COLUMNS = 'row, party, module, list, id, version, text, last_updated AS lastUpdated, changed_at AS changedAt';
/** So many changes at once are cheaper to read anew than to put into their places. */
const FEW = 100;
/** What is looked for by its beginning is looked for further: nobody leafs through more. */
const MOST_BEGINNING = 1000;

export function createOwnStore(database: Database, { clock, atomic, changed }: OwnStoreOptions): OwnStore {
  const inOrder = database.prepare<[string, string, string], OrderPlace>(
    `SELECT last_updated AS lastUpdated, row FROM own_object
     WHERE module = ? AND list = ? AND party IN (SELECT value FROM json_each(?)) ORDER BY last_updated, row`,
  );
  const byRows = database.prepare<[string], KeptOwnObject>(
    `SELECT ${COLUMNS} FROM own_object WHERE row IN (SELECT value FROM json_each(?))`,
  );
  const byKey = database.prepare<[string, string, string, string], KeptOwnObject & { readonly type: string }>(
    `SELECT ${COLUMNS}, type FROM own_object
     WHERE module = ? AND key = ? AND list = ? AND party IN (SELECT value FROM json_each(?)) ORDER BY row`,
  );
  const byBeginning = database.prepare<[string, string, string, string, string, number], { readonly row: number }>(
    `SELECT row FROM own_object
     WHERE module = ? AND list = ? AND key >= ? AND key < ? AND party IN (SELECT value FROM json_each(?))
     ORDER BY key, party, type LIMIT ?`,
  );
  const insert = database.prepare(
    `INSERT INTO own_object (party, module, list, key, type, id, version, text, last_updated, changed_at)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
  );
  const update = database.prepare(
    'UPDATE own_object SET id = ?, version = ?, text = ?, last_updated = ?, changed_at = ? WHERE row = ?',
  );
  const drop = database.prepare('DELETE FROM own_object WHERE row = ?');

  const orders = new Map<string, OwnOrder & OwnObjectsOf>();
  const orderOf = ({ module, list = '', parties }: OwnObjectsOf) => {
    const written = JSON.stringify([...parties].sort());
    const key = `${module} ${list} ${written}`;
    const known = orders.get(key);
    if (known !== undefined) return known;
    const made = { ...createOwnOrder(inOrder.iterate(module, list, written)), module, list, parties };
    orders.set(key, made);
    return made;
  };
  const ordersWith = ({ party, module, list = '' }: Pick<NewOwnObject, 'party' | 'module' | 'list'>) =>
    [...orders.values()].filter(
      order => order.module === module && order.list === list && order.parties.includes(party),
    );

  const found = ({ module, list = '', id, parties, type }: OwnKey) =>
    byKey
      .all(module, ciKey(id), list, JSON.stringify(parties))
      .filter(kept => type === undefined || ciKey(kept.type) === ciKey(type));

  /** In the order of the rows. */
  const read = (rows: readonly number[]): KeptOwnObject[] => {
    const kept = new Map(rows.length === 0 ? [] : byRows.all(JSON.stringify(rows)).map(object => [object.row, object]));
    return rows.flatMap(row => kept.get(row) ?? []);
  };

  const putOne = (object: NewOwnObject, follow: boolean): 'added' | 'changed' | 'unchanged' => {
    const { party, module, list = '', id, type, version, text } = object;
    const now = clock.now();
    const [before] = found({ parties: [party], module, list, id, type });
    if (before?.text === text && before.version === version) return 'unchanged';
    const lastUpdated = object.lastUpdated ?? Math.trunc(now);
    const following = follow ? ordersWith(object) : [];
    if (before === undefined) {
      const { lastInsertRowid } = insert.run(party, module, list, ciKey(id), type, id, version, text, lastUpdated, now);
      for (const order of following) order.add({ lastUpdated, row: Number(lastInsertRowid) });
      return 'added';
    }
    update.run(id, version, text, lastUpdated, now, before.row);
    for (const order of following) {
      order.remove(before);
      order.add({ lastUpdated, row: before.row });
    }
    return 'changed';
  };

  return {
    put: objects =>
      atomic(() => {
        const follow = objects.length <= FEW;
        if (!follow) orders.clear();
        const counts = { added: 0, changed: 0, unchanged: 0 };
        for (const object of objects) counts[putOne(object, follow)]++;
        if (counts.added + counts.changed > 0) changed();
        return counts;
      }),
    remove: key =>
      atomic(() => {
        const gone = found(key);
        for (const { row, lastUpdated, ...object } of gone) {
          drop.run(row);
          for (const order of ordersWith(object)) order.remove({ lastUpdated, row });
        }
        if (gone.length > 0) changed();
        return gone.length;
      }),
    get: key => found(key)[0],
    beginning({ module, list = '', parties, begins, offset, limit }) {
      const key = ciKey(begins);
      const before = `${key}\u{10ffff}`;
      const found = byBeginning.all(module, list, key, before, JSON.stringify(parties), MOST_BEGINNING);
      return { total: found.length, objects: read(found.slice(offset, offset + limit).map(({ row }) => row)) };
    },
    page({ offset, limit, from, to, ...of }) {
      const order = orderOf(of);
      const { first, end } = order.range({ ...(from !== undefined && { from }), ...(to !== undefined && { to }) });
      const begin = Math.min(first + offset, end);
      const rows = order.rows(begin, Math.min(begin + limit, end));
      return { total: end - first, objects: read(rows) };
    },
    reload: () => orders.clear(),
  };
}
