import { component, element, from, period, tariff, type WorkedCase } from './worked-case.ts';

const perKwh = (price: number, step = 0) => component('ENERGY', price, undefined, step);

export const ENERGY_CASES: readonly WorkedCase[] = [
  {
    title: 'energy alone',
    because: '7.25 kWh x 0.45 = 3.2625; 21 % of it are 0.685125, together 3.947625',
    bill: from('10:00', '11:00', [period('10:00', { kwh: 7.25, charging: 1 })]),
    tariffs: [tariff([element([component('ENERGY', 0.45, 21)])])],
    due: ['3.2625', '3.947625'],
    parts: { energy: '3.2625' },
  },
  {
    title: 'energy and a fee to begin with',
    because: '12 kWh x 0.30 = 3.60 and 1.00 once = 4.60; with 21 % 5.566',
    bill: from('10:00', '11:00', [period('10:00', { kwh: 12, charging: 1 })]),
    tariffs: [tariff([element([component('FLAT', 1, 21), component('ENERGY', 0.3, 21)])])],
    due: ['4.6', '5.566'],
    parts: { energy: '3.6', fixed: '1' },
  },
  {
    title: 'a step size of energy counts once, for the whole session',
    because: '4.3 + 1.1 = 5.4 kWh, up to 5.5 in steps of 500 Wh, x 0.20 = 1.10',
    bill: from('16:30', '17:30', [
      period('16:30', { kwh: 4.3, charging: 0.5 }),
      period('17:00', { kwh: 1.1, charging: 0.5 }),
    ]),
    tariffs: [tariff([element([perKwh(0.2, 500)])])],
    due: ['1.1', '1.1'],
    parts: { energy: '1.1' },
  },
  {
    title: 'what a step adds costs what the last kWh cost',
    because: '4.3 kWh x 0.20 = 0.86 until 17:00; 1.1 kWh and 0.1 to fill the step, 1.2 x 0.27 = 0.324; 1.184',
    bill: from('16:30', '17:30', [
      period('16:30', { kwh: 4.3, charging: 0.5 }),
      period('17:00', { kwh: 1.1, charging: 0.5 }),
    ]),
    tariffs: [tariff([element([perKwh(0.2, 500)], { end_time: '17:00' }), element([perKwh(0.27, 500)])])],
    due: ['1.184', '1.184'],
    parts: { energy: '1.184' },
  },
  {
    title: 'a whole number of steps is not rounded',
    because: '5.5 kWh are 11 steps of 500 Wh: 5.5 x 0.20 = 1.10',
    bill: from('10:00', '11:00', [period('10:00', { kwh: 5.5, charging: 1 })]),
    tariffs: [tariff([element([perKwh(0.2, 500)])])],
    due: ['1.1', '1.1'],
    parts: { energy: '1.1' },
  },
  {
    title: 'a step of 1 Wh rounds up to whole Wh',
    because: '115.2 Wh are billed as 116: 0.116 x 0.25 = 0.029',
    bill: from('10:00', '10:10', [period('10:00', { kwh: 0.1152, charging: 0.1667 })]),
    tariffs: [tariff([element([perKwh(0.25, 1)])])],
    due: ['0.029', '0.029'],
    parts: { energy: '0.029' },
  },
  {
    title: 'the first kWh is free, in a period of its own',
    because: '1 kWh x 0 and 19 kWh x 0.20 = 3.80',
    bill: from('10:00', '12:00', [
      period('10:00', { kwh: 1, charging: 0.1 }),
      period('10:06', { kwh: 19, charging: 1.9 }),
    ]),
    tariffs: [tariff([element([perKwh(0)], { max_kwh: 1 }), element([perKwh(0.2)])])],
    due: ['3.8', '3.8'],
    parts: { energy: '3.8' },
  },
  {
    title: 'the first kWh is free, and the period goes on over it',
    because:
      'of 20 kWh the first costs nothing: 19 x 0.20 = 3.80. Where energy itself is the limit, nothing is guessed',
    bill: from('10:00', '12:00', [period('10:00', { kwh: 20, charging: 2 })]),
    tariffs: [tariff([element([perKwh(0)], { max_kwh: 1 }), element([perKwh(0.2)])])],
    due: ['3.8', '3.8'],
    parts: { energy: '3.8' },
  },
  {
    title: 'three tiers of energy, minimum inclusive and maximum exclusive',
    because: '10 x 0.50 = 5, 10 x 0.40 = 4, 5 x 0.30 = 1.50: 10.50',
    bill: from('10:00', '12:00', [
      period('10:00', { kwh: 10, charging: 1 }),
      period('11:00', { kwh: 15, charging: 1 }),
    ]),
    tariffs: [
      tariff([
        element([perKwh(0.5)], { max_kwh: 10 }),
        element([perKwh(0.4)], { min_kwh: 10, max_kwh: 20 }),
        element([perKwh(0.3)], { min_kwh: 20 }),
      ]),
    ],
    due: ['10.5', '10.5'],
    parts: { energy: '10.5' },
  },
  {
    title: 'time that is priced by energy tiers is shared out evenly, and that is a doubt',
    because: '20 kWh in 2 h; the first 5 kWh last half an hour x 1.00, the rest 1.5 h x 3.00 = 4.50: 5.00',
    bill: from('10:00', '12:00', [period('10:00', { kwh: 20, charging: 2 })]),
    tariffs: [tariff([element([component('TIME', 1)], { max_kwh: 5 }), element([component('TIME', 3)])])],
    due: ['5', '5'],
    parts: { time: '5' },
    doubts: ['volume-split'],
  },
  {
    title: 'energy that is fed back is taken off',
    because: '10 kWh x 0.30 = 3.00, -2 kWh x 0.30 = -0.60: 2.40',
    bill: from('10:00', '12:00', [
      period('10:00', { kwh: 10, charging: 1 }),
      period('11:00', { kwh: -2, charging: 1 }),
    ]),
    tariffs: [tariff([element([perKwh(0.3)])])],
    due: ['2.4', '2.4'],
    parts: { energy: '2.4' },
  },
  {
    title: 'energy without a price is free',
    because: '10 kWh cost nothing, half an hour x 2.00 = 1.00',
    bill: from('10:00', '10:30', [period('10:00', { kwh: 10, charging: 0.5 })]),
    tariffs: [tariff([element([component('TIME', 2)])])],
    due: ['1', '1'],
    parts: { time: '1' },
  },
  {
    title: 'many decimals are kept, all of them',
    because: '3.1234567 x 0.4321 = 1.34964564007',
    bill: from('10:00', '11:00', [period('10:00', { kwh: 3.1234567, charging: 1 })]),
    tariffs: [tariff([element([perKwh(0.4321)])])],
    due: ['1.34964564007', '1.34964564007'],
    parts: { energy: '1.34964564007' },
  },
  {
    title: 'three tenths are three tenths',
    because: '0.1 + 0.1 + 0.1 kWh x 1.00 = 0.3, which binary fractions miss',
    bill: from('10:00', '10:30', [
      period('10:00', { kwh: 0.1, charging: 0.1667 }),
      period('10:10', { kwh: 0.1, charging: 0.1667 }),
      period('10:20', { kwh: 0.1, charging: 0.1667 }),
    ]),
    tariffs: [tariff([element([perKwh(1)])])],
    due: ['0.3', '0.3'],
    parts: { energy: '0.3' },
  },
  {
    title: 'the first element with a price of the dimension counts, those after it do not',
    because: '10 kWh x 0.30 = 3.00 by the first element; its hour x 1.00 by the second, whose energy is not asked',
    bill: from('10:00', '11:00', [period('10:00', { kwh: 10, charging: 1 })]),
    tariffs: [tariff([element([perKwh(0.3)]), element([component('TIME', 1), perKwh(9)])])],
    due: ['4', '4'],
    parts: { energy: '3', time: '1' },
  },
];
