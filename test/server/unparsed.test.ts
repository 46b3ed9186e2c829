import { describe, expect, it } from 'vitest';
import { ask, connectRaw, request } from '../support/raw-client.ts';
import { AUTHORIZATION, CREDENTIALS, house } from './house.ts';

const JSON_TYPE = 'Content-Type: application/json';
const POST = 'POST /ocpi/2.2.1/credentials';

describe('what no HTTP parser accepts', () => {
  it.each([
    ['garbage', 'this is not HTTP at all\r\n\r\n'],
    ['a header without a colon', 'GET /ocpi/versions HTTP/1.1\r\nHost localhost\r\n\r\n'],
    ['two different lengths', 'POST /ocpi/versions HTTP/1.1\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nab'],
    ['a length and chunks', 'POST /x HTTP/1.1\r\nContent-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n'],
    ['an unknown method', 'FETCH /ocpi/versions HTTP/1.1\r\nHost: x\r\n\r\n'],
    ['a control character in a header', 'GET / HTTP/1.1\r\nHost: a\u0001b\r\n\r\n'],
  ])('%s is answered 400 with an envelope and recorded byte for byte', async (_, bytes) => {
    const { port, recorder } = await house();
    const client = await connectRaw({ port });
    await client.send(bytes);
    const [answer] = await client.answers(1);
    expect(answer?.statusLine).toBe('HTTP/1.1 400 Bad Request');
    expect(answer?.header('Content-Type')).toBe('application/json');
    expect(JSON.parse(answer?.body ?? '')).toMatchObject({ status_code: 2000 });
    expect(await client.closed()).toBe(answer?.literal);
    const [exchange] = await recorder.settled(1);
    expect(exchange).toMatchObject({
      operation: 'unknown',
      request: { method: '', url: '', headers: [] },
      response: { status: 400 },
      ended: { how: 'malformed' },
      findings: [{ code: 'request.unreadable' }],
    });
    expect(Buffer.from(exchange?.request.body ?? []).toString('latin1')).toBe(bytes);
  });

  it('what is recorded as the answer is what crossed the wire', async () => {
    const { port, recorder } = await house();
    const answer = await ask({ port }, 'nonsense\r\n\r\n');
    const [exchange] = await recorder.settled(1);
    const head = exchange?.response?.headers.map(([name, value]) => `${name}: ${value}\r\n`).join('');
    const body = Buffer.from(exchange?.response?.body ?? []).toString();
    expect(answer.literal).toBe(`HTTP/1.1 400 Bad Request\r\n${head}\r\n${body}`);
  });

  it('a TLS handshake on the plain port is named as one', async () => {
    const { port, recorder } = await house();
    const client = await connectRaw({ port });
    await client.send(Buffer.from('16030100050100000100', 'hex'));
    await client.closed();
    const [exchange] = await recorder.settled(1);
    expect(exchange?.ended).toMatchObject({ how: 'malformed', detail: expect.stringContaining('TLS handshake') });
  });

  it('headers that are too large are answered 431', async () => {
    const { port, recorder } = await house({ limits: { headerBytes: 2048 } });
    const client = await connectRaw({ port });
    await client.send(request('GET /ocpi/versions', [AUTHORIZATION, `X-Padding: ${'p'.repeat(4000)}`]));
    const [answer] = await client.answers(1);
    expect(answer?.status).toBe(431);
    expect(JSON.parse(answer?.body ?? '')).toMatchObject({ status_code: 2000 });
    await client.closed();
    expect(recorder.exchanges[0]?.findings[0]?.code).toBe('request.too-large');
  });

  it('a head that does not come to an end is answered 408 and recorded, also when it dribbled in', async () => {
    const { port, recorder } = await house({ limits: { headersTimeoutMs: 150, requestTimeoutMs: 150 } });
    const client = await connectRaw({ port });
    await client.send('GET /ocpi/ver');
    await new Promise(resolve => setTimeout(resolve, 30));
    await client.send('sions HTTP/1.1\r\nHost:');
    const [answer] = await client.answers(1);
    expect(answer?.status).toBe(408);
    await client.closed();
    const [exchange] = await recorder.settled(1);
    expect(exchange?.ended).toMatchObject({ how: 'timeout', phase: 'request' });
    expect(exchange?.request.body.toString()).toBe('GET /ocpi/versions HTTP/1.1\r\nHost:');
  });

  it('a body that does not come to an end is answered 408 and recorded with what came', async () => {
    const { port, recorder } = await house({ limits: { headersTimeoutMs: 150, requestTimeoutMs: 150 } });
    const client = await connectRaw({ port });
    await client.send(request(POST, [AUTHORIZATION, JSON_TYPE, 'Content-Length: 500']) + CREDENTIALS.slice(0, 40));
    const [answer] = await client.answers(1);
    expect([answer?.status, answer?.header('Connection')]).toEqual([408, 'close']);
    await client.closed();
    const [exchange] = await recorder.settled(1);
    expect(exchange).toMatchObject({
      operation: 'credentials.post',
      linkId: 1,
      ended: { how: 'timeout', phase: 'request' },
      response: { status: 408 },
      request: { method: 'POST', url: '/ocpi/2.2.1/credentials' },
    });
    expect(exchange?.request.body.toString()).toBe(CREDENTIALS.slice(0, 40));
  });

  it('a connection on which nothing is sent is closed without an exchange', async () => {
    const { port, recorder, events } = await house({ limits: { headersTimeoutMs: 100, requestTimeoutMs: 100 } });
    const client = await connectRaw({ port });
    expect(await client.closed()).toBe('');
    expect(recorder.exchanges).toEqual([]);
    expect(events).toMatchObject([{ kind: 'connection', code: 'ERR_HTTP_REQUEST_TIMEOUT' }]);
  });

  it('a head that was half sent and closed is recorded with what came', async () => {
    const { port, recorder } = await house();
    const client = await connectRaw({ port });
    await client.send('GET /ocpi/versions HTTP/1.1\r\nHos');
    client.halfClose();
    const [answer] = await client.answers(1);
    expect(answer?.status).toBe(400);
    const [exchange] = await recorder.settled(1);
    expect(exchange).toMatchObject({ ended: { how: 'cut', received: 32 }, findings: [{ code: 'request.cut' }] });
  });

  it('a body that was half sent and closed is recorded with what came', async () => {
    const { port, recorder } = await house();
    const client = await connectRaw({ port });
    await client.send(request(POST, [AUTHORIZATION, JSON_TYPE, 'Content-Length: 500']) + CREDENTIALS.slice(0, 40));
    client.halfClose();
    await client.closed();
    const [exchange] = await recorder.settled(1);
    expect(exchange).toMatchObject({ ended: { how: 'cut', received: 40, announced: 500 }, linkId: 1 });
    expect(exchange?.request.body.toString()).toBe(CREDENTIALS.slice(0, 40));
  });

  it('a body that was half sent and reset is recorded with what came', async () => {
    const { port, recorder } = await house();
    const client = await connectRaw({ port });
    await client.send(request(POST, [AUTHORIZATION, JSON_TYPE, 'Content-Length: 500']) + CREDENTIALS.slice(0, 40));
    await new Promise(resolve => setTimeout(resolve, 30));
    client.reset();
    const [exchange] = await recorder.settled(1);
    expect(exchange).toMatchObject({ ended: { how: 'reset', received: 40 } });
    expect(exchange?.response).toBeUndefined();
  });

  it('a chunk size that is none is answered 400 and recorded with what came before', async () => {
    const { port, recorder } = await house();
    const client = await connectRaw({ port });
    await client.send(request(POST, [AUTHORIZATION, JSON_TYPE, 'Transfer-Encoding: chunked']));
    await client.send('5\r\n{"a":\r\nzz\r\n');
    const [answer] = await client.answers(1);
    expect(answer?.status).toBe(400);
    await client.closed();
    const [exchange] = await recorder.settled(1);
    expect(exchange).toMatchObject({ operation: 'credentials.post', ended: { how: 'malformed' } });
    expect(exchange?.request.body.toString()).toBe('{"a":');
  });

  it('garbage behind a good request is answered after it', async () => {
    const { port, recorder } = await house();
    const client = await connectRaw({ port });
    await client.send(`${request('GET /ocpi/versions', [AUTHORIZATION])}garbage\r\n\r\n`);
    expect((await client.answers(2)).map(({ status }) => status)).toEqual([200, 400]);
    await client.closed();
    expect(recorder.exchanges).toHaveLength(2);
  });
});

describe('requests that are none of ours', () => {
  it('CONNECT is answered 405 and recorded', async () => {
    const { port, recorder } = await house();
    const client = await connectRaw({ port });
    await client.send('CONNECT example.com:443 HTTP/1.1\r\nHost: example.com:443\r\n\r\n');
    const [answer] = await client.answers(1);
    expect(answer?.status).toBe(405);
    expect(answer?.header('Allow')).toBeDefined();
    await client.closed();
    expect(recorder.exchanges[0]).toMatchObject({ request: { method: 'CONNECT', url: 'example.com:443' } });
  });

  it('a reset behind CONNECT harms nobody', async () => {
    const { port } = await house();
    const client = await connectRaw({ port });
    await client.send('CONNECT example.com:443 HTTP/1.1\r\nHost: x\r\n\r\n');
    client.reset();
    await new Promise(resolve => setTimeout(resolve, 50));
    expect((await ask({ port }, request('GET /ocpi/versions', [AUTHORIZATION]))).status).toBe(200);
  });

  it.each(['h2c', 'websocket'])(
    'an offer to upgrade to %s is not taken up: the request is answered as it is',
    async to => {
      const { port } = await house();
      const upgrade = ['Connection: Upgrade', `Upgrade: ${to}`];
      expect((await ask({ port }, request('GET /ocpi/versions', upgrade))).status).toBe(401);
      for (const bytes of [
        request('GET /ocpi/versions', [AUTHORIZATION, ...upgrade]),
        request(POST, [AUTHORIZATION, JSON_TYPE, ...upgrade], CREDENTIALS),
      ]) {
        const client = await connectRaw({ port });
        await client.send(bytes);
        const [answer] = await client.answers(1);
        expect([answer?.status, answer?.header('Connection')]).toEqual([200, 'close']);
        await client.closed();
      }
    },
  );
});
