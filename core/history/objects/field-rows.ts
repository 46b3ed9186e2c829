import type { Database } from 'better-sqlite3';
import { numbersFromText } from './stored-row.ts';

/** Objects of one row. Their ids divided by this give the row's span, the remainder the bit. */
const SPAN = 32;

/** An object, and the numbers of its values as text, with commas. */
export type ObjectValues = readonly [object: number, values: string];

/**
 * Which objects have which values, 32 objects to a row: neighbours share most values, so there are a fifth of the rows,
 * and what several values have in common is found by comparing bits. Used inside transactions only.
 */
export interface FieldRows {
  add(rows: readonly FieldRow[]): void;
  remove(rows: readonly FieldRow[]): void;
}

/** Rows of one statement: most of what a single row costs is calling for it. */
const ROWS = 16;

export function createFieldRows(database: Database): FieldRows {
  const adding = (rows: number) =>
    database.prepare(
      `INSERT INTO object_field (value, span, bits) VALUES ${Array(rows).fill('(?, ?, ?)').join(', ')}
       ON CONFLICT DO UPDATE SET bits = bits | excluded.bits`,
    );
  const addMany = adding(ROWS);
  const addOne = adding(1);
  const remove = database.prepare('UPDATE object_field SET bits = bits & ~? WHERE value = ? AND span = ?');
  return {
    add(rows) {
      let at = 0;
      for (; at + ROWS <= rows.length; at += ROWS) addMany.run(rows.slice(at, at + ROWS).flat());
      for (; at < rows.length; at++) addOne.run(rows[at]);
    },
    remove(rows) {
      for (const [value, span, bits] of rows) remove.run(bits, value, span);
    },
  };
}

export type FieldRow = readonly [value: number, span: number, bits: number];

/** Rows for objects that come ascending; in the order of the table, so that each page of it is touched once. */
export function fieldRows(objects: readonly ObjectValues[]): FieldRow[] {
  const byValue = new Map<number, { span: number; bits: number }[]>();
  for (const [object, values] of objects) {
    const span = spanOf(object);
    const bit = 1 << (object % SPAN);
    for (const value of numbersFromText(values)) {
      const spans = byValue.get(value);
      const last = spans?.at(-1);
      if (last?.span === span) last.bits |= bit;
      else if (spans) spans.push({ span, bits: bit });
      else byValue.set(value, [{ span, bits: bit }]);
    }
  }
  const values = [...byValue.keys()].sort((left, right) => left - right);
  return values.flatMap(value =>
    (byValue.get(value) ?? []).map(({ span, bits }): FieldRow => [value, span, bits >>> 0]),
  );
}

/** The span that an object belongs to. */
export function spanOf(object: number): number {
  return Math.floor(object / SPAN);
}

/** Ids of the objects whose bits are set, ascending. */
export function objectsOf(span: number, bits: number): number[] {
  const ids: number[] = [];
  for (let bit = 0; bit < SPAN; bit++) if ((bits >>> bit) & 1) ids.push(span * SPAN + bit);
  return ids;
}
