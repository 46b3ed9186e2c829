import { describe, expect, it } from 'vitest';
import { type Action, envelopeAnswer } from '../../support/partner/action.ts';
import type { Partner } from '../../support/partner/partner.ts';
import {
  endOf,
  failureOf,
  findingCodes,
  ledger,
  openPartner,
  openPlatform,
  reasonOf,
  register,
  registerWith,
  type TestPlatform,
  theirRun,
  tokenOf,
} from '../../support/platform.ts';

const rotate = async (platform: TestPlatform, name = 'partner') =>
  endOf(platform, await platform.client.runs.rotate({ name }));

/** HTTP status of a call that the partner makes with a token. */
async function statusWith(platform: TestPlatform, partner: Partner, token: string) {
  const { call } = await partner.call({ operation: 'versions', method: 'GET', url: platform.versionsUrl, token });
  return call.answer?.status;
}

describe('a rotation that we begin', () => {
  it('exchanges both tokens; the partner’s old one is valid until its first call with the new one', async () => {
    const partner = await openPartner();
    const platform = await openPlatform();
    await registerWith(platform, partner, { version: '2.2.1' });
    const oldB = partner.relation.outgoing ?? '';
    const run = await rotate(platform);
    expect(run).toMatchObject({ kind: 'rotation', state: 'done', result: { version: '2.2.1' } });
    expect(reasonOf(run, 'version')).toBe('2.2.1: the version asked for; the partner also offers 2.3.0');
    expect(await ledger(platform)).toEqual([
      'outgoing A retired',
      'incoming B previous',
      'outgoing C previous',
      'incoming B active',
      'outgoing C active',
    ]);
    const newB = partner.relation.outgoing ?? '';
    expect(newB).not.toBe(oldB);
    expect(await statusWith(platform, partner, oldB)).toBe(200);
    expect(await statusWith(platform, partner, newB)).toBe(200);
    expect(await statusWith(platform, partner, oldB)).toBe(401);

    // Our own first call with the new token ends the old one on our side too.
    expect((await rotate(platform)).state).toBe('done');
    const states = await ledger(platform);
    expect(states.filter(state => state === 'outgoing C previous')).toHaveLength(1);
    expect(states.filter(state => state.endsWith('active'))).toEqual(['incoming B active', 'outgoing C active']);
    expect(partner.complaints).toEqual([]);
  });

  it('switches the version where another one is asked for, and remembers its endpoints', async () => {
    const partner = await openPartner();
    const platform = await openPlatform();
    await registerWith(platform, partner, { version: '2.1.1' });
    const run = await register(platform, { version: '2.3.0' });
    expect(run).toMatchObject({ kind: 'update', state: 'done', result: { version: '2.3.0' } });
    const link = await platform.client.links.get({ name: 'partner' });
    expect(link.version).toBe('2.3.0');
    expect(link.endpoints.every(({ url }) => url.includes('/2.3.0/'))).toBe(true);
    expect(partner.relation.version).toBe('2.3.0');
    expect(partner.complaints).toEqual([]);
  });

  it('tells a public URL that has changed', async () => {
    const partner = await openPartner();
    const platform = await openPlatform();
    await registerWith(platform, partner);
    const { workbench, client } = platform;
    await workbench.serving.stop();
    const { port } = workbench.platform.config();
    workbench.platform.configure({ publicUrl: `http://localhost:${port}/behind/a/prefix` });
    await workbench.serving.start();
    expect((await rotate(platform)).state).toBe('done');
    const told = `http://localhost:${port}/behind/a/prefix/ocpi/versions`;
    expect(partner.relation.theirVersionsUrl).toBe(told);
    expect((await client.links.get({ name: 'partner' })).toldVersionsUrl).toBe(told);
    expect(partner.complaints).toEqual([]);
  });

  it('is answered without a look at our versions: a finding', async () => {
    const partner = await openPartner({ quirks: ['never-refetches'] });
    const platform = await openPlatform();
    await registerWith(platform, partner);
    const run = await rotate(platform);
    expect(run.state).toBe('done');
    expect(findingCodes(run)).toEqual(['registration.no-refetch-on-put']);
  });

  it('needs a registration', async () => {
    const partner = await openPartner();
    const platform = await openPlatform();
    await platform.client.links.add({ name: 'partner', versionsUrl: partner.versionsUrl, token: 'a-token' });
    expect(await failureOf(platform.client.runs.rotate({ name: 'partner' }))).toEqual({
      code: 'WRONG_STATE',
      message: 'partner is new: there are no tokens to rotate',
      advice: 'Register first: wb register partner.',
    });
    await registerWith(platform, partner, { name: 'second' });
    expect(await failureOf(platform.client.runs.register({ name: 'second' }))).toMatchObject({
      code: 'WRONG_STATE',
      message: 'second is registered already',
    });
  });
});

describe('a rotation of ours that fails', () => {
  const REFUSED: readonly (readonly [what: string, action: Action])[] = [
    ['405', envelopeAnswer({ http: 405, code: 2000 })],
    ['2001', envelopeAnswer({ http: 200, code: 2001 })],
    ['3001', envelopeAnswer({ http: 200, code: 3001 })],
    ['404 without a body', { do: 'answer', status: 404 }],
    ['a redirect', { do: 'redirect', status: 302, to: '/elsewhere' }],
  ];
  it.each(REFUSED)('with %s keeps the old pair and nothing of the new one', async (_, action) => {
    const partner = await openPartner();
    const platform = await openPlatform();
    await registerWith(platform, partner);
    partner.override('credentials.put', action);
    const run = await rotate(platform);
    expect(run.state).toBe('failed');
    expect(run.result?.summary).not.toContain('may have switched');
    expect(await ledger(platform)).toEqual([
      'outgoing A retired',
      'incoming B active',
      'outgoing C active',
      'incoming B retired',
    ]);
    expect(await partner.getCredentials()).toMatchObject({ ok: true });
    partner.restore();
    expect((await rotate(platform)).state).toBe('done');
    expect(partner.complaints).toEqual([]);
  });

  const LOST: readonly (readonly [what: string, action: Action])[] = [
    ['a reset after the work was done', { do: 'reset', work: true }],
    ['an answer that is cut', { do: 'cut', at: 20, end: 'close' }],
    ['no answer in time', { do: 'hang', work: true }],
    ['500 after the work was done', { do: 'alter', change: answer => ({ ...answer, status: 500, body: '' }) }],
    ['an answer without credentials', { do: 'alter', change: answer => ({ ...answer, body: '' }) }],
  ];
  it.each(LOST)('with %s keeps old and new valid; the first call with the new one settles it', async (_, action) => {
    const partner = await openPartner();
    const platform = await openPlatform();
    await registerWith(platform, partner, { settings: { firstByteTimeout: 300 } });
    const oldB = partner.relation.outgoing ?? '';
    partner.override('credentials.put', [action]);
    const run = await rotate(platform);
    expect(run.state).toBe('failed');
    expect(run.result?.summary).toMatch(
      /; the partner may have switched: the old and the new token stay valid for its calls$/,
    );
    const newB = partner.relation.outgoing ?? '';
    expect(newB).not.toBe(oldB);
    expect(await statusWith(platform, partner, oldB)).toBe(200);
    expect(await statusWith(platform, partner, newB)).toBe(200);
    expect(await statusWith(platform, partner, oldB)).toBe(401);
    expect(await ledger(platform)).toEqual([
      'outgoing A retired',
      'incoming B retired',
      'outgoing C active',
      'incoming B active',
    ]);
    // The partner still takes the token we have, so the next try brings both sides together.
    expect((await rotate(platform)).state).toBe('done');
    expect(await partner.getCredentials()).toMatchObject({ ok: true });
    expect(partner.complaints).toEqual([]);
  });
});

describe('a rotation that the partner begins', () => {
  it('exchanges both tokens; its old one is valid until its first call with the new one', async () => {
    const platform = await openPlatform();
    const partner = await openPartner();
    await partner.register({ ...(await platform.client.links.invite({ name: 'partner' })), version: '2.2.1' });
    const oldC = partner.relation.outgoing ?? '';
    const detailsBefore = partner.received('details').length;
    expect(await partner.update()).toEqual({ ok: true, version: '2.2.1' });
    expect(partner.received('details').length).toBe(detailsBefore + 1);
    expect(await theirRun(platform)).toMatchObject({ kind: 'update', state: 'done' });
    const newC = partner.relation.outgoing ?? '';
    expect(await statusWith(platform, partner, oldC)).toBe(200);
    expect(await statusWith(platform, partner, newC)).toBe(200);
    expect(await statusWith(platform, partner, oldC)).toBe(401);

    const link = await platform.client.links.get({ name: 'partner' });
    const oldB = await tokenOf(platform, link, 1);
    expect(partner.relation.incoming).not.toContain(oldB);
    expect((await rotate(platform)).state).toBe('done');
    expect(partner.complaints).toEqual([]);
  });

  it('switches to the version whose endpoint it calls', async () => {
    const platform = await openPlatform();
    const partner = await openPartner();
    await partner.register({ ...(await platform.client.links.invite({ name: 'partner' })), version: '2.1.1' });
    expect(await partner.update({ version: '2.3.0' })).toEqual({ ok: true, version: '2.3.0' });
    const link = await platform.client.links.get({ name: 'partner' });
    expect(link).toMatchObject({ version: '2.3.0', state: 'registered' });
    expect(link.parties).toEqual([{ countryCode: 'DE', partyId: 'PRT', name: 'Partner', role: 'CPO' }]);
    expect(link.endpoints.every(({ url }) => url.includes('/2.3.0/'))).toBe(true);
    expect(partner.complaints).toEqual([]);
  });

  it('is refused where its versions cannot be read, and the old pair goes on', async () => {
    const platform = await openPlatform();
    const partner = await openPartner();
    await partner.register(await platform.client.links.invite({ name: 'partner' }));
    const before = await platform.client.links.get({ name: 'partner' });
    partner.override('details', { do: 'answer', status: 500 });
    expect(await partner.update()).toMatchObject({ ok: false, reason: expect.stringContaining('status_code 3001') });
    const after = await platform.client.links.get({ name: 'partner' });
    expect({ ...after, updatedAt: 0, tokens: [] }).toEqual({ ...before, updatedAt: 0, tokens: [] });
    expect((await ledger(platform)).filter(state => !state.endsWith('retired'))).toEqual([
      'outgoing B active',
      'incoming C active',
    ]);
    partner.restore();
    expect(await partner.getCredentials()).toMatchObject({ ok: true });
    expect((await rotate(platform)).state).toBe('done');
  });

  it('and whose answer it does not wait for changes nothing: both sides go on with the old pair', async () => {
    const platform = await openPlatform();
    const partner = await openPartner({ callTimeout: 300 });
    await partner.register(await platform.client.links.invite({ name: 'partner' }));
    partner.override('details', [{ do: 'delay', ms: 600, when: 'before' }]);
    expect(await partner.update()).toMatchObject({ ok: false, reason: expect.stringContaining('timeout') });
    expect((await theirRun(platform)).state).toBe('failed');
    expect((await ledger(platform)).filter(state => !state.endsWith('retired'))).toEqual([
      'outgoing B active',
      'incoming C active',
    ]);
    expect(await partner.getCredentials()).toMatchObject({ ok: true });
    expect((await rotate(platform)).state).toBe('done');
    expect(await partner.update()).toMatchObject({ ok: true });
    expect(partner.complaints).toEqual([]);
  });

  it('and whose answer got lost behind us leaves it with the old tokens: we fall back on them, and rotate', async () => {
    const platform = await openPlatform();
    const partner = await openPartner();
    await partner.register({ ...(await platform.client.links.invite({ name: 'partner' })), version: '2.2.1' });
    // By hand, so that the partner itself knows nothing of the PUT afterwards.
    const { token } = partner.invite('a-token-b-it-forgets');
    const put = await partner.call({
      operation: 'credentials.put',
      version: '2.2.1',
      method: 'PUT',
      url: `${platform.versionsUrl.replace(/versions$/, '2.2.1')}/credentials`,
      body: {
        token,
        url: partner.versionsUrl,
        roles: [{ role: 'CPO', country_code: 'DE', party_id: 'PRT', business_details: { name: 'Partner' } }],
      },
    });
    expect(put.ok).toBe(true);
    partner.invite('something-else');
    const run = await rotate(platform);
    expect(run.state).toBe('done');
    expect(reasonOf(run, 'versions')).toBe(
      'the partner answered 401 with 2000 to token B sent as Base64, and 401 with 2000 to it sent raw: it does not know this token; it takes the one before, so it missed that the tokens were exchanged; the partner offers 2.1.1, 2.2.1, 2.3.0',
    );
    expect(findingCodes(run)).toEqual(['registration.switch-missed']);
    expect(await partner.getCredentials()).toMatchObject({ ok: true });
    expect((await rotate(platform)).state).toBe('done');
  });

  it('with the token that it sent before gets a warning, and is carried out', async () => {
    const platform = await openPlatform();
    const partner = await openPartner({ tokens: ['token-a', 'always-the-same', 'always-the-same'] });
    await partner.register(await platform.client.links.invite({ name: 'partner' }));
    expect(await partner.update()).toMatchObject({ ok: true });
    expect(findingCodes(await theirRun(platform))).toEqual(['credentials.token.not-new']);
    expect(await partner.getCredentials()).toMatchObject({ ok: true });
    expect((await rotate(platform)).state).toBe('done');
  });

  it('is answered 405 where it only holds a token A', async () => {
    const platform = await openPlatform();
    const partner = await openPartner();
    const { token, versionsUrl } = await platform.client.links.invite({ name: 'partner' });
    const put = await partner.call({
      operation: 'credentials.put',
      version: '2.2.1',
      method: 'PUT',
      url: `${versionsUrl.replace(/versions$/, '2.2.1')}/credentials`,
      token,
      body: {
        token: 'token-b',
        url: partner.versionsUrl,
        roles: [{ role: 'CPO', country_code: 'DE', party_id: 'PRT', business_details: { name: 'Partner' } }],
      },
    });
    expect(put.call.answer?.status).toBe(405);
    expect(put.call.answer?.headers).toContainEqual(['Allow', 'GET, POST']);
    expect(put.call.answer?.text).toContain('Token A only opens a registration: use POST.');
  });
});
