import { constants, zstdCompressSync, zstdDecompressSync } from 'node:zlib';
import type { Database } from 'better-sqlite3';

/** Where a text stands. */
export interface TextPlace {
  readonly block: number;
  /** Bytes from the beginning of the unpacked block. */
  readonly place: number;
  readonly length: number;
}

/** Objects of one partner resemble each other: many in a block pack to a tenth, and the quickest level is enough for it. */
const PACKING = { params: { [constants.ZSTD_c_compressionLevel]: 1 } };

export interface PackedBlock {
  readonly content: Uint8Array;
  /** Where each text begins in the unpacked block. */
  readonly places: readonly number[];
}

/** As many bytes may stand between two texts of a page that are packed as they stand: a comma, and blanks. */
const BETWEEN = 8;

export function packBlock(texts: readonly Uint8Array[]): PackedBlock {
  const [first] = texts;
  const places: number[] = [];
  if (first && areNeighbours(texts)) {
    for (const { byteOffset } of texts) places.push(byteOffset - first.byteOffset);
    const length = (places.at(-1) ?? 0) + (texts.at(-1)?.length ?? 0);
    return { content: zstdCompressSync(Buffer.from(first.buffer, first.byteOffset, length), PACKING), places };
  }
  let length = 0;
  for (const text of texts) {
    places.push(length);
    length += text.length;
  }
  return { content: zstdCompressSync(Buffer.concat(texts, length), PACKING), places };
}

/** Whether the texts stand one after the other in the same memory, as those of a page of news do. */
function areNeighbours(texts: readonly Uint8Array[]): boolean {
  return texts.every((text, at) => {
    const before = texts[at - 1];
    if (!before) return true;
    const between = text.byteOffset - (before.byteOffset + before.length);
    return text.buffer === before.buffer && between >= 0 && between <= BETWEEN;
  });
}

/** Reads texts; the blocks read last stay unpacked, for neighbours are mostly read together. */
export interface TextReader {
  /** The bytes as they were sent. Do not keep them: they hold on to a whole block. */
  bytes(place: TextPlace): Uint8Array;
  /** Bytes that are not UTF-8 stand as U+FFFD. */
  text(place: TextPlace): string;
  /** Blocks were changed by somebody else. */
  forget(): void;
}

/** `blocks`: how many stay unpacked, each some hundred KiB. */
export function createTextReader(database: Database, blocks = 4): TextReader {
  const read = database.prepare<[number], Buffer>('SELECT content FROM object_block WHERE id = ?').pluck();
  const unpacked = new Map<number, Buffer>();
  const block = (id: number): Buffer => {
    let content = unpacked.get(id);
    if (content) unpacked.delete(id);
    else {
      const packed = read.get(id);
      if (!packed) throw new Error(`there is no block ${id}`);
      content = zstdDecompressSync(packed);
    }
    unpacked.set(id, content);
    if (unpacked.size > blocks) {
      for (const oldest of unpacked.keys()) {
        unpacked.delete(oldest);
        break;
      }
    }
    return content;
  };
  const bytes = ({ block: id, place, length }: TextPlace) => block(id).subarray(place, place + length);
  return { bytes, text: place => (bytes(place) as Buffer).toString('utf8'), forget: () => unpacked.clear() };
}

/** Texts that were written or read last, by where they stand: what stands in a block never changes. */
export interface TextMemory {
  keep(place: TextPlace, text: string): void;
  get(place: TextPlace): string | undefined;
  /** After a rollback other texts may come to stand where it put some. */
  forget(): void;
}

/** `most`: characters that are remembered, all texts together. */
export function createTextMemory(most: number): TextMemory {
  const texts = new Map<string, string>();
  let size = 0;
  const drop = (key: string, text: string) => {
    texts.delete(key);
    size -= text.length;
  };
  return {
    keep(place, text) {
      const key = keyOf(place);
      const before = texts.get(key);
      if (before !== undefined) drop(key, before);
      texts.set(key, text);
      size += text.length;
      for (const [oldest, old] of texts) {
        if (size <= most) break;
        drop(oldest, old);
      }
    },
    get: place => texts.get(keyOf(place)),
    forget() {
      texts.clear();
      size = 0;
    },
  };
}

function keyOf({ block, place }: TextPlace): string {
  return `${block} ${place}`;
}

/** A reader that looks into a memory first. What it reads is not remembered: most is read once. */
export function rememberedTexts(reader: TextReader, memory: TextMemory): Pick<TextReader, 'text'> {
  return { text: place => memory.get(place) ?? reader.text(place) };
}
