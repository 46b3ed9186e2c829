import { brotliCompressSync, deflateRawSync, deflateSync, gzipSync, zstdCompressSync } from 'node:zlib';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { decodeBody, isText } from '../../core/http/bodies.ts';

const CODERS: Readonly<Record<string, (bytes: Uint8Array) => Uint8Array>> = {
  gzip: bytes => gzipSync(bytes),
  'x-gzip': bytes => gzipSync(bytes),
  deflate: bytes => deflateSync(bytes),
  br: bytes => brotliCompressSync(bytes),
  zstd: bytes => zstdCompressSync(bytes),
};
const coded = (coding: string): [string, string][] => [['Content-Encoding', coding]];
const utf8 = (text: string) => new TextEncoder().encode(text);

test.each(Object.keys(CODERS))('whatever was coded as %s comes out as it was', coding => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 2000 }), bytes => {
      const body = CODERS[coding]?.(bytes) ?? bytes;
      const decoded = decodeBody(body, coded(coding));
      expect(Buffer.from(decoded.bytes).equals(bytes)).toBe(true);
      expect(decoded.problem).toBeUndefined();
      expect(decoded.undone).toEqual([coding]);
    }),
  );
});

test('deflate without its zlib head is read too', () => {
  expect(decodeBody(deflateRawSync(utf8('{"data":[]}')), coded('deflate')).text).toBe('{"data":[]}');
});

test('stacked codings are undone from the outside in, case and blanks aside', () => {
  const body = gzipSync(brotliCompressSync('{"a":1}'));
  expect(decodeBody(body, [['content-encoding', ' BR , GZip']]).text).toBe('{"a":1}');
  expect(decodeBody(body, [...coded('br'), ...coded('gzip')]).undone).toEqual(['gzip', 'br']);
  expect(decodeBody(utf8('{"a":1}'), coded('identity'))).toMatchObject({ text: '{"a":1}', undone: [] });
});

test('a bomb is stopped at the limit, and codings stacked too high are not begun', () => {
  const bomb = gzipSync(Buffer.alloc(50_000_000));
  const before = process.memoryUsage().rss;
  const decoded = decodeBody(bomb, coded('gzip'), { limit: 1_000_000 });
  expect(decoded.problem).toMatchObject({ kind: 'too-large', coding: 'gzip' });
  expect(decoded.text).toBeUndefined();
  expect(process.memoryUsage().rss - before).toBeLessThan(40_000_000);
  expect(decodeBody(gzipSync(gzipSync('x')), coded('gzip,gzip,gzip,gzip')).problem?.kind).toBe('too-many-codings');
});

test.each(Object.keys(CODERS))('a %s body that was cut gives its beginning and says so', coding => {
  const words = Array.from({ length: 20_000 }, (_, at) => `${(at * 7919) % 10_007}`).join();
  const whole = CODERS[coding]?.(utf8(`{"data":"${words}"}`)) ?? new Uint8Array();
  const decoded = decodeBody(whole.subarray(0, whole.length - 100), coded(coding));
  expect(decoded.problem).toMatchObject({ kind: 'cut', coding });
  if (coding !== 'zstd') expect(decoded.text?.startsWith('{"data":"0,7919')).toBe(true);
});

test.each([...Object.keys(CODERS), 'constructor', 'aes128gcm'])(
  'a body that is not %s, as the header claims, is told',
  coding => {
    const decoded = decodeBody(utf8('{"data":[]}'), coded(coding));
    expect(decoded.problem?.coding).toBe(coding);
    expect(decoded.problem?.detail).toContain(coding === 'x-gzip' ? 'gzip' : coding);
    expect(decoded.text).toBe('{"data":[]}');
  },
);

test('decoding never throws, whatever the bytes and the header', () => {
  const header = fc.oneof(fc.string(), fc.constantFrom(...Object.keys(CODERS)));
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 200 }), header, header, (bytes, coding, type) => {
      const headers: [string, string][] = [...coded(coding), ['Content-Type', type]];
      expect(decodeBody(bytes, headers, { limit: 10_000 }).bytes).toBeInstanceOf(Uint8Array);
    }),
  );
});

test.each(['gzip', 'deflate', 'br', 'zstd'])(
  'a body kept decoded beside Content-Encoding: %s is text all the same',
  coding => {
    const body = utf8('{"status_code":1000,"data":[]}');
    const { text, bytes } = decodeBody(body, coded(coding));
    expect(text).toBe('{"status_code":1000,"data":[]}');
    expect(bytes).toBe(body);
  },
);

test('text is read in its charset, and kept as it is otherwise', () => {
  const typed = (type: string): [string, string][] => [['content-type', type]];
  expect(decodeBody(Buffer.from('é', 'latin1'), typed('text/plain; charset=ISO-8859-1')).text).toBe('é');
  expect(decodeBody(utf8('é'), typed('application/json; charset=no-such-charset')).text).toBe('é');
  expect(decodeBody(utf8('\ufeff{}'), typed('application/json')).text).toBe('\ufeff{}');
  expect(decodeBody(Buffer.from([0x7b, 0xff, 0x7d]), typed('application/json')).text).toBe('{\ufffd}');
  expect(decodeBody(new Uint8Array(), typed('application/json'))).toMatchObject({ undone: [] });
  expect(decodeBody(new Uint8Array(), typed('application/json')).text).toBeUndefined();
});

test.each<[string, Uint8Array, boolean]>([
  ['application/json', Buffer.from([0xff]), true],
  ['application/vnd.ocpi+json; charset=utf-8', Buffer.from([0xff]), true],
  ['text/html', utf8('<'), true],
  ['image/png', utf8('text'), false],
  ['', utf8('plain words é'), true],
  ['application/octet-stream', Buffer.from([0, 1, 2]), false],
  ['', utf8('é'.repeat(1000)).subarray(0, 1999), true],
  ['', Buffer.from([0xc3, 0x28]), false],
])('whether a body is text is told by its type, else by its bytes: %s', (type, bytes, expected) => {
  expect(isText(bytes, type === '' ? [] : [['Content-Type', type]])).toBe(expected);
});
