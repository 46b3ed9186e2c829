import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { catalogue } from '../../core/ocpi/catalogue.ts';
import { type CredentialsView, readCredentials, writeCredentials } from '../../core/ocpi/credentials.ts';
import { VERSIONS, type Version } from '../../core/ocpi/versions.ts';

const flat = {
  token: 'secret-token-of-ours',
  url: 'https://a.example/ocpi/versions',
  business_details: { name: 'Example Operator' },
  party_id: 'EXA',
  country_code: 'NL',
};
const role = { role: 'CPO', business_details: { name: 'Example Operator' }, party_id: 'EXA', country_code: 'NL' };
const roles = { token: flat.token, url: flat.url, roles: [role] };

const codes = (json: unknown, version: Version) => readCredentials(json, version).findings.map(({ code }) => code);

describe('reading credentials', () => {
  it('every version is read into one shape', () => {
    const party = { countryCode: 'NL', partyId: 'EXA', businessDetails: { name: 'Example Operator' } };
    const common = { token: flat.token, url: flat.url };
    expect(readCredentials(flat, '2.1.1')).toEqual({ view: { ...common, roles: [party] }, findings: [] });
    expect(readCredentials(roles, '2.2.1')).toEqual({
      view: { ...common, roles: [{ role: 'CPO', ...party }] },
      findings: [],
    });
    expect(readCredentials({ ...roles, hub_party_id: 'NLHUB' }, '2.3.0')).toEqual({
      view: { ...common, roles: [{ role: 'CPO', ...party }], hubPartyId: 'NLHUB' },
      findings: [],
    });
  });

  it('the shape of 2.1.1 on a newer version, and the reverse, is read with a warning', () => {
    const old = readCredentials(flat, '2.2.1');
    expect(old.view?.roles).toMatchObject([{ countryCode: 'NL', partyId: 'EXA' }]);
    expect(old.findings).toMatchObject([{ code: 'credentials.flat', severity: 'warning' }]);
    const newer = readCredentials(roles, '2.1.1');
    expect(newer.view?.roles).toMatchObject([{ role: 'CPO', countryCode: 'NL', partyId: 'EXA' }]);
    expect(newer.findings).toMatchObject([{ code: 'credentials.roles-on-2-1-1', severity: 'warning' }]);
  });

  it('credentials wrapped in an envelope are unwrapped with a warning', () => {
    const read = readCredentials({ data: { ...roles, url: 'x' }, status_code: 1000 }, '2.2.1');
    expect(read.findings.map(({ code, pointer }) => `${code} ${pointer}`)).toEqual([
      'credentials.enveloped ',
      'url.unusable /data/url',
    ]);
    expect(readCredentials({ data: roles }, '2.2.1').view).toBeDefined();
  });

  it('HUB on 2.3.0 and roles nobody knows are kept with a warning', () => {
    for (const name of ['HUB', 'PTP']) {
      const read = readCredentials({ ...roles, roles: [{ ...role, role: name }] }, '2.3.0');
      expect(read).toMatchObject({
        view: { roles: [{ role: name }] },
        findings: [{ code: 'enum.unknown', severity: 'warning' }],
      });
    }
    expect(codes({ ...roles, roles: [{ ...role, role: 'HUB' }] }, '2.2.1')).toEqual([]);
  });

  it('a partner without business details, or with broken ones, can be worked with', () => {
    const { business_details: _, ...bare } = role;
    const without = readCredentials({ ...roles, roles: [bare] }, '2.2.1');
    expect(without).toMatchObject({
      view: { roles: [{ partyId: 'EXA' }] },
      findings: [
        { code: 'credentials.business-details.missing', severity: 'warning', pointer: '/roles/0/business_details' },
      ],
    });
    const broken = readCredentials(
      { ...flat, business_details: { name: 'X', logo: { url: 'https://a.example' } } },
      '2.1.1',
    );
    expect(broken.view?.roles[0]?.businessDetails).toEqual({ name: 'X' });
    expect(broken.findings.every(({ pointer }) => pointer.startsWith('/business_details/logo/'))).toBe(true);
  });

  it.each([
    ['no token', { ...roles, token: undefined }, 'field.missing'],
    ['a null token', { ...roles, token: null }, 'field.null'],
    ['an empty token', { ...roles, token: '' }, 'credentials.token.empty'],
    ['a token of blanks', { ...roles, token: '   ' }, 'credentials.token.empty'],
    ['a token with a line feed', { ...roles, token: 'abc\n' }, 'credentials.token.characters'],
    ['no URL', { ...roles, url: undefined }, 'field.missing'],
    ['a relative URL', { ...roles, url: '/ocpi/versions' }, 'url.relative'],
    ['no parties', { ...roles, roles: [] }, 'credentials.no-party'],
    ['no roles at all', { token: flat.token, url: flat.url }, 'field.missing'],
    ['a role without a party', { ...roles, roles: [{ role: 'CPO' }] }, 'field.missing'],
  ])('with %s the registration cannot go on', (_, json, code) => {
    const { view, findings } = readCredentials(json, '2.2.1');
    expect(view).toBeUndefined();
    expect(findings.filter(({ severity }) => severity === 'error').map(found => found.code)).toContain(code);
  });

  it.each([
    ['an over-long token', { ...roles, token: 'x'.repeat(65) }, 'text.too-long'],
    ['a token with a blank', { ...roles, token: 'a b' }, 'credentials.token.characters'],
    ['a token with an accent', { ...roles, token: 'é' }, 'credentials.token.characters'],
    ['a token that looks encoded', { ...roles, token: 'ZXhhbXBsZS10b2tlbg==' }, 'credentials.token.looks-encoded'],
    ['a party id that is too long', { ...roles, roles: [{ ...role, party_id: 'INF12' }] }, 'text.too-long'],
    ['the same party twice', { ...roles, roles: [role, { ...role, party_id: 'exa' }] }, 'credentials.roles.duplicate'],
  ])('%s is read with a finding', (_, json, code) => {
    const { view, findings } = readCredentials(json, '2.2.1');
    expect(view).toBeDefined();
    expect(findings.map(found => found.code)).toEqual([code]);
    expect(findings[0]?.severity).not.toBe('error');
  });

  it('the same party in two roles, and one role with two parties, are fine', () => {
    const list = [role, { ...role, role: 'EMSP' }, { ...role, party_id: 'EXB' }];
    expect(codes({ ...roles, roles: list }, '2.2.1')).toEqual([]);
  });

  it('no finding quotes the token', () => {
    const tokens = [
      'verysecret'.repeat(9),
      'very secret',
      'verysecret\n',
      'véry-secret',
      ['verysecret'],
      'dmVyeXNlY3JldA==',
    ];
    for (const token of tokens) {
      const text = JSON.stringify(readCredentials({ ...roles, token }, '2.2.1').findings);
      expect(text).not.toBe('[]');
      expect(text).not.toMatch(/very|véry|dmVy/);
    }
  });

  it('what is no object is no credentials', () => {
    for (const json of [null, undefined, [], 'token', 5])
      expect(codes(json, '2.2.1')).toEqual(['credentials.not-an-object']);
    expect(JSON.stringify(readCredentials('secret-token', '2.2.1'))).not.toContain('secret-token');
  });

  it('a token that is no text is told, even one that cannot be made a text', () => {
    for (const token of [{ toString: 0 }, ['a'], true, {}]) {
      expect(codes({ ...flat, token }, '2.1.1')).toEqual(['type.mismatch']);
    }
  });

  it('never throws', () => {
    const near = fc.record(
      {
        token: fc.jsonValue(),
        url: fc.jsonValue(),
        roles: fc.jsonValue(),
        party_id: fc.jsonValue(),
        country_code: fc.jsonValue(),
        data: fc.jsonValue(),
      },
      { requiredKeys: [] },
    );
    fc.assert(
      fc.property(fc.oneof(fc.jsonValue(), near), fc.constantFrom(...VERSIONS), (json, version) => {
        const { view, findings } = readCredentials(json, version);
        if (!view) expect(findings.some(({ severity }) => severity === 'error')).toBe(true);
      }),
    );
  });
});

describe('writing credentials', () => {
  const view: CredentialsView = {
    token: 'abc',
    url: 'https://a.example/ocpi/versions',
    roles: [
      {
        role: 'CPO',
        countryCode: 'NL',
        partyId: 'EXA',
        businessDetails: { name: 'Example', website: 'https://a.example' },
      },
      { role: 'EMSP', countryCode: 'NL', partyId: 'EXA' },
    ],
    hubPartyId: 'NLHUB',
  };

  it.each(VERSIONS)('what is written for %s is read back, and satisfies the table of that version', version => {
    const json = writeCredentials(view, version);
    const read = readCredentials(JSON.parse(JSON.stringify(json)), version);
    expect(read.findings).toEqual([]);
    expect(read.view?.roles).toHaveLength(version === '2.1.1' ? 1 : 2);
    expect(read.view?.hubPartyId).toBe(version === '2.3.0' ? 'NLHUB' : undefined);
    const entry = catalogue(version).find(({ id }) => id === 'credentials.post');
    expect(entry?.request?.[version]?.(json, { version }).findings).toEqual([]);
  });

  it('2.1.1 has no place for a second party, and none without one', () => {
    expect(writeCredentials(view, '2.1.1')).toMatchObject({ party_id: 'EXA', country_code: 'NL' });
    expect(() => writeCredentials({ ...view, roles: [] }, '2.1.1')).toThrow(RangeError);
  });
});
