import { describe, expect, it } from 'vitest';
import type { VersionName } from '../../../core/contract/platform.ts';
import { matrix } from '../../support/matrix.ts';
import type { PartnerRole } from '../../support/partner/options.ts';
import {
  endOf,
  exchangesOf,
  findingCodes,
  ledger,
  newName,
  openPartner,
  openPlatform,
  reasonOf,
  register,
  registerWith,
  sharedPlatform,
  verdicts,
} from '../../support/platform.ts';

const VERSIONS: readonly VersionName[] = ['2.1.1', '2.2.1', '2.3.0'];
const ROLES: Record<string, readonly PartnerRole[]> = { CPO: ['CPO'], EMSP: ['EMSP'], both: ['CPO', 'EMSP'] };

const { cases, title } = matrix(
  {
    version: VERSIONS,
    role: ['CPO', 'EMSP', 'both'],
    wants: ['any', 'by version', 'raw', 'base64'],
    sends: ['by version', 'raw', 'base64', 'base64+lf'],
    set: ['auto', 'raw', 'base64'],
  },
  {
    // A form set by hand that the partner does not take is another test.
    unless: ({ version, wants, set }) => {
      const due = version === '2.1.1' ? 'raw' : 'base64';
      return set !== 'auto' && wants !== 'any' && (wants === 'by version' ? due : wants) !== set;
    },
  },
);

describe(`registering with a partner of each version, role and token form: ${title}`, () => {
  const shared = sharedPlatform();
  it.each(cases)('OCPI $version with $role, which wants $wants and sends $sends, the link set to $set', async one => {
    const { version, role, wants, sends, set } = one;
    const partner = await openPartner({
      roles: ROLES[role] ?? [],
      ...(wants === 'by version' ? {} : { wants }),
      ...(sends === 'by version' ? {} : { sends }),
    });
    const platform = await shared();
    const name = newName();
    const run = await registerWith(platform, partner, { name, version, settings: { tokenForm: set } });

    expect(verdicts(run).filter(line => line.startsWith('FAIL'))).toEqual([]);
    expect(run).toMatchObject({ kind: 'registration', initiator: 'us', state: 'done', result: { version } });
    expect(run.steps.map(({ step }) => step)).toEqual([
      'versions',
      'version',
      'version details',
      'token B',
      'call back',
      'credentials',
    ]);
    expect(reasonOf(run, 'call back')).toBe('the partner read our versions and version details with token B');
    expect(await ledger(platform, name)).toEqual(['outgoing A retired', 'incoming B active', 'outgoing C active']);

    const link = await platform.client.links.get({ name });
    expect(link).toMatchObject({
      state: 'registered',
      readOnly: false,
      version,
      offeredVersions: [...VERSIONS],
      versionsUrl: partner.versionsUrl,
      toldVersionsUrl: platform.versionsUrl,
    });
    const roles = version === '2.1.1' ? [undefined] : ROLES[role];
    expect(link.parties).toEqual(
      roles?.map(own => ({ countryCode: 'DE', partyId: 'PRT', name: 'Partner', ...(own ? { role: own } : {}) })),
    );
    expect(link.endpoints.find(({ identifier }) => identifier === 'credentials')?.url).toBe(
      `${partner.origin}/ocpi/${version}/credentials`,
    );
    const modules = new Set(link.endpoints.map(({ identifier }) => identifier));
    expect([...modules].sort()).toEqual([
      'cdrs',
      'commands',
      'credentials',
      'locations',
      'sessions',
      'tariffs',
      'tokens',
    ]);

    const exchanges = await exchangesOf(platform, run.id);
    expect(exchanges.filter(({ direction }) => direction === 'in').map(({ operation }) => operation)).toEqual([
      'versions.list',
      'versions.details',
    ]);
    expect(new Set(exchanges.map(({ link: its }) => its))).toEqual(new Set([name]));
    expect(run.steps.flatMap(({ exchangeIds }) => exchangeIds).sort((a, b) => a - b)).toEqual(
      exchanges.map(({ id }) => id),
    );

    expect(partner.relation).toMatchObject({ registered: true, version, theirVersionsUrl: platform.versionsUrl });
    expect(await partner.getCredentials()).toMatchObject({ ok: true });
    // What the partner insists on, or what is set by hand, is no mistake of ours.
    const forced = set === 'auto' ? wants : set;
    const formOnly = / sent (raw|base64) where (raw|base64) is due$/;
    expect(partner.complaints.filter(text => forced === 'by version' || !formOnly.test(text))).toEqual([]);
  });
});

describe('the form of the token', () => {
  it('is turned round once on 401, told with both answers, remembered, and used first the next time', async () => {
    const partner = await openPartner({ wants: 'raw' });
    const platform = await openPlatform();
    const run = await registerWith(platform, partner, { version: '2.2.1' });
    expect(reasonOf(run, 'versions')).toBe(
      'the partner answered 401 with 2000 to token A sent as Base64, then 200 to it sent raw; the partner offers 2.1.1, 2.2.1, 2.3.0',
    );
    expect(run.steps[0]?.exchangeIds).toHaveLength(2);
    expect(findingCodes(run)).toEqual(['authorization.partner-wants-other-form']);
    expect((await platform.client.links.get({ name: 'partner' })).learnedForm).toBe('raw');

    const before = partner.requests.length;
    const rotated = await endOf(platform, await platform.client.runs.rotate({ name: 'partner' }));
    expect(rotated.state).toBe('done');
    expect(partner.requests.slice(before).map(({ answer }) => answer?.status)).toEqual([200, 200, 200]);
    expect(findingCodes(rotated)).toEqual([]);
  });

  it('is no matter for a finding where a 2.1.1 partner refused the Base64 that was tried before its version was known', async () => {
    const partner = await openPartner({ wants: 'raw', versions: ['2.1.1'] });
    const platform = await openPlatform();
    const run = await registerWith(platform, partner);
    expect(run.result?.version).toBe('2.1.1');
    expect(reasonOf(run, 'versions')).toContain('then 200 to it sent raw');
    expect(findingCodes(run)).toEqual([]);
    expect(partner.complaints).toEqual([]);
  });

  it('is the one of the version once that is known, whatever the list of versions was read with', async () => {
    const partner = await openPartner({ versions: ['2.1.1'] });
    const platform = await openPlatform();
    const run = await registerWith(platform, partner);
    expect(run.state).toBe('done');
    expect(partner.requests.map(({ answer }) => answer?.status)).toEqual([200, 200, 200, 200]);
    expect(partner.complaints).toEqual([]);
  });

  it('may be another one for the details than for the versions', async () => {
    const partner = await openPartner({ wants: operation => (operation === 'versions' ? 'raw' : 'base64') });
    const platform = await openPlatform();
    const run = await registerWith(platform, partner, { version: '2.2.1' });
    expect(run.state).toBe('done');
    expect(reasonOf(run, 'version details')).toMatch(
      /^the partner answered 401 with 2000 to token A sent raw, then 200 to it sent as Base64; \d+ endpoints: credentials, /,
    );
    expect((await platform.client.links.get({ name: 'partner' })).learnedForm).toBeUndefined();
  });

  it('is not turned round where it was set by hand', async () => {
    const partner = await openPartner({ wants: 'raw' });
    const platform = await openPlatform();
    const run = await registerWith(platform, partner, { settings: { tokenForm: 'base64' } });
    expect(verdicts(run)).toEqual([
      'FAIL versions: the partner answered HTTP 401 and OCPI 2000 (generic client error): "token not accepted"; the link is set to send as Base64 only',
    ]);
    expect(partner.requests).toHaveLength(1);
    await platform.client.links.set({ name: 'partner', settings: { tokenForm: 'raw' } });
    expect((await register(platform)).state).toBe('done');
  });

  it('is turned round on 403 too, as some frameworks answer, and a token refused both ways is unknown', async () => {
    const partner = await openPartner({ wants: 'raw', refusal: { status: 403, body: 'detail' } });
    const platform = await openPlatform();
    expect((await registerWith(platform, partner)).state).toBe('done');

    await platform.client.links.add({ name: 'wrong', versionsUrl: partner.versionsUrl, token: 'nobody-knows-it' });
    const refused = await register(platform, { name: 'wrong' });
    expect(reasonOf(refused, 'versions')).toBe(
      'the partner answered 403 to token A sent as Base64, and 403 to it sent raw: it does not know this token',
    );
    expect(await ledger(platform, 'wrong')).toEqual(['outgoing A pending']);
  });
});
