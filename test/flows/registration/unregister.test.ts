import { describe, expect, it } from 'vitest';
import { envelopeAnswer } from '../../support/partner/action.ts';
import {
  endOf,
  failureOf,
  ledger,
  openPartner,
  openPlatform,
  register,
  registerWith,
  type TestPlatform,
  theirRun,
  verdicts,
} from '../../support/platform.ts';

const unregister = async (platform: TestPlatform, more: { localOnly?: boolean } = {}) =>
  endOf(platform, await platform.client.runs.unregister({ name: 'partner', ...more }));

async function expectEnded(platform: TestPlatform) {
  expect((await ledger(platform)).every(state => state.endsWith('retired'))).toBe(true);
  expect(await platform.client.links.get({ name: 'partner' })).toMatchObject({ state: 'unregistered', endpoints: [] });
}

describe('unregistering', () => {
  it('tells the partner with DELETE, and ends the tokens of both sides', async () => {
    const partner = await openPartner();
    const platform = await openPlatform();
    await registerWith(platform, partner);
    const tokenB = partner.relation.outgoing ?? '';
    const run = await unregister(platform);
    expect(verdicts(run)).toEqual(['ok credentials: the partner agreed; the tokens of both sides are dead']);
    expect(run).toMatchObject({
      kind: 'unregistration',
      state: 'done',
      result: { summary: 'unregistered from partner' },
    });
    expect(partner.relation.registered).toBe(false);
    await expectEnded(platform);
    const call = { operation: 'versions', method: 'GET', url: platform.versionsUrl, token: tokenB } as const;
    expect((await partner.call(call)).call.answer?.status).toBe(401);
    const [refused] = await platform.client.exchanges.list({ limit: 1 });
    expect(refused).toMatchObject({ link: 'partner', httpStatus: 401 });
    expect(refused?.findings.map(({ code }) => code)).toContain('registration.dead-token');
    expect(partner.complaints).toEqual([]);
  });

  it('is followed by a new registration with a new token A', async () => {
    const partner = await openPartner();
    const platform = await openPlatform();
    await registerWith(platform, partner);
    await unregister(platform);
    expect(await failureOf(platform.client.runs.register({ name: 'partner' }))).toEqual({
      code: 'TOKEN_MISSING',
      message: 'there is no live token to call partner with',
      advice: 'Enter the one it gave us: wb link set partner --token A.',
    });
    await platform.client.links.set({ name: 'partner', token: partner.invite().token });
    expect((await ledger(platform)).at(-1)).toBe('outgoing A pending');
    expect((await register(platform)).state).toBe('done');
    expect(partner.complaints).toEqual([]);
  });

  it('ends on our side too where the partner does not hold us registered any more (405) or knows no such token (401)', async () => {
    const platform = await openPlatform();
    const first = await openPartner();
    await registerWith(platform, first);
    first.override('credentials.delete', envelopeAnswer({ http: 405, code: 2000 }));
    expect(verdicts(await unregister(platform))).toEqual([
      'ok credentials: the partner answered 405: it did not hold us registered any more',
    ]);
    await expectEnded(platform);

    const second = await openPartner();
    await registerWith(platform, second, { name: 'second' });
    second.forget();
    const run = await endOf(platform, await platform.client.runs.unregister({ name: 'second' }));
    expect(run.steps[0]?.exchangeIds).toHaveLength(2);
    expect(verdicts(run)).toEqual(['ok credentials: the partner answered 401: it did not hold us registered any more']);
  });

  it('goes on where the partner does not agree: still registered, with two ways out', async () => {
    const partner = await openPartner({ overrides: { 'credentials.delete': { do: 'answer', status: 500 } } });
    const platform = await openPlatform();
    await registerWith(platform, partner);
    const run = await unregister(platform);
    expect(run.result?.summary).toBe(
      'the partner answered HTTP 500 without a body; still registered on our side. Try again, or end it on our side only',
    );
    expect(await ledger(platform)).toEqual(['outgoing A retired', 'incoming B active', 'outgoing C active']);
    expect(await partner.getCredentials()).toMatchObject({ ok: true });

    const requests = partner.requests.length;
    const local = await unregister(platform, { localOnly: true });
    expect(local.result?.summary).toBe('partner: forgotten on our side only: the partner was not told');
    expect(partner.requests).toHaveLength(requests);
    await expectEnded(platform);
  });

  it('does not take a 401 for the end where the token’s form was set by hand: it may be about the form', async () => {
    const partner = await openPartner({ wants: 'raw' });
    const platform = await openPlatform();
    await registerWith(platform, partner, { settings: { tokenForm: 'raw' } });
    await platform.client.links.set({ name: 'partner', settings: { tokenForm: 'base64' } });
    const run = await unregister(platform);
    expect(run.state).toBe('failed');
    expect(run.result?.summary).toContain('the link is set to send as Base64 only; still registered on our side');
    expect((await platform.client.links.get({ name: 'partner' })).state).toBe('registered');
  });

  it('needs a registration', async () => {
    const partner = await openPartner();
    const platform = await openPlatform();
    await platform.client.links.invite({ name: 'partner' });
    expect(await failureOf(platform.client.runs.unregister({ name: 'partner' }))).toMatchObject({
      code: 'WRONG_STATE',
      message: 'partner is invited: there is no registration to end',
    });
    expect(partner.requests).toEqual([]);
  });
});

describe('a partner that unregisters', () => {
  it('ends its registration with DELETE; a fresh invitation lets it in again', async () => {
    const platform = await openPlatform();
    const partner = await openPartner();
    await partner.register(await platform.client.links.invite({ name: 'partner' }));
    const tokenC = partner.relation.outgoing ?? '';
    expect(await partner.unregister()).toMatchObject({ ok: true });
    expect(await theirRun(platform)).toMatchObject({
      kind: 'unregistration',
      initiator: 'them',
      state: 'done',
      result: { summary: 'partner unregistered' },
    });
    await expectEnded(platform);
    const call = { operation: 'versions', method: 'GET', url: platform.versionsUrl, token: tokenC } as const;
    expect((await partner.call(call)).call.answer?.status).toBe(401);

    const invitation = await platform.client.links.invite({ name: 'partner' });
    expect((await platform.client.links.get({ name: 'partner' })).state).toBe('invited');
    expect(await partner.register(invitation)).toMatchObject({ ok: true });
    expect(partner.complaints).toEqual([]);
  });
});
