import { brotliCompressSync, deflateSync, gzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import type { ExchangeLine, LogRecord } from '../../../core/session-log/format/records.ts';
import { exchangeLine, linkLine, objectLine, ruleLine, runLine } from '../support/lines.ts';
import { ALL_GROUPS, everyReading, redacted } from './support.ts';

const TOKEN = 'Zx9/kL+2mQ"7r-é&credential';
const PLAIN = 'ebf3b399-779f-4497-9b9d-ac6ad3cc44d2';
const b64 = (text: string) => Buffer.from(text).toString('base64');
const urlSafe = (text: string) => b64(text).replaceAll('+', '-').replaceAll('/', '_').replace(/=+$/, '');
const percent = (text: string) =>
  Array.from(Buffer.from(text), byte => `%${byte.toString(16).padStart(2, '0')}`).join('');
const unicode = (text: string) =>
  Array.from(text, character => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`).join('');
const json = (text: string) => JSON.stringify(text).slice(1, -1);

/** Each writes a token as partners were seen to, or could. */
const SHAPES: Readonly<Record<string, (token: string) => string>> = {
  raw: token => token,
  base64: b64,
  'base64 with a line feed': token => b64(`${token}\n`),
  'base64 with CR LF': token => b64(`${token}\r\n`),
  base64url: urlSafe,
  'base64 without padding': token => b64(token).replace(/=+$/, ''),
  'base64 twice': token => b64(b64(token)),
  'base64 twice, each with a line feed': token => b64(`${b64(`${token}\n`)}\n`),
  'percent-encoded': encodeURIComponent,
  'percent-encoded in lower case, every byte': percent,
  'percent-encoded twice': token => encodeURIComponent(encodeURIComponent(token)),
  'base64, percent-encoded': token => encodeURIComponent(b64(token)),
  'JSON with escapes': json,
  'JSON in JSON': token => json(json(token)),
  'JSON with escaped slashes': token => json(token).replaceAll('/', '\\/'),
  'every letter as \\u0041': unicode,
  'references of HTML': token => Array.from(token, character => `&#${character.codePointAt(0)};`).join(''),
  'hexadecimal references of HTML': token =>
    Array.from(token, character => `&#x${(character.codePointAt(0) ?? 0).toString(16)};`).join(''),
  'cut in its middle': token => `${token.slice(0, token.length - 3)}…`,
  'in user information': token => `https://user:${encodeURIComponent(token)}@partner.example/`,
};

/** Every place of a log into which a text can get. */
function everywhere(written: string, token: string): LogRecord[] {
  const quoted = JSON.stringify(written);
  const texts: Partial<ExchangeLine>[] = [
    { request: { method: 'GET', url: `https://partner.example/ocpi/${written}/x?y=${written}`, headers: [] } },
    { request: { method: written, url: '/', headers: [] } },
    ...(
      [
        ['Authorization', `Token ${written}`],
        ['Authorization', written],
        ['Proxy-Authorization', `Basic ${written}`],
        ['X-Api-Key', written],
        ['Cookie', `session=${written}`],
        ['Set-Cookie', `session=${written}; Path=/`],
        ['X-Custom', written],
        ['Link', `<https://partner.example/?token=${written}>; rel="next"`],
        [written, 'value'],
      ] as const
    ).map(([name, value]) => ({
      request: { method: 'GET', url: '/', headers: [[name, value]] as [string, string][] },
    })),
    ...[
      `{"token":${quoted}}`,
      `{"data":{${quoted}:1}}`,
      `{"remark":"it is ${json(written)}"}`,
      `{"token":${quoted.slice(0, -1)}`,
      `<credentials><token>${written}</token></credentials>`,
      `token=${written}&x=1`,
      `plain ${written} text`,
    ].flatMap(text => [
      response({ text }),
      response({ base64: gzipSync(text).toString('base64') }, 'gzip'),
      response({ base64: brotliCompressSync(text).toString('base64') }, 'br'),
      response({ base64: deflateSync(text).toString('base64') }, 'deflate'),
      response({ base64: Buffer.concat([Buffer.from(text), Buffer.from([0xff])]).toString('base64') }),
      response({ base64: Buffer.from(`\ufeff${text}`, 'utf16le').toString('base64') }),
    ]),
    { note: `They use ${written}` },
    { requestId: written },
    { correlationId: written },
    { connection: { reused: false, detail: written } },
    { ended: { how: 'refused', detail: `refused ${written}` } },
    {
      ended: {
        how: 'malformed',
        detail: 'no',
        raw: Buffer.from(`GET / HTTP/1.1\r\nX-Odd: ${written}`).toString('base64'),
      },
    },
    {
      findings: [
        {
          severity: 'error',
          code: 'x',
          pointer: `/data/${written}`,
          met: written,
          expected: `not ${written}`,
          section: '',
        },
      ],
    },
    {
      faults: {
        firings: [
          {
            rule: `rule ${written}`,
            ruleId: 1,
            kind: 'x',
            parameters: { value: written },
            hit: 1,
            did: written,
            applied: true,
          },
        ],
        intended: { start: `PUT ${written}`, headers: [['X', written]], body: { text: written } },
        wire: [`sent ${written}`],
      },
    },
  ];
  return [
    linkLine(1, {
      name: written,
      organisation: written,
      versionsUrl: `https://partner.example/${written}`,
      endpoints: [{ identifier: written, url: `https://partner.example/${written}` }],
      settings: {
        tokenForm: 'auto',
        requiredModules: [],
        proxy: `http://user:${token}@proxy.example:3128`,
        clientKey: `-----BEGIN PRIVATE KEY-----\n${b64(token)}\n-----END PRIVATE KEY-----`,
      },
    }),
    ruleLine({ name: written, details: { parameters: { value: written }, scope: { object: written } } }),
    runLine(1, {
      steps: [{ step: written, ok: true, exchangeIds: [], reason: `asked with ${written}`, findings: [] }],
      result: {
        summary: `used ${written}`,
        asked: { operation: 'x', results: [], detail: { message: written, [written]: 1 } },
      },
    }),
    ...texts.map((change, at) => exchangeLine(at + 1, change)),
    objectLine({
      text: JSON.stringify({ id: 'LOC1', remark: written }),
      revisions: [{ version: '2.2.1', text: JSON.stringify({ remark: written }), seenAt: 0, replacedAt: 1 }],
    }),
  ];
}

function response(body: { text?: string; base64?: string }, coding?: string): Partial<ExchangeLine> {
  const headers: [string, string][] = coding === undefined ? [] : [['Content-Encoding', coding]];
  return { response: { status: 200, statusText: 'OK', headers, body } };
}

describe('no credentials token stands in a finished line, in whatever place', () => {
  for (const [name, write] of Object.entries(SHAPES)) {
    test(`a token written ${name}`, () => {
      for (const [token, groups] of [[PLAIN, []] as const, [TOKEN, ALL_GROUPS] as const]) {
        const secret = name.startsWith('cut') ? token.slice(0, token.length - 3) : token;
        const leaks = (lines: readonly LogRecord[]) =>
          lines.flatMap(line => everyReading(line).filter(text => text.includes(secret)));
        const records = everywhere(write(token), token);
        expect(leaks(records)).not.toEqual([]);
        expect(leaks(redacted(records, { groups, tokens: [token] }).records)).toEqual([]);
      }
    });
  }
});

describe('what is secret by its place', () => {
  test('cookies and credentials of unknown kinds are replaced, known or not', () => {
    const { records, redaction } = redacted([
      exchangeLine(1, {
        request: {
          method: 'GET',
          url: '/',
          headers: [
            ['Cookie', 'session=abcdef'],
            ['Authorization', 'Token never-seen-before'],
            ['Proxy-Authorization', 'Basic dXNlcjpwYXNz'],
            ['Authorization', 'Token {token:abc:base64:48}'],
          ],
        },
      }),
    ]);
    const [cookie, unknown, proxy, sealed] = records[0]?.request.headers ?? [];
    expect(cookie).toEqual(['Cookie', '(left out)']);
    expect(unknown?.[1]).toMatch(/^Token \{token:[0-9a-f]{12}:raw:17\}$/);
    expect(proxy?.[1]).toMatch(/^Basic \{token:[0-9a-f]{12}:raw:12\}$/);
    expect(sealed?.[1]).toBe('Token {token:abc:base64:48}');
    expect(redaction.counts()[0]).toMatchObject({ group: 'tokens', places: 3, example: null });
  });

  test('keys, certificates and the password of a proxy never leave with a link', () => {
    const pem = '-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----';
    const { records } = redacted([
      linkLine(1, {
        settings: {
          tokenForm: 'auto',
          requiredModules: [],
          ca: pem,
          clientCertificate: pem,
          clientKey: pem.replaceAll('CERTIFICATE', 'PRIVATE KEY'),
          proxy: 'http://user:pass@proxy.example:3128',
        },
      }),
    ]);
    expect(records[0]?.link.settings).toEqual({
      tokenForm: 'auto',
      requiredModules: [],
      proxy: 'http://proxy.example:3128',
    });
    expect(redacted([exchangeLine(1, { note: `use ${pem}` })]).records[0]?.note).toBe('use (left out)');
  });

  test('redaction leaves the placeholders of tokens as they are, also a second time', () => {
    const note = 'token {token:TOKEN1:raw:36} of NL-ACM-C00000001-X';
    const { records } = redacted([exchangeLine(1, { note })]);
    expect(records[0]?.note).toContain('{token:TOKEN1:raw:36}');
    expect(records[0]?.note).not.toContain('C00000001');
  });
});
