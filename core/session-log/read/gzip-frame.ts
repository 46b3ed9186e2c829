import type { FileHandle } from 'node:fs/promises';

/** Where the packed data of a gzip member begins (RFC 1952, 2.3). */
export type GzipHead = { readonly ok: true; readonly length: number } | { readonly ok: false; readonly cut: boolean };

/** Names and comments are a few bytes; nobody writes more than this in front of the data. */
const LONGEST_HEAD = 128 * 1024;
const FIXED = 10;
const CHECKED = 2;
const EXTRA = 4;
const NAME = 8;
const COMMENT = 16;
const RESERVED = 0xe0;

export function isGzip(beginning: Uint8Array): boolean {
  return beginning[0] === 0x1f && beginning[1] === 0x8b;
}

/** Reads the head of a gzip file; other programs put the name of the file into it. */
export async function readGzipHead(file: FileHandle): Promise<GzipHead> {
  const { buffer, bytesRead } = await file.read(Buffer.alloc(LONGEST_HEAD), 0, LONGEST_HEAD, 0);
  const head = buffer.subarray(0, bytesRead);
  if (head.length < FIXED) return { ok: false, cut: true };
  const flags = head[3] ?? 0;
  if (head[2] !== 8 || (flags & RESERVED) !== 0) return { ok: false, cut: false };
  let at = FIXED;
  if ((flags & EXTRA) !== 0) {
    if (head.length < at + 2) return { ok: false, cut: true };
    at += 2 + head.readUInt16LE(at);
  }
  for (const part of [NAME, COMMENT]) {
    if ((flags & part) === 0) continue;
    const end = head.indexOf(0, at);
    if (end < 0) return { ok: false, cut: bytesRead < LONGEST_HEAD };
    at = end + 1;
  }
  if ((flags & CHECKED) !== 0) at += 2;
  return at <= head.length ? { ok: true, length: at } : { ok: false, cut: true };
}

/** Behind the packed data: checksum and length of what was packed. */
export const GZIP_TAIL = 8;

export interface Unpacked {
  /** CRC-32 of all of it. */
  readonly checksum: number;
  readonly bytes: number;
}

/** Whether the tail is that of what came out. */
export function isTailOf(tail: Buffer, { checksum, bytes }: Unpacked): boolean {
  return tail.readUInt32LE(0) === checksum >>> 0 && tail.readUInt32LE(4) === bytes % 2 ** 32;
}
