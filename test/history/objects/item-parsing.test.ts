import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createItemParser } from '../../../core/history/objects/item-parsing.ts';
import type { PageContent } from '../../../core/history/objects/page-reading.ts';
import { slicePage } from '../../../core/history/objects/page-slices.ts';

function contentOf(items: readonly string[], blank = ''): PageContent {
  const bytes = Buffer.from(`{"data":[${items.join(`${blank},${blank}`)}]}`);
  const sliced = slicePage(bytes, [])?.items;
  if (!sliced) throw new Error('the page has no items');
  return { bytes, items: sliced };
}

describe('parsing the items of a page', () => {
  it('gives every item that is asked for, however many are left out in between', () => {
    const page = fc.array(fc.tuple(fc.json(), fc.boolean()), { minLength: 1, maxLength: 200 });
    fc.assert(
      fc.property(page, fc.constantFrom('', ' ', '\n\t'), (items, blank) => {
        const texts = items.map(([text]) => text);
        const parse = createItemParser(contentOf(texts, blank));
        for (const [index, [text, asked]] of items.entries()) {
          if (asked) expect(parse(index)).toEqual(JSON.parse(text));
        }
      }),
    );
  });

  it('gives large ones between small ones', () => {
    const sizes = Array.from({ length: 100 }, (_, at) => (at % 7 === 3 ? 300_000 : 10));
    const items = sizes.map((size, at) => `{"id":${at},"name":"${'ö'.repeat(size)}"}`);
    const parse = createItemParser(contentOf(items));
    for (const [index, text] of items.entries()) expect(parse(index)).toEqual(JSON.parse(text));
  });

  it('finds the one that is not JSON among its neighbours, and still gives those', () => {
    for (let wrong = 0; wrong < 150; wrong++) {
      const items = Array.from({ length: 150 }, (_, at) => (at === wrong ? `{"id":"Ö",}` : `{"id":${at},"name":"Ö"}`));
      const parse = createItemParser(contentOf(items));
      const given = items.map((_, index) => parse(index));
      expect(given[wrong]).toBeUndefined();
      expect(given.filter(item => item === undefined)).toHaveLength(1);
      expect(given.at(-1)).toEqual(wrong === 149 ? undefined : { id: 149, name: 'Ö' });
    }
  });
});
