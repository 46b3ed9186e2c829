import { describe, expect, it } from 'vitest';
import type { VersionName } from '../../../core/contract/platform.ts';
import { matrix } from '../../support/matrix.ts';
import type { PartnerRole } from '../../support/partner/options.ts';
import {
  exchangesOf,
  findingCodes,
  ledger,
  newName,
  openPartner,
  openPlatform,
  reasonOf,
  sharedPlatform,
  theirRun,
  verdicts,
} from '../../support/platform.ts';

const VERSIONS: readonly VersionName[] = ['2.1.1', '2.2.1', '2.3.0'];
const ROLES: Record<string, readonly PartnerRole[]> = { CPO: ['CPO'], EMSP: ['EMSP'], both: ['CPO', 'EMSP'] };

const { cases, title } = matrix({
  version: VERSIONS,
  role: ['CPO', 'EMSP', 'both'],
  sends: ['by version', 'raw', 'base64', 'base64+lf'],
  wants: ['by version', 'any', 'raw', 'base64'],
});

describe(`a partner of each version, role and token form registers with us: ${title}`, () => {
  const shared = sharedPlatform();
  it.each(cases)(
    'OCPI $version as $role, sending $sends and wanting $wants',
    async ({ version, role, sends, wants }) => {
      const platform = await shared();
      const name = newName();
      const partner = await openPartner({
        roles: ROLES[role] ?? [],
        ...(sends === 'by version' ? {} : { sends }),
        ...(wants === 'by version' ? {} : { wants }),
      });
      const invitation = await platform.client.links.invite({ name });
      expect(invitation).toEqual({ name, versionsUrl: platform.versionsUrl, token: expect.any(String) });
      expect(await ledger(platform, name)).toEqual(['incoming A active']);

      expect(await partner.register({ ...invitation, version })).toEqual({ ok: true, version });

      const run = await theirRun(platform, name);
      expect(run).toMatchObject({ kind: 'registration', initiator: 'them', state: 'done', result: { version } });
      expect(run.steps.map(({ step, ok }) => `${step} ${ok}`)).toEqual([
        'received true',
        'versions true',
        'version true',
        'version details true',
        'credentials true',
      ]);
      expect(await ledger(platform, name)).toEqual(['incoming A retired', 'outgoing B active', 'incoming C active']);
      const link = await platform.client.links.get({ name });
      expect(link).toMatchObject({
        state: 'registered',
        version,
        versionsUrl: partner.versionsUrl,
        toldVersionsUrl: platform.versionsUrl,
      });
      expect(link.parties.map(({ role: theirs }) => theirs)).toEqual(version === '2.1.1' ? [undefined] : ROLES[role]);
      expect(link.endpoints.length).toBeGreaterThan(5);

      const exchanges = await exchangesOf(platform, run.id);
      expect(exchanges.map(({ direction, operation }) => `${direction} ${operation}`)).toContain('in credentials.post');
      expect(run.steps.flatMap(({ exchangeIds }) => exchangeIds)).toEqual(
        expect.arrayContaining(exchanges.map(({ id }) => id)),
      );
      // The call back lies inside the POST, whose answer came after it.
      const post = partner.calls.find(({ operation }) => operation === 'credentials.post');
      for (const request of partner.requests) {
        expect(request.at).toBeGreaterThan(post?.at ?? 0);
        expect(request.endedAt ?? 0).toBeLessThan(post?.endedAt ?? 0);
      }
      expect(await partner.getCredentials()).toMatchObject({ ok: true });
      const formOnly = / sent (raw|base64) where (raw|base64) is due$/;
      expect(partner.complaints.filter(text => wants === 'by version' || !formOnly.test(text))).toEqual([]);
    },
  );
});

describe('a token A', () => {
  it('dies with the registration: its next use is answered 401, and recorded with whose it was', async () => {
    const platform = await openPlatform();
    const partner = await openPartner();
    const invitation = await platform.client.links.invite({ name: 'partner' });
    await partner.register(invitation);
    partner.forget();
    const again = await partner.register(invitation);
    expect(again).toMatchObject({ ok: false, step: 'versions', reason: expect.stringContaining('HTTP 401') });
    const [refused] = await platform.client.exchanges.list({ limit: 1 });
    expect(refused).toMatchObject({ link: 'partner', httpStatus: 401, operation: 'versions.list' });
    expect(refused?.findings.map(({ code }) => code)).toContain('registration.token-a-again');
    expect((await platform.client.links.get({ name: 'partner' })).state).toBe('registered');
  });

  it('is replaced by the next invitation', async () => {
    const platform = await openPlatform();
    const partner = await openPartner();
    const first = await platform.client.links.invite({ name: 'partner' });
    const second = await platform.client.links.invite({ name: 'partner' });
    expect(await partner.register(first)).toMatchObject({ ok: false, step: 'versions' });
    expect(await partner.register(second)).toMatchObject({ ok: true });
    expect(partner.complaints).toEqual([]);
  });

  it('reads versions, details and credentials, and nothing else', async () => {
    const platform = await openPlatform();
    const partner = await openPartner();
    const { token, versionsUrl } = await platform.client.links.invite({ name: 'partner' });
    const base = versionsUrl.replace(/versions$/, '2.2.1');
    const call = (method: string, url: string) =>
      partner.call({
        operation: 'module',
        version: '2.2.1',
        method,
        url,
        token,
        ...(method === 'PUT' ? { body: {} } : {}),
      });
    expect((await call('GET', base)).call.answer?.status).toBe(200);
    expect((await call('GET', `${base}/credentials`)).call.answer?.status).toBe(200);
    expect((await call('GET', `${base}/locations`)).call.answer?.status).toBe(401);
    for (const method of ['DELETE', 'PATCH']) {
      const { answer } = (await call(method, `${base}/credentials`)).call;
      expect(answer?.status).toBe(405);
      const [, allow] = answer?.headers.find(([name]) => name.toLowerCase() === 'allow') ?? [];
      if (method === 'DELETE') expect(allow).toBe('GET, POST');
    }
  });
});

describe('a partner that is registered', () => {
  it('gets 405 for POST with the methods that are left, and the exchange tells what to do', async () => {
    const platform = await openPlatform();
    const partner = await openPartner();
    await partner.register(await platform.client.links.invite({ name: 'Acme' }));
    const url = `${platform.versionsUrl.replace(/versions$/, partner.relation.version ?? '')}/credentials`;
    const body = { token: 'another-token-b', url: partner.versionsUrl, roles: [] };
    const posted = await partner.call({
      operation: 'credentials.post',
      version: partner.relation.version,
      method: 'POST',
      url,
      body: { ...body, roles: [{ role: 'CPO', country_code: 'DE', party_id: 'PRT', business_details: { name: 'P' } }] },
    });
    expect(posted.call.answer?.status).toBe(405);
    expect(posted.call.answer?.headers).toContainEqual(['Allow', 'GET, PUT, DELETE']);
    const [exchange] = await platform.client.exchanges.list({ limit: 1 });
    expect(exchange?.findings.map(({ code }) => code)).toContain('registration.post-while-registered');
    expect(exchange?.findings.find(({ code }) => code === 'registration.post-while-registered')?.expected).toBe(
      'PUT; or POST with a fresh token A, of a new invitation',
    );
    expect(await partner.getCredentials()).toMatchObject({ ok: true });
  });

  it('and lost its state is let in again by a fresh invitation; the old registration stands until then', async () => {
    const platform = await openPlatform();
    const partner = await openPartner();
    await partner.register(await platform.client.links.invite({ name: 'partner' }));
    const old = partner.relation.outgoing ?? '';
    const invitation = await platform.client.links.invite({ name: 'partner' });
    const versions = () =>
      partner.call({ operation: 'versions', method: 'GET', url: platform.versionsUrl, token: old });
    expect(await versions()).toMatchObject({ ok: true });
    // The use of the old token says nothing about the invitation.
    expect(await ledger(platform)).toContain('incoming A active');

    partner.forget();
    expect(await partner.register(invitation)).toMatchObject({ ok: true });
    expect((await versions()).call.answer?.status).toBe(401);
    expect(await ledger(platform)).toEqual([
      'incoming A retired',
      'outgoing B retired',
      'incoming C retired',
      'incoming A retired',
      'outgoing B active',
      'incoming C active',
    ]);
    expect(partner.complaints).toEqual([]);
  });

  it('and mixes up the tokens is recorded as such', async () => {
    const platform = await openPlatform();
    const partner = await openPartner({ quirks: ['swaps-tokens'] });
    await partner.register(await platform.client.links.invite({ name: 'partner' }));
    expect((await partner.getCredentials()).ok).toBe(false);
    const [exchange] = await platform.client.exchanges.list({ limit: 1 });
    expect(exchange).toMatchObject({ link: 'partner', httpStatus: 401 });
    expect(exchange?.findings.map(({ code }) => code)).toContain('registration.tokens-swapped');
  });

  it('and goes on with token A is answered 401, with the finding that says so', async () => {
    const platform = await openPlatform();
    const partner = await openPartner({ quirks: ['drops-token-c'] });
    await partner.register(await platform.client.links.invite({ name: 'partner' }));
    expect((await partner.getCredentials()).ok).toBe(false);
    const [exchange] = await platform.client.exchanges.list({ limit: 1 });
    expect(exchange?.findings.map(({ code }) => code)).toContain('registration.token-a-again');
  });
});

describe('credentials that tell the URL of the version details', () => {
  it('are worked with, with a finding; the next ones that tell the versions URL set it right', async () => {
    const platform = await openPlatform();
    let details = true;
    const partner = await openPartner({
      credentials: (body, version) =>
        details ? { ...body, url: String(body['url']).replace('versions', version) } : body,
    });
    await partner.register({ ...(await platform.client.links.invite({ name: 'partner' })), version: '2.2.1' });
    expect(findingCodes(await theirRun(platform))).toEqual(['versions.details-for-list']);
    const versionsUrl = async () => (await platform.client.links.get({ name: 'partner' })).versionsUrl;
    expect(await versionsUrl()).toBe(`${partner.origin}/ocpi/2.2.1`);
    details = false;
    expect(await partner.update()).toMatchObject({ ok: true });
    expect(await versionsUrl()).toBe(partner.versionsUrl);
    expect(partner.complaints).toEqual([]);
  });
});

describe('the token form of the call back', () => {
  it('is turned round like our own, and remembered', async () => {
    const platform = await openPlatform();
    const partner = await openPartner({ wants: 'raw' });
    await partner.register({ ...(await platform.client.links.invite({ name: 'partner' })), version: '2.2.1' });
    const run = await theirRun(platform);
    expect(reasonOf(run, 'versions')).toMatch(
      /^the partner answered 401 with 2000 to token B sent as Base64, then 200 to it sent raw; the partner offers /,
    );
    expect(findingCodes(run)).toEqual(['authorization.partner-wants-other-form']);
    expect((await platform.client.links.get({ name: 'partner' })).learnedForm).toBe('raw');
    expect(verdicts(run).at(-1)).toBe('ok credentials: registered; answered with token C');
  });
});
