import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { jsonCursor } from '../../../../renderer/ui/editor/json-cursor.ts';

/** The place of the bar in a text, which is taken out of it. */
function at(marked: string) {
  const offset = marked.indexOf('|');
  return jsonCursor(marked.replace('|', ''), offset);
}

describe('where the cursor is', () => {
  it('is at a name that is being written, and knows the others of its object', () => {
    expect(at('{ "id": "L", "na|", "city": "Utrecht" }')).toMatchObject({
      role: 'name',
      path: ['na'],
      typed: 'na',
      present: ['id', 'city'],
      colon: false,
    });
  });

  it('is at a value, which its path leads to', () => {
    expect(at('{ "evses": [{}, { "status": "AV|AILABLE" }] }')).toMatchObject({
      role: 'value',
      path: ['evses', 1, 'status'],
      typed: 'AV',
    });
    expect(at('{ "evses": [{ "uid": "a" }, |] }')).toMatchObject({ role: 'value', path: ['evses', 1], typed: '' });
    expect(at('{ "publish": tr| }')).toMatchObject({ role: 'value', path: ['publish'], typed: 'tr' });
  });

  it('is between members where a name may come, whether their comma is there or not', () => {
    expect(at('{ "id": "L",\n  |\n}')).toMatchObject({ role: 'name', path: [], typed: '' });
    const missing = at('{ "id": "L"\n  |\n}');
    expect(missing).toMatchObject({ role: 'name', path: [], commaAt: 11 });
    expect(at('{ | "id": "L" }')).toMatchObject({ role: 'name', commaAfter: true });
  });

  it('is nowhere behind a whole value in a list, or outside of everything', () => {
    expect(at('[1, 2 | ]').role).toBe('none');
    expect(at('{ "id": "L" } |').role).toBe('none');
    expect(at('|').role).toBe('none');
    expect(at('{ "id" | "L" }').role).toBe('none');
  });

  it('takes a name that has its colon for that name', () => {
    expect(at('{ "i|d": "L" }')).toMatchObject({ role: 'name', path: ['id'], colon: true, present: [] });
  });

  it('takes the place of what is written only as far as that is one word', () => {
    expect(at('{ "st|": 1 }')).toMatchObject({ from: 2, to: 6 });
    expect(at('{ "status": "AV|\n}')).toMatchObject({ from: 12, to: 15, typed: 'AV' });
    expect(at('{ "status": "AV|, "id": 1 }')).toMatchObject({ from: 12, to: 15 });
  });

  it('of a name with escapes is that name', () => {
    expect(at('{ "a\\"b": { "c": | } }').path).toEqual(['a"b', 'c']);
  });

  it('never fails, whatever the text, and lies within it', () => {
    const piece = fc.constantFrom('{', '}', '[', ']', ',', ':', '"', '"a"', 'a', '1', '\\', ' ', '\n', 'é');
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 40 }), fc.nat(), (pieces, place) => {
        const text = pieces.join('');
        const offset = place % (text.length + 1);
        const { from, to } = jsonCursor(text, offset);
        expect(from).toBeLessThanOrEqual(offset);
        expect(to).toBeGreaterThanOrEqual(offset);
        expect(to).toBeLessThanOrEqual(text.length);
      }),
    );
  });

  it('leads to the value it is at, in any JSON', () => {
    fc.assert(
      fc.property(fc.jsonValue({ maxDepth: 4 }), fc.nat(), (value, place) => {
        const text = JSON.stringify(value, null, 2);
        const { path, role, from, to } = jsonCursor(text, place % (text.length + 1));
        if (role !== 'value' || from === to) return;
        let found: unknown = value;
        for (const step of path) found = (found as Record<string | number, unknown>)[step];
        expect(found).not.toBe(undefined);
      }),
    );
  });
});
