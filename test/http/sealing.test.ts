import { createHmac } from 'node:crypto';
import { brotliCompressSync, gunzipSync, gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { ExchangeRecord } from '../../core/http/exchange.ts';
import { unseal } from '../../core/http/placeholder.ts';
import { createSealer, type Sealer } from '../../core/http/sealing.ts';
import { writtenForms } from '../../core/http/token-forms.ts';
import { finding } from '../../core/ocpi/findings.ts';

const idOf = (token: string) => createHmac('sha256', 'test key').update(token).digest('hex').slice(0, 12);
const utf8 = (text: string) => new TextEncoder().encode(text);
const textOf = (bytes: Uint8Array | undefined) => Buffer.from(bytes ?? []).toString('utf8');
const b64 = (text: string) => Buffer.from(text).toString('base64');

function sealerFor(...tokens: string[]): Sealer {
  const known = tokens.map(token => ({ id: idOf(token), token }));
  return createSealer({ idOf, known: () => known });
}

/** A ledger that remembers every token it was ever asked about, to unseal with. */
function rememberingSealer(...tokens: string[]) {
  const remembered = new Map(tokens.map(token => [idOf(token), token]));
  const known = tokens.map(token => ({ id: idOf(token), token }));
  const sealer = createSealer({
    idOf: token => {
      remembered.set(idOf(token), token);
      return idOf(token);
    },
    known: () => known,
  });
  return { sealer, open: (text: string) => unseal(text, id => remembered.get(id)) };
}

function exchange(parts: Partial<ExchangeRecord>): ExchangeRecord {
  return {
    direction: 'out',
    operation: 'versions.list',
    startedAt: 0,
    request: { method: 'GET', url: 'http://partner.example/ocpi/versions', headers: [], body: new Uint8Array() },
    ended: { how: 'complete' },
    findings: [],
    ...parts,
  };
}

const response = (headers: [string, string][], body: Uint8Array | string) => ({
  status: 200,
  statusText: 'OK',
  headers,
  body: typeof body === 'string' ? utf8(body) : body,
});

describe('Authorization headers', () => {
  test('a known token is sealed with its form, so that a badly encoded one stays visible', () => {
    const token = 'ebf3b399-779f-4497-9b9d-ac6ad3cc44d2';
    const sealer = sealerFor(token);
    const id = idOf(token);
    const sealed = (value: string) => sealer.headers([['Authorization', value]])[0]?.[1];
    expect(sealed(`Token ${token}`)).toBe(`Token {token:${id}:raw:36}`);
    expect(sealed(`Token ${b64(token)}`)).toBe(`Token {token:${id}:base64:48}`);
    expect(sealed(`Token ${b64(`${token}\n`)}`)).toBe(`Token {token:${id}:base64+lf:52}`);
    expect(sealed(`token   ${b64(b64(token))}`)).toBe(`token   {token:${id}:double-base64:64}`);
    expect(sealed(`Tokn ${token}`)).toBe(`Tokn {token:${id}:raw:36}`);
    expect(sealed(token)).toBe(`{token:${id}:raw:36}`);
  });

  test('an unknown token is sealed too, whatever the scheme', () => {
    const sealer = sealerFor();
    for (const value of ['Token s3cret', 'Bearer s3cret', 'Basic s3cret', 's3cret', 'Foo s3cret', 'Token: s3cret']) {
      const sealed = sealer.headers([['aUTHORIZATION', value]])[0]?.[1] ?? '';
      expect(sealed).not.toContain('s3cret');
      expect(sealed).toContain('{token:');
    }
    expect(sealer.headers([['Proxy-Authorization', 'Basic s3cret']])[0]?.[1]).toBe(
      `Basic {token:${idOf('s3cret')}:raw:6}`,
    );
    expect(sealer.headers([['Authorization', 'Token']])[0]?.[1]).toBe('Token');
  });

  test('headers without a token are handed back as the same object', () => {
    const headers: [string, string][] = [
      ['Host', 'partner.example'],
      ['Accept', 'application/json'],
    ];
    expect(sealerFor('some-token-value').headers(headers)).toBe(headers);
  });

  test('a token that becomes known is found from then on', () => {
    let known: { id: string; token: string }[] = [];
    const sealer = createSealer({ idOf, known: () => known });
    expect(sealer.text('tell new-token-value')).toBe('tell new-token-value');
    known = [{ id: idOf('new-token-value'), token: 'new-token-value' }];
    expect(sealer.text('tell new-token-value')).toBe(`tell {token:${idOf('new-token-value')}:raw:15}`);
  });
});

describe('bodies', () => {
  test.each([
    ['whole JSON', '{"token":"s3cret!","url":"https://x"}'],
    ['JSON with blanks and another case', '{ "Token" :\n  "s3cret!" }'],
    ['JSON cut inside the token', '{"url":"https://x","token":"s3cret!'],
    ['JSON quoted in JSON', JSON.stringify({ body: JSON.stringify({ token: 's3cret!' }) })],
    ['JSON quoted twice', JSON.stringify({ a: JSON.stringify({ b: JSON.stringify({ token: 's3cret!' }) }) })],
    ['escapes in the value', '{"token":"\\u0073\\u0033cret!"}'],
    ['escapes in the key', '{"\\u0074oken":"s3cret!"}'],
    ['single quotes', "{'token': 's3cret!'}"],
    ['a bare key', '{token: "s3cret!"}'],
    ['an element', '<credentials><token>s3cret!</token></credentials>'],
    ['a form field', 'url=https%3A%2F%2Fx&token=s3cret!'],
    ['a header echoed', '{"headers":{"Authorization":"Token s3cret!"}}'],
    ['UTF-16', Buffer.from('{"token":"s3cret!"}', 'utf16le')],
  ])('an unknown token in a `token` member is sealed: %s', (_, body) => {
    const sealed = sealerFor().record(exchange({ response: response([], body) }));
    const stored = Buffer.from(sealed.response?.body ?? []);
    expect(stored.includes('{token:') || stored.toString('utf16le').includes('{token:')).toBe(true);
    for (const encoding of ['utf8', 'utf16le'] as const) expect(stored.toString(encoding)).not.toContain('s3cret');
  });

  test('members that are no text are left alone, and so is everything else', () => {
    const body = '{"token":{"uid":"abc"},"cdr_token":{"uid":"x"},"tokens":["a"],"token_uid":"abcdefgh","data":null}';
    const given = exchange({ response: response([], body) });
    expect(sealerFor('another-token').record(given).response?.body).toBe(given.response?.body);
  });

  test('a compressed body that holds a token is kept decoded, and a note says so', () => {
    const body = gzipSync('{"data":{"token":"s3cret!"}}');
    const sealed = sealerFor().record(exchange({ response: response([['Content-Encoding', 'gzip']], body) }));
    expect(textOf(sealed.response?.body)).toBe(`{"data":{"token":"{token:${idOf('s3cret!')}:raw:7}"}}`);
    expect(sealed.response?.headers).toEqual([['Content-Encoding', 'gzip']]);
    expect(sealed.findings).toMatchObject([{ code: 'history.body-decoded', severity: 'note' }]);
  });

  test('a compressed body without a token stays as it was sent', () => {
    const body = gzipSync('{"data":[]}');
    const given = exchange({ response: response([['Content-Encoding', 'gzip']], body) });
    expect(sealerFor('another-token').record(given).response?.body).toBe(body);
  });

  test('a body cut inside a known token keeps nothing of it', () => {
    const sealer = sealerFor('0123456789abcdefghij');
    const sealed = sealer.record(exchange({ response: response([], '{"data":"0123456789abc') }));
    expect(textOf(sealed.response?.body)).toBe(`{"data":"{token:${idOf('0123456789abcdefghij')}:raw:13}`);
  });

  test('broken UTF-8 around a token survives byte for byte', () => {
    const body = Buffer.concat([Buffer.from([0xff, 0xfe, 0x80]), utf8(' known-token-1 '), Buffer.from([0xc3])]);
    const sealed = sealerFor('known-token-1').record(exchange({ response: response([], body) })).response?.body;
    expect(Buffer.from(sealed ?? []).subarray(0, 3)).toEqual(Buffer.from([0xff, 0xfe, 0x80]));
    expect(sealed?.at(-1)).toBe(0xc3);
    expect(Buffer.from(sealed ?? []).includes('known-token-1')).toBe(false);
  });
});

describe('raw packets', () => {
  test.each([
    ['a whole head', 'GET /ocpi HTTP/9\r\nAuthorization: Token s3cret!\r\nAccept: a/b\r\n\r\n'],
    ['a head cut inside the token', 'GET /ocpi HTTP/1.1\r\nAuthorization: Token s3cret!'],
    ['a packet that begins inside the line', 'zation: Token s3cret!\r\nHost: x\r\n\r\n'],
    ['a packet of which only a scheme is left', 'GET /\x01 HTTP/1.1\r\nzation: Bearer s3cret!\r\nHost: x\r\n\r\n'],
    ['a packet that begins at the scheme', 'Basic s3cret!\r\nHost: x\r\n\r\n'],
    ['a header of an API key', 'GET /\x01 HTTP/1.1\r\nX-API-Key: s3cret!\r\nHost: x\r\n\r\n'],
    ['a header that is called after the token', 'GET /\x01 HTTP/1.1\r\nX-Auth-Token: s3cret!\r\ntoken:s3cret!\r\n\r\n'],
    ['a folded line', 'GET / HTTP/1.1\r\nAuthorization: Token\r\n s3cret!\r\nHost: x\r\n\r\n'],
  ])('an unparseable request holds no token: %s', (_, raw) => {
    const request = { method: '', url: '', headers: [], body: utf8(raw) };
    const sealed = sealerFor().record(exchange({ direction: 'in', request }));
    expect(textOf(sealed.request.body)).not.toContain('s3cret');
    expect(textOf(sealed.request.body)).toContain('{token:');
    const ended = sealerFor().update({ ended: { how: 'malformed', detail: 'x', raw: utf8(raw) } }).ended;
    expect(ended?.how === 'malformed' && textOf(ended.raw)).not.toContain('s3cret');
  });
});

describe('what was made to take long', () => {
  test.each([
    ['backslashes', `token ${'\\'.repeat(1_000_000)}`],
    ['backslashes and quotes', `{"token":"${'\\'.repeat(500_000)}${'"'.repeat(500_000)}`],
    ['Authorization again and again', 'authorization:'.repeat(70_000)],
    ['quotes that are never closed', '"token":"'.repeat(100_000)],
  ])('is looked through once: a megabyte of %s', (_, text) => {
    const request = { method: 'POST', url: '/', headers: [], body: utf8(`{"token":"s3cret!"} ${text}`) };
    const sealed = sealerFor().record(exchange({ direction: 'in', request }));
    expect(textOf(sealed.request.body)).toMatch(/^\{"token":"\{token:[0-9a-f]+:raw:7\}"\}/);
  });
});

describe('other places', () => {
  test('a token shortened inside a finding leaves nothing behind', () => {
    const token = 'T0k3n'.repeat(12);
    const met = `${'x'.repeat(100)}${token}${'y'.repeat(50)}`;
    const sealed = sealerFor(token).update({ findings: [finding('body.json', { met, expected: 'JSON' })] });
    expect(sealed.findings?.[0]?.met).not.toContain(token.slice(0, 6));
    expect(sealed.findings?.[0]?.met).toContain('…');
  });

  test('sealing what is sealed changes nothing, even when the token reads like a placeholder', () => {
    for (const token of ['base64', 'token:', 'abcdef', 'raw:12']) {
      const sealer = sealerFor(token);
      const once = sealer.text(`Authorization: Token ${token} and {"token":"${token}"}`);
      expect(sealer.text(once)).toBe(once);
    }
  });

  test('a token that holds a placeholder is sealed with it', () => {
    const sealed = sealerFor().text('{"token":"before {token:abc:raw:5} after"}');
    expect(sealed).not.toMatch(/before|after/);
  });

  test('an empty or very short known token spoils no text', () => {
    const sealer = sealerFor('', 'a', 'abcde');
    expect(sealer.text('{"data":"abcde a b"}')).toBe('{"data":"abcde a b"}');
    expect(sealer.headers([['Authorization', 'Token a']])[0]?.[1]).toBe(`Token {token:${idOf('a')}:raw:1}`);
  });
});

/** Printable ASCII without blanks, as OCPI asks of tokens. */
const aToken = fc.string({
  unit: fc.integer({ min: 0x21, max: 0x7e }).map(code => String.fromCharCode(code)),
  minLength: 1,
  maxLength: 64,
});

/** Twenty kinds of places in which a token may hide. */
const HIDING: Readonly<Record<string, (written: string) => Partial<ExchangeRecord>>> = {
  'authorization header': w => withRequest({ headers: [['Authorization', `Token ${w}`]] }),
  'other scheme': w => withRequest({ headers: [['authorization', `Bearer  ${w}`]] }),
  'other header': w => withRequest({ headers: [['X-Debug', `got <${w}> from you`]] }),
  'header twice': w =>
    withRequest({
      headers: [
        ['A', w],
        ['B', `${w}${w}`],
      ],
    }),
  'url path': w => withRequest({ url: `http://x/ocpi/${w}/1` }),
  'url query, encoded': w => withRequest({ url: `http://x/?t=${encodeURIComponent(w)}&u=1` }),
  'url query, lower-case escapes': w =>
    withRequest({ url: `/?t=${encodeURIComponent(w).replace(/%../g, code => code.toLowerCase())}` }),
  'JSON member': w => ({ response: response([], JSON.stringify({ data: { token: w } })) }),
  'JSON text': w => ({ response: response([], JSON.stringify({ message: `wrong: ${w}.` })) }),
  'JSON with escaped slashes': w => ({ response: response([], JSON.stringify([`-${w}`]).replaceAll('/', '\\/')) }),
  'JSON in JSON': w => ({ response: response([], JSON.stringify({ log: JSON.stringify({ header: w }) })) }),
  'unicode escapes': w => ({
    response: response([], `["${Array.from(w, c => `\\u00${c.charCodeAt(0).toString(16)}`).join('')}"]`),
  }),
  'broken JSON': w => ({ response: response([], `{"token": ${JSON.stringify(w)}, "data": [`) }),
  'plain text': w => ({ response: response([['Content-Type', 'text/plain']], `Token ${w} is not valid`) }),
  HTML: w => ({
    response: response([], `<b>${w.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&#34;')}</b>`),
  }),
  gzip: w => ({ response: response([['Content-Encoding', 'gzip']], gzipSync(`{"a":1,"b":"${w}"}`)) }),
  brotli: w => ({ response: response([['content-encoding', 'br']], brotliCompressSync(`token was ${w}`)) }),
  'error detail': w => ({ ended: { how: 'refused', detail: `could not connect with ${w}` } }),
  'raw packet': w => ({ ended: { how: 'malformed', detail: '', raw: utf8(`GET /\r\nAuthorization: Token ${w}\r\n`) } }),
  finding: w => ({ findings: [finding('body.json', { met: w.slice(0, 100), expected: 'JSON', pointer: `/${w}` })] }),
  'status text and ids': w => ({ requestId: w, correlationId: `c-${w}`, fromParty: w, toParty: `NL-${w}` }),
};

function withRequest(parts: Partial<ExchangeRecord['request']>): Partial<ExchangeRecord> {
  return { request: { method: 'GET', url: 'http://x/', headers: [], body: new Uint8Array(), ...parts } };
}

/** Everything that would be stored, in every reading in which somebody might search it. */
function readings(record: ExchangeRecord): string {
  const bytes = [record.request.body, record.response?.body];
  const raw = record.ended.how === 'malformed' ? record.ended.raw : undefined;
  const texts = [...bytes, raw].flatMap(body => {
    if (!body) return [];
    const plain = textOf(body);
    try {
      return [plain, gunzipSync(body).toString()];
    } catch {
      return [plain];
    }
  });
  const rest = { ...record, request: { ...record.request, body: '' }, response: record.response?.headers };
  const values: string[] = [];
  const collect = (value: unknown): void => {
    if (typeof value === 'string') values.push(value);
    else if (value && typeof value === 'object' && !(value instanceof Uint8Array))
      Object.values(value).forEach(collect);
  };
  collect(rest);
  const all = [...texts, ...values].join('\n\n');
  const unescaped = all.replace(/\\u00([0-9a-f]{2})/g, (_, hex) => String.fromCharCode(Number.parseInt(hex, 16)));
  return [all, unescaped, unescaped.replace(/\\(.)/g, '$1')].join('\n\n');
}

const SURROUNDINGS = [
  ...Object.values(HIDING).map(hide => readings(exchange(hide('~')))),
  '{token:raw:base64:double-base64}',
].join();

/** Tokens that are part of what stands around them anyway would be found in it. */
const innocent = (form: string) => !SURROUNDINGS.includes(form);

describe('whatever the token', () => {
  test('sealing never throws, and without tokens changes nothing, whatever the bytes', () => {
    const sealer = sealerFor('known-token-1', 'caf\u00e9-token');
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), fc.string(), (bytes, text) => {
        const given = exchange({
          request: { method: '', url: text, headers: [['X', text]], body: bytes },
          response: response([['Content-Encoding', 'gzip']], bytes),
        });
        const sealed = sealer.record(given);
        if (!/token|auth|bearer|basic/i.test(textOf(bytes))) expect(sealed.request.body).toBe(bytes);
        expect(sealer.record(sealed)).toEqual(sealed);
      }),
    );
  });

  test.each(Object.keys(HIDING))(
    'nothing of six characters or more remains of a known token in any form: %s',
    place => {
      const hide = HIDING[place];
      fc.assert(
        fc.property(aToken, fc.nat(), (token, pick) => {
          const forms = writtenForms(token).filter(({ text }) => text.length >= 6);
          const form = forms[pick % Math.max(1, forms.length)];
          if (!form || !hide) return;
          fc.pre(forms.every(({ text }) => innocent(text)));
          const sealed = sealerFor('unrelated-token-of-someone', token).record(exchange(hide(form.text)));
          const stored = readings(sealed);
          for (const { text } of forms) expect(stored).not.toContain(text);
        }),
        { numRuns: 150 },
      );
    },
  );

  test('unsealing gives back headers and JSON bodies as they were', () => {
    fc.assert(
      fc.property(aToken, fc.nat(), fc.boolean(), (token, pick, isKnown) => {
        const forms = writtenForms(token);
        const written = forms[pick % forms.length]?.text ?? token;
        const { sealer, open } = rememberingSealer(...(isKnown ? [token] : []));
        const value = `Token ${written}`;
        const header = sealer.headers([['Authorization', value]])[0]?.[1] ?? '';
        expect(header).not.toBe(value);
        expect(open(header)).toBe(value);
        for (const body of [
          JSON.stringify({ data: { token: written, url: 'https://x/a' }, status_code: 1000 }),
          JSON.stringify({ data: { token, url: `https://x/${written}` } }).replaceAll('/', '\\/'),
          JSON.stringify({ message: `unknown: ${written}`, quoted: JSON.stringify({ token }) }),
        ]) {
          const sealed = sealer.record(exchange({ response: response([], body) })).response?.body;
          const sealedText = textOf(sealed);
          expect(() => JSON.parse(sealedText)).not.toThrow();
          expect(open(sealedText)).toBe(body);
        }
      }),
      { numRuns: 400 },
    );
  });
});

test('half of a surrogate pair in the place of a token is sealed like any other text', () => {
  const { text } = sealerFor('ebf3b399-779f-4497-9b9d-ac6ad3cc44d2');
  expect(text('{"token":"\\ud800 abc"}')).toMatch(/^\{"token":"\{token:[0-9a-f]{12}:raw\.[a-z-]+:10\}"\}$/);
});
