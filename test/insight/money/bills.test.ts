import { describe, expect, it } from 'vitest';
import { amountOf, differenceOf, written } from '../../../core/insight/money/amounts.ts';
import { billIn, billOf, locationIn, tariffsIn } from '../../../core/insight/money/bill-text.ts';
import { creditOf } from '../../../core/insight/money/credit.ts';
import { connectorTariffs, inOrderFor, namedTariffs, textAt } from '../../../core/insight/money/known-tariffs.ts';
import { zoneFor } from '../../../core/insight/money/zone.ts';
import { VERSIONS } from '../../../core/ocpi/versions.ts';
import { fixture } from '../../ocpi/fixtures.ts';
import { cdr, minute, NOON } from './pieces.ts';

const failureOf = (outcome: { ok: boolean; failure?: { message: string; advice: string } }) =>
  outcome.ok ? undefined : outcome.failure?.message;

describe('JSON that is to be priced', () => {
  it.each(VERSIONS)('is told as a session or CDR of OCPI %s by its fields', version => {
    for (const [type, kind] of [['CDR', 'cdr'] as const, ['Session', 'session'] as const]) {
      const object = fixture(version, type);
      expect(billIn(JSON.stringify(object))).toMatchObject({ ok: true, value: { kind, version } });
      const answer = { data: [object], status_code: 1000, timestamp: minute(0) };
      for (const text of [JSON.stringify(answer), `\ufeff${JSON.stringify([object])}`]) {
        expect(billIn(text)).toMatchObject({ ok: true, value: { kind, version, bill: object } });
      }
      expect(billIn(JSON.stringify(object), '2.3.0')).toMatchObject({ value: { version: '2.3.0' } });
    }
  });

  it('is refused with what it is instead', () => {
    const messages = ['', '{', '[]', '[1,2]', '7', '{"id":"T1","elements":[]}', '{"data":null,"status_code":2001}'].map(
      text => failureOf(billIn(text)),
    );
    expect(messages).toEqual([
      'what is to be priced is empty',
      expect.stringMatching(/^what is to be priced is no JSON: /),
      'there are 0 objects in the list, and one is to be priced',
      'there are 2 objects in the list, and one is to be priced',
      'there is 7, no object',
      'this is neither a session nor a CDR: it is an object with id, elements',
      'there is null, no object',
    ]);
    expect(billOf(undefined, { kind: 'cdr' })).toMatchObject({ ok: false, failure: { code: 'INVALID_INPUT' } });
  });

  it('comes with tariffs, one or several, each of which has elements', () => {
    const tariff = fixture('2.2.1', 'Tariff');
    for (const text of [tariff, [tariff], { data: [tariff], status_code: 1000 }].map(one => JSON.stringify(one))) {
      expect(tariffsIn(text)).toEqual({ ok: true, value: [tariff] });
    }
    expect(failureOf(tariffsIn('[]'))).toBe('the list of tariffs is empty');
    expect(failureOf(tariffsIn(JSON.stringify([tariff, { id: 'X' }])))).toBe(
      'number 2 of the tariffs is no tariff: it is an object with id',
    );
    expect(failureOf(tariffsIn('"x"'))).toBe('what is given as tariff is no tariff: it is "x"');
  });

  it('comes with a location', () => {
    const location = fixture('2.2.1', 'Location');
    expect(locationIn(JSON.stringify([location]))).toEqual({ ok: true, value: location });
    expect(failureOf(locationIn('{"id":"L1"}'))).toBe('what is given as location is none: it is an object with id');
  });
});

describe('the time zone of a bill', () => {
  const bill = cdr({ cdr_location: { id: 'L1', country: 'NLD' } });
  const known = { location: { id: 'L1', time_zone: 'Europe/Amsterdam' }, whose: 'of acme' };

  it('is the one asked for, before the given location, the one in it, the known one, the country, and UTC', () => {
    const given = { time_zone: 'Europe/Oslo' };
    const old = { location: { id: 'L1', time_zone: 'Europe/Rome' } };
    const zones = [
      zoneFor({ bill, asked: 'Europe/Paris', given, known }),
      zoneFor({ bill, given, known }),
      zoneFor({ bill: old, known }),
      zoneFor({ bill, known }),
      zoneFor({ bill }),
      zoneFor({ bill: cdr({ cdr_location: { country: 'USA' } }) }),
    ].map(zone => (zone.ok ? zone.value : zone.failure));
    expect(zones).toEqual([
      { name: 'Europe/Paris', from: 'asked', said: 'as asked for' },
      { name: 'Europe/Oslo', from: 'location', said: 'as the given location says' },
      { name: 'Europe/Rome', from: 'location', said: 'as the location in it says' },
      { name: 'Europe/Amsterdam', from: 'location', said: 'as location L1 of acme says' },
      { name: 'Europe/Amsterdam', from: 'country', said: 'the only one of its country, NLD' },
      { name: 'UTC', from: 'assumed', said: 'assumed: nothing tells the zone of the location' },
    ]);
  });

  it('has to be one that there is, where the operator says it; what a partner has wrong is passed over', () => {
    expect(failureOf(zoneFor({ bill, asked: 'Oslo' }))).toBe('"Oslo" is no time zone');
    expect(failureOf(zoneFor({ bill, given: { time_zone: 'CET+1' } }))).toContain('names the time zone "CET+1"');
    const wrong = { location: { id: 'L1', time_zone: 'Mars/Olympus', country: 'NLD' }, whose: 'of acme' };
    expect(zoneFor({ bill, known: wrong })).toMatchObject({ value: { from: 'country' } });
  });
});

describe('a tariff that is known', () => {
  const text = (changed: number, updated?: string) => ({
    object: { id: 'T', ...(updated === undefined ? {} : { last_updated: updated }) },
    changedAt: NOON + changed * 60_000,
  });

  it('is taken as it was when the session began', () => {
    const texts = [text(90, minute(60)), text(30, minute(20)), text(0)];
    const at = (moment: number) => textAt(texts, NOON + moment * 60_000);
    expect(at(70)).toEqual({ object: texts[0]?.object, isLater: false });
    expect(at(59)).toEqual({ object: texts[1]?.object, isLater: false });
    expect(at(5)).toEqual({ object: texts[2]?.object, isLater: false });
    expect(at(-5)).toEqual({ object: texts[2]?.object, isLater: true });
    expect(textAt(texts, undefined)).toEqual({ object: texts[0]?.object, isLater: false });
    expect(textAt([], NOON)).toBeUndefined();
  });

  it('is named by the periods, or by the connector that was used, in any version', () => {
    const periods = [{ tariff_id: 'A' }, { tariff_id: 'B' }, { tariff_id: 'A' }, {}];
    expect(namedTariffs(cdr({ charging_periods: periods }))).toEqual(['A', 'B']);
    const connectors = [
      { id: '1', tariff_ids: ['N', 'M'] },
      { id: '2', tariff_id: 'OLD' },
    ];
    const location = {
      evses: [
        { uid: 'OTHER', connectors: [{ id: '1', tariff_ids: ['X'] }] },
        { uid: 'e1', connectors },
      ],
    };
    expect(connectorTariffs(cdr(), location)).toEqual(['N', 'M']);
    const place = { id: 'L1', evse_uid: 'E1', connector_id: '2' };
    expect(connectorTariffs(cdr({ cdr_location: place }), location)).toEqual(['OLD']);
    expect(connectorTariffs({}, location)).toEqual([]);
  });

  it('for how one pays comes first', () => {
    const tariffs = ['PROFILE_FAST', 'AD_HOC_PAYMENT', undefined, 'REGULAR'].map(type => ({ type }));
    const order = (type: string) => inOrderFor({ cdr_token: { type } }, tariffs).map(tariff => tariff['type']);
    expect(order('RFID')).toEqual(['REGULAR', undefined, 'PROFILE_FAST', 'AD_HOC_PAYMENT']);
    expect(order('AD_HOC_USER')[0]).toBe('AD_HOC_PAYMENT');
  });
});

describe('amounts', () => {
  it('are read in the shape of every version; left out taxes are not the same as none', () => {
    expect([12.5, '12.50', { excl_vat: 10, incl_vat: 12.1 }, { excl_vat: 10 }].map(amountOf)).toEqual([
      { before: '12.5', after: null },
      { before: '12.5', after: null },
      { before: '10', after: '12.1' },
      { before: '10', after: null },
    ]);
    const taxes = (...amounts: unknown[]) => ({ before_taxes: 0.1, taxes: amounts.map(amount => ({ amount })) });
    expect([taxes(), taxes(0.2, 0.3), taxes('x'), { incl_vat: 3 }, {}, 'x', null].map(amountOf)).toEqual([
      { before: '0.1', after: '0.1' },
      { before: '0.1', after: '0.6' },
      { before: '0.1', after: null },
      { before: '3', after: '3' },
      undefined,
      undefined,
      undefined,
    ]);
  });

  it('differ from a cent on, and are written with two digits at least', () => {
    const of = (before: string, after: string | null = null) => ({ before, after });
    expect(differenceOf(of('1', '1.21'), of('1', '1.2'))).toBe('0.01');
    expect(differenceOf(of('1', '1.21'), of('1'))).toBeUndefined();
    expect(differenceOf(of('1'), of('1.009'))).toBeUndefined();
    expect([written('1', 'EUR'), written('-0.125', null)]).toEqual(['1.00 EUR', '-0.125']);
  });
});

describe('credit CDRs', () => {
  const credit = cdr({
    id: 'D1-C',
    credit: true,
    credit_reference_id: 'D1',
    total_cost: { before_taxes: -10, taxes: [{ name: 'VAT', amount: -2.1 }] },
  });

  it('net out with what they take back, from either side', () => {
    expect(creditOf({ bill: cdr(), credits: [] })).toBeNull();
    expect(creditOf({ bill: cdr(), credits: [credit] })).toEqual({
      credits: null,
      creditedBy: ['D1-C'],
      net: { before: '0', after: '0' },
      sentence: 'Taken back by D1-C: 0.00 EUR remain.',
    });
    expect(creditOf({ bill: credit, original: cdr(), credits: [] })).toEqual({
      credits: 'D1',
      creditedBy: [],
      net: { before: '0', after: '0' },
      sentence: 'Takes back CDR D1: 0.00 EUR remain.',
    });
  });

  it('tell what cannot be told: an original nobody knows, a total that is not negative, one that is none', () => {
    expect(creditOf({ bill: credit, credits: [] })).toMatchObject({
      net: null,
      sentence: 'Takes back CDR D1, which is not known here.',
    });
    const positive = cdr({ id: 'D1-C', credit: true });
    expect(creditOf({ bill: positive, credits: [] })?.sentence).toBe(
      'Takes back a CDR it does not name, which is not known here. Its total is not negative, as that of a credit CDR has to be.',
    );
    const bare = cdr({ id: 'D1-C', credit_reference_id: 'D1', total_cost: undefined });
    expect(creditOf({ bill: cdr({ total_cost: 10 }), credits: [bare] })).toMatchObject({
      net: null,
      sentence: 'Taken back by D1-C: what remains cannot be told, for one of them has no total_cost.',
    });
  });
});
