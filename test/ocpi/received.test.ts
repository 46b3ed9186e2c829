import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compileChecker } from '../../core/ocpi/check.ts';
import { jsonFault } from '../../core/ocpi/json-fault.ts';
import { receive, receiveJson, receiveText } from '../../core/ocpi/received.ts';
import { ocpiInt, ocpiObject } from '../../core/ocpi/schema.ts';

const bytes = (text: string) => new TextEncoder().encode(text);
const codes = (body: Uint8Array | string) => receiveJson(body).findings.map(({ code }) => code);

describe('receiving a JSON body', () => {
  it('JSON becomes the view, the text stays as sent', () => {
    expect(receiveJson(bytes(' {"a": 1.50} '))).toEqual({ text: ' {"a": 1.50} ', view: { a: 1.5 }, findings: [] });
    expect(receiveJson('null')).toEqual({ text: 'null', view: null, findings: [] });
  });

  it('a byte order mark is found, kept in the text and read over', () => {
    const received = receiveJson(new Uint8Array([0xef, 0xbb, 0xbf, 0x5b, 0x5d]));
    expect(received).toMatchObject({ text: '\ufeff[]', view: [], findings: [{ code: 'body.bom' }] });
  });

  it('an empty body and one of white space are told from bad JSON', () => {
    expect(codes('')).toEqual(['body.empty']);
    expect(codes(' \r\n')).toEqual(['body.empty']);
    expect(receiveJson('')).not.toHaveProperty('view');
  });

  it('Latin-1 is read with replacement characters', () => {
    const received = receiveJson(new Uint8Array([0x22, 0x4b, 0xf6, 0x6c, 0x6e, 0x22]));
    expect(received).toMatchObject({ view: 'K\ufffdln', findings: [{ code: 'body.utf8' }] });
    expect(receiveText(new Uint8Array([0xff])).text).toBe('\ufffd');
  });

  it('a cut or misspelled body is found with line and column', () => {
    expect(receiveJson('{\n  "a": 1,\n  "b": tru\n}').findings).toMatchObject([
      { code: 'body.json', met: 'line 3, column 8: "t"', expected: 'a value' },
    ]);
    expect(receiveJson('{"a": [1, 2').findings[0]).toMatchObject({
      met: 'line 1, column 12: the end of the text',
      expected: ', or ]',
    });
  });

  it('an HTML page is named as such', () => {
    expect(receiveJson('<!DOCTYPE html><html><body>502</body></html>').findings[0]?.met).toMatch(/^HTML: /);
    expect(receiveJson('<?xml version="1.0"?><error/>').findings[0]?.met).toMatch(/^XML: /);
  });

  it('a body can be checked against a type while it is received', () => {
    const checker = compileChecker(ocpiObject('Thing', { n: ocpiInt() }));
    expect(receive('{"n":"5"}', checker, { version: '2.2.1' })).toMatchObject({
      view: { n: 5 },
      findings: [{ code: 'type.string-for-number', pointer: '/n' }],
    });
    const rejected = receive('\ufeff{}', checker, { version: '2.2.1' });
    expect(rejected).not.toHaveProperty('view');
    expect(rejected.findings.map(({ code }) => code)).toEqual(['body.bom', 'field.missing']);
    expect(receive('{', checker, { version: '2.2.1' }).findings.map(({ code }) => code)).toEqual(['body.json']);
  });

  it('never throws, whatever bytes come', () => {
    fc.assert(fc.property(fc.uint8Array(), body => void receiveJson(body)));
  });
});

describe('finding the fault in a text that is no JSON', () => {
  it.each([
    ['[1,]', 4, 'a value'],
    ['{"a":1,}', 8, 'a name in double quotes'],
    ["{'a':1}", 2, 'a name in double quotes or }'],
    ['{"a" 1}', 6, ':'],
    ['[1 2]', 4, ', or ]'],
    ['"ab', 4, 'the end of the string'],
    ['"a\nb"', 3, 'an escaped control character'],
    ['"a\\x"', 3, 'a valid escape'],
    ['01', 1, 'a value'],
    ['NaN', 1, 'a value'],
    ['{} x', 4, 'the end of the text'],
    ['[-]', 2, 'a value or ]'],
  ])('%j breaks at column %i', (text, column, expected) => {
    const fault = jsonFault(text);
    expect(fault?.expected).toBe(expected);
    if (!text.includes('\n')) expect(fault?.column).toBe(column);
  });

  it('finds a fault exactly where JSON.parse refuses, for mutated JSON', () => {
    fc.assert(
      fc.property(fc.json(), fc.nat(), fc.string({ maxLength: 2 }), fc.nat({ max: 2 }), (json, at, insert, drop) => {
        const place = at % (json.length + 1);
        const text = json.slice(0, place) + insert + json.slice(place + drop);
        let valid = true;
        try {
          JSON.parse(text);
        } catch {
          valid = false;
        }
        expect(jsonFault(text) === undefined).toBe(valid);
      }),
      { numRuns: 1000 },
    );
  });

  it('a million open brackets do not exhaust the stack', () => {
    expect(jsonFault('['.repeat(1_000_000))?.offset).toBe(1_000_000);
  });
});
