import { hash } from 'node:crypto';
import { zstdCompressSync } from 'node:zlib';
import type { Database } from 'better-sqlite3';
import { contentCodings } from '../../http/bodies.ts';
import { BODY_CODING, unpacked } from '../bodies.ts';
import { headersFromText, headersToText } from '../header-text.ts';
import type { Erasing } from './erasing.ts';
import type { Row, WriteBeside } from './erasing-rows.ts';
import { decoded } from './recoding.ts';

/** Columns of a row that hold a body with its headers and its length. */
export interface BodyColumns {
  readonly body: string;
  readonly headers: string;
  readonly length: string;
}

/** Bodies belong to whoever has the same bytes: each that holds the value gets a row of its own, and the old one is left. */
export interface BodyErasing {
  look(row: Row): WriteBeside | undefined;
  /** Rows of bodies that hold the value, and that are still there. */
  left(): number;
}

interface Rewritten {
  /** Absent once it is stored, so that not all of them are held. */
  content: { readonly hash: Buffer; readonly coding: number; readonly packed: Uint8Array } | undefined;
  readonly length: number;
  readonly longer: number;
  row: number | undefined;
}

const PACKED_FROM = 1024;
/** As in packing.ts. */
const WORTHWHILE = 0.8;
const KEY_CHARACTERS = 22;

export function createBodyErasing(
  { database, value, tally }: Pick<Erasing, 'database' | 'value' | 'tally'>,
  columns: readonly BodyColumns[],
): BodyErasing {
  const read = database.prepare<[number], { coding: number; content: Buffer }>(
    'SELECT coding, content FROM body WHERE id = ?',
  );
  const put = createPutting(database);
  const isThere = database.prepare<[number], number>('SELECT 1 FROM body WHERE id = ?').pluck();
  /** By row and codings: the same bytes may be read in several ways. */
  const known = new Map<string, Rewritten | undefined>();
  const old = new Set<number>();

  const keyOf = (row: Row, { body, headers }: BodyColumns): string | undefined => {
    const id = row[body];
    if (typeof id !== 'number') return undefined;
    return `${id} ${contentCodings(headersFromText(String(row[headers] ?? ''))).join()}`;
  };

  const rewrite = (id: number, headers: string): Rewritten | undefined => {
    const stored = read.get(id);
    if (stored === undefined) return undefined;
    const bytes = unpacked(stored);
    const plain = decoded(bytes, headersFromText(headers));
    const replaced = value.replaced(Buffer.from(plain.bytes).toString('latin1'));
    if (replaced === undefined) return undefined;
    old.add(id);
    tally.add('bodies of exchanges', replaced.count);
    const made = plain.encode(Buffer.from(replaced.text, 'latin1'));
    const packed = made.length < PACKED_FROM ? made : zstdCompressSync(made);
    const isPacked = packed.length < made.length * WORTHWHILE;
    return {
      content: {
        hash: Buffer.from(hash('sha256', made, 'base64').slice(0, KEY_CHARACTERS), 'base64'),
        coding: isPacked
          ? BODY_CODING.zstd
          : made.length < PACKED_FROM
            ? BODY_CODING.plain
            : BODY_CODING.incompressible,
        packed: isPacked ? packed : made,
      },
      length: made.length,
      longer: made.length - bytes.length,
      row: undefined,
    };
  };

  const write: WriteBeside = row => {
    const set: Record<string, unknown> = {};
    for (const one of columns) {
      const key = keyOf(row, one);
      const rewritten = key === undefined ? undefined : known.get(key);
      if (rewritten === undefined) continue;
      rewritten.row ??= put(rewritten);
      rewritten.content = undefined;
      set[one.body] = rewritten.row;
      if (rewritten.longer === 0) continue;
      const length = Number(row[one.length]);
      const now = length + rewritten.longer;
      set[one.length] = now;
      set[one.headers] = withLength(String(row[one.headers] ?? ''), length, now);
    }
    return set;
  };

  return {
    look(row) {
      let isMet = false;
      for (const one of columns) {
        const key = keyOf(row, one);
        if (key === undefined) continue;
        if (!known.has(key)) known.set(key, rewrite(Number(row[one.body]), String(row[one.headers] ?? '')));
        if (known.get(key) !== undefined) isMet = true;
      }
      return isMet ? write : undefined;
    },
    left: () => [...old].filter(id => isThere.get(id) !== undefined).length,
  };
}

function createPutting(database: Database) {
  const add = database.prepare('INSERT OR IGNORE INTO body (hash, length, coding, content) VALUES (?, ?, ?, ?)');
  const find = database.prepare<[Buffer], number>('SELECT id FROM body WHERE hash = ?').pluck();
  return ({ content, length }: Rewritten): number => {
    if (content === undefined) throw new Error('a body is stored once');
    add.run(content.hash, length, content.coding, content.packed);
    return Number(find.get(content.hash));
  };
}

/** A length that was told rightly is told rightly again. */
function withLength(text: string, was: number, now: number): string {
  return headersToText(
    headersFromText(text).map(([name, value]) =>
      name.toLowerCase() === 'content-length' && value.trim() === String(was) ? [name, String(now)] : [name, value],
    ),
  );
}
