import { describe, expect, it } from 'vitest';
import { priceOf, readBill } from '../../../core/insight/report/bill-told.ts';

describe('what a bill tells', () => {
  it.each([
    [7.5, { before: 7.5, after: undefined }],
    ['7.50', { before: 7.5, after: undefined }],
    [
      { excl_vat: 10, incl_vat: 12.1 },
      { before: 10, after: 12.1 },
    ],
    [{ excl_vat: 10 }, { before: 10, after: undefined }],
    [
      {
        before_taxes: 10,
        taxes: [
          { name: 'VAT', amount: 2.1 },
          { name: 'city', amount: 0.4 },
        ],
      },
      { before: 10, after: 12.5 },
    ],
    [
      { before_taxes: 10, taxes: [] },
      { before: 10, after: 10 },
    ],
    [
      { before_taxes: 10, taxes: [{ name: 'VAT', percentage: 21 }] },
      { before: 10, after: undefined },
    ],
    [{ incl_vat: 10 }, undefined],
    ['free', undefined],
    [null, undefined],
  ])('reads the price %j', (price, read) => {
    expect(priceOf(price)).toEqual(read);
  });

  it('leaves out what cannot be read, and takes the epoch for a moment that is not known', () => {
    const bill = { start_date_time: '1970-1-1T00:00:00Z', end_date_time: 'soon', total_energy: 'much', currency: '' };
    expect(readBill(bill, { kind: 'cdr', version: '2.2.1' })).toMatchObject({
      ...{ start: undefined, end: undefined, kwh: undefined, hours: undefined, idle: undefined, before: undefined },
      ...{ currency: undefined, location: undefined, evse: undefined, token: undefined, credits: undefined },
    });
  });

  it('takes the time not charging from the periods where no total is told, and #NA for no EVSE', () => {
    const dimensions = [
      { type: 'TIME', volume: 1 },
      { type: 'PARKING_TIME', volume: 0.25 },
    ];
    const told = readBill(
      {
        ...{ start_date_time: '2026-03-10T10:00:00Z', end_date_time: '2026-03-10T12:30:00Z', evse_uid: '#NA' },
        charging_periods: [{ dimensions }, { tariff_id: 'T9', dimensions: dimensions.slice(1) }, 'no period'],
        tariffs: [{ id: 'T1' }],
      },
      { kind: 'cdr', version: '2.3.0' },
    );
    expect(told).toMatchObject({ hours: 2.5, idle: 0.5, tariff: 'T9', evse: undefined });
  });

  it('takes a CDR for a credit where it says so, or names what it credits', () => {
    const credits = (cdr: object) => readBill({ ...cdr }, { kind: 'cdr', version: '2.2.1' }).credits;
    expect([credits({ credit: true }), credits({ credit_reference_id: 'A' }), credits({ credit: false })]).toEqual([
      '',
      'A',
      undefined,
    ]);
  });
});
