import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readVersionDetails } from '../../core/ocpi/version-details.ts';

const endpoint = (identifier: string, role?: string, path = identifier) => ({
  identifier,
  ...(role && { role }),
  url: `https://a.example/ocpi/${path}`,
});
const credentials = endpoint('credentials');
const details = (...endpoints: unknown[]) => ({
  version: '2.2.1',
  endpoints: [endpoint('credentials', 'SENDER'), ...endpoints],
});
const codes = (json: unknown, version = '2.2.1') =>
  readVersionDetails(json, version).findings.map(({ code, pointer }) => `${code} ${pointer}`);

describe('reading version details', () => {
  it('endpoints are kept, those of unknown modules too; the role of credentials is ignored', () => {
    const json = details(
      endpoint('locations', 'SENDER'),
      endpoint('locations', 'RECEIVER', 'rl'),
      endpoint('nltnm-tokens', 'SENDER'),
    );
    expect(readVersionDetails(json, '2.2.1')).toEqual({
      view: { version: '2.2.1', endpoints: [credentials, ...json.endpoints.slice(1)] },
      findings: [],
    });
  });

  it.each([['RECEIVER'], [undefined]])('credentials listed with role %s are as good as any', role => {
    const json = { version: '2.2.1', endpoints: [endpoint('credentials', role), endpoint('credentials', 'SENDER')] };
    expect(readVersionDetails(json, '2.2.1')).toEqual({
      view: { version: '2.2.1', endpoints: [credentials] },
      findings: [],
    });
  });

  it('another version than the one asked for is a warning', () => {
    const read = readVersionDetails({ ...details(), version: '2.2' }, '2.2.1');
    expect(read).toMatchObject({
      view: { version: '2.2' },
      findings: [{ code: 'version-details.version', severity: 'warning' }],
    });
    expect(readVersionDetails({ ...details(), version: undefined }, '2.2.1').view?.version).toBe('2.2.1');
    expect(codes({ ...details(), version: '2.2' }, '2.2')).toEqual([]);
  });

  it('a role is required from 2.2 on and ignored on 2.1.1', () => {
    const missing = readVersionDetails(details(endpoint('tokens')), '2.2.1');
    expect(missing.view?.endpoints).toHaveLength(2);
    expect(missing.findings).toMatchObject([{ code: 'version-details.role.missing', pointer: '/endpoints/1/role' }]);
    const old = readVersionDetails({ ...details(endpoint('tokens', 'SENDER')), version: '2.1.1' }, '2.1.1');
    expect(old.view?.endpoints).toEqual([credentials, endpoint('tokens')]);
    expect(old.findings).toMatchObject([{ code: 'version-details.role.unexpected', severity: 'note' }]);
  });

  it('a role in another case is read as meant, an unknown one is an error', () => {
    const read = readVersionDetails(details(endpoint('tokens', 'sender'), endpoint('cdrs', 'BOTH')), '2.2.1');
    expect(read.view?.endpoints.map(({ role }) => role)).toEqual([undefined, 'SENDER', undefined]);
    expect(read.findings.map(({ code }) => code)).toEqual(['enum.case', 'enum.undecidable']);
  });

  it('the same module and role twice is a warning, and the first is used', () => {
    const read = readVersionDetails(details(endpoint('cdrs', 'SENDER'), endpoint('CDRs', 'SENDER', 'other')), '2.2.1');
    expect(read.view?.endpoints).toEqual([credentials, endpoint('cdrs', 'SENDER')]);
    expect(read.findings).toMatchObject([{ code: 'version-details.duplicate', pointer: '/endpoints/2' }]);
  });

  it('unusable endpoints are skipped, each with an error', () => {
    const json = details(
      { identifier: 'cdrs', role: 'SENDER', url: '/ocpi/cdrs' },
      { identifier: 'tokens' },
      { url: 'https://a.example' },
      5,
    );
    expect(readVersionDetails(json, '2.2.1').view?.endpoints).toEqual([credentials]);
    expect(codes(json)).toEqual([
      'url.relative /endpoints/1/url',
      'version-details.endpoint /endpoints/2/url',
      'version-details.endpoint /endpoints/3/identifier',
      'version-details.endpoint /endpoints/4',
    ]);
    expect(readVersionDetails(json, '2.2.1').findings.every(({ severity }) => severity === 'error')).toBe(true);
  });

  it('without a credentials endpoint nobody can register', () => {
    expect(codes({ version: '2.2.1', endpoints: [] })).toEqual(['version-details.no-credentials /endpoints']);
  });

  it('a list of versions, or anything else, is no version details', () => {
    for (const json of [
      [{ version: '2.2.1', url: 'https://a.example' }],
      null,
      undefined,
      {},
      'x',
      { endpoints: {} },
    ]) {
      expect(codes(json)).toEqual(['version-details.not-an-object ']);
    }
  });

  it('never throws', () => {
    const entry = fc.record(
      { identifier: fc.jsonValue(), role: fc.jsonValue(), url: fc.jsonValue() },
      { requiredKeys: [] },
    );
    fc.assert(
      fc.property(
        fc.oneof(fc.jsonValue(), fc.record({ version: fc.jsonValue(), endpoints: fc.array(entry) })),
        json => {
          readVersionDetails(json, '2.2.1');
        },
      ),
    );
  });
});
