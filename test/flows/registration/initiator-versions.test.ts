import { describe, expect, it } from 'vitest';
import { testAuthority, testCertificate } from '../../support/certificates.ts';
import { alterJson, type Operation } from '../../support/partner/action.ts';
import {
  endOf,
  exchangesOf,
  findingCodes,
  ledger,
  openPartner,
  openPlatform,
  reasonOf,
  register,
  registerWith,
  verdicts,
} from '../../support/platform.ts';

describe('choosing the version', () => {
  it('takes the highest one both speak, and says what else is offered; unheard-of numbers are no finding', async () => {
    const partner = await openPartner({ versions: ['1.9', '2.1.1', '2.2.1', '9.9'] });
    const platform = await openPlatform();
    const run = await registerWith(platform, partner);
    expect(reasonOf(run, 'version')).toBe('2.2.1: the highest version both speak; the partner also offers 9.9');
    expect(run.result?.version).toBe('2.2.1');
    expect(findingCodes(run)).toEqual([]);
    expect((await platform.client.links.get({ name: 'partner' })).offeredVersions).toEqual([
      '1.9',
      '2.1.1',
      '2.2.1',
      '9.9',
    ]);
    expect(partner.complaints).toEqual([]);
  });

  it('speaks 2.2.1 with a partner that offers 2.2 alone, with a finding', async () => {
    const partner = await openPartner({ versions: ['2.2'], quirks: ['no-call-back'] });
    const platform = await openPlatform();
    const run = await registerWith(platform, partner);
    expect(run).toMatchObject({ state: 'done', result: { version: '2.2.1' } });
    expect(reasonOf(run, 'version')).toBe('2.2: the highest version both speak');
    expect(findingCodes(run)).toEqual(['versions.near', 'registration.no-call-back']);
    expect(partner.received('credentials.post').map(({ url }) => url)).toEqual(['/ocpi/2.2/credentials']);
    expect(partner.complaints).toEqual([]);
  });

  it('explains the 3002 of a partner that looks for its own 2.2 among our versions', async () => {
    const partner = await openPartner({ versions: ['2.2'] });
    const platform = await openPlatform();
    const run = await registerWith(platform, partner);
    expect(run.state).toBe('failed');
    expect(run.result?.summary).toMatch(
      /: it speaks 2\.2 and looks for that among our versions; 2\.2\.1 is what we offer$/,
    );
    expect(reasonOf(run, 'call back')).toBe('the partner did not read our version details before it answered');
  });

  it('ends where there is none in common, naming what both sides speak', async () => {
    const partner = await openPartner({ versions: ['2.0', '2.1'] });
    const platform = await openPlatform();
    const run = await registerWith(platform, partner);
    expect(verdicts(run)).toEqual([
      'ok versions: the partner offers 2.0, 2.1',
      'FAIL version: the partner offers 2.0 and 2.1, this platform speaks 2.1.1, 2.2.1 and 2.3.0: no version in common; 2.1 is not 2.1.1',
    ]);
    expect(await ledger(platform)).toEqual(['outgoing A pending']);
    expect(partner.requests).toHaveLength(1);
  });

  it('ends where the version asked for is not offered', async () => {
    const partner = await openPartner({ versions: ['2.2.1'] });
    const platform = await openPlatform();
    const run = await registerWith(platform, partner, { version: '2.3.0' });
    expect(run.result?.summary).toBe('version 2.3.0 was asked for, the partner offers 2.2.1');
  });

  it('takes version details at the versions URL as a list of one, with a finding', async () => {
    const partner = await openPartner({ versions: ['2.2.1'] });
    const platform = await openPlatform();
    await platform.client.links.add({
      name: 'partner',
      versionsUrl: `${partner.origin}/ocpi/2.2.1`,
      token: partner.tokenA ?? '',
    });
    const run = await endOf(platform, await platform.client.runs.register({ name: 'partner' }));
    expect(run).toMatchObject({ state: 'done', result: { version: '2.2.1' } });
    expect(findingCodes(run)).toEqual(['versions.details-for-list']);
    // Its credentials tell the right one.
    expect((await platform.client.links.get({ name: 'partner' })).versionsUrl).toBe(partner.versionsUrl);
  });

  it('keeps the versions URL where the credentials tell the one of the details, with a finding', async () => {
    const partner = await openPartner({ credentialsUrl: 'details' });
    const platform = await openPlatform();
    const run = await registerWith(platform, partner);
    expect(run.state).toBe('done');
    expect(findingCodes(run)).toEqual(['credentials.url.details']);
    expect((await platform.client.links.get({ name: 'partner' })).versionsUrl).toBe(partner.versionsUrl);
  });

  it('warns of details that name another version than the one they were asked for', async () => {
    const partner = await openPartner({
      overrides: {
        details: alterJson(body => ({ ...body, data: { ...(body['data'] as object), version: '2.2' } })),
      },
    });
    const platform = await openPlatform();
    const run = await registerWith(platform, partner, { version: '2.2.1' });
    expect(run.state).toBe('done');
    expect(findingCodes(run)).toEqual(['version-details.version']);
  });
});

describe('what the partner lists and sends', () => {
  it('needs a credentials endpoint, in any role or none, once or twice', async () => {
    const platform = await openPlatform();
    const none = await openPartner({ credentialsRoles: [] });
    const refused = await registerWith(platform, none, { name: 'without' });
    expect(refused.result?.summary).toBe("the partner's 2.3.0 lists no endpoint for credentials");
    expect(none.received('credentials.post')).toEqual([]);
    for (const credentialsRoles of [['RECEIVER'], ['none'], ['SENDER', 'RECEIVER']] as const) {
      const name = credentialsRoles.join(' ');
      const partner = await openPartner({ credentialsRoles });
      expect((await registerWith(platform, partner, { name })).state).toBe('done');
    }
  });

  it('needs the modules that the link asks for, else nothing is posted', async () => {
    const partner = await openPartner({ modules: [{ identifier: 'Locations', role: 'SENDER' }] });
    const platform = await openPlatform();
    const settings = { requiredModules: ['locations', 'tokens', 'cdrs'] };
    const run = await registerWith(platform, partner, { settings });
    expect(run.result?.summary).toBe("the partner's 2.3.0 lists no endpoint for tokens, cdrs");
    expect(partner.received('credentials.post')).toEqual([]);
    expect(await ledger(platform)).toEqual(['outgoing A pending']);
  });

  it('takes flat credentials on 2.2 and later with a finding; the role of the party stays unknown', async () => {
    const partner = await openPartner({ quirks: ['flat-credentials'] });
    const platform = await openPlatform();
    const run = await registerWith(platform, partner, { version: '2.2.1' });
    expect(run.state).toBe('done');
    expect(findingCodes(run)).toEqual(['credentials.flat']);
    const { parties } = await platform.client.links.get({ name: 'partner' });
    expect(parties).toEqual([{ countryCode: 'DE', partyId: 'PRT', name: 'Partner' }]);
  });

  it('tells every one of our parties from 2.2 on, and the one that faces the partner on 2.1.1', async () => {
    const parties = [
      { countryCode: 'NL', partyId: 'WBX', role: 'EMSP', name: 'Workbench' },
      { countryCode: 'BE', partyId: 'WBC', role: 'CPO', name: 'Workbench Charging' },
    ] as const;
    const platform = await openPlatform({ parties });
    const modern = await openPartner();
    await registerWith(platform, modern, { name: 'modern' });
    expect(modern.relation.theirCredentials).toMatchObject({
      roles: parties.map(({ countryCode, partyId, role, name }) => ({
        role,
        country_code: countryCode,
        party_id: partyId,
        business_details: { name },
      })),
    });
    const old = await openPartner();
    const meeting = { name: 'old', version: '2.1.1', settings: { ownParty: 'BE-WBC' } } as const;
    await registerWith(platform, old, meeting);
    expect(old.relation.theirCredentials).toMatchObject({
      country_code: 'BE',
      party_id: 'WBC',
      business_details: { name: 'Workbench Charging' },
    });
    expect([...modern.complaints, ...old.complaints]).toEqual([]);
  });

  it('has to read our versions before it answers: a partner that never calls back is registered with a finding', async () => {
    const partner = await openPartner({ quirks: ['no-call-back'] });
    const platform = await openPlatform();
    const run = await registerWith(platform, partner);
    expect(run.state).toBe('done');
    expect(reasonOf(run, 'call back')).toBe(
      'the partner did not read our versions and version details before it answered',
    );
    expect(findingCodes(run)).toEqual(['registration.no-call-back']);
  });
});

describe('a partner over HTTPS that wants a client certificate', () => {
  it('is registered with where the link holds the authority and the certificate, and named where it does not', async () => {
    const partner = await openPartner({ tls: { ...testCertificate('server'), clientCa: testAuthority } });
    const platform = await openPlatform();
    const refused = await registerWith(platform, partner);
    expect(refused.result?.summary).toMatch(/^the versions could not be read: TLS with 127\.0\.0\.1:\d+ failed: /);
    const { cert, key } = testCertificate('client');
    await platform.client.links.set({
      name: 'partner',
      settings: { ca: testAuthority, clientCertificate: cert, clientKey: key },
    });
    expect((await register(platform)).state).toBe('done');
    expect(partner.complaints).toEqual([]);
  });
});

describe('redirects', () => {
  it('are followed for GET within the origin and for POST where the method is kept, each hop an exchange', async () => {
    const partner = await openPartner({ slash: { advertised: true, otherwise: 308 } });
    const platform = await openPlatform();
    const unslashed: Operation[] = ['versions', 'details'];
    await platform.client.links.add({
      name: 'partner',
      versionsUrl: partner.versionsUrl.slice(0, -1),
      token: partner.tokenA ?? '',
    });
    partner.override('details', alterJson(withoutSlashes));
    const run = await endOf(platform, await platform.client.runs.register({ name: 'partner' }));
    expect(run.state).toBe('done');
    expect(findingCodes(run)).toEqual(['wire.redirect-followed', 'wire.redirect-followed', 'wire.redirect-followed']);
    expect(unslashed.every(operation => partner.received(operation).length > 0)).toBe(true);
    expect(partner.received('credentials.post').map(({ answer }) => answer?.status)).toEqual([308, 200]);
    const statuses = (await exchangesOf(platform, run.id)).map(({ httpStatus }) => httpStatus);
    expect(statuses.filter(status => status === 308)).toHaveLength(3);
    expect(partner.complaints).toEqual([]);
  });

  it('are not followed where a POST may become a GET: nothing is half-registered', async () => {
    const partner = await openPartner({ slash: { advertised: true, otherwise: 301 } });
    const platform = await openPlatform();
    partner.override('details', alterJson(withoutSlashes));
    const run = await registerWith(platform, partner);
    expect(run.result?.summary).toBe(
      `the partner answered 301 with a redirect to ${partner.origin}/ocpi/2.3.0/credentials/, which was not followed: a POST may become a GET on the way. Use that URL for the link, or have the partner answer 308.`,
    );
    expect(await ledger(platform)).toEqual(['outgoing A pending', 'incoming B retired']);
  });
});

/** Details whose endpoints lack the slash that the partner wants. */
function withoutSlashes(body: Record<string, unknown>) {
  const data = body['data'] as { readonly version: string; readonly endpoints: { readonly url: string }[] };
  const endpoints = data.endpoints.map(endpoint => ({ ...endpoint, url: endpoint.url.replace(/\/$/, '') }));
  return { ...body, data: { ...data, endpoints } };
}
