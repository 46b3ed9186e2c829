import { describe, expect, it } from 'vitest';
import { type BillPrice, type BillToPrice, priceBill, tariffsWithin } from '../../../core/insight/tariff/price-bill.ts';
import { component, element, from, minutes, period, tariff } from './worked-cases/worked-case.ts';

type Bill = Readonly<Record<string, unknown>>;

function priced(bill: Bill, more: Partial<BillToPrice> = {}): BillPrice {
  const outcome = priceBill({
    bill,
    kind: 'cdr',
    version: '2.2.1',
    tariffs: tariffsWithin(bill),
    tariffsFrom: 'within',
    zone: { name: 'Europe/Amsterdam', from: 'country', said: 'the only one of the Netherlands' },
    ...more,
  });
  if (!outcome.ok) throw new Error(outcome.failure.message);
  return outcome.value;
}

/** `total_cost before -0.06 step-size-left-out`: what departs, by how much, and the likeliest reason. */
function told({ departures }: BillPrice): string[] {
  return departures.map(({ field, taxes, by, reasons }) =>
    [field, taxes, by, reasons[0]?.code ?? 'no reason'].join(' '),
  );
}

const cost = (before: number, after?: number) => ({
  total_cost: after === undefined ? { excl_vat: before } : { excl_vat: before, incl_vat: after },
});

/** 10.2 kWh x 0.30 in steps of 1 kWh are 11 x 0.30 = 3.30; with 20 % 3.96. */
const STEPPED = tariff([element([component('ENERGY', 0.3, 20, 1000)])]);
const stepped = (more: object) =>
  from('10:00', '11:00', [period('10:00', { kwh: 10.2, charging: 1 })], { tariffs: [STEPPED], ...more });

/** 9 h and 8 h of local time apart: 4 kWh x 0.50 until 20:00 in Amsterdam, 4 x 0.30 after. */
const DAY = tariff([
  element([component('ENERGY', 0.5)], { start_time: '08:00', end_time: '20:00' }),
  element([component('ENERGY', 0.3)]),
]);
const evening = (more: object) =>
  from('18:00', '20:00', [period('18:00', { kwh: 4, charging: 1 }), period('19:00', { kwh: 4, charging: 1 })], {
    tariffs: [DAY],
    ...more,
  });

/** Half an hour of charging x 2.00 = 1.00 with 10 %, and 16 min of parking up to 20 x 3.00 = 1.00 with 20 %. */
const PARKED = tariff([element([component('TIME', 2, 10, 600), component('PARKING_TIME', 3, 20, 600)])]);
const parked = (more: object) =>
  from('10:00', '10:46', [period('10:00', { kwh: 8, charging: 0.5 }), period('10:30', { parked: minutes(16) })], {
    tariffs: [PARKED],
    ...more,
  });

const RESERVED = tariff([
  element([component('TIME', 6)], { reservation: 'RESERVATION' }),
  element([component('TIME', 1.2), component('ENERGY', 0.3)]),
]);
const reserved = (more: object) =>
  from('10:00', '11:30', [period('10:00', { reserved: 0.5 }), period('10:30', { kwh: 10, charging: 1 })], {
    tariffs: [RESERVED],
    ...more,
  });

const LIMITED = tariff([element([component('ENERGY', 0.3)])], {
  min_price: { excl_vat: 2, incl_vat: 2 },
  max_price: { excl_vat: 9, incl_vat: 9 },
});
const limited = (kwh: number, more: object) =>
  from('10:00', '11:00', [period('10:00', { kwh, charging: 1 })], { tariffs: [LIMITED], ...more });

describe('where a bill departs, the reason that gives what is stated is named', () => {
  it.each<[string, Bill, readonly string[]]>([
    ['step_size left out', stepped(cost(3.06)), ['total_cost before -0.24 step-size-left-out']],
    ['a step too many', stepped(cost(3.6)), ['total_cost before 0.3 step-size-one-more']],
    ['a step too few', stepped(cost(3)), ['total_cost before -0.3 step-size-one-less']],
    [
      'a step size for each period: 5.1 up to 6, twice, are 12 kWh',
      from('10:00', '12:00', [period('10:00', { kwh: 5.1, charging: 1 }), period('11:00', { kwh: 5.1, charging: 1 })], {
        tariffs: [STEPPED],
        total_cost: { excl_vat: 3.6, incl_vat: 4.32 },
      }),
      // 11 kWh and one step more are 12 kWh as well.
      ['total_cost before 0.3 step-size-one-more', 'total_cost after 0.36 step-size-one-more'],
    ],
    ['VAT left out', stepped(cost(3.3, 3.3)), ['total_cost after -0.66 vat-left-out']],
    ['VAT twice: 3.96 x 1.2 = 4.752', stepped(cost(3.3, 4.752)), ['total_cost after 0.792 vat-twice']],
    [
      'VAT once, of a price below zero: 11 x -0.30 = -3.30, with 20 % -3.96; nobody added it twice',
      stepped({ ...cost(-3.3, -5.5), tariffs: [tariff([element([component('ENERGY', -0.3, 20, 1000)])])] }),
      ['total_cost after -1.54 no reason'],
    ],
    ['VAT in the amount without it', stepped(cost(3.96, 3.96)), ['total_cost before 0.66 vat-included']],
    [
      'VAT of another part: 2.00 x 1.1 = 2.20, where 1.10 + 1.20 = 2.30 are due',
      parked(cost(2, 2.2)),
      ['total_cost after -0.1 vat-of-other-part'],
    ],
    [
      'parking billed for 16 min, not 20: 0.80',
      parked({ ...cost(1.8), total_parking_cost: { excl_vat: 0.8 } }),
      ['total_cost before -0.2 step-size-left-out', 'total_parking_cost before -0.2 step-size-left-out'],
    ],
    [
      'one part left out of the total',
      parked({ ...cost(1), total_time_cost: { excl_vat: 1 } }),
      ['total_cost before -1 part-left-out'],
    ],
    ['Wh for kWh', stepped(cost(3060)), ['total_cost before 3056.7 wh-for-kwh']],
    [
      'minutes for hours, of the part itself: 30 x 2.00 = 60.00',
      parked({ total_cost: { excl_vat: 2 }, total_time_cost: { excl_vat: 60 } }),
      ['total_time_cost before 59 minutes-for-hours'],
    ],
    [
      'another zone: by UTC all of it is before 20:00, 8 x 0.50',
      evening(cost(4)),
      ['total_cost before 0.8 other-zone'],
    ],
    ['min_price ignored', limited(5, cost(1.5)), ['total_cost before -0.5 min-price-ignored']],
    ['max_price ignored', limited(40, cost(12)), ['total_cost before 3 max-price-ignored']],
    [
      'the last element taken for everything: 8 x 0.30',
      evening(cost(2.4)),
      // Far enough to the east it would be night all the time, too; that needs no guess of a zone.
      ['total_cost before -0.8 wrong-element'],
    ],
    ['a reservation billed as time: 1.5 h x 1.20', reserved(cost(4.8)), ['total_cost before -2.4 reservation-as-time']],
    [
      'the sign of a credit',
      stepped({ ...cost(3.3, 3.96), credit: true, credit_reference_id: 'C0' }),
      ['total_cost before 6.6 credit-sign', 'total_cost after 7.92 credit-sign'],
    ],
    ['something nobody would think of', stepped(cost(17.17)), ['total_cost before 13.87 no reason']],
  ])('%s', (_title, bill, expected) => {
    expect(told(priced(bill))).toEqual(expected);
  });

  it('lines that are rounded one by one are told where they make more than a cent and a half', () => {
    // 24 quarters of an hour x 0.05 = 0.0125 each; rounded up to 0.02 they are 0.48, not 0.30.
    const start = Date.parse('2026-03-02T00:00:00Z');
    const periods = Array.from({ length: 24 }, (_, at) =>
      period(new Date(start + at * 900_000).toISOString().slice(0, 16), { charging: 0.25 }),
    );
    const terms = tariff([element([component('TIME', 0.05)])]);
    const bill = from('00:00', '06:00', periods, { tariffs: [terms], ...cost(0.48) });
    expect(told(priced(bill))).toEqual(['total_cost before 0.18 rounded']);
  });

  it('says so in a sentence with both amounts', () => {
    const { verdict, sentence, departures } = priced(stepped(cost(3.6, 4.32)));
    expect(verdict).toBe('wrong');
    expect(sentence).toBe(
      'Stated 3.60 EUR, due 3.30 EUR: 0.30 too much. Perhaps one step_size too many is billed: that gives 3.60 EUR, as stated.',
    );
    expect(departures[0]).toMatchObject({ pointer: '/total_cost/excl_vat', stated: '3.6', due: '3.3', by: '0.3' });
  });

  it('totals of volumes that are not those of the periods are told, and thousands of them as Wh', () => {
    const bill = stepped({ ...cost(3.3, 3.96), total_energy: 12, total_time: 60 });
    expect(told(priced(bill))).toEqual(['total_energy none 1.8 no reason', 'total_time none 59 minutes-for-hours']);
    const session = priced(
      { ...bill, kwh: 10_200, total_energy: undefined, total_time: undefined },
      { kind: 'session' },
    );
    expect(told(session)).toContain('kwh none 10189.8 wh-for-kwh');
  });
});

describe('no departure', () => {
  it('is the last cent', () => {
    expect(priced(stepped(cost(3.31, 3.97)))).toMatchObject({ verdict: 'right', departures: [] });
    expect(priced(stepped(cost(3.3, 3.96))).sentence).toBe('Stated 3.30 EUR, as due.');
  });

  it('is the last yen, where the currency has no decimals', () => {
    const yen = (before: number) => priced({ ...stepped(cost(before)), currency: 'JPY' }).departures.length;
    expect([4, 5].map(yen)).toEqual([0, 1]);
  });

  it('is a step more or less where a volume lies so close to a whole one that its rounding decides', () => {
    const charge = (first: number, second: number) =>
      from(
        '10:00',
        '11:00',
        [period('10:00', { kwh: first, charging: 0.5 }), period('10:30', { kwh: second, charging: 0.5 })],
        {
          tariffs: [STEPPED],
          ...cost(3.3),
        },
      );
    // 5.0001 and 4.9999 kWh may be 10.00003 as well: 11 steps. 5 and 5 were not rounded.
    expect(priced(charge(5, 5)).verdict).toBe('wrong');
    const { verdict, doubts } = priced(charge(5.0001, 4.9999));
    expect(verdict).toBe('right');
    expect(doubts.map(({ code }) => code)).toContain('volumes-rounded');
  });

  it('is what nobody can tell: amounts with taxes of 2.1.1', () => {
    const bill = { ...stepped({}), total_cost: 3.3, end_date_time: undefined, stop_date_time: '2026-03-02T11:00:00Z' };
    expect(priced(bill, { version: '2.1.1' })).toMatchObject({
      verdict: 'right',
      stated: { total: { before: '3.3', after: null } },
    });
  });

  it('is sure where 2.1.1 leaves open how a step size is applied: once for the charge, or for each period', () => {
    const twice = (cost: number) =>
      from('10:00', '12:00', [period('10:00', { kwh: 5.1, charging: 1 }), period('11:00', { kwh: 5.2, charging: 1 })], {
        tariffs: [STEPPED],
        total_cost: cost,
      });
    // 10.3 kWh up to 11, x 0.30 = 3.30; 6 and 6 are 12, x 0.30 = 3.60.
    const verdicts = (version: '2.1.1' | '2.2.1') =>
      [3.3, 3.6, 3.9].map(cost => priced(twice(cost), { version }).verdict);
    expect(verdicts('2.1.1')).toEqual(['right', 'unsure', 'wrong']);
    expect(verdicts('2.2.1')).toEqual(['right', 'wrong', 'wrong']);
    expect(priced(twice(3.6), { version: '2.1.1' }).doubts.map(({ code }) => code)).toEqual(['step-size-unsaid']);
  });

  it('is sure where a doubt could explain it', () => {
    const { verdict, sentence } = priced(evening(cost(9)), {
      zone: { name: 'UTC', from: 'assumed', said: 'assumed: nothing tells the zone of the location' },
    });
    expect(verdict).toBe('unsure');
    expect(sentence).toBe(
      'Stated 9.00 EUR, due 4.00 EUR: 5.00 too much. Not for certain: Times of day are read in UTC, assumed: nothing tells the zone of the location.',
    );
  });
});

it('prices that hold taxes nobody tells are compared with them, and the sentence says so', () => {
  const bill = (after: number) => ({
    ...from('10:00', '11:00', [period('10:00', { kwh: 10, charging: 1 })]),
    tariffs: [tariff([element([component('ENERGY', 1)])], { tax_included: 'YES', max_price: { before_taxes: 9 } })],
    total_cost: { before_taxes: 8.26, taxes: [{ name: 'VAT', amount: after - 8.26 }] },
  });
  const [right, more] = [10, 12].map(after => priced(bill(after), { version: '2.3.0' }));
  expect([right?.verdict, right?.sentence]).toEqual(['right', 'Stated 10.00 EUR with taxes, as due.']);
  // The highest price may hold, and may not.
  expect(more?.verdict).toBe('unsure');
});

describe('a bill without a tariff or a cost', () => {
  it('is unpriced, and says so', () => {
    const zone = { name: 'Europe/Madrid', from: 'assumed', said: 'as its charger says nothing' } as const;
    expect(priced({ ...stepped(cost(3.3)), tariffs: [] }, { zone })).toMatchObject({
      verdict: 'unpriced',
      sentence: 'It states 3.30 EUR, and there is no tariff to price it by.',
      due: null,
      lines: [],
      departures: [],
      // Which zone was assumed does not matter where nothing is priced.
      doubts: [expect.objectContaining({ code: 'no-tariff' })],
    });
    expect(priced(stepped({}))).toMatchObject({
      verdict: 'unpriced',
      stated: null,
      sentence: 'It states no cost; 3.30 EUR is due.',
    });
  });

  it('that tells nothing at all cannot be priced', () => {
    const price = (more: Partial<BillToPrice>) =>
      priceBill({
        bill: { id: 'C1', currency: 'EUR' },
        kind: 'cdr',
        version: '2.2.1',
        tariffs: [],
        tariffsFrom: 'within',
        zone: { name: 'UTC', from: 'asked', said: 'as asked' },
        ...more,
      });
    const nothing = price({});
    expect(nothing).toMatchObject({ ok: false, failure: { code: 'INVALID_INPUT' } });
    expect(nothing.ok ? '' : nothing.failure.message).toContain('neither charging_periods nor what was used');
    const nowhere = price({ zone: { name: 'Europe/Nowhere', from: 'asked', said: 'as asked' } });
    expect(nowhere.ok ? '' : nowhere.failure.message).toBe('There is no time zone Europe/Nowhere');
  });
});

describe('what is reserved on a card', () => {
  const prepaid = (amount: number) =>
    priced(stepped({ ...cost(3.3, 3.96), tariffs: [{ ...STEPPED, preauthorize_amount: amount }] })).preauthorize;

  it('is held against what is due with taxes', () => {
    expect(prepaid(30)).toEqual({ amount: '30', covers: true });
    expect(prepaid(3.5)).toEqual({ amount: '3.5', covers: false });
    expect(priced(stepped(cost(3.3))).preauthorize).toBeNull();
  });
});

describe('a tariff that the operator names', () => {
  it('is taken whatever the periods name', () => {
    const bill = from('10:00', '11:00', [period('10:00', { kwh: 10, charging: 1 }, 'T7')], cost(4));
    const asked = tariff([element([component('ENERGY', 0.4)])]) as Bill;
    expect(priced(bill, { tariffs: [asked], tariffsFrom: 'asked' })).toMatchObject({
      verdict: 'right',
      tariffs: [{ id: 'T1', from: 'asked', currency: 'EUR' }],
      doubts: [],
    });
    expect(priced(bill, { tariffs: [asked], tariffsFrom: 'stored' }).doubts.map(({ code }) => code)).toEqual([
      'other-tariff',
    ]);
  });
});

it('hours of few decimals beside moments a few seconds more are a step more by neither for certain', () => {
  const bill = (cost: number) => ({
    ...from('10:00', '11:30', [period('10:00', { charging: 1.5 })]),
    end_date_time: '2026-03-02T11:30:02Z',
    tariffs: [tariff([element([component('TIME', 6, undefined, 900)])])],
    total_cost: { excl_vat: cost },
  });
  // An hour and a half are six steps, 2 s more are seven: 9.00 or 10.50.
  expect([9, 10.5, 12].map(cost => priced(bill(cost)).verdict)).toEqual(['right', 'right', 'wrong']);
});
