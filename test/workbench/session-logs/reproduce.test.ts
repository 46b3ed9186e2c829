import { describe, expect, it } from 'vitest';
import { answerText, JSON_TYPE, linkLine } from '../../session-log/support/lines.ts';
import {
  DETAILS,
  registrationLines,
  reproduce,
  TOKEN_A,
  theyAsked,
  unanswered,
  weAsked,
} from '../../session-log/support/reproducing.ts';
import { connectRaw, request } from '../../support/raw-client.ts';

const data = (body: string): unknown => JSON.parse(body).data;
const tokenHeader = (token: string) => `Authorization: Token ${Buffer.from(token).toString('base64')}`;

describe('a reproduced partner', () => {
  it('leads from its versions URL to its endpoints at this server', async () => {
    const { ask, origin, view } = await reproduce(registrationLines());
    expect(view().versionsUrl).toBe(`${origin}/ocpi/versions`);
    const versions = await ask('GET /ocpi/versions');
    expect(versions.status).toBe(200);
    expect(data(versions.body)).toEqual([{ version: '2.2.1', url: `${origin}${DETAILS}` }]);
    const details = await ask(`GET ${DETAILS}`);
    expect(data(details.body)).toMatchObject({
      endpoints: [{ url: `${origin}/ocpi/2.2.1/credentials` }, {}, { url: `${origin}/ocpi/2.2.1/commands` }],
    });
    expect(view()).toMatchObject({ known: 3, asked: 2, unknown: 0, different: 0 });
  });

  it('gives a made token in its credentials, and takes it on the next call', async () => {
    const records = [
      ...registrationLines(),
      weAsked(4, 'GET /ocpi/2.2.1/locations', {
        operation: 'locations.list',
        headers: [['Authorization', 'Token {token:ccc:base64:48}']],
        answer: [{ id: 'LOC1' }],
      }),
    ];
    const { ask, requests } = await reproduce(records);
    const registered = await ask(`POST ${DETAILS}/credentials`, undefined, {
      token: 'theirs',
      url: 'https://other.example/ocpi/versions',
      roles: [],
    });
    const { token } = data(registered.body) as { token: string };
    expect(token).toMatch(/^[A-Za-z0-9]{36}$/);
    const locations = await ask('GET /ocpi/2.2.1/locations', [tokenHeader(token)]);
    expect(data(locations.body)).toEqual([{ id: 'LOC1' }]);
    expect(requests().map(({ recordedId, differences }) => [recordedId, differences])).toEqual([
      [3, []],
      [4, []],
    ]);
  });

  it('answers a token it never gave as recorded, and tells', async () => {
    const { ask, requests } = await reproduce(registrationLines());
    expect((await ask('GET /ocpi/versions', [tokenHeader('made up')])).status).toBe(200);
    expect((await ask('GET /ocpi/versions', [])).status).toBe(200);
    expect(requests().map(({ differences }) => differences[0])).toEqual([
      'It carries a token that nobody gave it here.',
      'It carries no token, then it carried one.',
    ]);
  });

  it('refuses a missing and a wrong token where the recording has such a refusal', async () => {
    const refused = { status: 401, answer: answerText(undefined, { status_code: 2001 }), operation: 'versions.list' };
    const { ask, view } = await reproduce(
      [
        linkLine(),
        weAsked(1, 'GET /ocpi/versions', { ...refused, headers: [] }),
        weAsked(2, 'GET /ocpi/versions', { ...refused, headers: [['Authorization', 'Token {token:wrong:raw:5}']] }),
        weAsked(3, 'GET /ocpi/versions', { operation: 'versions.list', answer: [] }),
      ],
      { token: 'the-right-one' },
    );
    // The first token of the recording is the one that is told: here a wrong one.
    expect((await ask('GET /ocpi/versions', [])).status).toBe(401);
    expect((await ask('GET /ocpi/versions', [tokenHeader('made up')])).status).toBe(401);
    expect(view().different).toBe(0);
  });

  it('gives the nth answer to the nth call, then the last again, and tells', async () => {
    const { ask, requests } = await reproduce([
      linkLine(),
      weAsked(1, 'GET /ocpi/2.2.1/sessions/S1', { answer: { id: 'S1', status: 'PENDING' } }),
      weAsked(2, 'GET /ocpi/2.2.1/sessions/S1', { answer: { id: 'S1', status: 'ACTIVE' } }),
    ]);
    const states = [];
    for (let time = 0; time < 3; time++) states.push(data((await ask('GET /ocpi/2.2.1/sessions/S1')).body));
    expect(states).toMatchObject([{ status: 'PENDING' }, { status: 'ACTIVE' }, { status: 'ACTIVE' }]);
    expect(requests().at(-1)?.differences).toEqual(['It is asked once more than then: 3 times by now, then 2 times.']);
  });

  it('leads through the pages of a list at this server', async () => {
    const link = (offset: number): [string, string] => [
      'Link',
      `<https://acme.example/ocpi/2.2.1/locations?offset=${offset}&limit=2>; rel="next"`,
    ];
    const { ask, origin, requests } = await reproduce([
      linkLine(),
      weAsked(1, 'GET /ocpi/2.2.1/locations?date_from=2026-03-01T00:00:00Z', {
        answer: [{ id: 'A' }, { id: 'B' }],
        answerHeaders: [JSON_TYPE, link(2), ['x-total-count', '3']],
      }),
      weAsked(2, 'GET /ocpi/2.2.1/locations?offset=2&limit=2', { answer: [{ id: 'C' }] }),
    ]);
    const first = await ask('GET /ocpi/2.2.1/locations?date_from=2026-11-01T00:00:00Z');
    expect(first.header('Link')).toBe(`<${origin}/ocpi/2.2.1/locations?offset=2&limit=2>; rel="next"`);
    expect(first.headers.map(([name]) => name)).toEqual(['Content-Type', 'Link', 'x-total-count', 'Content-Length']);
    const second = await ask('GET /ocpi/2.2.1/locations?limit=2&offset=2');
    expect(data(second.body)).toEqual([{ id: 'C' }]);
    await ask('GET /ocpi/2.2.1/locations?offset=4&limit=2');
    expect(requests().map(({ status, differences }) => [status, differences.length])).toEqual([
      [200, 0],
      [200, 0],
      [404, 1],
    ]);
  });

  it('answers what the recording does not know with 404 and an envelope, and lists it', async () => {
    const { ask, view, requests } = await reproduce(registrationLines());
    const answer = await ask('GET /ocpi/2.2.1/tariffs');
    expect(answer.status).toBe(404);
    expect(JSON.parse(answer.body)).toMatchObject({
      status_code: 2000,
      status_message: expect.stringContaining('knows no such'),
    });
    expect(view()).toMatchObject({ unknown: 1, different: 0 });
    expect(requests()).toMatchObject([{ operation: 'tariffs.list', status: 404, recordedId: null }]);
  });

  it('answers a write whose body fits best, and tells what is different', async () => {
    const put = (id: number, kwh: number, location: string) =>
      weAsked(id, 'PUT /ocpi/2.2.1/sessions/NL/WBX/S1', {
        operation: 'sessions.put',
        body: { id: 'S1', kwh, location_id: location, last_updated: `2026-03-02T10:00:0${id}Z` },
        answer: answerText(undefined, { status_message: `answer ${id}` }),
      });
    const { ask, requests } = await reproduce([linkLine(), put(1, 1, 'L1'), put(2, 2, 'L2')]);
    const asked = { last_updated: '2026-11-02T10:00:00Z', location_id: 'L2', kwh: 3, id: 'S1' };
    const answer = await ask('PUT /ocpi/2.2.1/sessions/NL/WBX/S1', undefined, asked);
    expect(JSON.parse(answer.body)).toMatchObject({ status_message: 'answer 2' });
    expect(requests()[0]?.differences).toEqual(['Kwh is 3, then it was 2.']);
  });

  it('takes a session that is pushed under another id for the recorded one, from then on', async () => {
    const line = (id: number, method: string, answer?: unknown) =>
      weAsked(id, `${method} /ocpi/2.2.1/sessions/NL/WBX/OLD-1`, {
        operation: method === 'GET' ? 'sessions.get-pushed' : `sessions.${method.toLowerCase()}`,
        ...(method === 'GET' ? {} : { body: { status: method } }),
        answer,
      });
    const { ask, view } = await reproduce([
      linkLine(),
      line(1, 'PUT'),
      line(2, 'PATCH'),
      line(3, 'GET', { id: 'OLD-1' }),
    ]);
    const path = '/ocpi/2.2.1/sessions/NL/WBX/NEW-77';
    await ask(`PUT ${path}`, undefined, { status: 'PUT' });
    await ask(`PATCH ${path}`, undefined, { status: 'PATCH' });
    expect(data((await ask(`GET ${path}`)).body)).toEqual({ id: 'NEW-77' });
    expect(view()).toMatchObject({ asked: 3, different: 0, unknown: 0 });
  });

  it('repeats the message ids of the request where it did so then', async () => {
    const { ask } = await reproduce([
      linkLine(),
      weAsked(1, 'GET /ocpi/versions', {
        headers: [
          ['Authorization', TOKEN_A],
          ['X-Request-ID', 'r-then'],
          ['X-Correlation-ID', 'c-then'],
        ],
        answerHeaders: [
          ['X-Request-ID', 'r-then'],
          ['X-Correlation-ID', 'another'],
        ],
      }),
    ]);
    const answer = await ask('GET /ocpi/versions', ['X-Request-ID: r-now', 'X-Correlation-ID: c-now']);
    expect(answer.header('X-Request-ID')).toBe('r-now');
    expect(answer.header('X-Correlation-ID')).toBe('another');
  });

  it('has a path of its own for each host it had', async () => {
    const { ask, origin } = await reproduce([
      linkLine(1, { endpoints: [] }),
      weAsked(1, 'GET /ocpi/versions', {
        operation: 'versions.list',
        answer: '{"data":[{"url":"https:\\/\\/api.acme.example:8443\\/2.2.1"}],"status_code":1000}',
      }),
      weAsked(2, 'GET https://api.acme.example:8443/2.2.1', {
        operation: 'versions.details',
        answer: { endpoints: [] },
      }),
    ]);
    const versions = await ask('GET /ocpi/versions');
    expect(data(versions.body)).toEqual([{ url: `${origin}/~2/2.2.1` }]);
    expect(versions.body).toContain('\\/~2\\/2.2.1');
    expect((await ask('GET /~2/2.2.1')).status).toBe(200);
  });

  it('leaves the URLs of a host that could not be reached as they are', async () => {
    const details = weAsked(2, 'GET http://10.9.8.7:1/2.2.1', { operation: 'versions.details' });
    const { ask } = await reproduce([
      linkLine(1, { endpoints: [] }),
      weAsked(1, 'GET /ocpi/versions', { operation: 'versions.list', answer: [{ url: 'http://10.9.8.7:1/2.2.1' }] }),
      unanswered(details, { how: 'unreachable', detail: 'no route to the host' }),
    ]);
    expect((await ask('GET /ocpi/versions')).body).toContain('http://10.9.8.7:1/2.2.1');
  });

  it('takes the host the caller knows it by into its URLs', async () => {
    const { port, authorization } = await reproduce(registrationLines());
    const client = await connectRaw({ port });
    await client.send(`GET /ocpi/versions HTTP/1.1\r\nHost: workbench.internal:99\r\n${authorization}\r\n\r\n`);
    const [answer] = await client.answers(1);
    client.destroy();
    expect(answer?.body).toContain(`http://workbench.internal:99${DETAILS}`);
  });

  it('answers several requests on one connection, in their order', async () => {
    const { port, authorization } = await reproduce(registrationLines());
    const client = await connectRaw({ port });
    await client.send(request('GET /ocpi/versions', [authorization]) + request(`GET ${DETAILS}`, [authorization]));
    const answers = await client.answers(2);
    client.destroy();
    expect(answers.map(({ body }) => Array.isArray(data(body)))).toEqual([true, false]);
  });
});

describe('us, reproduced', () => {
  it('answers from the addresses we had, with the faults that fired', async () => {
    const own = 'https://wbx.example/front';
    const firing = {
      rule: 'cut',
      ruleId: 1,
      kind: 'transport.cut',
      parameters: {},
      hit: 1,
      did: 'it was cut',
      applied: true,
    };
    const reproduced = await reproduce(
      [
        linkLine(),
        theyAsked(1, 'GET /ocpi/versions', {
          operation: 'versions.list',
          answer: [{ version: '2.2.1', url: `${own}/ocpi/2.2.1` }],
        }),
        theyAsked(2, 'GET /ocpi/2.2.1/sender/locations', {
          // What left of it is what is recorded.
          answer: '{"dat',
          answerHeaders: [['Content-Length', '16']],
          ended: { how: 'broken-off', by: 'close', sent: 5 },
          faults: { firings: [firing], wire: ['waited 10 ms', 'head', '5 of 16 bytes', 'close'] },
        }),
      ],
      {
        as: 'us',
        header: { redacted: [], platform: { parties: [], versions: [], versionsUrl: `${own}/ocpi/versions` } },
      },
    );
    const { ask, origin, port, view } = reproduced;
    expect(view().versionsUrl).toBe(`${origin}/ocpi/versions`);
    expect(data((await ask('GET /ocpi/versions')).body)).toEqual([{ version: '2.2.1', url: `${origin}/ocpi/2.2.1` }]);
    const client = await connectRaw({ port });
    await client.send(request('GET /ocpi/2.2.1/sender/locations'));
    expect(await client.closed()).toMatch(/Content-Length: 16\r\n\r\n\{"dat$/);
  });
});
