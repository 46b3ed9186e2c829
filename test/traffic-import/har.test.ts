import { describe, expect, it } from 'vitest';
import { readTraffic } from '../../core/traffic-import/read-file.ts';
import { bodyText, tellAll, tellOne } from './telling.ts';

const URL_OF_LIST = 'https://cpo.example/ocpi/2.2.1/locations?limit=1';

function har(...entries: unknown[]): string {
  return JSON.stringify({ log: { version: '1.2', creator: { name: 'a browser', version: '1' }, pages: [], entries } });
}

const WHOLE = {
  startedDateTime: '2025-03-04T05:06:07.089+01:00',
  time: 120.5,
  _initiator: { type: 'script' },
  _priority: 'High',
  cache: {},
  request: {
    method: 'POST',
    url: URL_OF_LIST,
    httpVersion: 'HTTP/1.1',
    headers: [
      { name: 'Authorization', value: 'Token c2VjcmV0' },
      { name: 'X-b', value: '2' },
      { name: 'x-A', value: '1' },
      { name: 'X-b', value: '3' },
    ],
    cookies: [],
    queryString: [{ name: 'limit', value: '1' }],
    postData: { mimeType: 'application/json', text: '{"ä":1}' },
    headersSize: -1,
    bodySize: 8,
  },
  response: {
    status: 200,
    statusText: 'OK',
    headers: [{ name: 'Content-Encoding', value: 'gzip' }],
    content: { size: 20, mimeType: 'application/json', text: '{"status_code":1000}' },
    redirectURL: '',
    bodySize: 12,
  },
  timings: { blocked: 1, dns: 2, connect: 10, ssl: 6, send: 3, wait: 90, receive: 14.5 },
  serverIPAddress: '[2001:db8::1]',
};

describe('a HAR file', () => {
  it('gives method, URL, header lines in order, bodies, status, timings and moment as they stand in it', () => {
    const told = tellOne(readTraffic(har(WHOLE), 'auto'));
    expect(told).toMatchObject({
      where: 'log.entries[0]',
      direction: 'out',
      startedAt: Date.parse('2025-03-04T04:06:07.089Z'),
      request: { method: 'POST', url: URL_OF_LIST },
      response: { status: 200, statusText: 'OK' },
      timings: { queue: 1, dns: 2, connect: 4, tls: 6, firstByte: 93, total: 120.5 },
      connection: { remoteAddress: '2001:db8::1', reused: false },
    });
    expect(told.request.headers).toEqual([
      ['Authorization', 'Token c2VjcmV0'],
      ['X-b', '2'],
      ['x-A', '1'],
      ['X-b', '3'],
    ]);
    expect(bodyText(told.request)).toBe('{"ä":1}');
    expect(bodyText(told.response)).toBe('{"status_code":1000}');
  });

  it('may write bodies in Base64, or as parameters of a form', () => {
    const bytes = Buffer.from([0, 255, 1, 254]);
    const binary = {
      request: { method: 'PUT', url: URL_OF_LIST, postData: { text: bytes.toString('base64'), encoding: 'base64' } },
      response: { status: 200, content: { size: 4, text: bytes.toString('base64'), encoding: 'base64' } },
    };
    const told = tellOne(readTraffic(har(binary), 'har'));
    expect(Buffer.from(told.request.body ?? [])).toEqual(bytes);
    expect(Buffer.from(told.response?.body ?? [])).toEqual(bytes);
    const form = {
      mimeType: 'application/x-www-form-urlencoded',
      params: [{ name: 'a b', value: 'ö&' }, { name: 'c' }],
    };
    const posted = { request: { method: 'POST', url: URL_OF_LIST, postData: form } };
    expect(bodyText(tellOne(readTraffic(har(posted), 'har')).request)).toBe('a+b=%C3%B6%26&c=');
  });

  it('may lack nearly everything, and says the length of an answer that the browser had thrown away', () => {
    const bare = { request: { method: 'GET', url: URL_OF_LIST }, response: { status: 204, content: { size: 7000 } } };
    expect(tellOne(readTraffic(har(bare), 'auto'))).toEqual({
      where: 'log.entries[0]',
      direction: 'out',
      request: { method: 'GET', url: URL_OF_LIST },
      response: { status: 204, statusText: '', length: 7000 },
    });
  });

  it('says the host of an HTTP/2 request as the Host line, and leaves its other colon fields out', () => {
    const headers = [':method: GET', ':authority: cpo.example', ':path: /', 'accept: */*'].map(line => {
      const [, name = '', value = ''] = /^(:?[^:]+): (.*)$/.exec(line) ?? [];
      return { name, value };
    });
    const told = tellOne(readTraffic(har({ request: { method: 'GET', url: URL_OF_LIST, headers } }), 'auto'));
    expect(told.request.headers).toEqual([
      ['Host', 'cpo.example'],
      ['accept', '*/*'],
    ]);
  });

  it('tells how a request ended that got no answer, where the browser says so', () => {
    const failing = (error: string | undefined) => ({
      time: 3000,
      request: { method: 'GET', url: URL_OF_LIST },
      response: { status: 0, ...(error === undefined ? {} : { _error: error }) },
    });
    const errors = [
      'net::ERR_CONNECTION_REFUSED',
      'net::ERR_NAME_NOT_RESOLVED',
      'net::ERR_CONNECTION_TIMED_OUT',
      'net::ERR_CERT_DATE_INVALID',
      'net::ERR_EMPTY_RESPONSE',
      'NS_BINDING_ABORTED',
      undefined,
    ];
    const { exchanges } = tellAll(readTraffic(har(...errors.map(failing)), 'auto'));
    expect(exchanges.map(({ ended }) => ended?.how)).toEqual([
      'refused',
      'dns',
      'timeout',
      'tls',
      'reset',
      'cancelled',
      undefined,
    ]);
    expect(exchanges.every(({ response }) => response === undefined)).toBe(true);
  });

  it('keeps what can be read where some entries cannot, and says which and why', () => {
    const { exchanges, skipped } = tellAll(
      readTraffic(
        har(
          { request: { method: 'GET', url: URL_OF_LIST } },
          null,
          { request: { url: URL_OF_LIST } },
          { request: { method: 'GET', url: 'data:image/png;base64,AAAA' } },
          { request: { method: 'PUT', url: URL_OF_LIST, postData: { text: '!', encoding: 'base64' } } },
        ),
        'auto',
      ),
    );
    expect(exchanges).toHaveLength(1);
    expect(skipped).toEqual([
      { where: 'log.entries[1]', reason: 'it holds no request' },
      { where: 'log.entries[2]', reason: 'its request has no method or no url' },
      { where: 'log.entries[3]', reason: 'it is no HTTP request: data:image/png;base64,AAAA' },
      { where: 'log.entries[4]', reason: 'the Base64 of its request body is broken' },
    ]);
  });
});

describe('a file that cannot be imported', () => {
  it.each([
    ['', 'it is empty'],
    [' \n\ufeff', 'it is empty'],
    ['\u0000\u0001PK', 'it is no text but binary data'],
    ['<!doctype html><p>', 'it is HTML or XML'],
    ['hello', 'it is none of the formats that are read'],
    [
      '{"log": {"entries": [',
      'its JSON ends too early at line 1, column 22: the end of the text where a value or ] is due',
    ],
    ['{\n "log": {\n  "entries": oops}}', 'its JSON is broken at line 3, column 14: "o" where a value is due'],
    ['[]', 'its list is empty'],
  ])('%j is refused: %s', (text, message) => {
    const file = readTraffic(text, 'auto');
    expect(file).toMatchObject({ ok: false, message });
    expect(file.ok ? '' : file.advice).not.toBe('');
  });

  it('is told where it was cut inside a text of many megabytes', () => {
    expect(readTraffic(`{"log":{"entries":["${'x'.repeat(20_000_000)}`, 'auto')).toMatchObject({
      message: expect.stringContaining('its JSON ends too early at line 1, column 20000021'),
    });
  });

  it('is told from what the operator said it is', () => {
    expect(readTraffic('{"log":{}}', 'har')).toMatchObject({
      message: 'it is JSON but no HAR: there is no list log.entries',
    });
    expect(readTraffic('wget https://x.example', 'curl')).toMatchObject({ message: 'there is no curl command in it' });
  });
});
