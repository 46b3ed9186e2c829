import type { Database } from 'better-sqlite3';
import {
  BILLS_TOGETHER,
  type BillColumns,
  type BillValues,
  billColumns,
  clearBill,
  STRETCH_BYTES,
  writeBill,
} from '../../insight/report/bill-columns.ts';

/** One row a stretch of bills, sessions and CDRs apart. */
export const STRETCH_TABLE = `
  CREATE TABLE bill_stretch (first INTEGER PRIMARY KEY, columns BLOB NOT NULL);
`;

export type BillKind = 'session' | 'cdr';

/** Numbers of bills are dense; those of sessions begin here. */
const SESSIONS_FROM = 2 ** 40;

/** Stretches kept where single bills are looked up. */
const MOST_KEPT = 100;

/** The numbers of all bills of a kind. */
export function billNumbers(kind: BillKind): { readonly from: number; readonly before: number } {
  return kind === 'cdr' ? { from: 0, before: SESSIONS_FROM } : { from: SESSIONS_FROM, before: SESSIONS_FROM * 2 };
}

/** Stretches that are written: what changes is held back until `settle`. */
export interface StretchWriting {
  put(bill: number, values: BillValues): void;
  clear(bill: number): void;
  settle(): void;
}

export function createStretchWriting(facts: Database): StretchWriting {
  const read = facts.prepare<[number], Buffer>('SELECT columns FROM bill_stretch WHERE first = ?').pluck();
  const write = facts.prepare('INSERT OR REPLACE INTO bill_stretch (first, columns) VALUES (?, ?)');
  const drop = facts.prepare('DELETE FROM bill_stretch WHERE first = ?');
  const changed = new Map<number, { readonly bytes: ArrayBuffer; readonly columns: BillColumns }>();
  const columnsAt = (first: number): BillColumns => {
    const before = changed.get(first);
    if (before !== undefined) return before.columns;
    const stored = read.get(first);
    const bytes = stored === undefined ? new ArrayBuffer(STRETCH_BYTES) : bytesOf(stored);
    const columns = billColumns(bytes);
    if (stored === undefined) for (let at = 0; at < BILLS_TOGETHER; at++) clearBill(columns, at);
    changed.set(first, { bytes, columns });
    return columns;
  };
  return {
    put(bill, values) {
      const first = firstOf(bill);
      writeBill(columnsAt(first), bill - first, values);
    },
    clear(bill) {
      const first = firstOf(bill);
      clearBill(columnsAt(first), bill - first);
    },
    settle() {
      for (const [first, { bytes, columns }] of changed) {
        if (columns.state.some(state => state !== 0)) write.run(first, Buffer.from(bytes));
        else drop.run(first);
      }
      changed.clear();
    },
  };
}

/** A stretch, and the number of the first bill in it. */
export interface Stretch {
  readonly first: number;
  readonly columns: BillColumns;
}

/** All bills of a kind. */
export function createStretchReading(facts: Database): (kind: BillKind) => Iterable<Stretch> {
  const all = facts.prepare<[number, number], { first: number; columns: Buffer }>(
    'SELECT first, columns FROM bill_stretch WHERE first >= ? AND first < ? ORDER BY first',
  );
  return function* stretches(kind) {
    const { from, before } = billNumbers(kind);
    for (const { first, columns } of all.iterate(from, before)) {
      yield { first, columns: billColumns(bytesOf(columns)) };
    }
  };
}

/** Single bills; stretches looked into last are kept, for neighbours are mostly read together. */
export function createStretchLookup(
  facts: Database,
): (bill: number) => { readonly columns: BillColumns; readonly at: number } {
  const read = facts.prepare<[number], Buffer>('SELECT columns FROM bill_stretch WHERE first = ?').pluck();
  const known = new Map<number, BillColumns>();
  return bill => {
    const first = firstOf(bill);
    const before = known.get(first);
    if (before !== undefined) return { columns: before, at: bill - first };
    const stored = read.get(first);
    if (stored === undefined) throw new Error(`there is no stretch of bill ${bill}`);
    const columns = billColumns(bytesOf(stored));
    if (known.size >= MOST_KEPT) known.clear();
    known.set(first, columns);
    return { columns, at: bill - first };
  };
}

function firstOf(bill: number): number {
  return bill - (bill % BILLS_TOGETHER);
}

/** In memory of its own, where numbers stand as they have to. */
function bytesOf(stored: Buffer): ArrayBuffer {
  const bytes = new ArrayBuffer(STRETCH_BYTES);
  new Uint8Array(bytes).set(stored);
  return bytes;
}
