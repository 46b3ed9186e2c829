import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cutElements, cutJson, replaceJson } from '../../core/ocpi/json-cut.ts';
import { objectTexts } from '../../core/ocpi/object-texts.ts';

const spaced = (value: unknown, indent: number) => JSON.stringify(value, null, indent);
const json = fc.jsonValue({ maxDepth: 4 });

describe('cutting JSON out of its text', () => {
  it('yields the value a pointer leads to, however the text is spaced', () => {
    fc.assert(
      fc.property(json, json, fc.constantFrom(0, 1, 3), (wanted, other, indent) => {
        const text = spaced({ before: other, list: [other, { wanted }], after: other }, indent);
        const cut = cutJson(text, '/list/1/wanted') ?? 'nothing';
        expect(JSON.parse(cut)).toEqual(JSON.parse(JSON.stringify(wanted)));
        expect(text).toContain(cut);
      }),
    );
  });

  it('keeps how numbers are written', () => {
    expect(cutJson('{"evses":[{"a":1.0},{"kwh": 0.1000 , "b":1e3}]}', '/evses/1')).toBe('{"kwh": 0.1000 , "b":1e3}');
    expect(cutJson('{"kwh": 0.1000 }', '/kwh')).toBe('0.1000');
    expect(cutJson('{"a":1}', '/b')).toBeUndefined();
  });

  it('takes a list apart into its elements', () => {
    fc.assert(
      fc.property(fc.array(json, { maxLength: 6 }), fc.constantFrom(0, 2), (values, indent) => {
        expect(cutElements(spaced(values, indent)).map(text => JSON.parse(text))).toEqual(
          JSON.parse(JSON.stringify(values)),
        );
      }),
    );
  });

  it('puts other values in, and changes nothing else', () => {
    const text = '{ "id" : "a,]}" , "n":1.00,"list":[{"party":"X"} ] }';
    const replaced = replaceJson(
      text,
      new Map<string, unknown>([
        ['/list/0/party', 'WBX'],
        ['/id', 'b'],
        ['/none', 1],
      ]),
    );
    expect(replaced).toBe('{ "id" : "b" , "n":1.00,"list":[{"party":"WBX"} ] }');
  });
});

describe('the objects of a document', () => {
  it.each([
    ['one object', '{"id":"a"}', ['{"id":"a"}']],
    ['a list', '[{"id":"a"}, {"n":1.0}]', ['{"id":"a"}', '{"n":1.0}']],
    ['an empty list', '[]', []],
    ['an answer around a list', '{"status_code":1000,"data":[{"id":"a"}]}', ['{"id":"a"}']],
    ['an answer around an object', '{"status_code":1000,"data":{"id":"a"}}', ['{"id":"a"}']],
    ['JSON lines', '\ufeff{"id":"a"}\n\r\n{"id":"b"}\r\n', ['{"id":"a"}', '{"id":"b"}']],
  ])('are found in %s', (_, text, texts) => {
    expect(objectTexts(text)).toEqual({ ok: true, texts });
    expect(objectTexts(Buffer.from(text))).toEqual({ ok: true, texts });
  });

  it.each(['', 'hello', '{"id":', '7', '{"id":"a"}\n{"id":\n'])('are not found in %j, and it says why', text => {
    expect(objectTexts(text)).toEqual({ ok: false, reason: expect.stringMatching(/\S/) });
  });
});
