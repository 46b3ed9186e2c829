import * as net from 'node:net';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { DEFAULT_WIRE_SETTINGS, type WireSettings } from '../../core/http/wire.ts';
import { type RawAction, startRawServer } from '../support/raw-server.ts';
import { cleanups, get, OK, server, textOf, utf8, wire } from './house.ts';

const timeouts = (parts: Partial<WireSettings['timeouts']>) => ({
  timeouts: { ...DEFAULT_WIRE_SETTINGS.timeouts, ...parts },
});

describe('how it may end', () => {
  test('a connection that is refused', async () => {
    const { url, stop } = await server([]);
    await stop();
    cleanups.pop();
    const { ended, response, request } = await wire().send(get(url));
    expect(ended).toMatchObject({ how: 'refused', detail: expect.stringContaining('ECONNREFUSED') });
    expect(response).toBeUndefined();
    expect(request.headers.length).toBeGreaterThan(0);
  });

  test('a name that does not resolve', async () => {
    const { ended, timings } = await wire().send(get('http://no-such-host.invalid/ocpi'));
    expect(ended).toMatchObject({ how: 'dns', host: 'no-such-host.invalid' });
    expect(timings.connect).toBeNull();
  });

  test('an address that cannot be reached', async () => {
    const { ended } = await wire(timeouts({ connect: 300 })).send(get('http://[2001:db8::1]:9/'));
    // Machines without IPv6 say so at once; others find nobody in the documentation range.
    expect(['unreachable', 'timeout']).toContain(ended.how);
  });

  test('no connection in time', async () => {
    // A listener whose queue is full neither accepts nor refuses.
    const full = net.createServer().listen({ port: 0, host: '127.0.0.1', backlog: 1 });
    await new Promise(resolve => full.once('listening', resolve));
    const { port } = full.address() as net.AddressInfo;
    const proxy = await startRawServer({ scripts: [[]], on: 'connection' });
    cleanups.push(proxy.stop, () => new Promise(resolve => full.close(() => resolve())));
    // Connects, then never answers CONNECT: the connection to the partner does not come about.
    const { ended, timings } = await wire({
      ...timeouts({ connect: 80 }),
      proxy: `http://127.0.0.1:${proxy.port}`,
    }).send(get(`https://127.0.0.1:${port}/`));
    expect(ended).toEqual({ how: 'timeout', phase: 'connect', afterMs: 80 });
    expect(timings.total).toBeGreaterThanOrEqual(75);
  });

  test('no first byte in time', async () => {
    const { url } = await server([{ wait: 1000 }]);
    const { ended, response } = await wire(timeouts({ firstByte: 60 })).send(get(url));
    expect(ended).toEqual({ how: 'timeout', phase: 'first-byte', afterMs: 60 });
    expect(response).toBeUndefined();
  });

  test('a body that stops for too long, with what came of it', async () => {
    const { url } = await server([
      { send: 'HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nabc' },
      { wait: 70 },
      { send: 'def' },
      { wait: 1000 },
    ]);
    const { ended, response, timings } = await wire(timeouts({ body: 110 })).send(get(url));
    expect(ended).toEqual({ how: 'timeout', phase: 'body', afterMs: 110 });
    expect(textOf(response?.body)).toBe('abcdef');
    expect(timings.total).toBeGreaterThan(160);
  });

  test('a call that takes too long as a whole, although something keeps coming', async () => {
    const drip = Array.from({ length: 40 }, () => [{ send: 'x' }, { wait: 15 }]).flat();
    const { url } = await server([{ send: 'HTTP/1.1 200 OK\r\nContent-Length: 400\r\n\r\n' }, ...drip]);
    const { ended, response } = await wire(timeouts({ total: 120, body: 100 })).send(get(url));
    expect(ended).toEqual({ how: 'timeout', phase: 'total', afterMs: 120 });
    expect(response?.body.length).toBeGreaterThan(0);
  });

  test('a reply cut at byte 120 of 300 is recorded with what came', async () => {
    const { url } = await server([
      { send: `HTTP/1.1 200 OK\r\nContent-Length: 300\r\n\r\n${'x'.repeat(120)}` },
      { wait: 20 },
      { do: 'end' },
    ]);
    const { ended, response } = await wire().send(get(url));
    expect(ended).toEqual({ how: 'cut', received: 120, announced: 300 });
    expect(response).toMatchObject({ status: 200, headers: [['Content-Length', '300']] });
    expect(response?.body.length).toBe(120);
  });

  test('a chunked reply cut inside a chunk and between chunks', async () => {
    const head = 'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n';
    const { url } = await server(
      [{ send: `${head}a\r\n12345` }, { wait: 20 }, { do: 'end' }],
      [{ send: `${head}5\r\n12345\r\n` }, { wait: 20 }, { do: 'end' }],
    );
    for (const _ of [1, 2]) {
      const { ended, response } = await wire().send(get(url));
      expect(ended).toEqual({ how: 'cut', received: 5 });
      expect(textOf(response?.body)).toBe('12345');
    }
  });

  test('a reset before and within the answer', async () => {
    const { url } = await server(
      [{ do: 'reset' }],
      [{ send: 'HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nabc' }, { wait: 20 }, { do: 'reset' }],
    );
    const link = wire();
    expect((await link.send(get(url))).ended).toEqual({ how: 'reset', received: 0 });
    const second = await link.send(get(url));
    expect(second.ended).toEqual({ how: 'reset', received: 3 });
    expect(second.response?.status).toBe(200);
  });

  test('a connection closed without a word', async () => {
    const { url } = await server([{ do: 'end' }]);
    expect((await wire().send(get(url))).ended).toEqual({ how: 'reset', received: 0 });
  });

  test.each([
    ['no HTTP at all', 'SSH-2.0-OpenSSH_9.2p1 Debian\r\n'],
    ['two lengths that disagree', 'HTTP/1.1 200 OK\r\nContent-Length: 3\r\nContent-Length: 4\r\n\r\nabcd'],
    ['a length that is no number', 'HTTP/1.1 200 OK\r\nContent-Length: many\r\n\r\n'],
    ['a blank in a header name', 'HTTP/1.1 200 OK\r\nContent Type: x\r\n\r\n'],
    ['a chunk size that is no number', 'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n'],
  ])('an answer that no parser accepts keeps its beginning: %s', async (_, answer) => {
    const { url } = await server([{ send: answer }]);
    const { ended } = await wire().send(get(url));
    expect(ended.how).toBe('malformed');
    expect(ended.how === 'malformed' && textOf(ended.raw)).toBe(answer);
  });

  test('an answer that ends inside its head, and one whose head is endless', async () => {
    const { url } = await server(
      [{ send: 'HTTP/1.1 200 OK\r\nContent-Le' }, { wait: 20 }, { do: 'end' }],
      [{ send: `HTTP/1.1 200 OK\r\nX: ${'y'.repeat(300_000)}\r\n\r\n` }],
      [{ send: 'HTTP/1.1 101 Switching Protocols\r\nUpgrade: x\r\nConnection: upgrade\r\n\r\n' }],
    );
    const link = wire();
    const first = (await link.send(get(url))).ended;
    expect(first.how === 'malformed' && textOf(first.raw)).toBe('HTTP/1.1 200 OK\r\nContent-Le');
    expect((await link.send(get(url))).ended).toMatchObject({
      how: 'malformed',
      detail: expect.stringContaining('longer'),
    });
    expect((await link.send(get(url))).ended.how).toBe('malformed');
  });

  test('a body above the limit is told apart from a cut, one at the limit is whole', async () => {
    const { url } = await server(
      [{ send: `HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n${'x'.repeat(1000)}` }],
      [{ send: `HTTP/1.1 200 OK\r\nContent-Length: 1001\r\n\r\n${'x'.repeat(1001)}` }],
    );
    const link = wire({ bodyLimit: 1000 });
    expect((await link.send(get(url))).ended).toEqual({ how: 'complete' });
    const over = await link.send(get(url));
    expect(over.ended).toEqual({ how: 'too-large', limit: 1000 });
    expect(over.response?.body.length).toBe(1000);
  });

  test('cancelled before, while waiting and while reading', async () => {
    const { url } = await server(
      [{ wait: 1000 }],
      [{ send: 'HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nabc' }, { wait: 1000 }],
    );
    const link = wire();
    expect((await link.send(get(url), { signal: AbortSignal.abort() })).ended).toEqual({ how: 'cancelled' });
    expect((await link.send(get(url), { signal: AbortSignal.timeout(40) })).ended).toEqual({ how: 'cancelled' });
    const reading = await link.send(get(url), { signal: AbortSignal.timeout(60) });
    expect(reading.ended).toEqual({ how: 'cancelled' });
    expect(textOf(reading.response?.body)).toBe('abc');
  });

  test('cancelled while the connection is being opened', async () => {
    const silent = await startRawServer({ scripts: [[]], on: 'connection' });
    cleanups.push(silent.stop);
    const { ended } = await wire().send(get(`https://127.0.0.1:${silent.port}/`), { signal: AbortSignal.timeout(40) });
    expect(ended).toEqual({ how: 'cancelled' });
  });

  test('a hundred requests at once need no warning and leave no listener', async () => {
    const warnings: Error[] = [];
    const hear = (warning: Error) => warnings.push(warning);
    process.on('warning', hear);
    const started = await server([{ send: OK }]);
    const link = wire();
    const stop = new AbortController();
    for (let round = 0; round < 5; round++) {
      const sends = Array.from({ length: 100 }, () => link.send(get(started.url), { signal: stop.signal }));
      const results = await Promise.all(sends);
      expect(results.every(({ ended }) => ended.how === 'complete')).toBe(true);
    }
    await new Promise(resolve => setImmediate(resolve));
    process.off('warning', hear);
    expect(warnings).toEqual([]);
    expect(started.connections).toBeLessThanOrEqual(100);
  });

  test('closing the wire cancels what is under way', async () => {
    const { url } = await server([{ wait: 2000 }]);
    const link = wire();
    const sending = link.send(get(url));
    await new Promise(resolve => setTimeout(resolve, 30));
    await link.close();
    expect((await sending).ended).toEqual({ how: 'cancelled' });
    expect((await link.send(get(url))).ended).toEqual({ how: 'cancelled' });
  });

  test('a kept-alive connection that was closed meanwhile is replaced for GET, and told for POST', async () => {
    const closing: RawAction[] = [{ send: OK }];
    const started = await server(closing, [{ do: 'reset' }], closing, [{ do: 'reset' }]);
    const link = wire();
    await link.send(get(started.url));
    const again = await link.send(get(started.url));
    expect(again.ended).toEqual({ how: 'complete' });
    expect(again.connection?.reused).toBe(false);
    expect(started.requests).toHaveLength(3);
    const posted = await link.send({ ...get(started.url), method: 'POST', body: utf8('{}') });
    expect(posted.ended).toEqual({ how: 'reset', received: 0 });
    expect(started.requests).toHaveLength(4);
  });

  test('whatever bytes come, the outcome is a value and the next request is answered', async () => {
    const pieces = fc.constantFrom(
      'HTTP/1.1 200 OK\r\n',
      'HTTP/1.1 ',
      '\r\n',
      '\r\n\r\n',
      'Content-Length: 5\r\n',
      '5\r\n',
      ': ',
    );
    const answers = fc.array(fc.oneof(pieces, fc.string(), fc.constant('Transfer-Encoding: chunked\r\n')), {
      maxLength: 8,
    });
    const link = wire(timeouts({ firstByte: 500, body: 500 }));
    await fc.assert(
      fc.asyncProperty(answers, async parts => {
        const noise = Buffer.from(parts.join(''));
        const started = await startRawServer({ scripts: [[{ send: noise }, { do: 'end' }], [{ send: OK }]] });
        const { ended } = await link.send({ ...get(started.url), method: 'POST', body: utf8('{}') });
        expect(['complete', 'cut', 'reset', 'malformed', 'tls']).toContain(ended.how);
        expect((await link.send({ ...get(started.url), method: 'PUT' })).ended).toEqual({ how: 'complete' });
        await started.stop();
      }),
      { numRuns: 100 },
    );
  });
});
