import { describe, expect, it } from 'vitest';
import { credentialsResponder } from '../../core/server/modules/credentials.ts';
import type { RegistrarAnswer } from '../../core/server/registrar.ts';
import type { Responder } from '../../core/server/responder.ts';
import { ask, connectRaw, request } from '../support/raw-client.ts';
import { AUTHORIZATION, CREDENTIALS, house, politeRegistrar } from './house.ts';

const JSON_TYPE = 'Content-Type: application/json';
const REGISTER = request('POST /ocpi/2.2.1/credentials', [AUTHORIZATION, JSON_TYPE], CREDENTIALS);
const VERSIONS = request('GET /ocpi/versions', [AUTHORIZATION]);

/** A registrar whose POST waits until it is told to go on. */
function waitingRegistrar(answer: RegistrarAnswer = { kind: 'done' }) {
  const entered = Promise.withResolvers<AbortSignal>();
  const goOn = Promise.withResolvers<void>();
  const registrar = politeRegistrar({
    post: async ({ signal }) => {
      entered.resolve(signal);
      await goOn.promise;
      return answer;
    },
  });
  return { responders: [credentialsResponder(registrar)], entered: entered.promise, goOn: goOn.resolve };
}

describe('connections', () => {
  it('three requests in one packet are answered in their order', async () => {
    const { port, recorder } = await house();
    const client = await connectRaw({ port });
    await client.send(
      request('GET /ocpi/2.2.1', [AUTHORIZATION, 'X-Request-ID: one', 'X-Correlation-ID: c']) +
        request('GET /ocpi/nowhere', [AUTHORIZATION, 'X-Request-ID: two']) +
        request('GET /ocpi/versions', [AUTHORIZATION, 'X-Request-ID: three']),
    );
    const answers = await client.answers(3);
    expect(answers.map(answer => [answer.status, answer.header('X-Request-ID')])).toEqual([
      [200, 'one'],
      [404, 'two'],
      [200, 'three'],
    ]);
    client.destroy();
    expect(recorder.exchanges.map(({ connection }) => connection?.reused)).toEqual([false, true, true]);
  });

  it('a fast request pipelined behind a slow one is answered behind it', async () => {
    const waiting = waitingRegistrar();
    const { port } = await house({ responders: waiting.responders });
    const client = await connectRaw({ port });
    await client.send(REGISTER + VERSIONS);
    await waiting.entered;
    await new Promise(resolve => setTimeout(resolve, 30));
    expect(client.received()).toBe('');
    waiting.goOn();
    const [first, second] = await client.answers(2);
    expect(JSON.parse(first?.body ?? '')).not.toHaveProperty('data');
    expect(JSON.parse(second?.body ?? '').data).toHaveLength(3);
    client.destroy();
  });

  it('a connection serves one request after the other until the client wants it closed', async () => {
    const { port } = await house();
    const client = await connectRaw({ port });
    for (let round = 0; round < 5; round++) {
      await client.send(VERSIONS);
      const [answer] = await client.answers(1);
      expect([answer?.header('Connection'), answer?.header('Keep-Alive')]).toEqual(['keep-alive', 'timeout=30']);
    }
    await client.send(request('GET /ocpi/versions', [AUTHORIZATION, 'Connection: close']));
    const [last] = await client.answers(1);
    expect([last?.header('Connection'), last?.header('Keep-Alive')]).toEqual(['close', undefined]);
    await client.closed();
  });

  it('versions are served while a registration is open on another connection', async () => {
    const waiting = waitingRegistrar();
    const { port, recorder } = await house({ responders: waiting.responders });
    const registering = await connectRaw({ port });
    await registering.send(REGISTER);
    await waiting.entered;
    expect(recorder.exchanges[0]).toMatchObject({ operation: 'credentials.post', ended: { how: 'open' } });
    expect((await ask({ port }, VERSIONS)).status).toBe(200);
    expect((await ask({ port }, request('GET /ocpi/2.2.1', [AUTHORIZATION]))).status).toBe(200);
    expect(registering.received()).toBe('');
    waiting.goOn();
    expect((await registering.answers(1))[0]?.status).toBe(200);
    registering.destroy();
    const exchanges = await recorder.settled(3);
    expect(exchanges.map(({ ended }) => ended.how)).toEqual(['answered', 'answered', 'answered']);
    expect(recorder.log.slice(0, 2)).toEqual(['open 1', 'record 2']);
  });

  it.each(['reset', 'close'] as const)(
    'a peer that ends with a %s while its registration is open is noticed',
    async how => {
      const fates: boolean[] = [];
      const waiting = waitingRegistrar({ kind: 'done', settled: delivered => fates.push(delivered) });
      const { port, recorder } = await house({ responders: waiting.responders });
      const client = await connectRaw({ port });
      await client.send(REGISTER);
      const signal = await waiting.entered;
      const gone = new Promise(resolve => signal.addEventListener('abort', resolve));
      if (how === 'reset') client.reset();
      else client.destroy();
      await gone;
      waiting.goOn();
      const [exchange] = await recorder.settled(1);
      expect(exchange?.ended.how).toBe(how === 'reset' ? 'reset' : 'cut');
      expect(exchange?.response).toBeUndefined();
      expect(fates).toEqual([false]);
    },
  );

  it('an answer that reached the socket is told as delivered, once', async () => {
    const fates: boolean[] = [];
    const registrar = politeRegistrar({ post: async () => ({ kind: 'done', settled: fate => fates.push(fate) }) });
    const { port } = await house({ responders: [credentialsResponder(registrar)] });
    const client = await connectRaw({ port });
    await client.send(REGISTER);
    await client.answers(1);
    client.destroy();
    await new Promise(resolve => setTimeout(resolve, 30));
    expect(fates).toEqual([true]);
  });

  it('closing lets open answers finish, refuses new connections and tells the peer to go', async () => {
    const waiting = waitingRegistrar();
    const { port, server, recorder } = await house({ responders: waiting.responders });
    const idle = await connectRaw({ port });
    const busy = await connectRaw({ port });
    await busy.send(REGISTER);
    await waiting.entered;
    const closed = server.close();
    await idle.closed();
    await expect(connectRaw({ port })).rejects.toThrow('ECONNREFUSED');
    waiting.goOn();
    const [answer] = await busy.answers(1);
    expect([answer?.status, answer?.header('Connection')]).toEqual([200, 'close']);
    await closed;
    expect(recorder.exchanges[0]?.ended.how).toBe('answered');
  });

  it('closing cuts what does not finish in time', async () => {
    const waiting = waitingRegistrar();
    const { port, server, recorder } = await house({ responders: waiting.responders });
    const client = await connectRaw({ port });
    await client.send(REGISTER);
    await waiting.entered;
    await server.close(50);
    expect(await client.closed()).toBe('');
    waiting.goOn();
    const [exchange] = await recorder.settled(1);
    expect(exchange?.ended.how).toBe('cut');
  });
});

describe('recording', () => {
  it('no byte of an answer leaves before its exchange is committed', async () => {
    const { port, recorder } = await house();
    const commits: (() => void)[] = [];
    const record = recorder.record;
    recorder.record = async exchange => {
      const stored = await record(exchange);
      await new Promise<void>(resolve => commits.push(resolve));
      return stored;
    };
    const client = await connectRaw({ port });
    await client.send(VERSIONS);
    await new Promise(resolve => setTimeout(resolve, 50));
    expect([commits.length, client.received()]).toEqual([1, '']);
    commits[0]?.();
    expect((await client.answers(1))[0]?.status).toBe(200);
    client.destroy();
  });

  it('an answer whose peer has gone while it was stored is recorded as unread', async () => {
    const { port, recorder } = await house();
    const commit = Promise.withResolvers<void>();
    const entered = Promise.withResolvers<void>();
    const record = recorder.record;
    recorder.record = async exchange => {
      const stored = await record(exchange);
      entered.resolve();
      await commit.promise;
      return stored;
    };
    const client = await connectRaw({ port });
    await client.send(VERSIONS);
    await entered.promise;
    client.reset();
    await new Promise(resolve => setTimeout(resolve, 30));
    commit.resolve();
    await expect.poll(() => recorder.exchanges[0]?.ended.how).toBe('reset');
    expect(recorder.log).toEqual(['record 1', 'update 1 reset']);
  });

  it('what cannot be stored is not answered: the peer gets 3000, and a refusal stays a refusal', async () => {
    const fates: boolean[] = [];
    const registrar = politeRegistrar({ get: () => ({ kind: 'done', settled: fate => fates.push(fate) }) });
    const { port, recorder } = await house({ responders: [credentialsResponder(registrar)] });
    recorder.fault = 'the disk is full';
    const answer = await ask({ port }, VERSIONS);
    expect(answer.status).toBe(200);
    expect(JSON.parse(answer.body)).toMatchObject({ status_code: 3000 });
    expect(answer.body).not.toMatch(/data|disk/);
    const credentials = await ask({ port }, request('GET /ocpi/2.2.1/credentials', [AUTHORIZATION]));
    expect(JSON.parse(credentials.body)).toMatchObject({ status_code: 3000 });
    expect(fates).toEqual([false]);
    expect((await ask({ port }, request('GET /ocpi/versions'))).status).toBe(401);
    recorder.fault = undefined;
    expect(JSON.parse((await ask({ port }, VERSIONS)).body)).toMatchObject({ status_code: 1000 });
  });

  it('a registration that cannot be stored is not begun', async () => {
    let begun = false;
    const registrar = politeRegistrar({
      post: async () => {
        begun = true;
        return { kind: 'done' };
      },
    });
    const { port, recorder } = await house({ responders: [credentialsResponder(registrar)] });
    recorder.fault = 'the disk is full';
    const answer = await ask({ port }, REGISTER);
    expect(JSON.parse(answer.body)).toMatchObject({ status_code: 3000 });
    expect(begun).toBe(false);
  });

  it.each([
    [
      'throws',
      (): never => {
        throw new Error('a bug');
      },
    ],
    ['rejects', () => Promise.reject(new Error('a bug'))],
    [
      'plans a header that HTTP forbids',
      () => ({ status: 200, headers: [['X-Bad', 'a\r\nb']] as const, envelope: { statusCode: 1000 } }),
    ],
  ])('a responder that %s costs a 500 with an envelope, and nothing else', async (_, respond) => {
    const buggy: Responder = { serves: ['credentials.get'], respond };
    const { port, events, recorder } = await house({ responders: [buggy] });
    const answer = await ask({ port }, request('GET /ocpi/2.2.1/credentials', [AUTHORIZATION]));
    expect(answer.status).toBe(500);
    expect(JSON.parse(answer.body)).toMatchObject({ status_code: 3000 });
    expect(events).toMatchObject([{ kind: 'bug', operation: 'credentials.get' }]);
    expect((await recorder.settled(1))[0]?.response?.status).toBe(500);
    expect((await ask({ port }, VERSIONS)).status).toBe(200);
  });

  it('the recorded answer is what crossed the wire, line by line', async () => {
    const { port, recorder } = await house();
    const answer = await ask({ port }, request('GET /ocpi/2.2.1', [AUTHORIZATION, 'X-Request-ID: caf\u00e9']));
    const { response } = (await recorder.settled(1))[0] ?? {};
    const head = response?.headers.map(([name, value]) => `${name}: ${value}\r\n`).join('');
    const literal = `HTTP/1.1 200 OK\r\n${head}\r\n${Buffer.from(response?.body ?? []).toString('latin1')}`;
    expect(answer.literal).toBe(literal);
  });

  it('the recorded request has its lines in order, in their case, twice where they came twice', async () => {
    const { port, recorder } = await house();
    await ask(
      { port },
      `GET /ocpi/versions HTTP/1.1\r\nhOsT: x\r\n${AUTHORIZATION}\r\nX-B: 2\r\nX-A: 1\r\nX-B: 3\r\n\r\n`,
    );
    const [exchange] = await recorder.settled(1);
    expect(exchange?.request.headers).toEqual([
      ['hOsT', 'x'],
      ['Authorization', 'Token registered-token'],
      ['X-B', '2'],
      ['X-A', '1'],
      ['X-B', '3'],
    ]);
    expect(exchange?.timings?.total).toBeGreaterThan(0);
    expect(exchange?.connection?.remoteAddress).toBe('127.0.0.1');
  });
});
