import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import type { ExchangeLine } from '../../../core/session-log/format/records.ts';
import { harFormat } from '../../../core/session-log/formats/har.ts';
import { exchangeLine, JSON_TYPE } from '../support/lines.ts';

const named = z.object({ name: z.string(), value: z.string() });
const cookie = named.extend({
  path: z.string().optional(),
  domain: z.string().optional(),
  expires: z.iso.datetime().optional(),
  httpOnly: z.boolean().optional(),
  secure: z.boolean().optional(),
});
const message = {
  httpVersion: z.string(),
  cookies: z.array(cookie),
  headers: z.array(named),
  headersSize: z.int().min(-1),
  bodySize: z.int().min(-1),
};
const phase = z.number().min(-1);
/** HTTP Archive 1.2, as its specification has it: what has no underscore before its name. */
const Har = z.object({
  log: z.object({
    version: z.literal('1.2'),
    creator: z.object({ name: z.string(), version: z.string() }),
    comment: z.string().optional(),
    entries: z.array(
      z.object({
        startedDateTime: z.iso.datetime({ offset: true }),
        time: z.number().min(0),
        request: z.object({
          ...message,
          method: z.string().min(1),
          url: z.url({ protocol: /^https?$/ }),
          queryString: z.array(named),
          postData: z.object({ mimeType: z.string(), text: z.string() }).optional(),
        }),
        response: z.object({
          ...message,
          status: z.int(),
          statusText: z.string(),
          content: z.object({
            size: z.int().min(0),
            compression: z.int().optional(),
            mimeType: z.string(),
            text: z.string().optional(),
            encoding: z.literal('base64').optional(),
          }),
          redirectURL: z.string(),
        }),
        cache: z.object({}),
        timings: z.object({
          blocked: phase,
          dns: phase,
          connect: phase,
          ssl: phase,
          send: z.number().min(0),
          wait: z.number().min(0),
          receive: z.number().min(0),
        }),
        serverIPAddress: z.string().optional(),
      }),
    ),
  }),
});

const CONTEXT = {
  title: '',
  redacted: [],
  keptPersonal: null,
  release: '0.8.0',
  linkName: (id: number) => `link ${id}`,
};

function harOf(...lines: readonly ExchangeLine[]) {
  const format = harFormat(CONTEXT);
  const text = [format.begin(), ...lines.map(line => format.exchange(line)), format.end()].join('');
  return { text, har: Har.parse(JSON.parse(text)) };
}

describe('HAR', () => {
  it('is valid with no exchange, with one, and with many', () => {
    expect(harOf().har.log.entries).toEqual([]);
    expect(harOf(exchangeLine()).har.log.entries).toHaveLength(1);
    expect(harOf(exchangeLine(1), exchangeLine(2), exchangeLine(3)).har.log.entries).toHaveLength(3);
  });

  it('shows the text of what was packed, and tells how much smaller it was', () => {
    const text = '{"status_code":1000}'.repeat(20);
    const packed = gzipSync(text);
    const { har } = harOf(
      exchangeLine(1, {
        response: {
          status: 200,
          statusText: 'OK',
          headers: [JSON_TYPE, ['Content-Encoding', 'gzip']],
          body: { base64: packed.toString('base64') },
        },
      }),
    );
    expect(har.log.entries[0]?.response).toMatchObject({
      bodySize: packed.length,
      content: { text, size: text.length, compression: text.length - packed.length, mimeType: 'application/json' },
    });
  });

  it('gives what came in an absolute URL by its Host', () => {
    const asked = exchangeLine(1, {
      direction: 'in',
      request: { method: 'GET', url: '/ocpi/versions?a=1&b=', headers: [['Host', 'wbx.example:8443']] },
      connection: { reused: true, tls: { protocol: 'TLSv1.3', cipher: 'x' } },
    });
    const { har } = harOf(asked, exchangeLine(2, { request: { method: 'GET', url: '*', headers: [] } }));
    expect(har.log.entries[0]?.request).toMatchObject({
      url: 'https://wbx.example:8443/ocpi/versions?a=1&b=',
      queryString: [
        { name: 'a', value: '1' },
        { name: 'b', value: '' },
      ],
    });
    expect(har.log.entries[1]?.request.url).toBe('http://host.invalid/*');
  });

  it('has what never was answered with status 0, and why', () => {
    const { response: _, ...line } = exchangeLine(1, { ended: { how: 'refused', detail: 'ECONNREFUSED' } });
    const { har, text } = harOf(line);
    expect(har.log.entries[0]?.response).toMatchObject({ status: 0, content: { size: 0 }, bodySize: -1 });
    expect(text).toContain('"_error":"refused"');
  });

  it('adds its phases up to its time, and has -1 for what did not happen', () => {
    const timings = { queue: 1, dns: null, connect: 2, tls: 3, firstByte: 4, total: 12 };
    const [entry] = harOf(exchangeLine(1, { timings })).har.log.entries;
    expect(entry).toMatchObject({
      time: 12,
      timings: { blocked: 1, dns: -1, connect: 5, ssl: 3, send: 0, wait: 4, receive: 2 },
    });
  });

  it('tells cookies apart from their attributes', () => {
    const [entry] = harOf(
      exchangeLine(1, {
        request: { method: 'GET', url: 'https://acme.example/', headers: [['Cookie', 'a=1; b=x=y']] },
        response: {
          status: 200,
          statusText: 'OK',
          headers: [['Set-Cookie', 's=1; Path=/; Expires=Sun, 22 Nov 2026 10:00:00 GMT; HttpOnly']],
        },
      }),
    ).har.log.entries;
    expect(entry?.request.cookies).toEqual([
      { name: 'a', value: '1' },
      { name: 'b', value: 'x=y' },
    ]);
    expect(entry?.response.cookies).toEqual([
      { name: 's', value: '1', path: '/', expires: '2026-11-22T10:00:00.000Z', httpOnly: true, secure: false },
    ]);
  });

  it('names neither ids of the database nor the time of writing, so that it can be written the same again', () => {
    const firing = { rule: 'r', ruleId: 77, kind: 'k', parameters: {}, hit: 1, did: 'x', applied: true };
    const { text } = harOf(exchangeLine(4711, { run: 4712, faults: { firings: [firing], wire: [] } }));
    expect(text).not.toMatch(/4712|"ruleId":77|"id":4711/);
  });
});
