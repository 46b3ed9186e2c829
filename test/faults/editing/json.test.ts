import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { editJson, type JsonEdit, jsonBody, pointerStep } from '../../../core/faults/editing/json.ts';

const TEXT = '{ "data" : {"a":1.50,"list":[1, {"b":2} , 3],"a":1e3}, "status_code":1000 ,"timestamp":"x"}';

const cases: readonly [string, JsonEdit[], string][] = [
  ['a value is replaced', [{ at: '/status_code', set: '1000' }], TEXT.replace('1000', '"1000"')],
  ['of a name that occurs twice the last one is meant', [{ at: '/data/a', text: '0.10' }], TEXT.replace('1e3', '0.10')],
  [
    'a first member is dropped with the comma behind it',
    [{ at: '/data', drop: true }],
    '{ "status_code":1000 ,"timestamp":"x"}',
  ],
  [
    'a last member is dropped with the comma before it',
    [{ at: '/timestamp', drop: true }],
    TEXT.replace(' ,"timestamp":"x"', ''),
  ],
  ['an element is dropped', [{ at: '/data/list/1', drop: true }], TEXT.replace('{"b":2} , ', '')],
  [
    'several changes keep each other right',
    [
      { at: '/data/list/0', drop: true },
      { at: '/data/list/2', drop: true },
    ],
    TEXT.replace('[1, {"b":2} , 3]', '[{"b":2}]'),
  ],
  ['a missing member is added last', [{ at: '/new', set: [1] }], TEXT.replace('"x"}', '"x","new":[1]}')],
  ['an element is added with a dash', [{ at: '/data/list/-', text: '4.0' }], TEXT.replace('3]', '3,4.0]')],
  ['a member is renamed', [{ at: '/data/list', rename: 'lists' }], TEXT.replace('"list"', '"lists"')],
  [
    'what leads nowhere is left out',
    [
      { at: '/data/a/b', set: 1 },
      { at: '/data/list/9', set: 1 },
      { at: '/none', drop: true },
      { at: '/none', rename: 'x' },
      { at: '', drop: true },
    ],
    TEXT,
  ],
  ['the whole is replaced', [{ at: '', set: null }], 'null'],
];

describe('a JSON text is edited and everything else keeps its bytes', () => {
  it.each(cases)('%s', (_, edits, expected) => {
    expect(editJson(TEXT, edits)).toBe(expected);
  });

  it('a member is added to an object that holds none', () => {
    expect(
      editJson('{ }', [
        { at: '/a', set: 1 },
        { at: '/b~1c', set: 2 },
      ]),
    ).toBe('{"a":1,"b/c":2 }');
  });

  it('setting and dropping does to the text what it does to the value', () => {
    fc.assert(
      fc.property(fc.object({ maxDepth: 2 }), fc.nat(), fc.jsonValue(), (object, pick, value) => {
        const json = JSON.parse(JSON.stringify(object, null, 1)) as Record<string, unknown>;
        const names = Object.keys(json).filter(name => name !== '__proto__');
        const name = names[pick % Math.max(1, names.length)] ?? 'none';
        const text = JSON.stringify(json, null, 1);
        const set = JSON.parse(editJson(text, [{ at: pointerStep(name), set: value }])) as Record<string, unknown>;
        expect(set).toEqual({ ...json, [name]: JSON.parse(JSON.stringify(value)) as unknown });
        const { [name]: _, ...rest } = json;
        expect(JSON.parse(editJson(text, [{ at: pointerStep(name), drop: true }]))).toEqual(rest);
      }),
    );
  });

  it('what is no JSON, content-encoded or no UTF-8 is no JSON body', () => {
    const body = (text: string | Uint8Array) => (typeof text === 'string' ? new TextEncoder().encode(text) : text);
    expect(jsonBody({ headers: [], body: body('{"a":') })).toBeUndefined();
    expect(jsonBody({ headers: [], body: body('') })).toBeUndefined();
    expect(jsonBody({ headers: [['content-encoding', 'gzip']], body: body('{}') })).toBeUndefined();
    expect(jsonBody({ headers: [], body: body(Uint8Array.of(0x22, 0xff, 0x22)) })).toBeUndefined();
    expect(jsonBody({ headers: [], body: body('{}') })).toEqual({ text: '{}', json: {} });
  });
});
