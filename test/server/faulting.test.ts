import { describe, expect, it } from 'vitest';
import type { FixedRule } from '../support/fault-engine.ts';
import { connectRaw, type RawTarget, request } from '../support/raw-client.ts';
import { bodyOf, faulty, LIST, later, SECURE, TARGET, TLS, text, transport } from './faulted-house.ts';
import { AUTHORIZATION } from './house.ts';

describe.each([
  ['plain', {}, undefined],
  ['over TLS', SECURE, TLS],
])('an answer that goes wrong on purpose, %s', (_, options, tls) => {
  const target = (port: number): RawTarget => (tls === undefined ? { port } : { port, tls });

  it('is cut behind its 120th byte and recorded with those 120 bytes, and what would have been sent', async () => {
    const { port, recorder, settled } = await faulty([transport('cut', { at: 120 })], options);
    const client = await connectRaw(target(port));
    await client.send(LIST);
    const got = await client.closed();
    expect(bodyOf(got)).toHaveLength(120);
    const announced = Number(/Content-Length: (\d+)/.exec(got)?.[1]);
    expect(announced).toBeGreaterThan(300);
    const [recorded] = await recorder.settled(1);
    expect(text(recorded?.response?.body)).toBe(bodyOf(got));
    expect(recorded?.ended).toEqual({ how: 'broken-off', by: 'close', sent: 120 });
    expect(recorded?.ocpiStatus).toBeUndefined();
    expect(recorded?.faults).toMatchObject({
      firings: [{ kind: 'transport.cut', hit: 1, applied: true, parameters: { at: 120, how: 'close' } }],
      intended: { start: 'HTTP/1.1 200 OK' },
      wire: ['head', `120 of ${announced} bytes`, 'close'],
    });
    expect(recorded?.faults?.intended?.body).toHaveLength(announced);
    expect(recorder.log).toEqual(['record 1', 'update 1 broken-off']);
    expect(settled).toEqual([false]);
  });

  it('is reset behind its head, and the caller sees a reset', async () => {
    const { port, recorder } = await faulty([transport('reset', { after: 'head' })], options);
    const client = await connectRaw(target(port));
    await client.send(LIST);
    const got = await client.closed();
    expect(got).toMatch(/^HTTP\/1\.1 200 OK\r\n[\s\S]*\r\n\r\n$/);
    const [recorded] = await recorder.settled(1);
    expect(recorded?.ended).toEqual({ how: 'broken-off', by: 'reset', sent: 0 });
    expect(recorded?.faults?.wire).toEqual(['head', 'reset']);
  });

  it('never comes: the row is open until the connection is reset', async () => {
    const { port, recorder } = await faulty([transport('hang', { ms: 150 })], options);
    const client = await connectRaw(target(port));
    await client.send(LIST);
    await later(60);
    expect(recorder.exchanges.map(({ ended }) => ended.how)).toEqual(['open']);
    expect(recorder.exchanges[0]?.response).toBeUndefined();
    expect(await client.closed()).toBe('');
    expect((await recorder.settled(1))[0]?.ended).toEqual({ how: 'broken-off', by: 'hang', sent: 0 });
    expect(recorder.exchanges[0]?.faults?.wire).toEqual(['silence for 150 ms', 'reset']);
  });

  it('comes late, and the connection lives on for the next one', async () => {
    const { port, recorder, settled } = await faulty([transport('delay', { ms: 120 })], options);
    const client = await connectRaw(target(port));
    const began = performance.now();
    await client.send(LIST);
    const [first] = await client.answers(1);
    expect(performance.now() - began).toBeGreaterThan(110);
    expect([first?.status, first?.header('Connection')]).toEqual([200, 'keep-alive']);
    expect(JSON.parse(first?.body ?? '').data).toHaveLength(20);
    await client.send(LIST);
    const [second] = await client.answers(1);
    client.destroy();
    expect(second?.body.length).toBe(first?.body.length);
    const [one, two] = await recorder.settled(2);
    expect([one?.ended.how, two?.ended.how, two?.connection?.reused]).toEqual(['answered', 'answered', true]);
    expect(one?.timings?.total).toBeGreaterThan(110);
    expect(one?.faults?.wire).toEqual(['waited 120 ms', 'head', `${first?.body.length} bytes`, 'end']);
    expect(settled).toEqual([true, true]);
  });

  it('keeps its turn among answers asked for at once', async () => {
    const slow: FixedRule = {
      ...transport('delay', { ms: 80 }),
      when: ({ request: { url } }) => url.endsWith('?slow'),
    };
    const { port } = await faulty([slow], options);
    const client = await connectRaw(target(port));
    await client.send(
      request(`${TARGET}?slow`, [AUTHORIZATION, 'X-Request-ID: one']) +
        request(TARGET, [AUTHORIZATION, 'X-Request-ID: two']) +
        request(`${TARGET}?slow`, [AUTHORIZATION, 'X-Request-ID: three']),
    );
    const answers = await client.answers(3);
    client.destroy();
    expect(answers.map(answer => answer.header('X-Request-ID'))).toEqual(['one', 'two', 'three']);
  });

  it('dribbles, broken by nothing', async () => {
    const { port, recorder } = await faulty([transport('dribble', { perSecond: 1_000 })], options);
    const client = await connectRaw(target(port));
    await client.send(LIST);
    await client.until(received => bodyOf(received).length >= 1);
    const early = bodyOf(client.received()).length;
    const [answer] = await client.answers(1);
    client.destroy();
    expect(early).toBeLessThan(answer?.body.length ?? 0);
    expect(JSON.parse(answer?.body ?? '').status_code).toBe(1000);
    expect((await recorder.settled(1))[0]?.faults?.wire).toEqual([
      'head',
      `${answer?.body.length} bytes at 1,000 bytes/s`,
      'end',
    ]);
  });

  it('says a wrong Content-Length, too many and too few', async () => {
    for (const off of [10, -10]) {
      const { port, recorder } = await faulty([transport('wrong-content-length', { off })], options);
      const client = await connectRaw(target(port));
      await client.send(LIST);
      const got = await client.closed();
      expect(Number(/Content-Length: (\d+)/.exec(got)?.[1])).toBe(bodyOf(got).length + off);
      const [recorded] = await recorder.settled(1);
      expect(text(recorded?.response?.body)).toBe(bodyOf(got));
      expect([recorded?.ended.how, recorded?.ocpiStatus]).toEqual(['answered', 1000]);
    }
  });

  it.each([
    ['size', /\r\n\r\n[0-9a-f]+\r\n[\s\S]+\r\nxyz\r\n[\s\S]+\r\n0\r\n\r\n$/],
    ['end', /\r\n\r\n[0-9a-f]+\r\n[\s\S]+\r\n[0-9a-f]+\r\n[\s\S]+\}\r\n$/],
  ])('comes in chunks of which the %s is wrong', async (wrong, shape) => {
    const { port, recorder } = await faulty([transport('malformed-chunk', { wrong })], options);
    const client = await connectRaw(target(port));
    await client.send(LIST);
    const got = await client.closed();
    expect(got).toMatch(shape);
    expect(got).toContain('Transfer-Encoding: chunked\r\n');
    expect(got).not.toContain('Content-Length');
    const [recorded] = await recorder.settled(1);
    expect(JSON.parse(text(recorded?.response?.body)).data).toHaveLength(20);
  });

  it('is random bytes, the same ones for the same seed', async () => {
    const noise: string[] = [];
    for (const seed of ['7', '7', '8']) {
      const { port, recorder } = await faulty([{ ...transport('noise', { bytes: 40 }), seed }], options);
      const client = await connectRaw(target(port));
      await client.send(LIST);
      noise.push(await client.closed());
      const [recorded] = await recorder.settled(1);
      expect(recorded?.response).toBeUndefined();
      expect(recorded?.faults?.wire).toEqual(['40 bytes, no HTTP', 'close']);
    }
    expect(noise.map(({ length }) => length)).toEqual([40, 40, 40]);
    expect(noise[0]).toBe(noise[1]);
    expect(noise[0]).not.toBe(noise[2]);
  });
});
