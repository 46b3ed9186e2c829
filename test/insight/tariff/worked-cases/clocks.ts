import { component, element, from, period, tariff, type WorkedCase } from './worked-case.ts';

const perKwh = (price: number) => component('ENERGY', price);
const perHour = (price: number) => component('TIME', price);
const DAY_AND_NIGHT = tariff([
  element([perKwh(0.5)], { start_time: '08:00', end_time: '20:00' }),
  element([perKwh(0.3)]),
]);
const SMALL_HOURS = tariff([element([perHour(2)], { start_time: '02:00', end_time: '03:00' }), element([perHour(1)])]);

export const CLOCK_CASES: readonly WorkedCase[] = [
  {
    title: 'times of day are those of the charger',
    because: '18:30 to 20:00 in Amsterdam 10 kWh x 0.50 = 5.00, then 4 kWh x 0.30 = 1.20: 6.20',
    zone: 'Europe/Amsterdam',
    bill: from('17:30', '19:30', [
      period('17:30', { kwh: 10, charging: 1.5 }),
      period('19:00', { kwh: 4, charging: 0.5 }),
    ]),
    tariffs: [DAY_AND_NIGHT],
    due: ['6.2', '6.2'],
    parts: { energy: '6.2' },
  },
  {
    title: 'a period that goes on over 20:00 is shared out evenly, and that is a doubt',
    because: '14 kWh in 2 h, 1.5 of them before 20:00: 10.5 x 0.50 = 5.25 and 3.5 x 0.30 = 1.05: 6.30',
    zone: 'Europe/Amsterdam',
    bill: from('17:30', '19:30', [period('17:30', { kwh: 14, charging: 2 })]),
    tariffs: [DAY_AND_NIGHT],
    due: ['6.3', '6.3'],
    parts: { energy: '6.3' },
    doubts: ['volume-split'],
  },
  {
    title: 'time alone is cut exactly where the price changes',
    because: '18:30 to 20:00 x 2.00 = 3.00, then half an hour x 1.00 = 0.50: 3.50',
    zone: 'Europe/Amsterdam',
    bill: from('17:30', '19:30', [period('17:30', { charging: 2 })]),
    tariffs: [tariff([element([perHour(2)], { end_time: '20:00' }), element([perHour(1)])])],
    due: ['3.5', '3.5'],
    parts: { time: '3.5' },
  },
  {
    title: 'a time that ends before it begins goes on over midnight',
    because: '21:00 to 22:00 x 0.40, until 02:00 x 0.20: 5 kWh x 0.40 = 2.00 and 20 kWh x 0.20 = 4.00: 6.00',
    zone: 'Europe/Amsterdam',
    bill: from('20:00', '2026-03-03T01:00', [
      period('20:00', { kwh: 5, charging: 1 }),
      period('21:00', { kwh: 20, charging: 4 }),
    ]),
    tariffs: [tariff([element([perKwh(0.2)], { start_time: '22:00', end_time: '06:00' }), element([perKwh(0.4)])])],
    due: ['6', '6'],
    parts: { energy: '6' },
  },
  {
    title: 'midnight as an end is the end of the day',
    because: '23:00 to 24:00 x 2.00 = 2.00, and the hour after midnight x 1.00 = 1.00: 3.00',
    bill: from('23:00', '2026-03-03T01:00', [period('23:00', { charging: 2 })]),
    tariffs: [tariff([element([perHour(2)], { start_time: '18:00', end_time: '00:00' }), element([perHour(1)])])],
    due: ['3', '3'],
    parts: { time: '3' },
  },
  {
    title: 'a day of the week ends at midnight where the charger stands',
    because: 'Friday until 23:00 UTC, which is midnight in Amsterdam: 1 h x 1.00, then Saturday 2 h x 3.00: 7.00',
    zone: 'Europe/Amsterdam',
    bill: from('2026-03-06T22:00', '2026-03-07T01:00', [period('2026-03-06T22:00', { charging: 3 })]),
    tariffs: [tariff([element([perHour(3)], { day_of_week: ['SATURDAY'] }), element([perHour(1)])])],
    due: ['7', '7'],
    parts: { time: '7' },
  },
  {
    title: 'a night of Fridays ends with Friday, though its hours go on',
    because:
      'FRIDAY and 22:00 to 06:00: Friday 22:00 to 24:00 2 h x 3.00 = 6; after midnight it is Saturday, 1 h x 1.00: 7.00',
    bill: from('2026-03-06T22:00', '2026-03-07T01:00', [period('2026-03-06T22:00', { charging: 3 })]),
    tariffs: [
      tariff([
        element([perHour(3)], { start_time: '22:00', end_time: '06:00', day_of_week: ['FRIDAY'] }),
        element([perHour(1)]),
      ]),
    ],
    due: ['7', '7'],
    parts: { time: '7' },
  },
  {
    title: 'the last date of a restriction is not within it',
    because: '2 March x 5.00 until midnight, 1 h = 5.00; the 3rd is the end date: 1 h x 1.00: 6.00',
    bill: from('23:00', '2026-03-03T01:00', [period('23:00', { charging: 2 })]),
    tariffs: [
      tariff([element([perHour(5)], { start_date: '2026-03-01', end_date: '2026-03-03' }), element([perHour(1)])]),
    ],
    due: ['6', '6'],
    parts: { time: '6' },
  },
  {
    title: 'an hour that never comes is never billed',
    because:
      'on 29 March 2026 it is 03:00 after 01:59 in Amsterdam: 01:30 to 03:30 is one hour x 1.00, none of it at 2.00',
    zone: 'Europe/Amsterdam',
    bill: from('2026-03-29T00:30', '2026-03-29T01:30', [period('2026-03-29T00:30', { charging: 1 })]),
    tariffs: [SMALL_HOURS],
    due: ['1', '1'],
    parts: { time: '1' },
  },
  {
    title: 'an hour that comes twice is billed twice',
    because: 'on 25 October 2026 02:00 to 03:00 comes twice in Amsterdam: 0.5 x 1 + 2 x 2 + 0.5 x 1 = 5.00',
    zone: 'Europe/Amsterdam',
    bill: from('2026-10-24T23:30', '2026-10-25T02:30', [period('2026-10-24T23:30', { charging: 3 })]),
    tariffs: [SMALL_HOURS],
    due: ['5', '5'],
    parts: { time: '5' },
  },
  {
    title: 'a duration does not care for changes of the clocks',
    because: '3 h by the sun: 2 h x 1.00 and 1 h x 4.00 = 6.00, though the clock shows four hours',
    zone: 'Europe/Amsterdam',
    bill: from('2026-03-29T00:00', '2026-03-29T03:00', [period('2026-03-29T00:00', { charging: 3 })]),
    tariffs: [tariff([element([perHour(4)], { min_duration: 7200 }), element([perHour(1)])])],
    due: ['6', '6'],
    parts: { time: '6' },
  },
  {
    title: 'New York is five hours behind in winter',
    because: '16:00 to 18:00 in New York is 21:00 to 23:00 UTC: 1 h x 1.00 and 1 h x 2.00 = 3.00',
    zone: 'America/New_York',
    bill: from('21:00', '23:00', [period('21:00', { charging: 2 })]),
    tariffs: [tariff([element([perHour(2)], { start_time: '17:00', end_time: '21:00' }), element([perHour(1)])])],
    due: ['3', '3'],
    parts: { time: '3' },
  },
  {
    title: 'zones that are half an hour off are read as such',
    because: '00:00 UTC is 05:30 in Kolkata: half an hour x 1.00 until 06:00, half an hour x 3.00: 2.00',
    zone: 'Asia/Kolkata',
    bill: from('00:00', '01:00', [period('00:00', { charging: 1 })]),
    tariffs: [tariff([element([perHour(3)], { start_time: '06:00' }), element([perHour(1)])])],
    due: ['2', '2'],
    parts: { time: '2' },
  },
  {
    title: 'all restrictions of an element must hold',
    because: 'MONDAY and 12:00 to 14:00 and from 5 kWh on: 5 x 0.30 = 1.50, 5 x 0.10 = 0.50: 2.00',
    bill: from('12:00', '13:00', [
      period('12:00', { kwh: 5, charging: 0.5 }),
      period('12:30', { kwh: 5, charging: 0.5 }),
    ]),
    tariffs: [
      tariff([
        element([perKwh(0.1)], { day_of_week: ['MONDAY'], start_time: '12:00', end_time: '14:00', min_kwh: 5 }),
        element([perKwh(0.3)]),
      ]),
    ],
    due: ['2', '2'],
    parts: { energy: '2' },
  },
];
