import { describe, expect, it } from 'vitest';
import { exchangeLine, linkLine } from '../support/lines.ts';
import { everyReading, redacted } from './support.ts';

const SECRET = 's3cret-of-nobody';

function expectGone(lines: Parameters<typeof redacted>[0]): void {
  for (const line of redacted(lines).records) {
    for (const text of everyReading(line)) expect(text).not.toContain(SECRET);
  }
}

describe('what no parser took', () => {
  const packets = [
    `GET /\r\nzation: Bearer ${SECRET}\r\nHost: x\r\n\r\n`,
    `GET /\r\nX-API-Key: ${SECRET}\r\n\r\n`,
    `GET /\r\nCookie: session=${SECRET}\r\nAccept: a/b\r\n\r\n`,
    `HTTP/1.1 200\r\nset-cookie:session=${SECRET}; Path=/\r\n\r\n`,
  ];

  it.each(packets)('leaves nothing secret in a file, though it was recorded so: %j', packet => {
    expectGone([
      exchangeLine(1, { request: { method: '', url: '', headers: [], body: { text: packet } } }),
      exchangeLine(2, { ended: { how: 'malformed', detail: 'x', raw: Buffer.from(packet).toString('base64') } }),
    ]);
  });

  it('keeps the rest of it, and what was left out already', () => {
    const packet = 'GET /\r\nCookie: (left out)\r\nAccept: a/b\r\n\r\n';
    const line = exchangeLine(1, { request: { method: '', url: '', headers: [], body: { text: packet } } });
    expect(redacted([line]).records).toEqual([line]);
    const cookie = { text: packet.replace('(left out)', SECRET) };
    const [after] = redacted([exchangeLine(1, { request: { ...line.request, body: cookie } })]).records;
    expect(after?.request.body).toEqual({ text: packet });
  });
});

describe('names and passwords before hosts', () => {
  const url = `https://somebody:${SECRET}@acme.example/ocpi/versions`;

  it('go from every URL: of requests, links, headers, bodies, escaped or not', () => {
    expectGone([
      linkLine(1, { versionsUrl: url, toldVersionsUrl: url, endpoints: [{ identifier: 'cdrs', url }] }),
      exchangeLine(1, {
        request: {
          method: 'GET',
          url,
          headers: [['Referer', url]],
          body: { text: JSON.stringify({ response_url: url }) },
        },
        note: `see ${url}`,
      }),
      exchangeLine(2, {
        request: { method: 'POST', url: '/', headers: [], body: { text: `{"url":"${url.replaceAll('/', '\\/')}"}` } },
      }),
    ]);
  });

  it('take nothing else along', () => {
    const text = '{"url":"https://acme.example/~a@b/x?to=c@d","other":"https:\\/\\/acme.example\\/@x"}';
    const line = exchangeLine(1, { request: { method: 'POST', url: '/', headers: [], body: { text } } });
    expect(redacted([line], { groups: [] }).records).toEqual([line]);
  });
});

describe('what was made to take long', () => {
  it.each(['\\', '\\"', 'name: \\', '"', '<', '%', 'authorization:'])(
    'is looked through once: a quarter of a megabyte of %j',
    piece => {
      const text = piece.repeat(250_000 / piece.length);
      const line = exchangeLine(1, { request: { method: 'POST', url: '/', headers: [], body: { text } } });
      expect(redacted([line]).records).toHaveLength(1);
    },
  );
});
