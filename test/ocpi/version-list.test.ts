import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { highestCommon, readVersions } from '../../core/ocpi/version-list.ts';
import { VERSIONS } from '../../core/ocpi/versions.ts';

const url = (version: string) => `https://a.example/ocpi/${version}`;
const offer = (...versions: string[]) => versions.map(version => ({ version, url: url(version) }));
const codes = (json: unknown) => readVersions(json).findings.map(({ code, pointer }) => `${code} ${pointer}`);

describe('reading a list of versions', () => {
  it('versions nobody has heard of are kept, without a finding', () => {
    const list = offer('1.9', '2.1.1', '2.2', '2.2.1', '2.3.0', '3.0');
    expect(readVersions(list)).toEqual({ view: list, findings: [] });
  });

  it('unusable entries are skipped, each with a finding', () => {
    const json = [
      ...offer('2.1.1'),
      null,
      { version: '2.2.1' },
      { url: url('x') },
      { version: '2.3.0', url: '/ocpi/2.3.0' },
    ];
    expect(readVersions(json).view).toEqual(offer('2.1.1'));
    expect(codes(json)).toEqual([
      'versions.entry /1',
      'versions.entry /2/url',
      'versions.entry /3/version',
      'url.relative /4/url',
    ]);
  });

  it('the broken URL of a version that is not spoken here is only noted', () => {
    expect(readVersions([{ version: '3.0', url: 'x/y' }]).findings[0]).toMatchObject({
      code: 'url.relative',
      severity: 'note',
    });
    expect(readVersions([{ version: '2.2', url: 'x/y' }]).findings[0]).toMatchObject({ severity: 'error' });
  });

  it('a version written as a number is read with a warning', () => {
    const read = readVersions([{ version: 2.2, url: url('2.2') }]);
    expect(read).toMatchObject({
      view: [{ version: '2.2' }],
      findings: [{ code: 'versions.number', severity: 'warning' }],
    });
  });

  it('of a version listed twice the first is used', () => {
    const read = readVersions([...offer('2.2.1'), { version: '2.2.1', url: 'https://b.example' }]);
    expect(read.view).toEqual(offer('2.2.1'));
    expect(read.findings.map(({ code }) => code)).toEqual(['versions.duplicate']);
  });

  it('version details where a list is due are taken for a list of that one version', () => {
    const read = readVersions({ version: '2.2.1', endpoints: [] }, 'https://a.example/v');
    expect(read.view).toEqual([{ version: '2.2.1', url: 'https://a.example/v' }]);
    expect(read.findings).toMatchObject([{ code: 'versions.details-for-list', severity: 'warning' }]);
    expect(readVersions({ version: '2.2.1', endpoints: [] }).view).toBeUndefined();
  });

  it('anything else is no list, and an empty list offers nothing', () => {
    for (const json of [null, undefined, {}, 'x', 5]) expect(codes(json)).toEqual(['versions.not-a-list ']);
    expect(codes([])).toEqual(['versions.empty ']);
  });

  it('never throws', () => {
    fc.assert(
      fc.property(
        fc.oneof(fc.jsonValue(), fc.array(fc.record({ version: fc.jsonValue(), url: fc.jsonValue() }))),
        json => {
          const { view } = readVersions(json, 'https://a.example');
          for (const entry of view ?? []) expect(URL.canParse(entry.url)).toBe(true);
        },
      ),
    );
  });
});

describe('choosing a version', () => {
  it('the highest version both speak is chosen, whatever the order of the list', () => {
    fc.assert(
      fc.property(
        fc.shuffledSubarray([...VERSIONS], { minLength: 1 }),
        fc.subarray([...VERSIONS], { minLength: 1 }),
        (theirs, ours) => {
          const common = highestCommon(ours, offer('1.9', ...theirs, '3.0'));
          const expected = VERSIONS.findLast(version => theirs.includes(version) && ours.includes(version));
          expect(common.ok ? common.spokenAs : undefined).toBe(expected);
          if (common.ok)
            expect(common).toMatchObject({ number: common.spokenAs, url: url(common.number), findings: [] });
        },
      ),
    );
  });

  it('a partner that offers only 2.2 is spoken to with the shapes of 2.2.1, with a finding', () => {
    expect(highestCommon(VERSIONS, offer('2.0', '2.2'))).toMatchObject({
      ok: true,
      number: '2.2',
      spokenAs: '2.2.1',
      url: url('2.2'),
      findings: [{ code: 'versions.near' }],
    });
  });

  it('2.2.1 goes before 2.2, and a version shared exactly before 2.2 too', () => {
    expect(highestCommon(VERSIONS, offer('2.2', '2.2.1'))).toMatchObject({ number: '2.2.1', findings: [] });
    expect(highestCommon(VERSIONS, offer('2.2', '2.1.1'))).toMatchObject({ number: '2.1.1' });
    expect(highestCommon(VERSIONS, offer('2.2', '2.1.1'), '2.2')).toMatchObject({ number: '2.2', spokenAs: '2.2.1' });
    expect(highestCommon(VERSIONS, offer('2.2', '2.1.1'), '2.2.1')).toMatchObject({ number: '2.2' });
  });

  it('the version asked for goes before a higher one', () => {
    expect(highestCommon(VERSIONS, offer(...VERSIONS), '2.1.1')).toMatchObject({ number: '2.1.1', spokenAs: '2.1.1' });
  });

  it('where there is none, the reason names what both sides speak', () => {
    expect(highestCommon(['2.1.1', '2.2.1'], offer('2.0', '2.1'))).toEqual({
      ok: false,
      reason:
        'the partner offers 2.0 and 2.1, this platform speaks 2.1.1 and 2.2.1: no version in common; 2.1 is not 2.1.1',
    });
    expect(highestCommon(['2.2.1'], offer('2.1.1', '2.2.1'), '2.3.0')).toEqual({
      ok: false,
      reason: 'version 2.3.0 was asked for, this platform speaks 2.2.1',
    });
    expect(highestCommon(VERSIONS, offer('2.1'), '2.1.1')).toEqual({
      ok: false,
      reason: 'version 2.1.1 was asked for, the partner offers 2.1; 2.1 is not 2.1.1',
    });
    expect(highestCommon(VERSIONS, [])).toMatchObject({ reason: expect.stringContaining('offers no version') });
  });
});
