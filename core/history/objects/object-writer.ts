import type { Database } from 'better-sqlite3';
import { DETECTOR_VERSION } from '../../ocpi/findings.ts';
import type { Version } from '../../ocpi/versions.ts';
import { createFieldRows, fieldRows } from './field-rows.ts';
import { createFieldValues } from './field-values.ts';
import type { Judged, NewText } from './item-judging.ts';
import { createNewObjects, type OwnColumns } from './new-objects.ts';
import { numbersOf } from './numbers.ts';
import { createStoredRows, type Outcome, type StoredObjectFacts } from './stored-row.ts';
import { type PackedBlock, packBlock, type TextPlace } from './text-blocks.ts';

/** One piece of a page, with its new texts packed: what one transaction writes. */
export interface Piece {
  readonly objects: readonly Judged[];
  readonly blocks: readonly PackedBlock[];
}

/** Bytes of text from which on a block is full: a larger one packs little better, and has to be unpacked for each object. */
const FULL_BLOCK = 96 * 1024;

/** Packs outside the transaction, so that it stays short. */
export function pieceOf(objects: readonly Judged[]): Piece {
  const blocks: PackedBlock[] = [];
  let texts: Uint8Array[] = [];
  let bytes = 0;
  const pack = () => {
    if (texts.length > 0) blocks.push(packBlock(texts));
    texts = [];
    bytes = 0;
  };
  for (const { text } of objects) {
    if (!text) continue;
    texts.push(text.bytes);
    bytes += text.bytes.length;
    if (bytes >= FULL_BLOCK) pack();
  }
  pack();
  return { objects, blocks };
}

/** What the objects of a piece have in common. */
export interface Seen {
  readonly listId: number;
  /** Names of the indexed fields. */
  readonly fields: readonly string[];
  readonly version: Version;
  readonly runId: number;
  readonly page: number;
  /** Milliseconds since the epoch. */
  readonly at: number;
}

/** One object of a piece, in its order: its number, and where its text stands, if it is another one now. */
export interface WrittenObject {
  readonly id: number;
  readonly text?: TextPlace;
}

export interface ObjectWriter {
  /** Inside a transaction. The values of new objects are left to be indexed many at a time (field-index.ts). */
  write(piece: Piece, seen: Seen): readonly WrittenObject[];
  /** The number given to an object of a list last. */
  newest(listId: number): number;
  /** After a rollback what was remembered is wrong. */
  forget(): void;
}

/** The numbers given out last. */
interface Numbers {
  object: number;
  block: number;
  change: number;
}

export function createObjectWriter(database: Database): ObjectWriter {
  const rows = createStoredRows(database);
  const values = createFieldValues(database);
  const fields = createFieldRows(database);
  const addBlock = database.prepare('INSERT INTO object_block (id, content) VALUES (?, ?)');
  const add = createNewObjects(database);
  const keepRevision = database.prepare(
    `INSERT INTO object_revision (change, object, revision, version, block, place, length, seen_at, replaced_at)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`,
  );
  const change = database.prepare(
    `UPDATE object SET version = ?, hash = ?, block = ?, place = ?, length = ?, last_updated = ?, revision = ?, change = ?,
       changed_at = ?, detector = ?, field_values = ?, findings = ? WHERE id = ?`,
  );
  const touch = database.prepare(
    `UPDATE object SET seen_at = ?, seen_run = ?, seen_page = ?, outcome = ?, vanished_at = NULL
     WHERE id BETWEEN ? AND ?`,
  );
  const greatest = (table: string, column: string) =>
    database
      .prepare<[number, number], number | null>(
        `SELECT max(${column}) FROM ${table} WHERE ${column} >= ? AND ${column} < ?`,
      )
      .pluck();
  const greatestObject = greatest('object', 'id');
  const greatestBlock = greatest('object_block', 'id');
  const greatestChange = greatest('object', 'change');

  /** Looked up in each transaction: two threads write objects, though never those of one list at the same time. */
  const numbersFor = (listId: number): Numbers => {
    const { from, before } = numbersOf(listId);
    return {
      object: greatestObject.get(from, before) ?? from,
      block: greatestBlock.get(from, before) ?? from,
      change: greatestChange.get(from, before) ?? from,
    };
  };

  return {
    write({ objects, blocks }, seen) {
      const { listId, fields: names, version, runId, page, at } = seen;
      const list = { id: listId, fields: names };
      const next = numbersFor(listId);
      const met: (readonly [id: number, outcome: Outcome])[] = [];
      const packed = blocks.values();
      const added: OwnColumns[] = [];
      const written: WrittenObject[] = [];
      let places: readonly number[] = [];
      let taken = 0;
      let place = 0;
      /** The texts come in the order in which they were packed. */
      const nextPlace = () => {
        if (taken === places.length) {
          const block = packed.next().value;
          if (!block) throw new Error('a text was not packed');
          addBlock.run(++next.block, block.content);
          places = block.places;
          taken = 0;
        }
        place = places[taken++] as number;
      };

      const insert = (key: string, text: NewText, outcome: number) => {
        const fieldValues = values.numbers(list, text.values);
        const id = ++next.object;
        const where = [next.block, place, text.bytes.length] as const;
        const told = [text.lastUpdated, ++next.change, outcome, fieldValues.join(','), text.findings] as const;
        added.push([id, key, text.hash, ...where, ...told]);
        return id;
      };

      const update = (stored: StoredObjectFacts, text: NewText, differs: boolean) => {
        const fieldValues = values.numbers(list, text.values).join(',');
        const { id } = stored;
        const before = rows.changing(id);
        const { revision, changedAt } = before;
        const now = differs ? ++next.change : before.change;
        if (differs) {
          const where = [before.block, before.place, before.length];
          keepRevision.run(now, id, revision, stored.version, ...where, changedAt, at);
        }
        const where = [next.block, place, text.bytes.length, text.lastUpdated];
        const what = [differs ? revision + 1 : revision, now, differs ? at : changedAt, DETECTOR_VERSION];
        change.run(version, text.hash, ...where, ...what, fieldValues, text.findings, id);
        if (fieldValues === before.fieldValues) return;
        fields.remove(fieldRows([[id, before.fieldValues]]));
        fields.add(fieldRows([[id, fieldValues]]));
      };

      for (const { key, stored, text, outcome, again, differs } of objects) {
        if (text) nextPlace();
        if (stored) {
          if (text) update(stored, text, differs);
          if (!again) met.push([stored.id, outcome]);
        }
        const id = stored?.id ?? (text ? insert(key, text, outcome) : undefined);
        if (id === undefined) throw new Error(`${key} is new, and has no text`);
        written.push(text ? { id, text: { block: next.block, place, length: text.bytes.length } } : { id });
      }
      add([listId, version, at, at, runId, page, DETECTOR_VERSION], added);
      for (const { from, to, outcome } of runsOf(met)) touch.run(at, runId, page, outcome, from, to);
      return written;
    },
    newest(listId) {
      const { from, before } = numbersOf(listId);
      return greatestObject.get(from, before) ?? from;
    },
    forget: () => values.forget(),
  };
}

/** Neighbours of which the same is to be said: partners mostly send what they sent before, in the same order. */
function runsOf(met: readonly (readonly [id: number, outcome: Outcome])[]) {
  const runs: { from: number; to: number; readonly outcome: Outcome }[] = [];
  for (const [id, outcome] of [...met].sort(([left], [right]) => left - right)) {
    const last = runs.at(-1);
    if (last?.outcome === outcome && last.to === id - 1) last.to = id;
    else runs.push({ from: id, to: id, outcome });
  }
  return runs;
}
