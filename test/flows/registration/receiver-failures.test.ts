import { describe, expect, it } from 'vitest';
import { type Action, envelopeAnswer } from '../../support/partner/action.ts';
import type { Partner } from '../../support/partner/partner.ts';
import {
  failureOf,
  findingCodes,
  ledger,
  newName,
  openPartner,
  openPlatform,
  sharedPlatform,
  type TestPlatform,
  theirRun,
  verdicts,
} from '../../support/platform.ts';
import { connectRaw, request } from '../../support/raw-client.ts';

/** The JSON envelope of the partner's last call. */
function lastEnvelope(partner: Partner): { readonly status_code: number; readonly status_message: string } {
  return JSON.parse(partner.calls.at(-1)?.answer?.text ?? '{}');
}

/** The link waits for its registration as before, and a second try with the same token A works. */
async function expectStillInvited(
  platform: TestPlatform,
  partner: Partner,
  invitation: { name: string; token: string; versionsUrl: string },
) {
  const states = await ledger(platform, invitation.name);
  expect(states.filter(state => !state.endsWith('retired'))).toEqual(['incoming A active']);
  const link = await platform.client.links.get({ name: invitation.name });
  expect(link).toMatchObject({ state: 'invited', endpoints: [], parties: [] });
  expect(link.version).toBeUndefined();
  expect(link.versionsUrl).toBeUndefined();
  partner.restore();
  expect(
    await partner.register({ token: invitation.token, versionsUrl: invitation.versionsUrl, version: '2.2.1' }),
  ).toMatchObject({ ok: true });
}

const REFUSALS: readonly (readonly [operation: string, action: Action, code: number, message: string])[] = [
  [
    'versions',
    { do: 'answer', status: 500 },
    3001,
    'the versions could not be read: your platform answered HTTP 500 without a body',
  ],
  [
    'versions',
    { do: 'close' },
    3001,
    'the versions could not be read: HOST closed the connection without an answer, as ports do that speak https only',
  ],
  [
    'versions',
    { do: 'cut', at: 20, end: 'close' },
    3001,
    'the versions could not be read: HTTP 200 came, but the answer was cut after 20 of LENGTH bytes',
  ],
  [
    'versions',
    envelopeAnswer({ http: 200, code: 1000, data: [{ version: '2.1.1', url: 'http://127.0.0.1/2.1.1' }] }),
    3002,
    'version 2.2.1 was asked for, your platform offers 2.1.1',
  ],
  [
    'versions',
    envelopeAnswer({ http: 200, code: 1000, data: 'none' }),
    3001,
    'the versions could not be read: the answer holds no usable list of versions',
  ],
  [
    'details',
    { do: 'answer', status: 404 },
    3001,
    'the version details could not be read: your platform answered HTTP 404 without a body',
  ],
  [
    'details',
    envelopeAnswer({ http: 200, code: 1000, data: { version: '2.2.1', endpoints: [] } }),
    3003,
    "your platform's 2.2.1 lists no endpoint for credentials",
  ],
];

describe('a registration that cannot be completed', () => {
  const shared = sharedPlatform();
  it.each(REFUSALS)(
    'their %s answered with %j is told with %i, and the invitation lives on',
    async (operation, action, code, message) => {
      const platform = await shared();
      const name = newName();
      const partner = await openPartner({ overrides: { [operation]: action } });
      const invitation = await platform.client.links.invite({ name });
      const outcome = await partner.register({ ...invitation, version: '2.2.1' });
      expect(outcome).toMatchObject({ ok: false, step: 'credentials' });
      const length = Buffer.byteLength(partner.requests.at(-1)?.answer?.body ?? '');
      const told = message.replace('HOST', new URL(partner.origin).host).replace('LENGTH', String(length));
      expect(partner.calls.at(-1)?.answer?.status).toBe(200);
      expect(lastEnvelope(partner)).toMatchObject({
        status_code: code,
        status_message: `${told} (called with your token B at ${partner.versionsUrl})`,
      });
      const run = await theirRun(platform, name);
      expect(run.state).toBe('failed');
      expect(run.result?.summary).toMatch(new RegExp(`^answered ${code}: `));
      await expectStillInvited(platform, partner, invitation);
      expect(partner.complaints).toEqual([]);
    },
  );

  it('because modules that the link needs are not listed is told with 3003', async () => {
    const platform = await shared();
    const name = newName();
    const partner = await openPartner();
    const invitation = await platform.client.links.invite({
      name,
      settings: { requiredModules: ['chargingprofiles'] },
    });
    expect(await partner.register(invitation)).toMatchObject({ ok: false });
    expect(lastEnvelope(partner)).toMatchObject({
      status_code: 3003,
      status_message: expect.stringContaining('lists no endpoint for chargingprofiles'),
    });
    await platform.client.links.set({ name, settings: { requiredModules: [] } });
    await expectStillInvited(platform, partner, invitation);
  });

  it('because the partner cannot be reached at all is told with 3001, naming the address it gave', async () => {
    const platform = await shared();
    const name = newName();
    const partner = await openPartner({ credentials: body => ({ ...body, url: 'http://127.0.0.1:9/versions' }) });
    await partner.register(await platform.client.links.invite({ name }));
    expect(lastEnvelope(partner)).toMatchObject({
      status_code: 3001,
      status_message:
        'the versions could not be read: connection refused at 127.0.0.1:9: nothing listens there, or a firewall refuses (called with your token B at http://127.0.0.1:9/versions)',
    });
    expect(verdicts(await theirRun(platform, name)).at(-1)).toMatch(/^FAIL credentials: answered 3001: /);
  });

  it('because the body holds no credentials is told with 2001, and is no run', async () => {
    const platform = await shared();
    const name = newName();
    const partner = await openPartner({ credentials: ({ token: _, ...body }) => body });
    const invitation = await platform.client.links.invite({ name });
    expect(await partner.register(invitation)).toMatchObject({ ok: false });
    expect(partner.calls.at(-1)?.answer?.status).toBe(200);
    expect(lastEnvelope(partner).status_code).toBe(2001);
    expect(lastEnvelope(partner).status_message).toContain('/token');
    expect(await platform.client.runs.list({ name, limit: 10 })).toEqual([]);
    expect(await ledger(platform, name)).toEqual(['incoming A active']);
  });
});

describe('an answer that never reaches the partner', () => {
  it('undoes everything: the connection was cut while we called back', async () => {
    const platform = await openPlatform();
    const partner = await openPartner({ overrides: { details: { do: 'delay', ms: 150, when: 'before' } } });
    const invitation = await platform.client.links.invite({ name: 'partner' });
    const { socket, tokenB } = await postByHand(platform, partner, invitation.token);
    await partner.arrival('details');
    socket.reset();
    const run = await theirRun(platform);
    expect(run).toMatchObject({ state: 'failed' });
    const exchange = (await platform.client.exchanges.list({ limit: 10 })).find(({ method }) => method === 'POST');
    expect(exchange).toMatchObject({ ended: 'reset', httpStatus: null, operation: 'credentials.post' });
    expect(tokenB).not.toBe(invitation.token);
    await expectStillInvited(platform, partner, invitation);
  });

  it('stops the call back: nobody waits for a partner that has gone', async () => {
    const platform = await openPlatform();
    const partner = await openPartner({ overrides: { versions: { do: 'hang' } } });
    const invitation = await platform.client.links.invite({ name: 'partner' });
    const { socket } = await postByHand(platform, partner, invitation.token);
    await partner.arrival('versions');
    const began = performance.now();
    socket.reset();
    const run = await theirRun(platform);
    expect(performance.now() - began).toBeLessThan(2000);
    expect(verdicts(run).at(-2)).toBe('FAIL versions: the call was cancelled');
    await expectStillInvited(platform, partner, invitation);
  });
});

describe('two at once', () => {
  it('on one invitation: the second is told 3000 to try again, the first registers', async () => {
    const platform = await openPlatform();
    const partner = await openPartner({ overrides: { versions: [{ do: 'delay', ms: 200, when: 'before' }] } });
    const invitation = await platform.client.links.invite({ name: 'partner' });
    const first = partner.register({ ...invitation, version: '2.2.1' });
    await partner.arrival('versions');
    const { socket } = await postByHand(platform, partner, invitation.token);
    const [second] = await socket.answers(1);
    expect(second?.status).toBe(200);
    expect(JSON.parse(second?.body ?? '')).toMatchObject({
      status_code: 3000,
      status_message: 'Another change of this registration is under way. Please try again when it has ended.',
    });
    socket.destroy();
    expect(await first).toMatchObject({ ok: true });
    expect(await ledger(platform)).toEqual(['incoming A retired', 'outgoing B active', 'incoming C active']);
  });

  it('an operator changes, invites or removes no link that is being registered', async () => {
    const platform = await openPlatform();
    const partner = await openPartner({ overrides: { versions: { do: 'hang' } } });
    const invitation = await platform.client.links.invite({ name: 'partner' });
    void partner.register(invitation);
    await partner.arrival('versions');
    const { links, runs } = platform.client;
    for (const refused of [
      () => links.set({ name: 'partner', organisation: 'Acme' }),
      () => links.invite({ name: 'partner' }),
      () => links.remove({ name: 'partner' }),
    ]) {
      expect(await failureOf(refused())).toMatchObject({ code: 'BUSY', message: expect.stringMatching(/^run 1 /) });
    }
    await runs.cancel({ runId: 1 });
    const run = await theirRun(platform);
    expect(run.state).toBe('cancelled');
    expect(findingCodes(run)).toEqual([]);
    expect(await links.set({ name: 'partner', organisation: 'Acme' })).toMatchObject({ organisation: 'Acme' });
  });
});

/** A POST of credentials over a socket in hand. */
async function postByHand(platform: TestPlatform, partner: Partner, token: string) {
  const { port, pathname } = new URL(platform.versionsUrl);
  const socket = await connectRaw({ port: Number(port) });
  const tokenB = partner.invite('a-token-of-the-partner').token;
  const body = JSON.stringify({
    token: tokenB,
    url: partner.versionsUrl,
    roles: [{ role: 'CPO', country_code: 'DE', party_id: 'PRT', business_details: { name: 'Partner' } }],
  });
  const headers = [
    `Authorization: Token ${Buffer.from(token).toString('base64')}`,
    'Content-Type: application/json',
    'X-Request-ID: 1',
    'X-Correlation-ID: 2',
  ];
  await socket.send(request(`POST ${pathname.replace(/versions$/, '2.2.1/credentials')}`, headers, body));
  return { socket, tokenB };
}
