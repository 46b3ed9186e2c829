import { describe, expect, test } from 'vitest';
import { UnsendableRequest } from '../../core/http/outgoing.ts';
import type { OutgoingRequest } from '../../core/http/wire.ts';
import { get, OK, server, textOf, utf8, wire } from './house.ts';

describe('what is sent', () => {
  test('headers leave in the order and case given, duplicates included, and are recorded as they left', async () => {
    const { url, requests } = await server([{ send: OK }]);
    const sent = await wire().send({
      method: 'POST',
      url: `${url}/ocpi/2.2.1/credentials?a=%2F&b`,
      headers: [
        ['AUTHORIZATION', 'Token abc'],
        ['x-request-ID', '1'],
        ['Content-Length', '13'],
        ['host', 'Some.Where'],
        ['X-Twice', 'one'],
        ['x-twice', 'two'],
        ['Connection', 'Keep-Alive'],
      ],
      body: utf8('{"token":"x"}'),
    });
    const lines = sent.request.headers.map(([name, value]) => `${name}: ${value}\r\n`).join('');
    expect(requests).toEqual([`POST /ocpi/2.2.1/credentials?a=%2F&b HTTP/1.1\r\n${lines}\r\n{"token":"x"}`]);
    expect(sent.request.headers.map(([name]) => name)).toEqual([
      'AUTHORIZATION',
      'x-request-ID',
      'Content-Length',
      'host',
      'X-Twice',
      'x-twice',
      'Connection',
    ]);
  });

  test('what HTTP needs besides is added and recorded too', async () => {
    const { url, requests, port } = await server([{ send: OK }]);
    const link = wire();
    for (const method of ['GET', 'PUT', 'DELETE']) {
      const { request } = await link.send({ ...get(url), method });
      const lines = request.headers.map(([name, value]) => `${name}: ${value}\r\n`).join('');
      expect(requests.at(-1)).toBe(`${method} / HTTP/1.1\r\n${lines}\r\n`);
      expect(request.headers[0]).toEqual(['Host', `127.0.0.1:${port}`]);
      expect(request.headers.some(([name]) => name === 'Content-Length')).toBe(method === 'PUT');
    }
  });

  test('a URL is followed byte for byte', async () => {
    const { url, requests } = await server([{ send: OK }]);
    for (const path of ['/a/../b//c/%7e%2F', '/?x=http://y/?z=1', '?q', "/DE*ABC'E1/;v"]) {
      await wire().send(get(`${url}${path}#part`));
      expect(requests.at(-1)?.split(' ')[1]).toBe(path.startsWith('/') ? path : `/${path}`);
    }
  });

  test('a request that cannot be written is refused before anything leaves, without quoting values', async () => {
    const link = wire();
    const refused = (request: Partial<OutgoingRequest>) =>
      link.send({ ...get('http://127.0.0.1:1/'), ...request }).catch((error: unknown) => error);
    for (const url of ['', 'partner.example/ocpi', 'ftp://x/', 'http://user:secret@x/', 'http:/x', 'file:///etc']) {
      expect(await refused({ url })).toBeInstanceOf(UnsendableRequest);
    }
    const broken = await refused({ headers: [['Authorization', 'Token secret\n']] });
    expect(broken).toMatchObject({ problem: { code: 'header-value' } });
    expect(String(broken)).not.toContain('secret');
    expect(await refused({ headers: [['Not a name', 'x']] })).toMatchObject({ problem: { code: 'header-name' } });
    expect(await refused({ method: 'G ET' })).toMatchObject({ problem: { code: 'method' } });
  });
});

describe('what is received', () => {
  test('status text, header order, case and duplicates, and body bytes are kept', async () => {
    const body = Buffer.from([0x1f, 0x8b, 0x00, 0xff, 0x0a]);
    const { url } = await server([
      { send: 'HTTP/1.1 207 Rather Odd\r\nX-b: 1\r\nx-A:   2\r\nSet-Cookie: a\r\nX-B: 3\r\nset-cookie: b\r\n' },
      { send: 'Content-Encoding: gzip\r\nCONTENT-length: 5\r\n\r\n' },
      { send: body },
    ]);
    const { response, ended, timings, connection } = await wire().send(get(url));
    expect(ended).toEqual({ how: 'complete' });
    expect(response).toMatchObject({ status: 207, statusText: 'Rather Odd' });
    expect(response?.headers).toEqual([
      ['X-b', '1'],
      ['x-A', '2'],
      ['Set-Cookie', 'a'],
      ['X-B', '3'],
      ['set-cookie', 'b'],
      ['Content-Encoding', 'gzip'],
      ['CONTENT-length', '5'],
    ]);
    expect(Buffer.from(response?.body ?? [])).toEqual(body);
    expect(timings.dns).toBeNull();
    expect(timings.tls).toBeNull();
    for (const part of [timings.queue, timings.connect, timings.firstByte]) expect(part).toBeGreaterThanOrEqual(0);
    expect(timings.total).toBeGreaterThanOrEqual(timings.firstByte ?? 0);
    expect(connection).toMatchObject({ remoteAddress: '127.0.0.1', reused: false });
  });

  test('a chunked body is joined, and a body without a length ends with the connection', async () => {
    const { url } = await server(
      [
        { send: 'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n' },
        { send: '2;x=y\r\nde\r\n0\r\n\r\n' },
      ],
      [{ send: 'HTTP/1.0 200 OK\r\n\r\nuntil the' }, { wait: 20 }, { send: ' end' }, { do: 'end' }],
    );
    const link = wire();
    expect(textOf((await link.send(get(url))).response?.body)).toBe('abcde');
    const second = await link.send(get(url));
    expect(second.ended).toEqual({ how: 'complete' });
    expect(textOf(second.response?.body)).toBe('until the end');
  });

  test('interim answers are passed over', async () => {
    const { url } = await server([
      { send: 'HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 103 Early Hints\r\nLink: <x>\r\n\r\n' },
      { send: OK },
    ]);
    const { response, ended } = await wire().send(get(url));
    expect(ended.how).toBe('complete');
    expect(response?.headers).toEqual([['Content-Length', '2']]);
  });

  test('HEAD, 204 and 304 have no body, whatever they announce', async () => {
    const { url, connections } = await server(
      [{ send: 'HTTP/1.1 200 OK\r\nContent-Length: 500\r\n\r\n' }],
      [{ send: 'HTTP/1.1 204 No Content\r\n\r\n' }],
      [{ send: 'HTTP/1.1 304 Not Modified\r\nContent-Length: 7\r\n\r\n' }],
      [{ send: OK }],
    );
    const link = wire();
    for (const method of ['HEAD', 'GET', 'GET']) {
      const { ended, response } = await link.send({ ...get(url), method });
      expect(ended).toEqual({ how: 'complete' });
      expect(response?.body.length).toBe(0);
    }
    expect((await link.send(get(url))).ended).toEqual({ how: 'complete' });
    expect(connections).toBeLessThanOrEqual(2);
  });

  test('a connection is kept alive and used again', async () => {
    const started = await server([{ send: OK }]);
    const link = wire();
    const first = await link.send(get(started.url));
    const second = await link.send(get(started.url));
    expect(first.connection?.reused).toBe(false);
    expect(second.connection?.reused).toBe(true);
    expect(second.timings.connect).toBeNull();
    expect(started.connections).toBe(1);
  });

  test('requests under way at once have connections of their own', async () => {
    const started = await server([{ wait: 30 }, { send: OK }]);
    const link = wire();
    const results = await Promise.all([1, 2, 3, 4].map(() => link.send(get(started.url))));
    expect(results.every(({ ended }) => ended.how === 'complete')).toBe(true);
    expect(started.connections).toBe(4);
  });
});
