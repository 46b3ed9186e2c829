import { closeSync, openSync, readSync } from 'node:fs';
import { zstdDecompressSync } from 'node:zlib';
import type { Database } from 'better-sqlite3';
import type { Clock } from '../../clock.ts';
import { unpacked } from '../bodies.ts';
import { headersFromText } from '../header-text.ts';
import { Cancelled } from '../keeping/pace.ts';
import { filesOf } from '../keeping/space.ts';
import type { ErasingProgress } from './erasing.ts';
import { textTables } from './erasing-rows.ts';
import { asBytes, type ForgottenValue } from './forgotten-value.ts';
import { decoded } from './recoding.ts';

export interface Proving {
  readonly file: string;
  /** For reading. */
  readonly database: Database;
  readonly value: ForgottenValue;
  readonly clock: Clock;
  readonly signal: AbortSignal;
  readonly progress: (progress: ErasingProgress) => void;
}

export interface Proof {
  readonly files: number;
  /** Read from the files, and unpacked. */
  readonly bytes: number;
  /** Where it stands in what is stored. */
  readonly stored: number;
  /** Where its bytes stand in a file, though in nothing that is stored: in pages that were not overwritten. */
  readonly remains: number;
  /** It is part of something longer that is kept; what remains of it in pages cannot be told from that. */
  readonly isWithin: boolean;
}

const ROWS = 500;
const PIECE = 4 * 1024 * 1024;
/** Longer than any value, however it is written. */
const OVERLAP = 2048;

/** Reads every file of the database, and all that is packed in it. Throws what SQLite throws, and `Cancelled`. */
export async function proveGone(proving: Proving): Promise<Proof> {
  const { file, value } = proving;
  const looked = createLook(value);
  await lookAtRows(proving, looked);
  await lookAtPacked(proving, looked);
  await lookAtCoded(proving, looked);
  const isWithin = value.onlyNamed || looked.within() > 0;
  const files = filesOf(file);
  let remains = 0;
  for (const { path, bytes } of files) {
    await turn(proving, { doing: 'reading files', done: 0, total: bytes });
    remains += await lookAtFile(path, looked, proving);
  }
  const stored = looked.whole();
  return { files: files.length, bytes: looked.bytes(), stored, remains: isWithin ? 0 : remains, isWithin };
}

type Look = ReturnType<typeof createLook>;

function createLook(value: ForgottenValue) {
  let bytes = 0;
  let whole = 0;
  let within = 0;
  return {
    at(text: string) {
      bytes += text.length;
      const found = value.count(text);
      whole += found.whole;
      within += found.within;
    },
    /** In bytes as they stand in a file nothing tells where a text begins. */
    raw(text: string, upTo: number): number {
      bytes += upTo;
      const { whole: apart, within: inside } = value.count(text);
      return apart + inside;
    },
    bytes: () => bytes,
    whole: () => whole,
    within: () => within,
  };
}

async function turn({ signal, clock, progress }: Proving, told: ErasingProgress): Promise<void> {
  if (signal.aborted) throw new Cancelled();
  progress(told);
  await clock.sleep(0);
}

async function lookAtRows(proving: Proving, looked: Look): Promise<void> {
  const { database } = proving;
  for (const { name, columns, key } of textTables(database, ['token', 'owner'])) {
    const read = columns.map(column => `"${column}"`).join(', ');
    if (key[0] !== 'rowid') {
      for (const row of database.prepare<[], unknown[]>(`SELECT ${read} FROM "${name}"`).raw().all()) {
        lookAtTexts(row, looked);
      }
      continue;
    }
    const next = database
      .prepare<[number], unknown[]>(`SELECT rowid, ${read} FROM "${name}" WHERE rowid > ? ORDER BY rowid LIMIT ${ROWS}`)
      .raw();
    for (let at = 0; ; ) {
      await turn(proving, { doing: `looking for it in ${name}`, done: at, total: null });
      const rows = next.all(at);
      for (const [, ...texts] of rows) lookAtTexts(texts, looked);
      at = Number(rows.at(-1)?.[0] ?? at);
      if (rows.length < ROWS) break;
    }
  }
}

function lookAtTexts(values: readonly unknown[], looked: Look): void {
  for (const text of values) if (typeof text === 'string') looked.at(asBytes(text));
}

/** Bodies as they came, and texts of objects. */
async function lookAtPacked(proving: Proving, looked: Look): Promise<void> {
  const { database } = proving;
  const bodies = database.prepare<[number], { id: number; coding: number; content: Buffer }>(
    'SELECT id, coding, content FROM body WHERE id > ? ORDER BY id LIMIT 100',
  );
  for (let at = 0; ; ) {
    await turn(proving, { doing: 'looking for it in bodies', done: at, total: null });
    const rows = bodies.all(at);
    for (const row of rows) looked.at(Buffer.from(unpacked(row)).toString('latin1'));
    if (rows.length === 0) break;
    at = rows.at(-1)?.id ?? at;
  }
  const blocks = database.prepare<[number], { id: number; content: Buffer }>(
    'SELECT id, content FROM object_block WHERE id > ? ORDER BY id LIMIT 10',
  );
  for (let at = 0; ; ) {
    await turn(proving, { doing: 'looking for it in texts of objects', done: at, total: null });
    const rows = blocks.all(at);
    for (const { content } of rows) looked.at(zstdDecompressSync(content).toString('latin1'));
    if (rows.length === 0) return;
    at = rows.at(-1)?.id ?? at;
  }
}

/** Bodies under a content coding, and packets kept as Base64. */
async function lookAtCoded(proving: Proving, looked: Look): Promise<void> {
  const { database } = proving;
  const body = database.prepare<[number], { coding: number; content: Buffer }>(
    'SELECT coding, content FROM body WHERE id = ?',
  );
  const coded = (from: string, id: string, headers: string, column: string) =>
    database
      .prepare<[number], [number, string, number]>(
        `SELECT ${id}, ${headers}, ${column} FROM ${from} WHERE ${id} > ? AND ${headers} LIKE '%content-encoding%'
         AND ${column} IS NOT NULL ORDER BY ${id} LIMIT 50`,
      )
      .raw();
  for (const next of [
    coded('exchange', 'id', 'request_headers', 'request_body'),
    coded('exchange', 'id', 'response_headers', 'response_body'),
    coded('exchange_fault', 'exchange_id', 'headers', 'body'),
  ]) {
    for (let at = 0; ; ) {
      await turn(proving, { doing: 'looking for it in coded bodies', done: at, total: null });
      const rows = next.all(at);
      for (const [, headers, id] of rows) {
        const stored = body.get(id);
        if (stored === undefined) continue;
        looked.at(Buffer.from(decoded(unpacked(stored), headersFromText(headers)).bytes).toString('latin1'));
      }
      if (rows.length === 0) break;
      at = rows.at(-1)?.[0] ?? at;
    }
  }
  const packets = database
    .prepare<[], string>('SELECT ended_details FROM exchange WHERE ended_details LIKE \'%"raw":%\'')
    .pluck();
  for (const details of packets.all()) {
    const { raw } = JSON.parse(details) as { readonly raw?: unknown };
    if (typeof raw === 'string') looked.at(Buffer.from(raw, 'base64').toString('latin1'));
  }
}

async function lookAtFile(path: string, looked: Look, proving: Proving): Promise<number> {
  let descriptor: number;
  try {
    descriptor = openSync(path, 'r');
  } catch (error) {
    // Its writer made it anew in the meantime.
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return 0;
    throw error;
  }
  try {
    const piece = Buffer.alloc(PIECE + OVERLAP);
    let met = 0;
    for (let at = 0; ; at += PIECE) {
      const read = readSync(descriptor, piece, 0, piece.length, at);
      const some = piece.subarray(0, read);
      const end = Math.min(read, PIECE);
      met += looked.raw(some.toString('latin1'), end);
      // What stands in the part read twice is counted once.
      if (read > PIECE) met -= looked.raw(some.subarray(PIECE).toString('latin1'), 0);
      await turn(proving, { doing: 'reading files', done: at + end, total: null });
      if (read <= PIECE) return met;
    }
  } finally {
    closeSync(descriptor);
  }
}
