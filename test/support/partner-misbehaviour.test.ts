import { afterEach, describe, expect, test } from 'vitest';
import { alterJson, envelopeAnswer, valuesOf, withoutHeaders } from './partner/action.ts';
import type { PartnerOptions } from './partner/options.ts';
import { type Partner, startPartner } from './partner/partner.ts';

const running: Partner[] = [];
async function start(options: PartnerOptions = {}): Promise<Partner> {
  const partner = await startPartner(options);
  running.push(partner);
  return partner;
}
async function registered(sender: PartnerOptions, receiver: PartnerOptions) {
  const both = { sender: await start({ roles: ['EMSP'], ...sender }), receiver: await start(receiver) };
  const outcome = await both.sender.register(both.receiver.invite());
  return { ...both, outcome };
}

afterEach(async () => {
  await Promise.all(running.splice(0).map(partner => partner.stop()));
});

/** GET versions at a partner, answered by the action. */
async function asked(options: PartnerOptions) {
  const judge = await start({ callTimeout: 150 });
  const partner = await start(options);
  const token = partner.tokenA ?? '';
  const get = () =>
    judge.call({ operation: 'versions', method: 'GET', url: partner.versionsUrl, token, version: '2.2.1' });
  return { judge, partner, get };
}

describe('an ordered answer', () => {
  test('leaves with its own status, reason, header lines and bytes', async () => {
    const { get } = await asked({
      overrides: {
        versions: {
          ...{ do: 'answer', status: 418, reason: 'Short And Stout', body: Buffer.from([0xef, 0xbb, 0xbf, 0x7b]) },
          headers: [
            ['x-LATE', '1'],
            ['Content-type', 'text/html'],
            ['X-Late', '2'],
          ],
        },
      },
    });
    const answer = (await get()).call.answer;
    expect(answer).toMatchObject({ status: 418, reason: 'Short And Stout' });
    expect(answer?.headers.slice(0, 3)).toEqual([
      ['x-LATE', '1'],
      ['Content-type', 'text/html'],
      ['X-Late', '2'],
    ]);
    expect([...(answer?.body ?? [])]).toEqual([0xef, 0xbb, 0xbf, 0x7b]);
  });

  test('is used up in order when it is a list, then the partner answers as it should', async () => {
    const { get, partner } = await asked({
      overrides: { versions: [envelopeAnswer({ http: 200, code: 3000, data: [] }), { do: 'normal' }, { do: 'reset' }] },
    });
    expect((await get()).call.answer?.text).toContain('"status_code":3000');
    expect((await get()).ok).toBe(true);
    expect((await get()).call.failure).toBe('ECONNRESET');
    expect((await get()).ok).toBe(true);
    expect(partner.requests.map(request => request.ended)).toEqual(['answered', 'answered', 'reset', 'answered']);
  });

  test('by method and path goes before one by operation, and can be set and lifted while running', async () => {
    const { get, partner } = await asked({
      overrides: { versions: { do: 'redirect', status: 307, to: '/elsewhere' } },
    });
    partner.override('GET /ocpi/versions', envelopeAnswer({ http: 404, code: 2003 }));
    expect((await get()).call.answer?.status).toBe(404);
    partner.restore('GET /ocpi/versions');
    const redirected = (await get()).call.answer;
    expect(redirected?.status).toBe(307);
    expect(valuesOf(redirected?.headers ?? [], 'location')).toEqual(['/elsewhere']);
    partner.restore();
    expect((await get()).ok).toBe(true);
  });

  test('may never come, close, be cut, be no HTTP, or come late', async () => {
    const { get, partner } = await asked({
      overrides: {
        versions: [
          { do: 'hang' },
          { do: 'close' },
          { do: 'cut', at: 10, end: 'close' },
          { do: 'cut', at: 0, end: 'reset' },
          { do: 'raw', bytes: 'SSH-2.0-hello\r\n', end: 'close' },
          { do: 'delay', ms: 60, when: 'after' },
        ],
      },
    });
    expect((await get()).call).toMatchObject({ failure: 'timeout' });
    expect((await get()).call).toMatchObject({ failure: 'ECONNRESET' });
    expect((await get()).call.answer).toMatchObject({ status: 200, complete: false, text: '{"data":[{' });
    expect((await get()).call.answer).toMatchObject({ status: 200, complete: false, text: '' });
    expect((await get()).call.failure).toMatch(/^HPE_/);
    const late = await get();
    expect(late.ok).toBe(true);
    expect(late.call.endedAt - late.call.at).toBeGreaterThan(55);
    expect(partner.requests.map(request => request.ended)).toEqual(['hung', 'closed', 'cut', 'cut', 'raw', 'answered']);
  });

  test('can lose the answer to a registration that was carried out', async () => {
    const { outcome, sender, receiver } = await registered(
      {},
      { overrides: { 'credentials.post': { do: 'reset', work: true } } },
    );
    expect(outcome).toMatchObject({ ok: false, step: 'credentials' });
    expect(receiver.relation.registered).toBe(true);
    expect(sender.relation.registered).toBe(false);
  });

  test('can lose the answer to an update, after which the tokens of before and of after it both work', async () => {
    const lost = await registered({}, { overrides: { 'credentials.put': { do: 'reset', work: true } } });
    expect((await lost.sender.update()).ok).toBe(false);
    expect((await lost.sender.getCredentials()).ok).toBe(true);
    expect((await lost.receiver.getCredentials()).ok).toBe(true);

    const never = await registered({}, { overrides: { 'credentials.put': { do: 'reset' } } });
    expect((await never.sender.update()).ok).toBe(false);
    expect((await never.receiver.getCredentials()).ok).toBe(true);
  });

  test('that refuses an update leaves the old tokens in use', async () => {
    const refusal = envelopeAnswer({ http: 200, code: 3000 });
    const { sender, receiver } = await registered({}, { overrides: { 'credentials.put': refusal } });
    const before = sender.relation;
    expect((await sender.update()).ok).toBe(false);
    expect(sender.relation).toEqual(before);
    expect((await receiver.getCredentials()).ok).toBe(true);
  });

  test('can be awaited', async () => {
    const { get, partner } = await asked({});
    const second = partner.arrival('versions', 2);
    await get();
    await get();
    expect(await second).toBe(partner.requests[1]);
    expect(await partner.arrival('versions')).toBe(partner.requests[0]);
  });
});

describe('the judge notes', () => {
  test.each([
    ['an envelope without timestamp', alterJson(({ timestamp: _, ...rest }) => rest), /timestamp is undefined/],
    ['a status code that is text', alterJson(body => ({ ...body, status_code: '1000' })), /status_code is "1000"/],
    ['a bare array', alterJson(({ data }) => data), /no envelope/],
    ['a request id that is not repeated', withoutHeaders('x-request-id'), /X-Request-ID is not repeated/],
    [
      'an HTML page',
      { do: 'answer', status: 200, headers: [['Content-Type', 'text/html']], body: '<p>' },
      /text\/html/,
    ],
  ] as const)('%s', async (_title, action, complaint) => {
    const { judge, get } = await asked({ overrides: { versions: action } });
    await get();
    expect(judge.complaints).toContainEqual(expect.stringMatching(complaint));
  });

  test('wrong content type, routing headers, missing ids and a line feed in the token of a request', async () => {
    const { receiver } = await registered(
      {
        ...{ versions: ['2.2.1'], sends: 'base64+lf', ids: { send: false } },
        outgoing: request => ({
          ...request,
          headers: [
            ...request.headers.map(([name, value]) => [name, name === 'Content-Type' ? 'text/plain' : value] as const),
            ['OCPI-from-party-id', 'PRT'],
          ],
        }),
      },
      { wants: 'any' },
    );
    expect(receiver.complaints).toEqual(
      expect.arrayContaining([
        'POST credentials.post: X-Request-ID must be there once, met 0 times',
        'POST credentials.post: routing headers on a configuration module: OCPI-from-party-id',
        'POST credentials.post: Content-Type is text/plain',
        'POST credentials.post: token sent base64+lf where base64 is due',
      ]),
    );
  });

  test('credentials of the wrong shape, either way', async () => {
    const flat = await registered(
      { versions: ['2.2.1'], quirks: ['flat-credentials'] },
      { quirks: ['credentials-without-roles'] },
    );
    expect(flat.receiver.complaints).toContain('credentials of the registration: a flat party_id in 2.2.1');
    expect(flat.sender.complaints).toContain('their credentials in the answer to POST: roles is missing or empty');
  });

  test.each([
    ['twice', ['SENDER', 'RECEIVER'], 'details: credentials is listed 2 times'],
    ['without a role', ['none'], 'details: credentials has role undefined in 2.2.1'],
  ] as const)('a credentials endpoint %s', async (_title, credentialsRoles, complaint) => {
    const { sender, outcome } = await registered({ versions: ['2.2.1'] }, { credentialsRoles });
    expect(sender.complaints).toEqual([complaint]);
    expect(outcome.ok).toBe(true);
  });

  test('a credentials endpoint that is missing, which ends the registration', async () => {
    const { outcome } = await registered({}, { credentialsRoles: [] });
    expect(outcome).toMatchObject({ ok: false, step: 'endpoints', reason: 'missing: credentials' });
  });
});

describe('a lasting quirk', () => {
  test('keeps token A alive and takes a second POST', async () => {
    const { sender, receiver } = await registered(
      {},
      { tokens: ['x', 'A'], quirks: ['keeps-token-a', 'accepts-second-post'] },
    );
    expect(receiver.tokenA).toBe('A');
    expect(await sender.register({ versionsUrl: receiver.versionsUrl, token: 'A' })).toMatchObject({ ok: true });
  });

  test('keeps token A alive, yet refuses a second POST with 405', async () => {
    const { sender, receiver } = await registered({}, { tokens: ['x', 'A'], quirks: ['keeps-token-a'] });
    const again = await sender.register({ versionsUrl: receiver.versionsUrl, token: 'A' });
    expect(again).toMatchObject({ ok: false, step: 'credentials', call: { answer: { status: 405 } } });
    expect((await sender.getCredentials()).ok).toBe(true);
  });

  test('swaps tokens B and C, so that the calls of both sides are refused', async () => {
    const { sender, receiver } = await registered({}, { quirks: ['swaps-tokens'] });
    expect((await sender.getCredentials()).ok).toBe(false);
    expect((await receiver.getCredentials()).ok).toBe(false);
  });

  test('drops token C, as the one that gave it and as the one that got it', async () => {
    const given = await registered({}, { quirks: ['drops-token-c'] });
    expect((await given.sender.getCredentials()).ok).toBe(false);
    const got = await registered({ quirks: ['drops-token-c'] }, { tokens: ['x', 'A'] });
    expect(got.sender.relation.outgoing).toBe('A');
    expect((await got.sender.getCredentials()).ok).toBe(false);
  });

  test('answers POST or PUT without calling back', async () => {
    const silent = await registered({}, { quirks: ['no-call-back'] });
    expect(silent.outcome.ok).toBe(true);
    expect(silent.sender.requests).toEqual([]);
    const { sender } = await registered({}, { quirks: ['never-refetches'] });
    const before = sender.requests.length;
    expect(before).toBe(2);
    expect((await sender.update()).ok).toBe(true);
    expect(sender.requests).toHaveLength(before);
  });
});

describe('the form of a token', () => {
  test.each([
    ['raw', 'base64'],
    ['base64', 'raw'],
    ['base64+lf', 'base64'],
  ] as const)('sent %s where only %s is taken is refused', async (sends, wants) => {
    const { outcome, receiver } = await registered({ sends }, { wants });
    expect(outcome).toMatchObject({ ok: false, step: 'versions' });
    expect(receiver.requests[0]?.answer?.status).toBe(401);
  });

  test('may be wanted differently by each operation', async () => {
    const { outcome, receiver } = await registered(
      { versions: ['2.2.1'] },
      {
        wants: operation => (operation === 'versions' ? 'base64' : 'raw'),
      },
    );
    expect(outcome).toMatchObject({ ok: false, step: 'details' });
    expect(receiver.requests.map(request => request.answer?.status)).toEqual([200, 401]);
  });

  test.each([
    ['envelope', 401, /"status_code":2000/],
    ['none', 403, /^$/],
    ['html', 400, /^<html>/],
    ['detail', 401, /^\{"detail"/],
  ] as const)('is refused with a body of kind %s and status %i', async (body, status, text) => {
    const { sender } = await registered({ sends: 'raw' }, { wants: 'base64', refusal: { status, body } });
    expect(sender.calls[0]?.answer).toMatchObject({ status, text: expect.stringMatching(text) });
  });

  test('ids can be left out of errors only', async () => {
    const { sender, receiver } = await registered({ versions: ['2.2.1'] }, { ids: { repeat: 'on-success' } });
    expect(sender.complaints).toEqual([]);
    receiver.forget();
    await sender.getCredentials();
    expect(sender.complaints).toContainEqual(expect.stringMatching(/401.*X-Request-ID is not repeated/));
  });
});
