import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readDateTime, writeDateTime } from '../../core/ocpi/date-time.ts';
import { VERSIONS } from '../../core/ocpi/versions.ts';

const codes = (text: string, version: (typeof VERSIONS)[number] = '2.2.1') =>
  readDateTime(text, version).findings.map(({ code }) => code);

describe('reading a date and time', () => {
  it.each([
    ['2015-06-29T20:39:09Z', '2015-06-29T20:39:09.000Z'],
    ['2015-06-29T20:39:09', '2015-06-29T20:39:09.000Z'],
    ['2016-12-29T17:45:09.2Z', '2016-12-29T17:45:09.200Z'],
    ['2018-01-01T01:08:01.123', '2018-01-01T01:08:01.123Z'],
    ['2024-02-29T00:00:00Z', '2024-02-29T00:00:00.000Z'],
    ['1970-1-1T00:00:00Z', '1970-01-01T00:00:00.000Z'],
  ])('%s is accepted without a finding', (text, moment) => {
    expect(readDateTime(text, '2.2.1')).toEqual({ epochMs: Date.parse(moment), findings: [] });
  });

  it.each([
    ['2018-01-01T12:00:00+02:00', '2018-01-01T10:00:00Z', ['date-time.offset']],
    ['2018-01-01T12:00:00-0530', '2018-01-01T17:30:00Z', ['date-time.offset']],
    ['2018-01-01T12:00:00+00:00', '2018-01-01T12:00:00Z', ['date-time.offset']],
    ['2018-01-01T12:00Z', '2018-01-01T12:00:00Z', ['date-time.spelling']],
    ['2018-01-01 12:00:00Z', '2018-01-01T12:00:00Z', ['date-time.spelling']],
    ['2018-01-01t12:00:00z', '2018-01-01T12:00:00Z', ['date-time.spelling']],
    ['2018-1-01T12:00:00Z', '2018-01-01T12:00:00Z', ['date-time.spelling']],
    ['2018-01-01T01:08:01.123456Z', '2018-01-01T01:08:01.123Z', ['date-time.too-long']],
    ['2018-01-01T01:08:01.123+01:00', '2018-01-01T00:08:01.123Z', ['date-time.offset', 'date-time.too-long']],
  ])('%s is read with a warning', (text, moment, expected) => {
    expect(readDateTime(text, '2.2.1').epochMs).toBe(Date.parse(moment));
    expect(codes(text)).toEqual(expected);
  });

  it('+00:00 is UTC on 2.1.1, which is ISO 8601', () => {
    expect(codes('2018-01-01T12:00:00+00:00', '2.1.1')).toEqual([]);
    expect(codes('2018-01-01T12:00:00+01:00', '2.1.1')).toEqual(['date-time.offset']);
  });

  it.each([
    '2015-06-29T17:17:66Z',
    '2025-03-23T23:59:99Z',
    '2015-06-29T23:59:60Z',
    '2015-06-29T24:00:00Z',
    '2015-02-30T00:00:00Z',
    '2023-02-29T00:00:00Z',
    '2015-13-01T00:00:00Z',
    '2015-00-01T00:00:00Z',
    '2015-06-29',
    '2015-06-29T20:39:09+24:00',
    'yesterday',
    '',
  ])('%j is rejected', text => {
    expect(readDateTime(text, '2.2.1').epochMs).toBeUndefined();
    expect(codes(text)).toEqual(['date-time.unusable']);
  });

  it('the finding carries the pointer of the field', () => {
    expect(readDateTime('never', '2.2.1', '/last_updated').findings[0]?.pointer).toBe('/last_updated');
  });
});

describe('writing a date and time', () => {
  it('a moment is written in UTC without a fraction', () => {
    expect(writeDateTime(Date.parse('2026-01-31T12:00:00.999Z'))).toBe('2026-01-31T12:00:00Z');
  });

  it('what is written is read back to the same second, without a finding, in every version', () => {
    const earliest = Date.UTC(1, 0, 1);
    fc.assert(
      fc.property(
        fc.integer({ min: earliest, max: Date.UTC(9999, 11, 31) }),
        fc.constantFrom(...VERSIONS),
        (ms, version) => {
          const read = readDateTime(writeDateTime(ms), version);
          expect(read).toEqual({ epochMs: Math.floor(ms / 1000) * 1000, findings: [] });
        },
      ),
    );
  });

  it('a fraction of any length changes the milliseconds only', () => {
    fc.assert(
      fc.property(fc.stringMatching(/^\d{1,12}$/), fraction => {
        const { epochMs } = readDateTime(`2020-05-05T05:05:05.${fraction}Z`, '2.2.1');
        expect(epochMs).toBe(Date.UTC(2020, 4, 5, 5, 5, 5) + Math.floor(Number(`0.${fraction}`) * 1000 + 1e-9));
      }),
    );
  });

  it('reading never throws', () => {
    fc.assert(fc.property(fc.string(), text => void readDateTime(text, '2.3.0')));
  });
});
