import { component, element, from, period, tariff, type WorkedCase } from './worked-case.ts';

const perKwh = (price: number) => component('ENERGY', price);
const BY_POWER = tariff([
  element([perKwh(0.2)], { max_power: 16 }),
  element([perKwh(0.35)], { max_power: 32 }),
  element([perKwh(0.5)]),
]);

export const FLOW_CASES: readonly WorkedCase[] = [
  {
    title: 'faster charging costs more',
    because: '2 kWh at 11 kW x 0.20 = 0.40; 30 kWh at 50 kW x 0.50 = 15.00; 1 kWh at 7 kW x 0.20 = 0.20: 15.60',
    bill: from('10:00', '11:00', [
      period('10:00', { kwh: 2, charging: 0.2, MIN_POWER: 10.5, MAX_POWER: 11 }),
      period('10:12', { kwh: 30, charging: 0.6, MIN_POWER: 45, MAX_POWER: 52 }),
      period('10:48', { kwh: 1, charging: 0.2, MIN_POWER: 4, MAX_POWER: 7 }),
    ]),
    tariffs: [BY_POWER],
    due: ['15.6', '15.6'],
    parts: { energy: '15.6' },
  },
  {
    title: 'a minimum of power is inclusive, a maximum exclusive',
    because: 'exactly 16 kW is not below 16: 4 kWh x 0.35 = 1.40',
    bill: from('10:00', '10:15', [period('10:00', { kwh: 4, charging: 0.25, MIN_POWER: 16, MAX_POWER: 16 })]),
    tariffs: [BY_POWER],
    due: ['1.4', '1.4'],
    parts: { energy: '1.4' },
  },
  {
    title: 'where no power is told, the average of the period is taken, and said',
    because: '22 kWh in half an hour are 44 kW: 22 x 0.50 = 11.00',
    bill: from('10:00', '10:30', [period('10:00', { kwh: 22, charging: 0.5 })]),
    tariffs: [BY_POWER],
    due: ['11', '11'],
    parts: { energy: '11' },
    doubts: ['power-average'],
  },
  {
    title: 'an average close to the limit is no sign',
    because:
      '8.2 kWh in half an hour are 16.4 kW, which a moment below 16 may hide: 8.2 x 0.35 = 2.87, not for certain',
    bill: from('10:00', '10:30', [period('10:00', { kwh: 8.2, charging: 0.5 })]),
    tariffs: [BY_POWER],
    due: ['2.87', '2.87'],
    parts: { energy: '2.87' },
    doubts: ['power-average', 'power-unknown'],
  },
  {
    title: 'currents are summed over the phases',
    because: 'at 48 A half an hour x 2.00 = 1.00, at 16 A 1 h x 1.00 = 1.00: 2.00',
    bill: from('10:00', '11:30', [
      period('10:00', { charging: 0.5, MIN_CURRENT: 47, MAX_CURRENT: 48 }),
      period('10:30', { charging: 1, MIN_CURRENT: 15, MAX_CURRENT: 16 }),
    ]),
    tariffs: [
      tariff([
        element([component('TIME', 1)], { max_current: 32 }),
        element([component('TIME', 2)], { min_current: 32 }),
      ]),
    ],
    due: ['2', '2'],
    parts: { time: '2' },
  },
  {
    title: 'the same current costs more on weekdays',
    because: 'Saturday, 43 A: 114 min up to 120, x 1.25 = 2.50',
    bill: from('2026-03-07T13:30', '2026-03-07T15:24', [
      period('2026-03-07T13:30', { charging: 1.9, MIN_CURRENT: 43, MAX_CURRENT: 44 }),
    ]),
    tariffs: [
      tariff([
        element([component('TIME', 1, undefined, 900)], { max_current: 32 }),
        element([component('TIME', 2, undefined, 600)], {
          min_current: 32,
          day_of_week: ['MONDAY', 'TUESDAY', 'WEDNESDAY', 'THURSDAY', 'FRIDAY'],
        }),
        element([component('TIME', 1.25, undefined, 600)], { min_current: 32, day_of_week: ['SATURDAY', 'SUNDAY'] }),
      ]),
    ],
    due: ['2.5', '2.5'],
    parts: { time: '2.5' },
  },
  {
    title: 'a current that nobody tells is a doubt',
    because: 'no sign of 32 A or more: 1 h x 1.00 = 1.00',
    bill: from('10:00', '11:00', [period('10:00', { kwh: 10, charging: 1 })]),
    tariffs: [tariff([element([component('TIME', 2)], { min_current: 32 }), element([component('TIME', 1)])])],
    due: ['1', '1'],
    parts: { time: '1' },
    doubts: ['power-unknown'],
  },
  {
    title: 'a parked car takes no power',
    because: 'below 16 kW parking costs 2.00: half an hour = 1.00; 22 kWh at 44 kW x 0.50 = 11.00: 12.00',
    bill: from('10:00', '11:00', [
      period('10:00', { kwh: 22, charging: 0.5, MIN_POWER: 43, MAX_POWER: 45 }),
      period('10:30', { parked: 0.5 }),
    ]),
    tariffs: [
      tariff([
        element([component('PARKING_TIME', 2), perKwh(0.2)], { max_power: 16 }),
        element([component('PARKING_TIME', 9), perKwh(0.5)]),
      ]),
    ],
    due: ['12', '12'],
    parts: { energy: '11', parking: '1' },
  },
  {
    title: '2.1.1 knows power, and no current',
    because: '10 kWh at 40 kW x 0.50 = 5.00',
    version: '2.1.1',
    bill: {
      id: 'C1',
      currency: 'EUR',
      start_date_time: '2026-03-02T10:00:00Z',
      stop_date_time: '2026-03-02T10:15:00Z',
      charging_periods: [period('10:00', { kwh: 10, charging: 0.25 })],
    },
    tariffs: [tariff([element([perKwh(0.2)], { max_power: 32 }), element([perKwh(0.5)])])],
    due: ['5', null],
    parts: { energy: '5' },
    doubts: ['power-average'],
  },
];
