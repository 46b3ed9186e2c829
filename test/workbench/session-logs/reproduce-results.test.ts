import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describe, expect, it } from 'vitest';
import { systemClock } from '../../../core/clock.ts';
import { JSON_TYPE } from '../../session-log/support/lines.ts';
import { DETAILS, registrationLines, reproduce, theyAsked, weAsked } from '../../session-log/support/reproducing.ts';

const data = (body: string): unknown => JSON.parse(body).data;
const tokenHeader = (token: string) => `Authorization: Token ${Buffer.from(token).toString('base64')}`;

describe('results of commands', () => {
  interface Received {
    readonly url: string;
    readonly headers: Record<string, unknown>;
    readonly body: string;
  }
  const receiver = async (status = 200) => {
    const received: Received[] = [];
    const server = createServer((asked, answer) => {
      let body = '';
      asked.on('data', chunk => {
        body += chunk;
      });
      asked.on('end', () => {
        received.push({ url: asked.url ?? '', headers: asked.headers, body });
        answer.writeHead(status).end();
      });
    });
    await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    const stop = () => new Promise(resolve => server.close(resolve));
    return { received, url, stop };
  };
  const lines = [
    ...registrationLines(),
    weAsked(4, 'POST /ocpi/2.2.1/commands/STOP_SESSION', {
      operation: 'commands.stop-session',
      headers: [
        ['Authorization', 'Token {token:ccc:base64:48}'],
        ['X-Correlation-ID', 'then'],
      ],
      body: { response_url: 'https://wbx.example/front/ocpi/2.2.1/commands/STOP_SESSION/11', session_id: 'S1' },
      answer: { result: 'ACCEPTED', timeout: 30 },
    }),
    {
      ...theyAsked(5, 'POST /ocpi/2.2.1/commands/STOP_SESSION/11', {
        operation: 'commands.result',
        headers: [['Authorization', 'Token {token:bbb:base64:48}'], ['X-Correlation-ID', 'then'], JSON_TYPE],
        body: { result: 'ACCEPTED' },
      }),
      startedAt: weAsked(4, 'GET /').startedAt + 300,
    },
  ];

  it('are posted to the response_url of the request, with the token that was given', async () => {
    const { received, url, stop } = await receiver();
    const { ask, requests, view } = await reproduce(lines, { timing: 'recorded' });
    await ask(`POST ${DETAILS}/credentials`, undefined, { token: 'my-token', url, roles: [] });
    const body = { session_id: 'S1', response_url: `${url}/mine/42` };
    const answer = await ask('POST /ocpi/2.2.1/commands/STOP_SESSION', ['X-Correlation-ID: now'], body);
    expect(data(answer.body)).toEqual({ result: 'ACCEPTED', timeout: 30 });
    expect(received).toEqual([]);
    await expect.poll(() => received.length, { interval: 10 }).toBe(1);
    expect(received[0]).toMatchObject({ url: '/mine/42', body: '{"result":"ACCEPTED"}' });
    expect(received[0]?.headers).toMatchObject({
      authorization: tokenHeader('my-token').slice('Authorization: '.length),
      'x-correlation-id': 'now',
    });
    await expect.poll(() => view().callbacks, { interval: 10 }).toBe(1);
    expect(requests().at(-1)).toMatchObject({
      kind: 'callback',
      method: 'POST',
      status: 200,
      recordedId: 5,
      differences: [],
    });
    await stop();
  });

  it('that are not taken are listed', async () => {
    const { ask, requests, view } = await reproduce(lines);
    await ask('POST /ocpi/2.2.1/commands/STOP_SESSION', [], { session_id: 'S1', response_url: 'http://127.0.0.1:1/x' });
    await ask('POST /ocpi/2.2.1/commands/STOP_SESSION', [], { session_id: 'S1', response_url: 'ftp://x/' });
    await ask('POST /ocpi/2.2.1/commands/STOP_SESSION', [], { session_id: 'S1' });
    await expect.poll(() => view().callbacks, { interval: 10 }).toBe(3);
    const told = requests().flatMap(({ kind, differences }) => (kind === 'callback' ? differences : []));
    expect(told.toSorted()).toEqual(
      [
        '"ftp://x/" is not an http or https URL.',
        expect.stringMatching(/^It was not answered \(refused/),
        'The request names no response_url to send this to.',
      ].toSorted(),
    );
  });
});

describe('looks at the versions while credentials are open', () => {
  it('count for the time that the answer took then, rather than coming on top of it', async () => {
    const slept: number[] = [];
    const clock = {
      ...systemClock,
      sleep: (ms: number, signal?: AbortSignal) => {
        slept.push(ms);
        return systemClock.sleep(ms, signal);
      },
    };
    const lines = registrationLines().map(line =>
      line.type === 'exchange' && line.operation === 'credentials.post'
        ? { ...line, timings: { firstByte: 400, total: 410 } }
        : line,
    );
    const look = theyAsked(4, 'GET /ocpi/versions', { operation: 'versions.list' });
    const posted = weAsked(3, 'GET /').startedAt;
    const { ask, requests } = await reproduce([...lines, { ...look, startedAt: posted + 300 }], {
      timing: 'recorded',
      clock,
    });
    const began = performance.now();
    await ask(`POST ${DETAILS}/credentials`, undefined, {
      token: 'mine',
      url: 'http://127.0.0.1:1/versions',
      roles: [],
    });
    expect(performance.now() - began).toBeGreaterThan(390);
    expect(requests().map(({ kind }) => kind)).toEqual(['answer', 'callback']);
    const [before, ...rest] = slept;
    expect(before).toBe(300);
    expect(rest.filter(ms => ms > 100)).toEqual([]);
  });
});
