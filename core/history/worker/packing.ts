import { zstdCompressSync } from 'node:zlib';
import type { Database } from 'better-sqlite3';
import { BODY_CODING } from '../bodies.ts';

/** Packed to less than this share of its length, a body is worth unpacking again. */
const WORTHWHILE = 0.8;

/** Packs one body that was stored as it came, the oldest first; false where none is left. */
export type PackOne = () => boolean;

/** Works in the worker, when nothing else is to do: the thread that answers never compresses. */
export function createPacking(database: Database): PackOne {
  const next = database.prepare<[], { id: number; content: Buffer }>(
    'SELECT id, content FROM body WHERE coding = 0 AND length >= 1024 ORDER BY id LIMIT 1',
  );
  const pack = database.prepare('UPDATE body SET coding = ?, content = ? WHERE id = ?');
  const leave = database.prepare('UPDATE body SET coding = ? WHERE id = ?');
  return () => {
    const body = next.get();
    if (!body) return false;
    const packed = zstdCompressSync(body.content);
    if (packed.length < body.content.length * WORTHWHILE) pack.run(BODY_CODING.zstd, packed, body.id);
    else leave.run(BODY_CODING.incompressible, body.id);
    return true;
  };
}
