import { randomUUID } from 'node:crypto';
import { gzipSync } from 'node:zlib';
import { afterEach, describe, expect, test } from 'vitest';
import { type CallRequest, createClient } from '../../core/client/call.ts';
import { createWires } from '../../core/client/wires.ts';
import { systemClock } from '../../core/clock.ts';
import { DEFAULT_WIRE_SETTINGS } from '../../core/http/wire.ts';
import { headerValue } from '../../core/ocpi/raw-headers.ts';
import { memoryRecorder } from '../support/memory-recorder.ts';
import { type RawAction, type RawServer, startRawServer } from '../support/raw-server.ts';

const cleanups: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const cleanup of cleanups.splice(0).reverse()) await cleanup();
});

async function server(...scripts: (readonly RawAction[])[]): Promise<RawServer> {
  const started = await startRawServer({ scripts });
  cleanups.push(started.stop);
  return started;
}

function client() {
  const recorder = memoryRecorder();
  const wires = createWires({ clock: systemClock });
  cleanups.push(wires.close);
  const send = createClient({
    wires,
    recorder,
    clock: systemClock,
    newId: randomUUID,
    userAgent: 'ocpi-workbench/0.0.0-test',
    decodedLimit: 100_000,
  });
  const call = (parts: Partial<CallRequest> & { url: string }) =>
    send({
      operation: 'versions.list',
      method: 'GET',
      token: { value: 'the-token', form: 'raw' },
      settings: DEFAULT_WIRE_SETTINGS,
      ...parts,
    });
  return { recorder, call };
}

function answer(status: string, body: unknown, ...headers: string[]): RawAction[] {
  const bytes = typeof body === 'string' || body instanceof Uint8Array ? body : JSON.stringify(body);
  const lines = [`HTTP/1.1 ${status}`, ...headers, `Content-Length: ${bytes.length}`];
  return [{ send: `${lines.join('\r\n')}\r\n\r\n` }, { send: bytes }];
}

const envelope = (parts: object = {}) => ({ status_code: 1000, timestamp: '2026-01-01T00:00:00Z', data: [], ...parts });
const codes = (findings: readonly { code: string }[]) => findings.map(({ code }) => code);

describe('the request', () => {
  test('carries token, ids and type as 2.2.1 wants them', async () => {
    const { url, requests } = await server(answer('200 OK', envelope()));
    const { call } = client();
    await call({
      url,
      version: '2.2.1',
      operation: 'credentials.post',
      method: 'POST',
      token: { value: 'the-token', form: 'base64' },
      body: { token: 'é' },
    });
    const [head = '', body] = requests[0]?.split('\r\n\r\n') ?? [];
    expect(head).toContain('\r\nAuthorization: Token dGhlLXRva2Vu\r\n');
    expect(head).toContain('\r\nContent-Type: application/json\r\n');
    expect(head).toContain('\r\nUser-Agent: ocpi-workbench/0.0.0-test\r\n');
    expect(head).toMatch(/\r\nX-Request-ID: [0-9a-f-]{36}\r\nX-Correlation-ID: [0-9a-f-]{36}\r\n/);
    expect(Buffer.from(body ?? '', 'latin1').toString('utf8')).toBe('{"token":"é"}');
  });

  test('has no ids and no type where 2.1.1 has none', async () => {
    const { url, requests } = await server(answer('200 OK', envelope()));
    const { call, recorder } = client();
    await call({ url, version: '2.1.1' });
    expect(requests[0]).not.toMatch(/x-request-id|x-correlation-id|content-type|ocpi-(to|from)/i);
    expect(requests[0]).toContain('Authorization: Token the-token\r\n');
    expect(recorder.exchanges[0]?.requestId).toBeUndefined();
  });

  test('is routed for functional modules of 2.2 and later only', async () => {
    const { url, requests } = await server(answer('200 OK', envelope()));
    const { call, recorder } = client();
    const routing = { to: { countryCode: 'NL', partyId: 'TNM' }, from: { countryCode: 'DE', partyId: 'ABC' } };
    await call({ url, version: '2.2.1', operation: 'locations.list', routing });
    await call({ url, version: '2.1.1', operation: 'locations.list', routing });
    await call({ url, version: '2.2.1', operation: 'credentials.get', routing });
    expect(requests[0]).toContain('OCPI-to-party-id: TNM\r\nOCPI-to-country-code: NL\r\nOCPI-from-party-id: ABC\r\n');
    expect(requests[1]).not.toContain('OCPI-');
    expect(requests[2]).not.toContain('OCPI-');
    expect(recorder.exchanges[0]).toMatchObject({ fromParty: 'DE-ABC', toParty: 'NL-TNM' });
  });

  test('takes further header lines, which replace ours of the same name', async () => {
    const { url, requests } = await server(answer('200 OK', envelope()));
    await client().call({
      url,
      headers: [
        ['authorization', 'Bearer x'],
        ['X-More', '1'],
      ],
    });
    expect(requests[0]).toContain('\r\nauthorization: Bearer x\r\nX-More: 1\r\n');
    expect(requests[0]).not.toContain('the-token');
  });
});

describe('the answer', () => {
  test('that is a success gives data, and one exchange opened before it was sent', async () => {
    const { url } = await server(
      answer('200 OK', envelope({ data: [{ version: '2.2.1' }] }), 'Date: Sat, 01 Jan 2026 00:00:00 GMT'),
    );
    const { call, recorder } = client();
    const result = await call({ url: `${url}/ocpi/versions`, linkId: 7, runId: 3 });
    expect(result).toMatchObject({
      exchangeIds: [1],
      ok: true,
      ended: { how: 'complete' },
      httpStatus: 200,
      ocpiStatus: 1000,
      data: [{ version: '2.2.1' }],
      dateHeader: 'Sat, 01 Jan 2026 00:00:00 GMT',
    });
    expect(recorder.log).toEqual(['open 1', 'update 1 complete']);
    expect(recorder.exchanges[0]).toMatchObject({
      direction: 'out',
      linkId: 7,
      runId: 3,
      operation: 'versions.list',
      ocpiStatus: 1000,
      ended: { how: 'complete' },
      response: { status: 200 },
      connection: { reused: false },
    });
    expect(recorder.exchanges[0]?.request.headers[0]?.[0]).toBe('Host');
    expect(recorder.exchanges[0]?.timings?.total).toBeGreaterThan(0);
  });

  test.each<[string, RawAction[], RegExp]>([
    ['401 without a body', answer('401 Unauthorized', ''), /the partner answered HTTP 401 without a body/],
    [
      'OCPI 2001 with HTTP 200',
      answer('200 OK', envelope({ status_code: 2001, status_message: 'no url' })),
      /OCPI 2001 .*no url/,
    ],
    ['HTML of a web server', answer('502 Bad Gateway', '<html>oops</html>'), /HTTP 502 with a body that is HTML/],
    ['JSON without an envelope', answer('200 OK', { detail: 'x' }), /no envelope/],
  ])('that is a failure is told in words: %s', async (_, script, words) => {
    const { url } = await server(script);
    const result = await client().call({ url });
    expect(result.ok).toBe(false);
    expect(result.ended).toEqual({ how: 'complete' });
    expect(result.reason).toMatch(words);
  });

  test('without the ids of 2.2 is found', async () => {
    const { url } = await server(answer('200 OK', envelope(), 'X-Request-ID: other'));
    const { call, recorder } = client();
    const { findings, ok } = await call({ url, version: '2.2.1' });
    expect(ok).toBe(true);
    expect(codes(findings)).toEqual(expect.arrayContaining(['message-id.missing', 'message-id.changed']));
    expect(codes(recorder.exchanges[0]?.findings ?? [])).toEqual(codes(findings));
    expect((await call({ url, version: '2.1.1' })).findings).toEqual([]);
  });

  test('may be compressed, and is kept as it came', async () => {
    const body = gzipSync(JSON.stringify(envelope({ data: { a: 1 } })));
    const { url } = await server(answer('200 OK', body, 'Content-Encoding: gzip'));
    const { call, recorder } = client();
    expect((await call({ url })).data).toEqual({ a: 1 });
    expect(Buffer.from(recorder.exchanges[0]?.response?.body ?? []).equals(body)).toBe(true);
  });

  test('that is a bomb or not what its coding says is told', async () => {
    const bomb = gzipSync(Buffer.alloc(2_000_000));
    const { url } = await server(
      answer('200 OK', bomb, 'Content-Encoding: gzip'),
      answer('200 OK', envelope(), 'Content-Encoding: br'),
    );
    const { call } = client();
    for (const words of [/More than 100000 bytes come out/, /the header says br/i]) {
      const result = await call({ url });
      expect(result.ok).toBe(false);
      expect(result.reason).toMatch(words);
      expect(codes(result.findings)).toContain('wire.body-coding');
    }
  });

  test.each<[string, RawAction[], RegExp]>([
    [
      'cut',
      [{ send: `HTTP/1.1 200 OK\r\nContent-Length: 300\r\n\r\n${'x'.repeat(120)}` }, { wait: 20 }, { do: 'end' }],
      /HTTP 200 came, but the answer was cut after 120 of 300 bytes/,
    ],
    ['no HTTP', [{ send: 'hello\r\n' }], /did not answer in HTTP/],
    ['nothing', [{ do: 'end' }], /closed the connection without an answer/],
  ])('that does not come whole is told and recorded: %s', async (_, script, words) => {
    const { url } = await server(script);
    const { call, recorder } = client();
    const result = await call({ url });
    expect(result.ok).toBe(false);
    expect(result.reason).toMatch(words);
    expect(recorder.exchanges[0]?.ended).toEqual(result.ended);
  });

  test('never comes: refused, timed out and cancelled are told and recorded', async () => {
    const { url, stop } = await server([{ wait: 5000 }]);
    const { call, recorder } = client();
    const hasty = { ...DEFAULT_WIRE_SETTINGS, timeouts: { ...DEFAULT_WIRE_SETTINGS.timeouts, firstByte: 50 } };
    expect((await call({ url, settings: hasty })).reason).toMatch(/did not answer within 50 ms/);
    expect((await call({ url, signal: AbortSignal.timeout(30) })).reason).toBe('the call was cancelled');
    await stop();
    cleanups.shift();
    expect((await call({ url })).reason).toMatch(/^connection refused at 127\.0\.0\.1:\d+/);
    expect(recorder.exchanges.map(({ ended }) => ended.how)).toEqual(['timeout', 'cancelled', 'refused']);
  });

  test('cannot come from a URL that is none: nothing is sent or recorded', async () => {
    const { call, recorder } = client();
    const result = await call({ url: 'partner.example/ocpi/versions' });
    expect(result).toMatchObject({ ok: false, exchangeIds: [], ended: { how: 'unsendable', code: 'url' } });
    expect(result.reason).toMatch(/no absolute URL/);
    expect(recorder.exchanges).toEqual([]);
  });

  test('counts even when nothing can be recorded', async () => {
    const { url } = await server(answer('200 OK', envelope()));
    const { call, recorder } = client();
    recorder.fault = 'disk full';
    expect((await call({ url })).ok).toBe(true);
  });
});

describe('a page that is read elsewhere', () => {
  const items = (count: number) => envelope({ data: Array.from({ length: count }, (_, id) => ({ id })) });

  test('comes unread, in a buffer of its own, and only its beginning is recorded with the true length', async () => {
    const body = JSON.stringify(items(20_000));
    const { url } = await server(answer('200 OK', body, 'X-Total-Count: 20000'));
    const { call, recorder } = client();
    const result = await call({ url, version: '2.1.1', bodyTo: 'caller' });
    expect(result).toMatchObject({ ok: true, httpStatus: 200, reason: 'the partner answered HTTP 200' });
    expect(result.envelope).toBeUndefined();
    expect(Buffer.from(result.body?.bytes ?? []).toString()).toBe(body);
    expect(result.body?.bytes.buffer.byteLength).toBe(body.length);
    const recorded = recorder.exchanges[0]?.response;
    expect(recorded?.length).toBe(body.length);
    expect(Buffer.from(recorded?.body ?? []).toString()).toBe(body.slice(0, 64 * 1024));
  });

  test('may be small: then all of it is recorded, also after its buffer has been moved away', async () => {
    const body = JSON.stringify(items(1));
    const { url } = await server(answer('200 OK', body));
    const { call, recorder } = client();
    const { body: handed } = await call({ url, version: '2.1.1', bodyTo: 'caller' });
    expect(handed?.bytes.buffer.byteLength).toBe(body.length);
    structuredClone(handed?.bytes, { transfer: [handed?.bytes.buffer as ArrayBuffer] });
    expect(handed?.bytes.length).toBe(0);
    expect(Buffer.from(recorder.exchanges[0]?.response?.body ?? []).toString()).toBe(body);
    expect(recorder.exchanges[0]?.response?.length).toBeUndefined();
  });

  test('tells how its bytes are coded', async () => {
    const body = gzipSync(JSON.stringify(items(3)));
    const { url } = await server(answer('200 OK', body, 'Content-Encoding: gzip'));
    const { body: handed } = await client().call({ url, bodyTo: 'caller' });
    expect(handed?.contentEncoding).toBe('gzip');
    expect(Buffer.from(handed?.bytes ?? []).equals(body)).toBe(true);
  });

  test('is read and recorded whole where it failed', async () => {
    const said = 'x'.repeat(100_000);
    const { url } = await server(answer('500 Oops', envelope({ status_code: 3000, status_message: said })));
    const { call, recorder } = client();
    const result = await call({ url, version: '2.1.1', bodyTo: 'caller' });
    expect(result).toMatchObject({ ok: false, httpStatus: 500, ocpiStatus: 3000 });
    expect(result.body).toBeUndefined();
    expect(recorder.exchanges[0]?.response?.body.length).toBeGreaterThan(100_000);
  });
});

describe('redirects', () => {
  test('within the origin are followed for GET, each hop an exchange of its own with the same correlation id', async () => {
    const { url, requests } = await server(
      answer('302 Found', '', 'Location: /ocpi/versions/'),
      answer('308 Permanent Redirect', '', 'Location: ?again'),
      answer('200 OK', envelope()),
    );
    const { call, recorder } = client();
    const result = await call({ url: `${url}/ocpi/versions`, version: '2.2.1' });
    expect(result).toMatchObject({ ok: true, exchangeIds: [1, 2, 3] });
    expect(result.reason).toContain(`after a redirect to ${url}/ocpi/versions/?again`);
    expect(codes(result.findings).filter(code => code === 'wire.redirect-followed')).toHaveLength(2);
    expect(requests.map(request => request.split(' ')[1])).toEqual([
      '/ocpi/versions',
      '/ocpi/versions/',
      '/ocpi/versions/?again',
    ]);
    const sent = recorder.exchanges.map(({ request }) => request.headers);
    expect(new Set(sent.map(headers => headerValue(headers, 'x-request-id'))).size).toBe(3);
    expect(new Set(sent.map(headers => headerValue(headers, 'x-correlation-id'))).size).toBe(1);
  });

  test('keep method and body with 307, and are refused for a POST with 302', async () => {
    const { url, requests } = await server(
      answer('307 Temporary Redirect', '', 'Location: /b'),
      answer('200 OK', envelope()),
      answer('302 Found', '', 'Location: /b'),
    );
    const { call } = client();
    const post = { url: `${url}/a`, method: 'POST', body: { a: 1 } };
    expect(await call(post)).toMatchObject({ ok: true, exchangeIds: [1, 2] });
    expect(requests[1]).toMatch(/^POST \/b .*\{"a":1\}$/s);
    const refused = await call(post);
    expect(refused).toMatchObject({ ok: false, exchangeIds: [3] });
    expect(refused.reason).toContain('a POST may become a GET');
    expect(codes(refused.findings)).toEqual(['wire.redirect-refused']);
  });

  test('to another origin never get the token', async () => {
    const other = await server(answer('200 OK', envelope()));
    const { url } = await server(answer('301 Moved Permanently', '', `Location: ${other.url}/ocpi`));
    const result = await client().call({ url });
    expect(result.ok).toBe(false);
    expect(result.reason).toContain(`${other.url}/ocpi`);
    expect(result.reason).toContain('another origin');
    expect(other.requests).toEqual([]);
  });

  test('in a circle end after three', async () => {
    const { url, requests } = await server(answer('302 Found', '', 'Location: /round'));
    const result = await client().call({ url });
    expect(result.ok).toBe(false);
    expect(result.exchangeIds).toHaveLength(4);
    expect(requests).toHaveLength(4);
    expect(result.reason).toContain('in a circle');
  });
});

test('links with the same settings share connections, others do not', async () => {
  const started = await server(answer('200 OK', envelope()));
  const { call } = client();
  await call({ url: started.url });
  await call({ url: started.url, settings: { ...DEFAULT_WIRE_SETTINGS } });
  expect(started.connections).toBe(1);
  await call({ url: started.url, settings: { ...DEFAULT_WIRE_SETTINGS, bodyLimit: 5000 } });
  expect(started.connections).toBe(2);
});
