import { describe, expect, it } from 'vitest';
import type { FixedRule } from '../support/fault-engine.ts';
import { ask, connectRaw, request } from '../support/raw-client.ts';
import { bodyOf, faulty, IDS, LIST, later, made, PATH, SECURE, TARGET, TLS, text, transport } from './faulted-house.ts';
import { AUTHORIZATION } from './house.ts';

describe('what faults change before the wire', () => {
  it('is recorded as it crossed, with the OCPI status that was sent', async () => {
    const body = Buffer.from('{"status_code":2001,"timestamp":"2026-01-01T00:00:00Z"}');
    const rule = made({
      alter: draft => ({
        draft: {
          ...draft,
          message: {
            ...draft.message,
            headers: draft.message.headers.map(([name, value]) => [
              name,
              name === 'Content-Length' ? String(body.length) : value,
            ]),
            body,
          },
        },
        did: 'another body',
      }),
    });
    const { port, recorder } = await faulty([rule]);
    const answer = await ask({ port }, LIST);
    expect(answer.body).toBe(body.toString());
    const [recorded] = await recorder.settled(1);
    expect([recorded?.ocpiStatus, text(recorded?.response?.body)]).toEqual([2001, body.toString()]);
    expect(recorded?.faults?.firings[0]).toMatchObject({ did: 'another body', applied: true });
    expect(recorder.log).toEqual(['record 1']);
  });

  it('may be a header line that Node would refuse to write, and the connection lives on', async () => {
    const rule = made({
      alter: draft => ({
        draft: {
          ...draft,
          message: { ...draft.message, headers: [...draft.message.headers, ['Bad Name', 'a\u00e9'], ['', 'x']] },
        },
        did: 'bad lines',
      }),
    });
    const { port, recorder } = await faulty([rule]);
    const client = await connectRaw({ port });
    for (let round = 0; round < 2; round++) {
      await client.send(LIST);
      const [answer] = await client.answers(1);
      expect(answer?.literal).toContain('Bad Name: a\u00e9\r\n: x\r\n\r\n{');
    }
    client.destroy();
    expect((await recorder.settled(2)).map(({ ended }) => ended.how)).toEqual(['answered', 'answered']);
  });

  it('may be what is asked: the responder sees the changed query', async () => {
    const rule = made({
      before: ({ query }) => ({ ask: { query: query.replace(/offset=\d+/, 'offset=0') }, did: 'offset ignored' }),
    });
    const { port, recorder, asked } = await faulty([rule]);
    await ask({ port }, request(`${TARGET}?offset=40&limit=5`, [AUTHORIZATION]));
    expect(asked).toEqual(['offset=0&limit=5']);
    expect(recorder.exchanges[0]).toMatchObject({ request: { url: `${PATH}?offset=40&limit=5` } });
    expect(recorder.exchanges[0]?.faults?.firings).toMatchObject([{ did: 'offset ignored', applied: true }]);
  });

  it('may be an answer instead of ours: nothing is done then', async () => {
    const rule = made({
      before: () => ({
        answer: {
          side: 'answer',
          status: 429,
          statusText: 'Slow Down',
          headers: [['Retry-After', '5']],
          body: Buffer.from('wait'),
        },
        did: 'refused',
      }),
    });
    const { port, recorder, asked } = await faulty([rule]);
    const client = await connectRaw({ port });
    await client.send(LIST + LIST);
    const [answer] = await client.answers(2);
    client.destroy();
    expect([answer?.statusLine, answer?.header('Retry-After'), answer?.body]).toEqual([
      'HTTP/1.1 429 Slow Down',
      '5',
      'wait',
    ]);
    expect(asked).toEqual([]);
    expect(recorder.exchanges[0]?.faults).toMatchObject({ firings: [{ did: 'refused', applied: true }] });
    expect(recorder.exchanges[0]?.faults?.intended).toBeUndefined();
  });

  it('reaches refusals too: a 401 can be altered like any other answer', async () => {
    const { port, recorder, engine } = await faulty([transport('close')]);
    const client = await connectRaw({ port });
    await client.send(request(TARGET));
    expect(await client.closed()).toBe('');
    const [recorded] = await recorder.settled(1);
    expect(recorded?.faults?.intended?.start).toBe('HTTP/1.1 401 Unauthorized');
    expect(engine.met[0]).toMatchObject({ direction: 'answer', operation: 'locations.list', version: '2.2.1' });
  });

  it('is told with what is known of the call', async () => {
    const { port, engine } = await faulty([transport('delay', { ms: 0 })]);
    const routing = [
      'OCPI-from-country-code: DE',
      'OCPI-from-party-id: ABC',
      'OCPI-to-country-code: NL',
      'OCPI-to-party-id: WBX',
    ];
    await ask({ port }, request(TARGET, [AUTHORIZATION, ...IDS, ...routing]));
    expect(engine.met[0]).toMatchObject({
      entry: { id: 'locations.list', interface: 'SENDER' },
      from: 'NL-WBX',
      to: 'DE-ABC',
      ownVersionsUrl: 'http://127.0.0.1/ocpi/versions',
      request: { method: 'GET', url: PATH },
    });
  });

  it('adds up: three rules in their order', async () => {
    const { port, recorder } = await faulty([
      transport('delay', { ms: 40 }),
      transport('dribble', { perSecond: 10_000 }),
      transport('cut', { at: 200, how: 'reset' }),
      transport('close'),
    ]);
    const client = await connectRaw({ port });
    await client.send(LIST);
    expect(bodyOf(await client.closed())).toHaveLength(200);
    const { faults } = (await recorder.settled(1))[0] ?? {};
    expect(faults?.firings.map(({ kind, applied }) => [kind, applied])).toEqual([
      ['transport.delay', true],
      ['transport.dribble', true],
      ['transport.cut', true],
      ['transport.close', false],
    ]);
    expect(faults?.firings[3]?.did).toBe('an earlier rule breaks the answer off already');
    expect(faults?.wire.slice(0, 2)).toEqual(['waited 40 ms', 'head']);
    expect(faults?.wire.at(-1)).toBe('reset');
  });

  it('is nothing where a rule throws: the answer leaves as it was, and the bug is told', async () => {
    const throws = () => {
      throw new Error('a bug');
    };
    const { port, recorder, troubles } = await faulty([made({ before: throws, alter: throws })]);
    expect(JSON.parse((await ask({ port }, LIST)).body).data).toHaveLength(20);
    expect(troubles).toMatchObject([{ message: 'a bug' }, { message: 'a bug' }]);
    expect(recorder.exchanges[0]).not.toHaveProperty('faults');
  });

  it('leaves no trace where nothing was at work', async () => {
    const { port, recorder } = await faulty([{ ...transport('close'), when: () => false }]);
    await ask({ port }, LIST);
    expect(recorder.exchanges[0]).not.toHaveProperty('faults');
  });

  it('answers HEAD without a body, whatever becomes of it', async () => {
    const { port } = await faulty([transport('delay', { ms: 10 })]);
    const client = await connectRaw({ port });
    const head = request(`HEAD ${PATH}`, [AUTHORIZATION]);
    await client.send(head + head);
    const answers = await client.answers(2, { bodyless: true });
    client.destroy();
    expect(answers.map(({ status }) => status)).toEqual([200, 200]);
    expect(client.received().endsWith('\r\n\r\n')).toBe(true);
  });
});

describe('what follows upon an answer', () => {
  it('goes first where a fault says so, and is told of it once', async () => {
    const rule = made({ alter: draft => ({ draft: { ...draft, followUpFirst: 80 }, did: 'result first' }) });
    const { port, recorder, settled } = await faulty([rule]);
    const client = await connectRaw({ port });
    await client.send(LIST);
    await later(40);
    expect([settled, client.received()]).toEqual([[true], '']);
    const [answer] = await client.answers(1);
    client.destroy();
    expect(answer?.status).toBe(200);
    const [recorded] = await recorder.settled(1);
    expect(recorded?.faults?.wire.slice(0, 2)).toEqual(['what follows upon it first', 'waited 80 ms']);
    expect(settled).toEqual([true]);
  });
});

describe('who does not wait', () => {
  it('is the peer: the row tells that it left, and when', async () => {
    const { port, recorder, settled } = await faulty([transport('delay', { ms: 60_000 })]);
    const client = await connectRaw({ port });
    await client.send(LIST);
    await later(50);
    client.reset();
    const [recorded] = await recorder.settled(1);
    expect(recorded?.ended).toEqual({ how: 'reset', received: 0 });
    expect(recorded?.faults?.wire).toEqual([expect.stringMatching(/^waited \d+ of 60,000 ms$/)]);
    expect(settled).toEqual([false]);
  });

  it('is a server that closes: waits are over, silence ends', async () => {
    const silent: FixedRule = {
      ...transport('hang', { ms: 60_000 }),
      when: ({ request: { url } }) => url.endsWith('?silent'),
    };
    const slow: FixedRule = {
      ...transport('delay', { ms: 60_000 }),
      when: ({ request: { url } }) => !url.endsWith('?silent'),
    };
    const { port, recorder, server } = await faulty([silent, slow]);
    const [hanging, waiting] = [await connectRaw({ port }), await connectRaw({ port })];
    await hanging.send(request(`${TARGET}?silent`, [AUTHORIZATION]));
    await waiting.send(LIST);
    await later(50);
    const began = performance.now();
    await server.close();
    expect(performance.now() - began).toBeLessThan(2_000);
    expect(await hanging.closed()).toBe('');
    expect(await waiting.closed()).toContain('"status_code":1000');
    const ended = (await recorder.settled(2)).map(exchange => [exchange.ended.how, exchange.faults?.wire[0]]);
    expect(ended).toEqual([
      ['broken-off', expect.stringMatching(/^silence for \d+ of 60,000 ms$/)],
      ['answered', expect.stringMatching(/^waited \d+ of 60,000 ms$/)],
    ]);
  });

  it('is storage that fails: nothing is said that was not stored', async () => {
    const { port, recorder } = await faulty([transport('cut', { at: 5 })]);
    recorder.fault = 'the disk is full';
    expect(JSON.parse((await ask({ port }, LIST)).body).status_code).toBe(3000);
  });
});

describe('a TLS handshake refused on purpose', () => {
  it.each([
    ['alert', /alert|SSL|handshake/i],
    ['close', /disconnected|ECONNRESET|closed/i],
    ['reset', /ECONNRESET|disconnected/i],
  ])('ends with %s before anybody knows whose it was, and is recorded', async (by, shape) => {
    const { port, recorder, server } = await faulty([transport('tls-refused', { by })], SECURE);
    await expect(connectRaw({ port, tls: TLS ?? {} })).rejects.toThrow(shape);
    const [recorded] = await recorder.settled(1);
    expect(recorded).toMatchObject({
      operation: 'unknown',
      ended: { how: 'broken-off', by: by === 'reset' ? 'reset' : 'close', sent: 0 },
      faults: { firings: [{ kind: 'transport.tls-refused', applied: true }] },
    });
    await server.close(100);
  });

  it('cannot be where there is no TLS: the request is answered, and the rule says so', async () => {
    const { port, recorder } = await faulty([transport('tls-refused')]);
    expect((await ask({ port }, LIST)).status).toBe(200);
    expect(recorder.exchanges[0]?.faults?.firings[0]).toMatchObject({
      applied: false,
      did: 'this server listens without TLS: there is no handshake to refuse',
    });
  });
});
