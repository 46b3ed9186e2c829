import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compileChecker, compilePatchChecker } from '../../core/ocpi/check.ts';
import { readDateTime } from '../../core/ocpi/date-time.ts';
import {
  bool,
  CiString,
  closedEnum,
  DateTimeText,
  decisiveEnum,
  list,
  listOne,
  OcpiString,
  ocpiInt,
  ocpiNumber,
  ocpiObject,
  openEnum,
  optional,
  Url,
} from '../../core/ocpi/schema.ts';
import { findType } from '../../core/ocpi/types.ts';
import { VERSIONS, type Version } from '../../core/ocpi/versions.ts';
import { fixture } from './fixtures.ts';

const Plug = ocpiObject('Plug', {
  id: CiString(5),
  standard: openEnum('PlugStandard', ['TYPE_2', 'CCS']),
  power: ocpiInt(3),
});
const Station = ocpiObject('Station', {
  id: CiString(5),
  name: optional(OcpiString(10)),
  secret: optional(OcpiString(4, { secret: true })),
  status: closedEnum('Status', ['OPEN', 'CLOSED']),
  decision: optional(decisiveEnum('Decision', ['YES', 'NO'])),
  price: optional(ocpiNumber()),
  publish: optional(bool()),
  website: optional(Url()),
  main: optional(Plug),
  plugs: listOne(Plug),
  spare: list(Plug),
  tags: list(OcpiString(8)),
  last_updated: DateTimeText(),
});
const check = compileChecker(Station);

const plug = { id: 'P1', standard: 'TYPE_2', power: 22 };
const good = { id: 'S1', status: 'OPEN', plugs: [plug], last_updated: '2026-01-31T12:00:00Z' };

function found(value: unknown, version: Version = '2.2.1') {
  const { view, findings } = check(value, { version });
  return { view, findings: findings.map(({ code, pointer }) => `${code} ${pointer}`) };
}

describe('checking an object', () => {
  it('a good object is its own view, without a finding', () => {
    const full = {
      ...good,
      name: 'Köln',
      price: 0.1,
      publish: true,
      website: 'https://a.example',
      main: plug,
      tags: ['a'],
    };
    for (const value of [good, full]) {
      const { view, findings } = check(value, { version: '2.2.1' });
      expect(view).toBe(value);
      expect(findings).toEqual([]);
    }
  });

  it('null is the same as absent for optional fields and lists', () => {
    expect(found({ ...good, name: null, spare: null, main: null }).findings).toEqual([]);
  });

  it('a missing or null required field is an error, and there is no view', () => {
    const { id: _, ...rest } = good;
    expect(found(rest)).toEqual({ view: undefined, findings: ['field.missing /id'] });
    expect(found({ ...good, id: null })).toEqual({ view: undefined, findings: ['field.null /id'] });
    expect(found({ ...good, plugs: null }).view).toBeUndefined();
  });

  it('everything that is wrong is told at once, with its place', () => {
    const value = {
      id: true,
      plugs: [{ ...plug, power: 'x' }, plug, { ...plug, id: undefined }],
      last_updated: 'never',
    };
    expect(found(value).findings).toEqual([
      'type.mismatch /id',
      'field.missing /status',
      'type.mismatch /plugs/0/power',
      'field.missing /plugs/2/id',
      'date-time.unusable /last_updated',
    ]);
  });

  it('what is wrong inside an optional field costs only that field', () => {
    const { view, findings } = found({ ...good, main: { id: 'P' }, price: 'much', last_updated: good.last_updated });
    expect(findings).toEqual(['type.mismatch /price', 'field.missing /main/standard', 'field.missing /main/power']);
    expect(view).toEqual(good);
  });

  it('a broken element costs a list that may be absent only that element', () => {
    const { view, findings } = found({ ...good, spare: [plug, {}, plug, null] });
    expect(findings).toContain('field.missing /spare/1/id');
    expect(findings).toContain('type.mismatch /spare/3');
    expect(view?.spare).toEqual([plug, plug]);
  });

  it('a broken element costs a list that must be there the whole object', () => {
    expect(found({ ...good, plugs: [plug, {}] }).view).toBeUndefined();
  });

  it('unknown fields are notes before 2.3.0 and nothing from then on', () => {
    const value = { ...good, 'x/y~z': 1, plugs: [{ ...plug, extra: null }] };
    expect(found(value, '2.2.1').findings).toEqual(['field.unknown /plugs/0/extra', 'field.unknown /x~1y~0z']);
    expect(check(value, { version: '2.2.1' }).findings.every(({ severity }) => severity === 'note')).toBe(true);
    expect(found(value, '2.3.0')).toEqual({ view: value, findings: [] });
  });

  it('something else than an object is a mismatch', () => {
    for (const value of [null, 5, 'x', [], undefined]) expect(found(value).findings).toEqual(['type.mismatch ']);
  });

  it('the pointer of the context stands before every pointer', () => {
    expect(check({ ...good, id: 5 }, { version: '2.2.1', pointer: '/data/3' }).findings[0]?.pointer).toBe('/data/3/id');
  });
});

describe('coercing what partners send', () => {
  it('a number where text is due is read as its digits, in a copy', () => {
    const value = { ...good, name: 3 };
    expect(found(value)).toMatchObject({ view: { name: '3' }, findings: ['type.number-for-string /name'] });
    expect(value.name).toBe(3);
  });

  it('numbers and booleans in quotes are read as what they say', () => {
    const { view, findings } = found({ ...good, price: '2.00', publish: 'false', main: { ...plug, power: '22' } });
    expect(view).toMatchObject({ price: 2, publish: false, main: { power: 22 } });
    expect(findings).toEqual([
      'type.string-for-number /price',
      'type.string-for-boolean /publish',
      'type.string-for-number /main/power',
    ]);
  });

  it('a whole number with a fraction or too many digits is kept with a warning', () => {
    expect(found({ ...good, main: { ...plug, power: 22.5 } }).findings).toEqual(['number.not-integer /main/power']);
    expect(found({ ...good, main: { ...plug, power: 1000 } }).findings).toEqual(['number.too-many-digits /main/power']);
    expect(found({ ...good, main: { ...plug, power: 999 } }).findings).toEqual([]);
  });

  it('a single value where a list is due is read as a list of one', () => {
    expect(found({ ...good, tags: 'a' })).toMatchObject({ view: { tags: ['a'] }, findings: ['list.single /tags'] });
    expect(found({ ...good, plugs: plug })).toMatchObject({
      view: { plugs: [plug] },
      findings: ['list.single /plugs'],
    });
  });

  it('an empty list where one element is due is a warning', () => {
    expect(found({ ...good, plugs: [] })).toMatchObject({ view: { plugs: [] }, findings: ['list.empty /plugs'] });
  });
});

describe('checking texts', () => {
  it('over-long text is kept with a warning, characters counted, not code units', () => {
    expect(found({ ...good, name: '⚡🔌⚡🔌⚡🔌⚡🔌⚡🔌' }).findings).toEqual([]);
    expect(found({ ...good, name: 'a'.repeat(11) })).toMatchObject({
      view: { name: 'a'.repeat(11) },
      findings: ['text.too-long /name'],
    });
  });

  it('#NA is accepted whatever the length of the field', () => {
    const checker = compileChecker(ocpiObject('Party', { country_code: CiString(2) }));
    expect(checker({ country_code: '#NA' }, { version: '2.2.1' }).findings).toEqual([]);
  });

  it('line breaks are warnings; letters outside ASCII are notes where ASCII is due', () => {
    expect(found({ ...good, name: 'a\nb' }).findings).toEqual(['text.control-characters /name']);
    expect(found({ ...good, id: 'é' }).findings).toEqual(['text.not-ascii /id']);
    expect(found({ ...good, name: 'é' }, '2.2.1').findings).toEqual([]);
    expect(found({ ...good, name: 'é' }, '2.1.1').findings).toEqual(['text.not-ascii /name']);
  });

  it('a required text that is empty, or blank, is a warning; one that may be missing may be empty', () => {
    expect(found({ ...good, id: '' })).toEqual({ view: { ...good, id: '' }, findings: ['text.empty /id'] });
    expect(found({ ...good, id: '  ' }).findings).toEqual(['text.empty /id']);
    expect(found({ ...good, name: '', tags: [''] }).findings).toEqual([]);
    expect(found({ ...good, plugs: [{ ...plug, id: '', standard: '' }] }).findings).toEqual([
      'text.empty /plugs/0/id',
      'text.empty /plugs/0/standard',
    ]);
    // An enum that knows its values says so itself.
    expect(found({ ...good, status: '' }).findings).toEqual(['enum.unknown /status']);
    expect(compilePatchChecker(Plug)({ id: '' }, { version: '2.1.1' }).findings).toMatchObject([
      { code: 'text.empty' },
    ]);
  });

  it.each(VERSIONS)('a Location of %s without a word in its required texts is warned about, and taken', version => {
    const type = findType(version, 'Location');
    if (type === undefined) throw new Error('no Location');
    const empty = { ...fixture(version, 'Location'), id: '', address: '', city: '' };
    const { view, findings } = compileChecker(type.schema)(empty, { version });
    expect(view).toMatchObject({ id: '', address: '', city: '' });
    expect(findings.map(({ code, severity, pointer }) => `${severity} ${code} ${pointer}`)).toEqual([
      'warning text.empty /id',
      'warning text.empty /address',
      'warning text.empty /city',
    ]);
  });

  it('a secret is never quoted', () => {
    const secrets = ['verysecretvalue', 'ver\u0000secretvalue', 123456789, ['secretvalue'], { a: 'secretvalue' }];
    for (const secret of secrets) {
      const { findings } = check({ ...good, secret }, { version: '2.2.1' });
      expect(findings.length).toBeGreaterThan(0);
      expect(JSON.stringify(findings)).not.toMatch(/secretvalue|123456/);
    }
  });

  it('unusable URLs are kept with a warning', () => {
    expect(found({ ...good, website: 'someNewURL' })).toMatchObject({
      view: { website: 'someNewURL' },
      findings: ['url.unusable /website'],
    });
    expect(found({ ...good, website: 5 }).findings).toEqual(['type.mismatch /website']);
  });

  it('readable dates are kept as sent', () => {
    expect(found({ ...good, last_updated: '2026-01-31T12:00:00+02:00' })).toMatchObject({
      view: { last_updated: '2026-01-31T12:00:00+02:00' },
      findings: ['date-time.offset /last_updated'],
    });
    expect(found({ ...good, last_updated: '2026-02-30T12:00:00Z' }).view).toBeUndefined();
    expect(found({ ...good, last_updated: '2024-02-29T12:00:00.12345Z' }).findings).toEqual([
      'date-time.too-long /last_updated',
    ]);
  });
});

describe('checking dates', () => {
  it('the quick look at a date finds exactly what the careful one finds', () => {
    const checker = compileChecker(ocpiObject('Moment', { at: DateTimeText() }));
    const number = (max: number) => fc.nat({ max }).map(value => String(value).padStart(2, '0'));
    const text = fc
      .tuple(fc.constantFrom('2023', '2024'), number(14), number(33), number(25), number(61), number(61))
      .chain(([year, month, day, hour, minute, second]) =>
        fc
          .constantFrom('', 'Z', '.5Z', '.12345Z', '.123456', '+00:00')
          .map(rest => `${year}-${month}-${day}T${hour}:${minute}:${second}${rest}`),
      );
    fc.assert(
      fc.property(text, fc.constantFrom(...VERSIONS), (at, version) => {
        const { view, findings } = checker({ at }, { version });
        const careful = readDateTime(at, version, '/at');
        expect(findings).toEqual(careful.findings);
        expect(view !== undefined).toBe(careful.epochMs !== undefined);
      }),
      { numRuns: 2000 },
    );
  });
});

describe('checking enums', () => {
  it('an unknown value is kept: with a warning where the list is closed, silently where it is open', () => {
    expect(found({ ...good, status: 'BROKEN' })).toMatchObject({
      view: { status: 'BROKEN' },
      findings: ['enum.unknown /status'],
    });
    expect(found({ ...good, main: { ...plug, standard: 'MCS' } })).toMatchObject({ findings: [] });
  });

  it('an unknown value on which behaviour depends is an error', () => {
    const { view, findings } = found({ ...good, decision: 'MAYBE' });
    expect(findings).toEqual(['enum.undecidable /decision']);
    expect(view).toEqual(good);
  });

  it('another case is read as the value meant', () => {
    expect(found({ ...good, status: 'Open' })).toMatchObject({
      view: { status: 'OPEN' },
      findings: ['enum.case /status'],
    });
    expect(found({ ...good, decision: 'yes' })).toMatchObject({ view: { decision: 'YES' } });
  });
});

describe('any JSON value', () => {
  const mutated = fc
    .record({
      key: fc.constantFrom(...Object.keys(Station.shape), '__proto__', 'constructor', 'x'),
      value: fc.oneof(fc.jsonValue(), fc.constantFrom(plug, [plug], 'OPEN', '1', {}, [])),
    })
    .map(({ key, value }) => Object.fromEntries([...Object.entries(good), [key, value]]));

  it('is checked without a throw and without being changed', () => {
    fc.assert(
      fc.property(fc.oneof(fc.jsonValue(), mutated), fc.constantFrom(...VERSIONS), (value, version) => {
        const before = JSON.stringify(value);
        const { view, findings } = check(value, { version });
        expect(JSON.stringify(value)).toBe(before);
        if (view === undefined) expect(findings.some(({ severity }) => severity === 'error')).toBe(true);
      }),
    );
  });

  it('a view that is checked again is its own view and has no errors', () => {
    fc.assert(
      fc.property(mutated, value => {
        const { view } = check(value, { version: '2.2.1' });
        if (view === undefined) return;
        const again = check(view, { version: '2.2.1' });
        expect(again.view).toBe(view);
        expect(again.findings.filter(({ severity }) => severity === 'error')).toEqual([]);
      }),
    );
  });
});
