import { hash } from 'node:crypto';
import { zstdDecompressSync } from 'node:zlib';
import type { Database } from 'better-sqlite3';

/** How a body is kept; the worker packs what came later than it was answered. */
export const BODY_CODING = { plain: 0, zstd: 1, incompressible: 2 } as const;

const REMEMBERED = 1024;
/** 22 characters of Base64 hold 16 bytes and a bit: as unlikely to collide as a UUID. */
const KEY_CHARACTERS = 22;

/** Bodies, once per content. Used inside the recorder's transactions only. */
export interface BodyStore {
  /** The row of these bytes, stored now or earlier; null for none. More than `largest` bytes are cut. */
  put(bytes: Uint8Array, largest: number): number | null;
  get(row: number): Uint8Array;
  /** After a rollback what was remembered may stand for rows that are gone. */
  forget(): void;
  /** From now on hears of every row that is given, before anybody can commit what names it; undefined: nobody hears. */
  watch(given: ((row: number) => void) | undefined): void;
}

interface BodyRow {
  readonly coding: number;
  readonly content: Buffer;
}

export function createBodyStore(database: Database): BodyStore {
  const add = database.prepare('INSERT OR IGNORE INTO body (hash, length, coding, content) VALUES (?, ?, 0, ?)');
  const find = database.prepare<[Buffer], number>('SELECT id FROM body WHERE hash = ?').pluck();
  const read = database.prepare<[number], BodyRow>('SELECT coding, content FROM body WHERE id = ?');
  let byContent = new Map<string, number>();
  // An answer that is sent again and again is the same object: no hash needed. Callers do not change bytes they gave.
  let byIdentity = new WeakMap<Uint8Array, number>();
  let watching: ((row: number) => void) | undefined;

  const remember = (key: string, row: number) => {
    byContent.set(key, row);
    if (byContent.size <= REMEMBERED) return;
    for (const oldest of byContent.keys()) {
      byContent.delete(oldest);
      break;
    }
  };

  const put = (bytes: Uint8Array, largest: number): number => {
    const same = byIdentity.get(bytes);
    if (same !== undefined) return same;
    const kept = bytes.length > largest ? bytes.subarray(0, largest) : bytes;
    const key = hash('sha256', kept, 'base64').slice(0, KEY_CHARACTERS);
    const remembered = byContent.get(key);
    if (remembered !== undefined) {
      byIdentity.set(bytes, remembered);
      return remembered;
    }
    const digest = Buffer.from(key, 'base64');
    const added = add.run(digest, kept.length, kept);
    const row = added.changes > 0 ? Number(added.lastInsertRowid) : Number(find.get(digest));
    remember(key, row);
    return row;
  };
  const forget = () => {
    byContent = new Map();
    byIdentity = new WeakMap();
  };

  return {
    put(bytes, largest) {
      if (bytes.length === 0) return null;
      const row = put(bytes, largest);
      watching?.(row);
      return row;
    },
    get(row) {
      const body = read.get(row);
      return body ? unpacked(body) : new Uint8Array();
    },
    forget,
    watch(given) {
      watching = given;
      // What was remembered before was told to nobody.
      forget();
    },
  };
}

/** The bytes of a body row as they were given. */
export function unpacked({ coding, content }: BodyRow): Uint8Array {
  return coding === BODY_CODING.zstd ? zstdDecompressSync(content) : content;
}
