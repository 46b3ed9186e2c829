import { constants, zstdCompressSync, zstdDecompressSync } from 'node:zlib';
import { digestOf } from '../objects/item-news.ts';
import { createTextReader } from '../objects/text-blocks.ts';
import type { Erasing } from './erasing.ts';
import type { Beside } from './erasing-rows.ts';

/** As they are packed at first (objects/text-blocks.ts). */
const PACKING = { params: { [constants.ZSTD_c_compressionLevel]: 1 } };
const BLOCKS_READ = 4;

/** Of each object the digest of its text, before the text itself is replaced: whoever is killed in between begins anew. */
export function objectsBeside({ database, value }: Pick<Erasing, 'database' | 'value'>): Beside {
  const texts = createTextReader(database, BLOCKS_READ);
  return {
    columns: ['block', 'place', 'length', 'hash'],
    look(row) {
      const place = { block: Number(row['block']), place: Number(row['place']), length: Number(row['length']) };
      const replaced = value.replaced(Buffer.from(texts.bytes(place)).toString('latin1'));
      if (replaced === undefined) return undefined;
      const hash = digestOf(Buffer.from(replaced.text, 'latin1'));
      return now => (now['block'] === place.block && now['hash'] !== hash ? { hash } : {});
    },
  };
}

/** Texts of objects and of their revisions; each stays where it stands in its block, for nothing gets longer. */
export interface BlockErasing {
  /** Those that were not looked at before; gives how many they were. */
  erase(): Promise<number>;
  /** Whether there are any that were not looked at. */
  hasMore(): boolean;
}

export function createBlockErasing({ database, value, pace, dry, tally, progress }: Erasing): BlockErasing {
  const ids = database.prepare<[], number>('SELECT id FROM object_block ORDER BY id').pluck();
  const read = database.prepare<[number], Buffer>('SELECT content FROM object_block WHERE id = ?').pluck();
  const write = database.prepare('UPDATE object_block SET content = ? WHERE id = ?');
  const seen = new Set<number>();
  const fresh = () => ids.all().filter(id => !seen.has(id));
  return {
    hasMore: () => fresh().length > 0,
    async erase() {
      const blocks = fresh();
      for (const [at, id] of blocks.entries()) {
        const content = read.get(id);
        const replaced = content && value.replaced(zstdDecompressSync(content).toString('latin1'));
        if (replaced) {
          tally.add('texts of objects and their revisions', replaced.count);
          const packed = dry ? undefined : zstdCompressSync(Buffer.from(replaced.text, 'latin1'), PACKING);
          if (packed !== undefined) pace.transact(() => write.run(packed, id));
        }
        seen.add(id);
        progress({ doing: 'erasing in texts of objects', done: at + 1, total: blocks.length });
        await pace.rest();
      }
      return blocks.length;
    },
  };
}
