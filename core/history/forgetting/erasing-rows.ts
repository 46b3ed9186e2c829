import type { Database } from 'better-sqlite3';
import type { Erasing } from './erasing.ts';
import { asBytes, asText } from './forgotten-value.ts';

export type Row = Readonly<Record<string, unknown>>;

/** A table of which texts are erased. */
export interface TextTable {
  readonly name: string;
  /** Those that hold text. */
  readonly columns: readonly string[];
  /** By which a row is found: its number, or in a table without them its key. */
  readonly key: readonly string[];
}

/** What has to be done to a row besides replacing texts in it. */
export interface Beside {
  /** Read as well. */
  readonly columns: readonly string[];
  /** Looks at a row in peace; undefined: there is nothing to do. */
  look(row: Row): WriteBeside | undefined;
  /** Of one column in another way; undefined: it is not met there. */
  readonly texts?: Readonly<Record<string, (text: string) => string | undefined>>;
}

/** Inside of a transaction: what else is to be set in the row as it is by then, its texts already replaced. */
export type WriteBeside = (row: Row) => Row;

const NUMBER = 'rowid';
const ROWS = 200;

/** Every table that holds text, but for those named. */
export function textTables(database: Database, except: readonly string[]): TextTable[] {
  const tables = database.pragma('main.table_list') as { name: string; type: string; wr: number }[];
  return tables.flatMap(({ name, type, wr }) => {
    if (type !== 'table' || name.startsWith('sqlite_') || except.includes(name)) return [];
    const all = database.pragma(`table_info("${name}")`) as { name: string; type: string; pk: number }[];
    const columns = all.filter(column => column.type === 'TEXT').map(column => column.name);
    const key = wr === 1 ? all.filter(({ pk }) => pk > 0).map(column => column.name) : [NUMBER];
    return columns.length === 0 ? [] : [{ name, columns, key }];
  });
}

export interface RowErasing {
  /** All rows above a number, in their order; `seen` hears of each. */
  after(number: number, seen?: (row: Row) => void): Promise<void>;
  /** Rows by their numbers. */
  these(numbers: readonly number[]): Promise<void>;
}

/** Replaces a value in the rows of a table: reads some, and writes those in which it is met one after the other. */
export function createRowErasing(
  { database, value, pace, dry, tally, progress }: Erasing,
  table: TextTable,
  beside?: Beside,
): RowErasing {
  const { name, columns, key } = table;
  const read = [...new Set([...columns, ...(beside?.columns ?? [])])].map(column => `"${column}"`).join(', ');
  const keys = key.map((column, at) => `${column === NUMBER ? column : `"${column}"`} AS key${at}`).join(', ');
  const found = key.map(column => `${column === NUMBER ? column : `"${column}"`} = ?`).join(' AND ');
  const one = database.prepare<unknown[], Row>(`SELECT ${keys}, ${read} FROM "${name}" WHERE ${found}`);
  const numbered = key[0] === NUMBER;
  const all = () => database.prepare<[], Row>(`SELECT ${keys}, ${read} FROM "${name}"`).all();
  const next = numbered
    ? database.prepare<[number], Row>(
        `SELECT ${keys}, ${read} FROM "${name}" WHERE rowid > ? ORDER BY rowid LIMIT ${ROWS}`,
      )
    : undefined;
  const newest = numbered ? database.prepare<[], number | null>(`SELECT max(rowid) FROM "${name}"`).pluck() : undefined;

  const replacedIn = (row: Row): Record<string, unknown> => {
    const changed: Record<string, unknown> = {};
    for (const column of columns) {
      const text = row[column];
      if (typeof text !== 'string') continue;
      const special = beside?.texts?.[column];
      const instead = special === undefined ? replacedText(text) : special(text);
      if (instead !== undefined) changed[column] = instead;
    }
    return changed;
  };
  const replacedText = (text: string): string | undefined => {
    const replaced = value.replaced(asBytes(text));
    return replaced && asText(replaced.text);
  };
  const keyOf = (row: Row) => key.map((_, at) => row[`key${at}`]);

  const write = (row: Row, writeBeside: WriteBeside | undefined): number =>
    pace.transact(() => {
      // As it is by now.
      const now = one.get(...keyOf(row));
      if (now === undefined) return 0;
      const texts = replacedIn(now);
      const set = { ...texts, ...writeBeside?.({ ...now, ...texts }) };
      const names = Object.keys(set);
      if (names.length === 0) return 0;
      const assigned = names.map(column => `"${column}" = ?`).join(', ');
      database.prepare(`UPDATE "${name}" SET ${assigned} WHERE ${found}`).run(...Object.values(set), ...keyOf(now));
      return Object.keys(texts).length;
    });

  const eraseIn = async (rows: readonly Row[]): Promise<void> => {
    for (const row of rows) {
      const texts = Object.keys(replacedIn(row));
      const writeBeside = beside?.look(row);
      if (texts.length === 0 && writeBeside === undefined) continue;
      for (const column of texts) tally.add(placeOf(name, column), 1);
      if (!dry) write(row, writeBeside);
      await pace.rest();
    }
  };

  return {
    async after(number, seen) {
      if (next === undefined) {
        await eraseIn(all());
        return;
      }
      const total = newest?.get() ?? 0;
      for (let at = number; ; ) {
        const rows = next.all(at);
        progress({ doing: `erasing in ${name}`, done: at, total });
        await eraseIn(rows);
        for (const row of rows) seen?.(row);
        at = Number(rows.at(-1)?.['key0'] ?? at);
        if (rows.length < ROWS) return;
        await pace.rest();
      }
    },
    these: numbers => eraseIn(numbers.map(number => one.get(number)).filter(row => row !== undefined)),
  };
}

/** What tables and columns are to people; others are named as they are. */
const PLACES: Readonly<Record<string, string>> = {
  'exchange.url': 'URLs of exchanges',
  'exchange.request_headers': 'headers of exchanges',
  'exchange.response_headers': 'headers of exchanges',
  'exchange.ended_details': 'how exchanges ended',
  'exchange.request_id': 'ids of requests',
  'exchange.correlation_id': 'ids of requests',
  'exchange.findings': 'findings of exchanges',
  exchange_note: 'notes',
  exchange_fault: 'what faults did to exchanges',
  fault_rule: 'fault rules',
  fault_memory: 'what fault rules remember',
  imported_log: 'imported session logs',
  imported_log_link: 'imported session logs',
  link: 'links',
  link_offer: 'earlier versions and endpoints of links',
  notice: 'notices',
  'object.findings': 'findings of objects',
  object: 'keys of objects',
  object_value: 'indexed values of objects',
  own_object: 'own objects',
  replay: 'replays',
  replay_step: 'steps of replays',
  run: 'runs',
  scenario: 'scenarios',
  setting: 'settings',
};

function placeOf(table: string, column: string): string {
  return PLACES[`${table}.${column}`] ?? PLACES[table] ?? `${table}.${column}`;
}
