import { describe, expect, it } from 'vitest';
import type { Run } from '../../../core/contract/run.ts';
import { type Action, alterJson, envelopeAnswer } from '../../support/partner/action.ts';
import type { Partner } from '../../support/partner/partner.ts';
import {
  addPartner,
  exchangesOf,
  findingCodes,
  ledger,
  newName,
  openPartner,
  reasonOf,
  register,
  registerWith,
  sharedPlatform,
  type TestPlatform,
  tokenOf,
} from '../../support/platform.ts';
import { ask, request } from '../../support/raw-client.ts';

const shared = sharedPlatform();

const MAYBE = 'the partner may hold us registered now: if it refuses the next try, ask it to drop that';

const json = [['Content-Type', 'application/json']] as const;
const noToken = alterJson(({ data, ...body }) => {
  const { token: _, ...rest } = data as Record<string, unknown>;
  return { ...body, data: rest };
});

/** What the partner does instead of answering, and the sentence that must come of it; HOST is its address. */
const POST_FAILURES: readonly (readonly [what: string, action: Action, reason: string])[] = [
  [
    '3000',
    envelopeAnswer({ http: 200, code: 3000, message: 'no' }),
    'the partner answered HTTP 200 and OCPI 3000 (generic server error): "no"',
  ],
  [
    '3001',
    envelopeAnswer({ http: 200, code: 3001, message: 'no' }),
    'the partner answered HTTP 200 and OCPI 3001 (cannot use the client\'s API): "no": it never reached our versions URL OURS',
  ],
  [
    '3002',
    envelopeAnswer({ http: 200, code: 3002, message: 'no' }),
    'the partner answered HTTP 200 and OCPI 3002 (unsupported version): "no"',
  ],
  [
    '3003',
    envelopeAnswer({ http: 200, code: 3003, message: 'no' }),
    'the partner answered HTTP 200 and OCPI 3003 (no matching endpoints): "no"',
  ],
  [
    '405',
    envelopeAnswer({ http: 405, code: 2000 }),
    'the partner answered 405: it holds us registered already. Ask it to drop the old registration or to send a new token A',
  ],
  [
    '401',
    envelopeAnswer({ http: 401, code: 2000 }),
    'the partner answered 401 with 2000 to token A sent as Base64, and 401 with 2000 to it sent raw: it took the token sent as Base64 before, so it refuses this call and not the token',
  ],
  ['500', { do: 'answer', status: 500 }, `the partner answered HTTP 500 without a body; ${MAYBE}`],
  [
    'HTML',
    { do: 'answer', status: 200, body: '<html><body>Welcome</body></html>' },
    `the partner answered HTTP 200 with a body that is HTML, not JSON; ${MAYBE}`,
  ],
  ['204', { do: 'answer', status: 204 }, `the partner answered HTTP 204 without credentials; ${MAYBE}`],
  [
    'broken JSON',
    { do: 'answer', status: 200, headers: json, body: '{"data": {' },
    `the partner answered HTTP 200 with a body that is no JSON; ${MAYBE}`,
  ],
  ['no token', noToken, `the partner's credentials cannot be used: /data/token is missing; ${MAYBE}`],
  [
    'a cut',
    { do: 'cut', at: 40, end: 'close' },
    `HTTP 200 came, but the answer was cut after 40 of LENGTH bytes; ${MAYBE}`,
  ],
  [
    'a reset after the work was done',
    { do: 'reset', work: true },
    `HOST closed the connection without an answer, as ports do that speak https only; ${MAYBE}`,
  ],
  ['nothing', { do: 'hang' }, `HOST took the request and did not answer within 250 ms; ${MAYBE}`],
  [
    'no HTTP',
    { do: 'raw', bytes: 'SSH-2.0-OpenSSH_9.6\r\n', end: 'close' },
    `HOST did not answer in HTTP: The answer is no HTTP: Expected HTTP/, RTSP/ or ICE/.; ${MAYBE}`,
  ],
  [
    'a redirect elsewhere',
    { do: 'redirect', status: 308, to: 'http://127.0.0.1:9/' },
    'the partner answered 308 with a redirect to http://127.0.0.1:9/, which was not followed: it leads to another origin, and the token must not go there unasked. If it is right, use that URL for the link.',
  ],
];

describe('a POST of credentials answered with', () => {
  it.each(POST_FAILURES)('%s leaves nothing half-registered and says what and where', async (_, action, reason) => {
    const partner = await openPartner({ overrides: { 'credentials.post': [action, action] } });
    const platform = await shared();
    const name = newName();
    const run = await registerWith(platform, partner, { name, version: '2.2.1', settings: { firstByteTimeout: 250 } });
    const length = Buffer.byteLength(partner.received('credentials.post')[0]?.answer?.body ?? '');
    const expected = reason
      .replace('HOST', new URL(partner.origin).host)
      .replace('OURS', platform.versionsUrl)
      .replace('LENGTH', String(length));
    expect(run.state).toBe('failed');
    expect(run.result?.summary).toBe(expected);
    expect(reasonOf(run, 'credentials')).toBe(expected);
    expect(run.steps.at(-1)?.exchangeIds.length).toBeGreaterThan(0);
    await expectNothingChanged(platform, partner, run);
  });

  it('token B in place of token C is refused, and named', async () => {
    const partner = await openPartner();
    const platform = await shared();
    const name = newName();
    partner.override(
      'credentials.post',
      alterJson(body => ({ ...body, data: { ...(body['data'] as object), token: partner.relation.outgoing } })),
    );
    const run = await registerWith(platform, partner, { name });
    expect(run.result?.summary).toBe(`the answer’s token is the token B that we sent; ${MAYBE}`);
    expect(findingCodes(run)).toEqual(['credentials.token.not-new']);
    await expectNothingChanged(platform, partner, run);
  });

  it('token A in place of token C is refused, and named', async () => {
    const partner = await openPartner({ tokens: ['the-same-token'], quirks: ['keeps-token-a'] });
    partner.override(
      'credentials.post',
      alterJson(body => ({ ...body, data: { ...(body['data'] as object), token: 'the-same-token' } })),
    );
    const platform = await shared();
    const name = newName();
    const run = await registerWith(platform, partner, { name });
    expect(run.result?.summary).toBe(`the answer’s token is the token we called with; ${MAYBE}`);
    await expectNothingChanged(platform, partner, run);
  });
});

describe('token C is tried before anything is stored', () => {
  it('a partner that does not take it is not registered with', async () => {
    const partner = await openPartner({ quirks: ['drops-token-c'] });
    const platform = await shared();
    const name = newName();
    const run = await registerWith(platform, partner, { name });
    expect(run.result?.summary).toBe(
      'DE-PRT (CPO) answered with token C and does not take it: the partner answered 401 with 2000 to token C sent as Base64, and 401 with 2000 to it sent raw: it does not know this token. Ask it to drop the registration before you try again',
    );
    expect(findingCodes(run)).toEqual(['registration.token-c-refused']);
    await expectNothingChanged(platform, partner, run);
  });

  it('a partner that mixes up tokens B and C is told so', async () => {
    const partner = await openPartner({ quirks: ['swaps-tokens'] });
    const platform = await shared();
    const name = newName();
    const run = await registerWith(platform, partner, { name });
    expect(reasonOf(run, 'credentials')).toMatch(
      /It takes token B instead, which we gave it for its calls to us: it has mixed up the two$/,
    );
    expect(findingCodes(run)).toEqual(['registration.tokens-swapped']);
    await expectNothingChanged(platform, partner, run);
  });

  it('trouble that says nothing about the token does not undo the registration', async () => {
    const partner = await openPartner({ overrides: { versions: [{ do: 'normal' }, { do: 'answer', status: 503 }] } });
    const platform = await shared();
    const name = newName();
    const run = await registerWith(platform, partner, { name });
    expect(run.state).toBe('done');
    expect(reasonOf(run, 'credentials')).toBe(
      'registered; DE-PRT (CPO) answered with token C, which could not be tried: the partner answered HTTP 503 without a body',
    );
  });
});

describe('before anything is posted', () => {
  const EARLY: readonly (readonly [operation: string, action: Action, summary: string])[] = [
    [
      'versions',
      { do: 'answer', status: 500 },
      'the versions could not be read: the partner answered HTTP 500 without a body',
    ],
    [
      'versions',
      { do: 'answer', status: 204 },
      'the versions could not be read: the partner answered HTTP 204 without a body where data is due',
    ],
    [
      'versions',
      envelopeAnswer({ http: 200, code: 1000, data: [] }),
      'the versions could not be read: the answer holds no usable list of versions',
    ],
    [
      'versions',
      { do: 'redirect', status: 302, to: 'https://login.example/' },
      'the versions could not be read: the partner answered 302 with a redirect to https://login.example/, which was not followed: it leads to another origin, and the token must not go there unasked. If it is right, use that URL for the link.',
    ],
    [
      'details',
      { do: 'answer', status: 404, body: 'not here' },
      'the version details could not be read: the partner answered HTTP 404 with a body that is no JSON',
    ],
    [
      'details',
      envelopeAnswer({ http: 200, code: 1000, data: { version: '2.2.1' } }),
      'the answer is no version details: no list of endpoints',
    ],
    [
      'details',
      { do: 'cut', at: 30, end: 'close' },
      'the version details could not be read: HTTP 200 came, but the answer was cut after 30 of LENGTH bytes',
    ],
  ];
  it.each(EARLY)(
    '%s answered with %j ends the registration, and no token B is made',
    async (operation, action, summary) => {
      const partner = await openPartner({ overrides: { [operation]: action } });
      const platform = await shared();
      const name = newName();
      const run = await registerWith(platform, partner, { name, version: '2.2.1' });
      const length = Buffer.byteLength(partner.requests.at(-1)?.answer?.body ?? '');
      expect(run.result?.summary).toBe(summary.replace('LENGTH', String(length)));
      expect(await ledger(platform, name)).toEqual(['outgoing A pending']);
      expect(partner.received('credentials.post')).toEqual([]);
      partner.restore();
      expect((await register(platform, { name })).state).toBe('done');
    },
  );

  it('a partner that is not there is named with its address', async () => {
    const partner = await openPartner();
    const platform = await shared();
    const name = newName();
    await addPartner(platform, partner, { name });
    await partner.stop();
    const run = await register(platform, { name });
    expect(run.result?.summary).toBe(
      `the versions could not be read: connection refused at ${new URL(partner.origin).host}: nothing listens there, or a firewall refuses`,
    );
  });
});

/** The link is as it was, token B is dead at our door, token A is kept for the next try. */
async function expectNothingChanged(platform: TestPlatform, partner: Partner, run: Run) {
  const exchanges = await exchangesOf(platform, run.id);
  const name = exchanges[0]?.link ?? '';
  expect(await ledger(platform, name)).toEqual(['outgoing A pending', 'incoming B retired']);
  const link = await platform.client.links.get({ name });
  expect(link).toMatchObject({ state: 'new', endpoints: [], parties: [], versionsUrl: partner.versionsUrl });
  expect(link.version).toBeUndefined();
  const tokenB = await tokenOf(platform, link, 1);
  const { port, pathname } = new URL(platform.versionsUrl);
  const refused = await ask(
    { port: Number(port) },
    request(`GET ${pathname}`, [`Authorization: Token ${Buffer.from(tokenB).toString('base64')}`]),
  );
  expect(refused.status).toBe(401);
  const posts = exchanges.filter(({ operation }) => operation === 'credentials.post');
  expect(posts.length).toBe(partner.received('credentials.post').length);
}
