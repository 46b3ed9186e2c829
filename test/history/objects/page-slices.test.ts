import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { PageToStore } from '../../../core/contract/ingest.ts';
import { readPage } from '../../../core/history/objects/page-reading.ts';
import { type ItemSlices, slicePage, wantedMembers } from '../../../core/history/objects/page-slices.ts';
import { pageOf } from './pages.ts';

const WANTED = wantedMembers(['id', 'uid']);

/** JSON with white space, escapes and odd members strewn in, as no serialiser of ours would write it. */
const blank = fc.stringMatching(/^[ \n\r\t]{0,3}$/);
const text = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 8 }),
  fc.constantFrom('id', 'uid', 'data', '"', '\\', '}', ']', '[{', 'ä', '😀', '\u0000'),
);
/** Any spelling of a string. */
const spelled = fc.tuple(text, fc.boolean()).map(([value, escaped]) => {
  const plain = JSON.stringify(value);
  return escaped ? plain.replaceAll(/[a-z]/g, letter => `\\u00${letter.charCodeAt(0).toString(16)}`) : plain;
});
const { json } = fc.letrec<{ json: string }>(tie => {
  const scalar = fc.oneof(
    spelled.filter(one => isJson(one)),
    fc.constantFrom('null', 'true', 'false', '0', '-1.50', '1e3', '12345678901234567890'),
  );
  const list = fc
    .tuple(blank, fc.array(fc.tuple(blank, tie('json'), blank), { maxLength: 4 }))
    .map(([inside, items]) => `[${items.length === 0 ? inside : items.map(parts => parts.join('')).join(',')}]`);
  const member = fc
    .tuple(blank, fc.oneof(spelled, fc.constantFrom('"id"', '"uid"')), blank, blank, tie('json'), blank)
    .map(([before, name, after, between, value, end]) => `${before}${name}${after}:${between}${value}${end}`);
  const object = fc
    .tuple(blank, fc.array(member, { maxLength: 5 }))
    .map(([inside, members]) => `{${members.length === 0 ? inside : members.join(',')}}`)
    .filter(isJson);
  return { json: fc.oneof({ depthSize: 'small' }, scalar, list, object, object) };
});
const items = fc.array(fc.tuple(blank, json, blank), { maxLength: 6 });
const page = fc
  .tuple(items, fc.array(fc.tuple(spelled.filter(isJson), json), { maxLength: 2 }), fc.boolean())
  .map(([list, members, mark]) => {
    const data = `"data":[${list.map(parts => parts.join('')).join(',')}]`;
    const others = members.map(([name, value]) => `${name} :${value}`);
    return `${mark ? '\ufeff' : ''} {${[...others, '"status_code":1000', data].join(' , ')}\n}`;
  });

function isJson(spelling: string): boolean {
  try {
    JSON.parse(spelling);
    return true;
  } catch {
    return false;
  }
}

/** What the slices say, parsed: each item with its wanted members. */
function seen(body: Uint8Array) {
  const slices = slicePage(body, WANTED);
  if (!slices?.items) return undefined;
  const { count, stride, offsets } = slices.items;
  const value = (at: number): unknown => {
    const start = offsets[at] ?? -1;
    return start < 0 ? undefined : JSON.parse(Buffer.from(body).toString('utf8', start, offsets[at + 1]));
  };
  return Array.from({ length: count }, (_, index) => ({
    item: value(index * stride),
    members: [value(index * stride + 2), value(index * stride + 4)],
  }));
}

describe('slices of a page', () => {
  it('are the items JSON.parse finds, and their members, whatever JSON it is', () => {
    fc.assert(
      fc.property(page, body => {
        const parsed = JSON.parse(body.replace('\ufeff', '')) as { data: unknown[] };
        const wanted = parsed.data.map(item => {
          const object = (typeof item === 'object' && item !== null && !Array.isArray(item) ? item : {}) as object;
          const members = ['id', 'uid'].map(name => Object.getOwnPropertyDescriptor(object, name)?.value as unknown);
          return { item, members };
        });
        expect(seen(Buffer.from(body))).toEqual(wanted);
      }),
      { numRuns: 1000 },
    );
  });

  it('of a page where one member is named twice are those of the last one', () => {
    const body = Buffer.from(
      String.raw`{"data":[{"id":1,"i\u0064":2,"uid":{"id":3}}],"d\u0061ta":[{"uid":"x","id":9}]}`,
    );
    expect(seen(body)).toEqual([{ item: { uid: 'x', id: 9 }, members: [9, 'x'] }]);
  });

  it('never make a page of what is not JSON: a page is read exactly if JSON.parse can read it', () => {
    const harm = fc.tuple(
      fc.nat(),
      fc.nat({ max: 3 }),
      fc.constantFrom('', ',', '}', ']', '"', '[', ':', '\\', '1', '{'),
    );
    fc.assert(
      fc.property(page, fc.array(harm, { minLength: 1, maxLength: 2 }), (body, harms) => {
        let text = body;
        for (const [where, cut, put] of harms) {
          const at = where % (text.length + 1);
          text = text.slice(0, at) + put + text.slice(at + cut);
        }
        const bytes = Buffer.from(text);
        const { content } = readPage(pageOf(bytes) as PageToStore, { wanted: WANTED, seal: bytes => bytes });
        const whole = content && everyItemParses(content.bytes, content.items);
        if (whole) expect(isJson(text.replace('\ufeff', ''))).toBe(true);
        const parsed = isJson(text.replace(/^\ufeff/, '')) ? JSON.parse(text.replace(/^\ufeff/, '')) : undefined;
        const isPage = Array.isArray(parsed?.data) && parsed.status_code === 1000;
        if (isPage) expect(whole).toBe(true);
      }),
      { numRuns: 1000 },
    );
  });

  it('of a list of a hundred thousand items, and of one nested a hundred thousand deep, are found', () => {
    const many = Buffer.from(`{"data":[${Array(100_000).fill('{"id":"x"}').join(',')}]}`);
    expect(slicePage(many, WANTED)?.items?.count).toBe(100_000);
    const deep = Buffer.from(`{"data":[{"id":"x","a":${'['.repeat(100_000)}${']'.repeat(100_000)}}]}`);
    expect(slicePage(deep, WANTED)?.items?.count).toBe(1);
  });
});

function everyItemParses(bytes: Buffer, { count, stride, offsets }: ItemSlices) {
  return Array.from({ length: count }, (_, at) =>
    bytes.toString('utf8', offsets[at * stride], offsets[at * stride + 1]),
  ).every(isJson);
}
