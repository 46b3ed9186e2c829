import { describe, expect, it } from 'vitest';
import type { Partner } from '../../support/partner/partner.ts';
import {
  endOf,
  failureOf,
  findingCodes,
  ledger,
  openPartner,
  openPlatform,
  registerWith,
  type TestPlatform,
  verdicts,
} from '../../support/platform.ts';

/** A partner that holds another workbench registered, and the tokens to go on with from there. */
async function registeredElsewhere() {
  const partner = await openPartner();
  const other = await openPlatform();
  await registerWith(other, partner, { version: '2.2.1' });
  const token = partner.relation.incoming.at(-1) ?? '';
  return { partner, token, theirToken: partner.relation.outgoing ?? '' };
}

async function adopt(platform: TestPlatform, partner: Partner, tokens: { token: string; theirToken?: string }) {
  const { runId } = await platform.client.links.adopt({ name: 'partner', versionsUrl: partner.versionsUrl, ...tokens });
  return endOf(platform, { runId });
}

describe('adopting a registration that exists', () => {
  it('reads versions and endpoints, changes nothing at the partner, and lets the partner in with its token', async () => {
    const { partner, token, theirToken } = await registeredElsewhere();
    const platform = await openPlatform();
    const requests = partner.requests.length;
    const run = await adopt(platform, partner, { token, theirToken });
    expect(run).toMatchObject({ kind: 'adoption', state: 'done', result: { version: '2.3.0' } });
    expect(partner.requests.slice(requests).map(({ method, operation }) => `${method} ${operation}`)).toEqual([
      'GET versions',
      'GET details',
    ]);
    const link = await platform.client.links.get({ name: 'partner' });
    expect(link).toMatchObject({ state: 'adopted', readOnly: true, version: '2.3.0' });
    expect(link.endpoints.length).toBeGreaterThan(5);
    expect(await ledger(platform)).toEqual(['outgoing C active', 'incoming B active']);
    const call = { operation: 'versions', method: 'GET', url: platform.versionsUrl, token: theirToken } as const;
    expect(await partner.call(call)).toMatchObject({ ok: true });
    expect(partner.complaints).toEqual([]);
  });

  it('lets nothing out but GET until it is unlocked', async () => {
    const { partner, token } = await registeredElsewhere();
    const platform = await openPlatform();
    await adopt(platform, partner, { token });
    const { runs, links } = platform.client;
    const requests = partner.requests.length;
    for (const refused of [
      () => runs.rotate({ name: 'partner' }),
      () => runs.register({ name: 'partner', version: '2.3.0' }),
      () => runs.unregister({ name: 'partner' }),
    ]) {
      expect(await failureOf(refused())).toEqual({
        code: 'READ_ONLY_LINK',
        message: 'partner is read-only: only GET leaves',
        advice: 'wb link set partner --unlock lets writes out.',
      });
    }
    expect(partner.requests).toHaveLength(requests);

    await links.set({ name: 'partner', readOnly: false });
    expect(await failureOf(runs.register({ name: 'partner' }))).toMatchObject({
      message: 'partner is adopted already',
    });
    const run = await endOf(platform, await runs.rotate({ name: 'partner' }));
    expect(run.state).toBe('done');
    expect(await links.get({ name: 'partner' })).toMatchObject({ state: 'registered', readOnly: false });
    expect(partner.relation.theirVersionsUrl).toBe(platform.versionsUrl);
    expect(partner.complaints).toEqual([]);
  });

  it('stays adopted without endpoints where the partner cannot be read, and says why', async () => {
    const partner = await openPartner();
    const platform = await openPlatform();
    const run = await adopt(platform, partner, { token: 'a-token-that-is-wrong' });
    expect(run.state).toBe('failed');
    expect(verdicts(run)).toEqual([
      'FAIL versions: the partner answered 401 with 2000 to token C sent as Base64, and 401 with 2000 to it sent raw: it does not know this token',
    ]);
    expect(run.result?.summary).toMatch(/^partner: the versions could not be read: /);
    const link = await platform.client.links.get({ name: 'partner' });
    expect(link).toMatchObject({ state: 'adopted', readOnly: true, endpoints: [] });
  });

  it('is read again once the token is right, and only while it is adopted', async () => {
    const { partner, token } = await registeredElsewhere();
    const platform = await openPlatform();
    await adopt(platform, partner, { token: 'a-token-that-is-wrong' });
    const { links, runs } = platform.client;
    await links.set({ name: 'partner', token });
    const run = await endOf(platform, await runs.look({ name: 'partner', version: '2.1.1' }));
    expect(run).toMatchObject({ kind: 'look', state: 'done', result: { version: '2.1.1' } });
    expect(await links.get({ name: 'partner' })).toMatchObject({ state: 'adopted', version: '2.1.1' });
    expect(partner.received('credentials.put')).toEqual([]);

    await links.set({ name: 'partner', suspended: true });
    expect(await failureOf(runs.look({ name: 'partner' }))).toMatchObject({
      code: 'WRONG_STATE',
      message: 'partner is suspended, not adopted',
    });
    expect(await failureOf(runs.look({ name: 'nobody' }))).toMatchObject({ code: 'NOT_FOUND' });
  });

  it('takes the version asked for, and remembers the token’s form', async () => {
    const partner = await openPartner({ wants: 'raw' });
    const platform = await openPlatform();
    const { runId } = await platform.client.links.adopt({
      name: 'partner',
      versionsUrl: partner.versionsUrl,
      token: partner.tokenA ?? '',
      version: '2.2.1',
    });
    const run = await endOf(platform, { runId });
    expect(run.result?.version).toBe('2.2.1');
    expect(findingCodes(run)).toEqual(['authorization.partner-wants-other-form']);
    expect(await platform.client.links.get({ name: 'partner' })).toMatchObject({
      version: '2.2.1',
      learnedForm: 'raw',
    });
  });
});

describe('a suspended link', () => {
  it('lets nobody in and nothing out, and goes on where it was once it is resumed', async () => {
    const partner = await openPartner();
    const platform = await openPlatform();
    await registerWith(platform, partner);
    const { links, runs, exchanges } = platform.client;
    await links.set({ name: 'partner', suspended: true });
    expect((await partner.getCredentials()).ok).toBe(false);
    const [refused] = await exchanges.list({ limit: 1 });
    expect(refused).toMatchObject({ link: 'partner', httpStatus: 401 });
    expect(refused?.findings.map(({ code }) => code)).toContain('registration.suspended');
    for (const call of [
      () => runs.rotate({ name: 'partner' }),
      () => runs.unregister({ name: 'partner' }),
      () => links.invite({ name: 'partner' }),
    ]) {
      expect(await failureOf(call())).toMatchObject({
        code: 'WRONG_STATE',
        advice: 'wb link set partner --resume ends that.',
      });
    }
    expect(await links.set({ name: 'partner', suspended: false })).toMatchObject({ state: 'registered' });
    expect(await partner.getCredentials()).toMatchObject({ ok: true });
    expect(await failureOf(links.set({ name: 'partner', suspended: false }))).toMatchObject({ code: 'WRONG_STATE' });
  });

  it('goes back to being adopted where that is what it was', async () => {
    const { partner, token } = await registeredElsewhere();
    const platform = await openPlatform();
    await adopt(platform, partner, { token });
    await platform.client.links.set({ name: 'partner', suspended: true });
    expect(await platform.client.links.set({ name: 'partner', suspended: false })).toMatchObject({
      state: 'adopted',
      readOnly: true,
    });
  });
});

describe('a production link', () => {
  it('asks before every write, and does it once it is confirmed', async () => {
    const partner = await openPartner();
    const platform = await openPlatform();
    const { links, runs } = platform.client;
    await links.add({
      name: 'partner',
      versionsUrl: partner.versionsUrl,
      token: partner.tokenA ?? '',
      environment: 'production',
    });
    const asks = async (call: Promise<unknown>, what: string) =>
      expect(await failureOf(call)).toEqual({
        code: 'CONFIRMATION_NEEDED',
        message: `partner is a production link: ${what}.`,
        advice: 'Confirm it (--yes on the command line).',
      });
    const name = 'partner';
    await asks(runs.register({ name }), 'registering changes its credentials');
    expect(partner.requests).toEqual([]);
    expect((await endOf(platform, await runs.register({ name, confirmed: true }))).state).toBe('done');
    await asks(runs.rotate({ name }), 'rotating changes its credentials');
    await asks(runs.unregister({ name }), 'unregistering ends the connection');
    await asks(links.set({ name, environment: 'test' }), 'changing it asks first');
    await asks(links.invite({ name }), 'an invitation lets a partner replace its registration');
    await asks(links.remove({ name }), 'removing partner forgets its tokens');
    expect((await endOf(platform, await runs.rotate({ name, confirmed: true }))).state).toBe('done');
    expect((await endOf(platform, await runs.unregister({ name, confirmed: true }))).state).toBe('done');
    expect(await links.remove({ name, confirmed: true })).toEqual({ removed: name });
    expect(partner.complaints).toEqual([]);
  });
});
