import { describe, expect, it } from 'vitest';
import { credentialsResponder } from '../../core/server/modules/credentials.ts';
import { ask, connectRaw, type RawAnswer, request } from '../support/raw-client.ts';
import { AUTHORIZATION, CREDENTIALS, house, politeRegistrar, TOKEN, TOKEN_A } from './house.ts';

function envelope({ body }: RawAnswer): {
  status_code: number;
  status_message?: string;
  timestamp: string;
  data?: unknown;
} {
  return JSON.parse(body);
}

describe('who may ask', () => {
  it.each([
    ['no header', []],
    ['an unknown token', ['Authorization: Token nobody-knows-this']],
    ['a keyword that is not Token', [`Authorization: Bearer ${TOKEN}`]],
    ['the bare token', [`Authorization: ${TOKEN}`]],
    ['the keyword alone', ['Authorization: Token']],
    ['an undecodable token', ['Authorization: Token %%%\xff\xfe']],
    ['two different tokens', [AUTHORIZATION, `Authorization: Token ${TOKEN_A}`]],
  ])('%s is answered 401 with an envelope', async (_, headers) => {
    const { port, recorder } = await house();
    for (const path of ['/ocpi/versions', '/ocpi/2.2.1', '/ocpi/2.2.1/credentials', '/ocpi/nowhere', '/ocpi']) {
      const answer = await ask({ port }, Buffer.from(request(`GET ${path}`, headers), 'latin1'));
      expect([path, answer.status]).toEqual([path, 401]);
      expect(answer.header('WWW-Authenticate')).toBe('Token');
      expect(envelope(answer).status_code).toBe(2000);
      expect(answer.body).not.toContain(TOKEN);
    }
    const [exchange] = recorder.exchanges;
    expect(exchange).toMatchObject({ direction: 'in', operation: 'versions.list', ended: { how: 'answered' } });
    expect(exchange?.findings.length).toBeGreaterThan(0);
    expect(exchange?.linkId).toBeUndefined();
  });

  it.each([
    ['raw', TOKEN, '2.1.1', []],
    ['raw on 2.2.1', TOKEN, '2.2.1', ['authorization.form']],
    ['Base64', btoa(TOKEN), '2.2.1', []],
    ['Base64 on 2.1.1', btoa(TOKEN), '2.1.1', ['authorization.form']],
    ['Base64 with the line feed of the samples', btoa(`${TOKEN}\n`), '2.2.1', ['authorization.line-feed']],
    ['Base64 twice', btoa(btoa(TOKEN)), '2.3.0', ['authorization.form']],
  ])('a token written %s is let in', async (_, parameter, version, codes) => {
    const { port, recorder } = await house();
    const answer = await ask(
      { port },
      request(`GET /ocpi/${version}`, [`Authorization: Token ${parameter}`, 'X-Request-ID: 1', 'X-Correlation-ID: 2']),
    );
    expect(answer.status).toBe(200);
    const [exchange] = await recorder.settled(1);
    expect(exchange).toMatchObject({ linkId: 1, version, operation: 'versions.details', ocpiStatus: 1000 });
    expect(exchange?.findings.map(({ code }) => code)).toEqual(codes);
  });

  it('a keyword in another case and two blanks are let in with findings', async () => {
    const { port, recorder } = await house();
    const answer = await ask({ port }, request('GET /ocpi/versions', [`authorization: TOKEN  ${TOKEN}`]));
    expect(answer.status).toBe(200);
    const [exchange] = await recorder.settled(1);
    expect(exchange?.findings.map(({ code }) => code).sort()).toEqual([
      'authorization.scheme-case',
      'authorization.spacing',
    ]);
  });

  it('a token that was taken back is refused on the same connection at once', async () => {
    let revision = {};
    let known = true;
    const caller = {
      linkId: 1,
      token: { id: 'x', kind: 'C', state: 'active' },
      registered: true,
      parties: [],
    } as const;
    const { port } = await house({
      authenticate: ([first]) => (known && first ? { ...caller, form: first.form } : undefined),
      callersRevision: () => revision,
    });
    const client = await connectRaw({ port });
    const bytes = request('GET /ocpi/versions', [AUTHORIZATION]);
    await client.send(bytes + bytes);
    expect((await client.answers(2)).map(({ status }) => status)).toEqual([200, 200]);
    known = false;
    revision = {};
    await client.send(bytes);
    expect((await client.answers(1))[0]?.status).toBe(401);
    client.destroy();
  });

  it('every authenticated request tells which token it used, refused ones do not', async () => {
    const used: string[] = [];
    const { port } = await house({ tokenUsed: ({ token }) => used.push(token.id) });
    await ask({ port }, request('GET /ocpi/versions', [AUTHORIZATION]));
    await ask({ port }, request('GET /ocpi/versions', [AUTHORIZATION]));
    await ask({ port }, request('GET /ocpi/versions', [`Authorization: Token ${TOKEN_A}`]));
    await ask({ port }, request('GET /ocpi/versions', ['Authorization: Token nobody']));
    await ask({ port }, request('GET /ocpi/nowhere', [AUTHORIZATION]));
    expect(used).toEqual(['id-1', 'id-1', 'id-2']);
  });

  it('token A opens versions and credentials, and is answered 401 on every other module', async () => {
    const { port, recorder } = await house();
    const tokenA = `Authorization: Token ${TOKEN_A}`;
    const statusOf = async (path: string) => (await ask({ port }, request(`GET ${path}`, [tokenA]))).status;
    expect(await statusOf('/ocpi/versions')).toBe(200);
    expect(await statusOf('/ocpi/2.2.1')).toBe(200);
    expect(await statusOf('/ocpi/2.2.1/credentials')).toBe(200);
    expect(await statusOf('/ocpi/2.2.1/sender/locations')).toBe(401);
    expect(await statusOf('/ocpi/2.1.1/cdrs')).toBe(401);
    expect(await statusOf('/ocpi/nowhere')).toBe(404);
    expect(recorder.exchanges[3]?.findings.map(({ code }) => code)).toContain('authorization.unregistered');
  });
});

describe('what may be asked', () => {
  it.each(['/', '/favicon.ico', '/ocpix/versions', '/OCPI/versions', '*', '//ocpi/versions'])(
    '%s lies outside of OCPI and is answered 404 whoever asks',
    async target => {
      const { port, recorder } = await house();
      const answer = await ask({ port }, request(`GET ${target}`));
      expect(answer.status).toBe(404);
      expect(envelope(answer).status_code).toBe(2000);
      expect(recorder.exchanges[0]).toMatchObject({ operation: 'unknown', request: { url: target } });
    },
  );

  it.each([
    '/ocpi',
    '/ocpi/',
    '/ocpi/Versions',
    '/ocpi/9.9',
    '/ocpi/2.2.1/locations',
    '/ocpi/versions/x',
    '/ocpi//versions',
    '/ocpi/../versions',
  ])('nothing is served at %s, which is answered 404 to a known token', async target => {
    const { port } = await house();
    const answer = await ask({ port }, request(`GET ${target}`, [AUTHORIZATION]));
    expect(answer.status).toBe(404);
    expect(envelope(answer).status_code).toBe(2000);
  });

  it.each([
    '/ocpi/versions',
    '/ocpi/versions/',
    '/ocpi/versions?limit=5',
    '/ocpi/%76ersions',
    'http://somewhere.else/ocpi/versions',
  ])('%s leads to the versions list', async target => {
    const { port } = await house();
    const answer = await ask({ port }, request(`GET ${target}`, [AUTHORIZATION]));
    expect(answer.status).toBe(200);
    expect(envelope(answer).data).toHaveLength(3);
  });

  it('a path that is no percent-encoded text is answered 400', async () => {
    const { port } = await house();
    const answer = await ask({ port }, request('GET /ocpi/%zz', [AUTHORIZATION]));
    expect([answer.status, envelope(answer).status_code]).toEqual([400, 2001]);
  });

  it('a version that is not offered is answered 404, and offered again works again', async () => {
    let versions: ('2.1.1' | '2.2.1')[] = ['2.1.1'];
    const { port } = await house({ versions: () => versions });
    const details = () => ask({ port }, request('GET /ocpi/2.2.1', [AUTHORIZATION]));
    expect((await details()).status).toBe(404);
    versions = ['2.1.1', '2.2.1'];
    expect((await details()).status).toBe(200);
  });

  it.each([
    ['POST /ocpi/versions', 'GET, HEAD'],
    ['OPTIONS /ocpi/versions', 'GET, HEAD'],
    ['DELETE /ocpi/2.2.1', 'GET, HEAD'],
    ['PATCH /ocpi/2.2.1/credentials', 'GET, HEAD, POST, PUT, DELETE'],
    ['OPTIONS /ocpi/2.1.1/credentials', 'GET, HEAD, POST, PUT, DELETE'],
    ['PROPFIND /ocpi/versions', 'GET, HEAD'],
  ])('%s is answered 405 with Allow: %s', async (line, allow) => {
    const { port, recorder } = await house();
    const answer = await ask({ port }, request(line, [AUTHORIZATION]));
    expect(answer.status).toBe(405);
    expect(answer.header('Allow')).toBe(allow);
    expect(envelope(answer).status_code).toBe(2000);
    expect(recorder.exchanges[0]?.findings.map(({ code }) => code)).toContain('request.method');
  });

  it('HEAD is answered like GET, without the body', async () => {
    const { port, recorder } = await house();
    const get = await ask({ port }, request('GET /ocpi/versions', [AUTHORIZATION]));
    const client = await connectRaw({ port });
    await client.send(request('HEAD /ocpi/versions', [AUTHORIZATION]) + request('GET /ocpi/2.1.1', [AUTHORIZATION]));
    const [head] = await client.answers(1, { bodyless: true });
    expect(head?.header('Content-Length')).toBe(get.header('Content-Length'));
    const [next] = await client.answers(1);
    expect(next?.status).toBe(200);
    client.destroy();
    const exchange = recorder.exchanges[1];
    expect(exchange?.request.method).toBe('HEAD');
    expect(exchange?.response?.body.length).toBe(0);
  });

  it('an HTTP/1.1 request without Host is answered 400 with an envelope, an HTTP/1.0 one is served', async () => {
    const { port } = await house();
    const refused = await ask({ port }, `GET /ocpi/versions HTTP/1.1\r\n${AUTHORIZATION}\r\n\r\n`);
    expect([refused.status, envelope(refused).status_code]).toEqual([400, 2000]);
    const served = await ask({ port }, `GET /ocpi/versions HTTP/1.0\r\n${AUTHORIZATION}\r\n\r\n`);
    expect([served.status, served.header('Connection')]).toEqual([200, 'close']);
  });
});

describe('message ids', () => {
  it('both ids are repeated on 2.2.1, and made up with findings where they are missing', async () => {
    const { port, recorder } = await house({ newId: () => 'made-up' });
    const sent = await ask(
      { port },
      request('GET /ocpi/2.2.1', [AUTHORIZATION, 'x-request-id: abc', 'X-Correlation-ID: def']),
    );
    expect([sent.header('X-Request-ID'), sent.header('X-Correlation-ID')]).toEqual(['abc', 'def']);
    const missing = await ask({ port }, request('GET /ocpi/2.2.1', [AUTHORIZATION, 'X-Request-ID: abc']));
    expect([missing.header('X-Request-ID'), missing.header('X-Correlation-ID')]).toEqual(['abc', 'made-up']);
    const [first, second] = await recorder.settled(2);
    expect(first).toMatchObject({ requestId: 'abc', correlationId: 'def' });
    expect(first?.findings.map(({ code }) => code)).toEqual(['authorization.form']);
    expect(second?.findings.map(({ code }) => code)).toEqual(['authorization.form', 'message-id.missing']);
  });

  it('2.1.1 knows no ids and repeats none; the versions list repeats what it was sent and misses nothing', async () => {
    const { port, recorder } = await house();
    const old = await ask({ port }, request('GET /ocpi/2.1.1', [AUTHORIZATION, 'X-Request-ID: abc']));
    expect(old.header('X-Request-ID')).toBeUndefined();
    const list = await ask({ port }, request('GET /ocpi/versions', [AUTHORIZATION, 'X-Request-ID: abc']));
    expect([list.header('X-Request-ID'), list.header('X-Correlation-ID')]).toEqual(['abc', undefined]);
    for (const { findings, requestId } of await recorder.settled(2)) expect([findings, requestId]).toEqual([[], 'abc']);
  });

  it('routing headers on a configuration module are a finding and are not repeated', async () => {
    const { port, recorder } = await house();
    const routing = ['OCPI-from-country-code: NL', 'OCPI-from-party-id: ABC'];
    const answer = await ask({ port }, request('GET /ocpi/2.2.1/credentials', [AUTHORIZATION, ...routing]));
    expect(answer.status).toBe(200);
    expect(answer.literal).not.toMatch(/ocpi-(?:to|from)/i);
    const [exchange] = await recorder.settled(1);
    expect(exchange?.fromParty).toBe('NL-ABC');
    expect(exchange?.findings.map(({ code }) => code)).toContain('routing.unexpected');
  });
});

describe('request bodies', () => {
  const post = (headers: readonly string[], body: string) =>
    request('POST /ocpi/2.2.1/credentials', [AUTHORIZATION, ...headers], body);
  const JSON_TYPE = 'Content-Type: application/json; charset=utf-8';

  it.each([
    ['no JSON', '{"token": "their-token"', /line 1, column \d+/],
    ['HTML', '<html><body>nothing</body></html>', /HTML/],
    ['empty', '', /empty/],
  ])('a body that is %s is answered 400 with 2001', async (_, body, why) => {
    const { port, recorder } = await house();
    const answer = await ask({ port }, post([JSON_TYPE], body));
    expect([answer.status, envelope(answer).status_code]).toEqual([400, 2001]);
    expect(envelope(answer).status_message).toMatch(why);
    expect(recorder.exchanges[0]?.request.body.toString()).toBe(body);
  });

  it.each(['text/xml', 'application/x-www-form-urlencoded', 'text/plain', 'multipart/form-data; boundary=x'])(
    'a body sent as %s is answered 415 with an envelope',
    async type => {
      const { port } = await house();
      const answer = await ask({ port }, post([`Content-Type: ${type}`], CREDENTIALS));
      expect([answer.status, envelope(answer).status_code]).toEqual([415, 2001]);
    },
  );

  it('a compressed body is answered 415', async () => {
    const { port } = await house();
    const answer = await ask({ port }, post([JSON_TYPE, 'Content-Encoding: gzip'], 'xyz'));
    expect([answer.status, answer.header('Accept-Encoding')]).toEqual([415, 'identity']);
  });

  it('a missing content type is accepted with a finding', async () => {
    const { port, recorder } = await house();
    const answer = await ask({ port }, post([], CREDENTIALS));
    expect(answer.status).toBe(200);
    const [exchange] = await recorder.settled(1);
    expect(exchange?.findings.map(({ code }) => code)).toContain('request.content-type.missing');
  });

  it('a chunked body is read whole and recorded without its framing', async () => {
    const { port, recorder } = await house();
    const middle = CREDENTIALS.length >> 1;
    const chunks = [CREDENTIALS.slice(0, middle), CREDENTIALS.slice(middle)]
      .map(part => `${part.length.toString(16)}\r\n${part}\r\n`)
      .join('');
    const client = await connectRaw({ port });
    const head = request('POST /ocpi/2.2.1/credentials', [AUTHORIZATION, JSON_TYPE, 'Transfer-Encoding: chunked']);
    await client.send(head + chunks.slice(0, 20));
    await client.send(`${chunks.slice(20)}0\r\n\r\n`);
    expect((await client.answers(1))[0]?.status).toBe(200);
    client.destroy();
    const [exchange] = await recorder.settled(1);
    expect(exchange?.request.body.toString()).toBe(CREDENTIALS);
  });

  it('a body announced as too large is answered 413 without being read, and the connection is closed', async () => {
    const { port, recorder } = await house({ limits: { bodyBytes: 1000 } });
    const client = await connectRaw({ port });
    await client.send(request('POST /ocpi/2.2.1/credentials', [AUTHORIZATION, JSON_TYPE], 'x'.repeat(300_000)));
    const [answer] = await client.answers(1);
    expect([answer?.status, answer?.header('Connection')]).toEqual([413, 'close']);
    await client.closed();
    expect(recorder.exchanges[0]).toMatchObject({
      ended: { how: 'too-large', limit: 1000 },
      response: { status: 413 },
    });
  });

  it('a chunked body that grows too large is answered 413 and recorded with its beginning', async () => {
    const { port, recorder } = await house({ limits: { bodyBytes: 1000 } });
    const client = await connectRaw({ port });
    const head = request('POST /ocpi/2.2.1/credentials', [AUTHORIZATION, JSON_TYPE, 'Transfer-Encoding: chunked']);
    await client.send(head);
    for (let at = 0; at < 20; at++) await client.send(`400\r\n${'y'.repeat(1024)}\r\n`);
    expect((await client.answers(1))[0]?.status).toBe(413);
    await client.closed();
    expect(recorder.exchanges[0]?.request.body.length).toBe(1000);
  });

  it('the body of a refused request is recorded as well', async () => {
    const { port, recorder } = await house();
    const answer = await ask({ port }, request('POST /ocpi/2.2.1/credentials', [JSON_TYPE], CREDENTIALS));
    expect(answer.status).toBe(401);
    expect(recorder.exchanges[0]?.request.body.toString()).toBe(CREDENTIALS);
  });

  it('Expect: 100-continue is answered 100 before the body is sent', async () => {
    const { port } = await house();
    const client = await connectRaw({ port });
    const length = `Content-Length: ${CREDENTIALS.length}`;
    await client.send(
      request('POST /ocpi/2.2.1/credentials', [AUTHORIZATION, JSON_TYPE, 'Expect: 100-continue', length]),
    );
    expect((await client.answers(1))[0]?.statusLine).toBe('HTTP/1.1 100 Continue');
    await client.send(CREDENTIALS);
    expect((await client.answers(1))[0]?.status).toBe(200);
    client.destroy();
  });

  it('Expect: 100-continue without a valid token is answered 401 without asking for the body', async () => {
    const { port } = await house();
    const answer = await ask(
      { port },
      request('POST /ocpi/2.2.1/credentials', [JSON_TYPE, 'Expect: 100-continue', 'Content-Length: 100']),
    );
    expect([answer.status, answer.header('Connection')]).toEqual([401, 'close']);
  });

  it('another expectation is answered 417', async () => {
    const { port } = await house();
    const answer = await ask({ port }, request('GET /ocpi/versions', [AUTHORIZATION, 'Expect: miracles']));
    expect(answer.status).toBe(417);
  });

  it('JSON that is no credentials object is answered 200 with 2001 and reaches no registrar', async () => {
    let asked = false;
    const registrar = politeRegistrar({
      post: async () => {
        asked = true;
        return { kind: 'done' };
      },
    });
    const { port, recorder } = await house({ responders: [credentialsResponder(registrar)] });
    const answer = await ask({ port }, post([JSON_TYPE], '{"token": 5}'));
    expect([answer.status, envelope(answer).status_code]).toEqual([200, 2001]);
    expect(asked).toBe(false);
    const [exchange] = await recorder.settled(1);
    expect(exchange?.findings.some(({ severity }) => severity === 'error')).toBe(true);
  });
});
