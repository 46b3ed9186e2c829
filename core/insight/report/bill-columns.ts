/** Bills that are kept together. */
export const BILLS_TOGETHER = 1024;

/** What is measured; NaN where it is not told. Moments in milliseconds since the epoch, times in hours. */
const MEASURES = ['start', 'end', 'kwh', 'hours', 'idle', 'before', 'after'] as const;
/** Numbers of names and places, 0 where there is none; `link` is that of the table, 0 for our own. */
const NAMES = ['link', 'party', 'place', 'evse', 'token', 'tariff', 'currency', 'session', 'state'] as const;

type Measure = (typeof MEASURES)[number];
type Name = (typeof NAMES)[number];

/** One value of each bill of a stretch after the other, so that a million of them are counted in no time. */
export type BillColumns = { readonly [M in Measure]: Float64Array } & { readonly [N in Name]: Uint32Array };

/** One bill, as it stands in columns. */
export type BillValues = { readonly [Column in Measure | Name]: number };

const MEASURE_BYTES = BILLS_TOGETHER * Float64Array.BYTES_PER_ELEMENT;
const NAME_BYTES = BILLS_TOGETHER * Uint32Array.BYTES_PER_ELEMENT;

export const STRETCH_BYTES = MEASURES.length * MEASURE_BYTES + NAMES.length * NAME_BYTES;

/** What stands in `state`; 0 is no bill at all. */
export const BILL_STATE = {
  /** A CDR, or a session that is over. */
  charge: 1,
  /** A CDR that takes another one back. */
  credit: 2,
  /** A session that is no charge yet, or never became one. */
  none: 3,
  /** A session that goes on, or has a status nobody knows. */
  going: 4,
} as const;

/** `bytes`: STRETCH_BYTES of them, which are written to where the columns are. */
export function billColumns(bytes: ArrayBuffer): BillColumns {
  const measures = MEASURES.map((name, at) => [name, new Float64Array(bytes, at * MEASURE_BYTES, BILLS_TOGETHER)]);
  const begin = MEASURES.length * MEASURE_BYTES;
  const names = NAMES.map((name, at) => [name, new Uint32Array(bytes, begin + at * NAME_BYTES, BILLS_TOGETHER)]);
  return Object.fromEntries([...measures, ...names]) as BillColumns;
}

export function writeBill(columns: BillColumns, at: number, values: BillValues): void {
  for (const name of MEASURES) columns[name][at] = values[name];
  for (const name of NAMES) columns[name][at] = values[name];
}

/** Leaves nothing where it stood. */
export function clearBill(columns: BillColumns, at: number): void {
  for (const name of MEASURES) columns[name][at] = Number.NaN;
  for (const name of NAMES) columns[name][at] = 0;
}

/** A value that is always there: the columns are as long as stretches are. */
export function valueAt(column: Float64Array | Uint32Array, at: number): number {
  return column[at] ?? 0;
}
