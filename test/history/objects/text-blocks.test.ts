import Database from 'better-sqlite3';
import { describe, expect, it } from 'vitest';
import { migrate } from '../../../core/history/migrations/list.ts';
import { createTextReader, packBlock } from '../../../core/history/objects/text-blocks.ts';
import { newFile } from '../folder.ts';

/** Packs texts, and reads each of them again. */
function readAgain(texts: readonly Uint8Array[]): string[] {
  const database = new Database(newFile());
  migrate(database);
  const { content, places } = packBlock(texts);
  database.prepare('INSERT INTO object_block (id, content) VALUES (1, ?)').run(content);
  const reader = createTextReader(database);
  return texts.map(({ length }, at) => reader.text({ block: 1, place: places[at] as number, length }));
}

describe('a block of texts', () => {
  const page = Buffer.from('[{"id":"a"}, {"id":"ö"},\n{"id":"c"}, {"id":"d", "name":"far away"}]');
  const cut = (text: string) => {
    const start = page.indexOf(text);
    return page.subarray(start, start + Buffer.byteLength(text));
  };
  const [a, o, c, d] = ['{"id":"a"}', '{"id":"ö"}', '{"id":"c"}', '{"id":"d", "name":"far away"}'].map(cut) as [
    ...[Buffer, Buffer, Buffer, Buffer],
  ];

  it('gives each text again: of neighbours on a page, of others, in any order, of one alone', () => {
    for (const texts of [[a, o, c, d], [a, d], [d, a, c], [o], [a, Buffer.from('{"id":"elsewhere"}'), o], [a, a]]) {
      expect(readAgain(texts)).toEqual(texts.map(text => text.toString()));
    }
  });
});
