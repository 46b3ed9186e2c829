import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compileChecker } from '../../core/ocpi/check.ts';
import { finding } from '../../core/ocpi/findings.ts';
import { jsonPlaces, stepsOf, withNumberTexts } from '../../core/ocpi/json-text.ts';
import { receive } from '../../core/ocpi/received.ts';
import { PriceComponent } from '../../core/ocpi/v2_2_1/tariffs.ts';

function place(text: string, pointer: string) {
  return jsonPlaces(text, [pointer]).get(pointer);
}

/** Every pointer into a JSON value, and what stands there. */
function everyPlace(value: unknown, pointer = ''): [string, unknown][] {
  if (typeof value !== 'object' || value === null) return [[pointer, value]];
  const steps = Array.isArray(value) ? value.map((inner, at) => [String(at), inner] as const) : Object.entries(value);
  const below = steps.flatMap(([step, inner]) =>
    everyPlace(inner, `${pointer}/${step.replaceAll('~', '~0').replaceAll('/', '~1')}`),
  );
  return [[pointer, value], ...below];
}

describe('the place of a value in a JSON text', () => {
  const text = '{\n  "id": "1",\n  "prices": [0.1000, 1e3, -12345678901234567.89],\n  "a/b~c": {"é\\"": null}\n}';

  it('is told by line and column', () => {
    expect(place(text, '')).toMatchObject({ offset: 0, line: 1, column: 1, exact: true });
    expect(place(text, '/id')).toMatchObject({ line: 2, column: 9 });
    expect(place(text, '/prices/1')).toMatchObject({ line: 3, column: 22 });
    expect(place(text, '/a~1b~0c/é"')).toMatchObject({ line: 4, column: 20, exact: true });
  });

  it('of a missing field is that of the object it is missing in', () => {
    expect(place(text, '/prices/7/x')).toMatchObject({ line: 3, column: 13, exact: false });
    expect(place(text, '/status')).toMatchObject({ line: 1, column: 1, exact: false });
    expect(place(text, 'header:Link')).toMatchObject({ offset: 0 });
  });

  it('keeps the number as it is written (T45)', () => {
    expect(place(text, '/prices/0')?.numberText).toBe('0.1000');
    expect(place(text, '/prices/1')?.numberText).toBe('1e3');
    expect(place(text, '/prices/2')?.numberText).toBe('-12345678901234567.89');
    expect(place(text, '/id')?.numberText).toBeUndefined();
  });

  it('is that of the last one where a name occurs twice', () => {
    const twice = '{"a":{"x":1},"b":0,"a":{"y":2}}';
    expect(place(twice, '/a')?.offset).toBe(23);
    expect(place(twice, '/a/y')).toMatchObject({ numberText: '2', exact: true });
    expect(place(twice, '/a/x')).toMatchObject({ offset: 23, exact: false });
  });

  it('is found behind a byte order mark, and in a text that breaks off', () => {
    expect(place('\ufeff{"a": 1}', '/a')).toMatchObject({ offset: 7, numberText: '1' });
    expect(place('{"a": [1, 2', '/a/1')).toMatchObject({ offset: 10, numberText: '2' });
    expect(place('{"a\\x": 1', '/b')).toMatchObject({ exact: false });
    expect(place('', '/a')).toBeUndefined();
  });

  it('is found in a text nested deeper than a stack is high', () => {
    const deep = `${'['.repeat(200_000)}1${']'.repeat(200_000)}`;
    expect(place(deep, '/0/0')?.offset).toBe(2);
  });

  it('agrees with what JSON.parse reads, for any value and any spacing', () => {
    fc.assert(
      fc.property(fc.jsonValue(), fc.constantFrom('', ' ', '\t', '    '), (value, indent) => {
        const text = JSON.stringify(value, undefined, indent);
        const wanted = everyPlace(JSON.parse(text));
        const places = jsonPlaces(
          text,
          wanted.map(([pointer]) => pointer),
        );
        for (const [pointer, met] of wanted) {
          const found = places.get(pointer);
          expect(found?.exact).toBe(true);
          const written = JSON.stringify(met, undefined, indent).split('\n')[0] ?? '';
          expect(text.startsWith(written, found?.offset)).toBe(true);
          if (typeof met === 'number') expect(Number(found?.numberText)).toBe(met);
          const before = text.slice(0, found?.offset);
          expect(found?.line).toBe(before.split('\n').length);
          expect(found?.column).toBe(before.length - before.lastIndexOf('\n'));
        }
      }),
    );
  });

  it('never throws, whatever the text and the pointer', () => {
    const junk = fc.string({ unit: fc.constantFrom(...'{}[]:,"\\ \n1e.-tfnux', 'true'), maxLength: 40 });
    fc.assert(
      fc.property(junk, fc.constantFrom('', '/0', '/a/1', '/x/0/y'), (text, pointer) => void place(text, pointer)),
    );
  });
});

describe('steps of a pointer', () => {
  it('are unescaped in the right order', () => {
    expect(stepsOf('/a~1b/~01/0')).toEqual(['a/b', '~1', '0']);
    expect(stepsOf('')).toEqual([]);
  });
});

describe('numbers in findings', () => {
  it('are shown as they were written', () => {
    const text = '{"type": 1e3, "price": "2", "step_size": 1.50}';
    const { findings } = receive(text, compileChecker(PriceComponent), { version: '2.2.1' });
    expect(findings.map(({ code, met }) => [code, met])).toEqual([
      ['type.mismatch', '1e3'],
      ['type.string-for-number', '"2"'],
      ['number.not-integer', '1.50'],
    ]);
  });

  it('stay as they are where the text holds something else', () => {
    const found = finding('status.unknown', { pointer: '/a', met: '7', expected: '8' });
    expect(withNumberTexts([found], '{"a": 8.0}')).toEqual([found]);
    expect(withNumberTexts([found], '{"a": 7.0}')).toEqual([{ ...found, met: '7.0' }]);
    expect(withNumberTexts([found], '{}')).toEqual([found]);
  });
});
