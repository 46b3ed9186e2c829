import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { VersionName } from '../../../core/contract/platform.ts';
import { PricedBill } from '../../../core/contract/price.ts';
import { type BillPrice, priceBill, tariffsWithin } from '../../../core/insight/tariff/price-bill.ts';
import { from, minutes, period } from './worked-cases/worked-case.ts';

/** The samples of the specification, beside a checkout of the project where they are at hand; never part of it. */
const folder = new URL('../../../../shared/ocpi/examples/', import.meta.url);
const areHere = existsSync(folder);

type Json = Readonly<Record<string, unknown>>;

function read(file: string): Json {
  return JSON.parse(readFileSync(new URL(file, folder), 'utf8')) as Json;
}

function priced(
  bill: Json,
  version: VersionName,
  tariffs: readonly Json[],
  kind: 'cdr' | 'session' = 'cdr',
): BillPrice {
  const zone = { name: 'Europe/Brussels', from: 'country', said: 'the only one of Belgium' } as const;
  const outcome = priceBill({ bill, kind, version, tariffs, tariffsFrom: 'within', zone });
  if (!outcome.ok) throw new Error(outcome.failure.message);
  expect(() => PricedBill.parse({ ...outcome.value, credit: null })).not.toThrow();
  return outcome.value;
}

/** 20 kWh within an hour; what comes after it begins at 11:00. */
const kwh = (count: number, ...after: readonly object[]) => [period('10:00', { kwh: count, charging: 1 }), ...after];
const charged = (hours: number, ...after: readonly object[]) => [
  period('10:00', { kwh: 10, charging: hours }),
  ...after,
];
const kept = (count: number) => [
  period('09:00', { reserved: minutes(count) }),
  period('10:00', { kwh: 20, charging: 1 }),
];

/** What the specification says that its tariffs come to, where its own rules give it. */
const SAID: readonly [file: string, what: string, periods: readonly object[], before: string, after: string][] = [
  ['2.2.1/tariffs/tariff_8_simple_025kwh.json', '20 kWh', kwh(20), '5', '5.5'],
  ['2.3.0/tariffs/tariff_9_025kwh_start.json', '20 kWh', kwh(20), '5.5', '6.1'],
  ['2.2.1/tariffs/tariff_12_025kwh_min_price.json', '20 kWh', kwh(20), '5', '5.5'],
  ['2.3.0/tariffs/tariff_12_025kwh_min_price.json', '1 kWh', kwh(1), '0.5', '0.55'],
  [
    '2.3.0/tariffs/tariff_10_025kwh_parking_start.json',
    '20 kWh and 40 min of parking',
    kwh(20, period('11:00', { parked: minutes(40) })),
    '7',
    '7.9',
  ],
  ['2.2.1/tariffs/tariff_6_025kwh_start_max_price.json', '50 kWh', kwh(50), '10', '11'],
  ['2.2.1/tariffs/tariff_6_025kwh_start_max_price.json', '30 kWh', kwh(30), '8', '8.85'],
  ['2.2.1/tariffs/tariff_1_simple_2hour.json', '2.5 h', charged(2.5), '5', '5.5'],
  [
    '2.3.0/tariffs/tariff_13_simple_3hour_5parking.json',
    '2.5 h and 42 min of parking',
    charged(2.5, period('12:30', { parked: minutes(42) })),
    '11.25',
    '12.75',
  ],
  // T37: the text has it with the step applied (5.63), its table without (5.61).
  ['2.3.0/tariffs/tariff_3_alt_url.json', '20.45 kWh', kwh(20.45), '5.625', '6.2375'],
  ['2.2.1/tariffs/tariff_5_free_of_charge.json', '20 kWh', kwh(20), '0', '0'],
  ['2.2.1/tariffs/tariff_15_reservation_5_euro_per_hour.json', '15 min kept', kept(15), '6.75', '7.6'],
  ['2.3.0/tariffs/tariff_16_reservation_2_euro_fee_5_euro_per_hour.json', '13 min kept', kept(13), '8.75', '10'],
  ['2.2.1/tariffs/tariff_17_reservation_with_expire_fee.json', '22 min kept', kept(22), '6.5', '7.3'],
  [
    '2.3.0/tariffs/tariff_17_reservation_with_expire_fee.json',
    'an hour kept for nobody',
    [period('09:00', { reserved: 1 })],
    '6',
    '7.2',
  ],
  ['2.3.0/tariffs/tariff_18_reservation_with_expire_time.json', '22 min kept', kept(22), '7', '7.9'],
  [
    '2.3.0/tariffs/tariff_18_reservation_with_expire_time.json',
    '1.5 h kept for nobody',
    [period('09:00', { reserved: 1.5 })],
    '9',
    '10.8',
  ],
  [
    '2.2.1/tariffs/tariffrestriction_example_max_power.json',
    '1 kWh at 6 kW, 40 at 48, 0.5 at 4',
    [
      period('10:00', { kwh: 1, charging: 0.1667, MAX_POWER: 6 }),
      period('10:10', { kwh: 40, charging: 0.8333, MIN_POWER: 48 }),
      period('11:00', { kwh: 0.5, charging: 0.125, MAX_POWER: 4 }),
    ],
    '20.3',
    '24.36',
  ],
];

describe.skipIf(!areHere)('the tariffs of the specification', () => {
  it.each(SAID)('%s: %s', (file, _what, periods, before, after) => {
    const version = file.slice(0, 5) as VersionName;
    const terms = read(file);
    const bill = from('09:00', '14:00', periods, { currency: terms['currency'] });
    const { due } = priced(bill, version, [terms]);
    expect([due?.total.before, due?.total.after].map(Number)).toEqual([before, after].map(Number));
  });
});

describe.skipIf(!areHere)('the CDRs and sessions of the specification', () => {
  it.each([
    ['2.1.1/cdrs/example_of_a_cdr.json', '2.1.1'],
    ['2.2.1/cdrs/cdr_example.json', '2.2.1'],
    ['2.3.0/cdrs/cdr_example.json', '2.3.0'],
  ] as const)('%s is right', (file, version) => {
    const bill = read(file);
    expect(priced(bill, version, tariffsWithin(bill))).toMatchObject({
      verdict: 'right',
      due: { total: { before: '4' } },
      sentence: 'Stated 4.00 EUR, as due.',
    });
  });

  it.each([
    ['2.1.1/sessions/simple_session_example_of_a_short_finished_session.json', '2.1.1'],
    ['2.2.1/sessions/session_example_1_simple_start.json', '2.2.1'],
    ['2.3.0/sessions/session_example_2_short_finished.json', '2.3.0'],
  ] as const)('%s is read, and has no tariff', (file, version) => {
    expect(priced(read(file), version, [], 'session').verdict).toBe('unpriced');
  });
});
