import { component, element, from, minutes, period, tariff, type WorkedCase } from './worked-case.ts';

const energy = component('ENERGY', 0.3);

export const FEE_CASES: readonly WorkedCase[] = [
  {
    title: 'a flat fee is due once, however many periods there are',
    because: '0.50 once and 9 kWh x 0.30 = 2.70: 3.20',
    bill: from('10:00', '13:00', [
      period('10:00', { kwh: 3, charging: 1 }),
      period('11:00', { kwh: 3, charging: 1 }),
      period('12:00', { kwh: 3, charging: 1 }),
    ]),
    tariffs: [tariff([element([component('FLAT', 0.5), energy])])],
    due: ['3.2', '3.2'],
    parts: { fixed: '0.5', energy: '2.7' },
  },
  {
    title: 'a fee of weekends is not due on a Monday',
    because: '10 kWh x 0.30 = 3.00 and nothing else',
    bill: from('10:00', '11:00', [period('10:00', { kwh: 10, charging: 1 })]),
    tariffs: [tariff([element([component('FLAT', 2)], { day_of_week: ['SATURDAY', 'SUNDAY'] }), element([energy])])],
    due: ['3', '3'],
    parts: { energy: '3' },
  },
  {
    title: 'a fee of weekends is due on a Saturday',
    because: '2.00 and 10 kWh x 0.30 = 3.00: 5.00',
    bill: from('2026-03-07T10:00', '2026-03-07T11:00', [period('2026-03-07T10:00', { kwh: 10, charging: 1 })]),
    tariffs: [tariff([element([component('FLAT', 2)], { day_of_week: ['SATURDAY', 'SUNDAY'] }), element([energy])])],
    due: ['5', '5'],
    parts: { energy: '3', fixed: '2' },
  },
  {
    title: 'a fee for staying becomes due when it is due',
    because: '20 kWh x 0.30 = 6.00, and 5.00 from the fourth hour on: 11.00',
    bill: from('10:00', '15:00', [period('10:00', { kwh: 20, charging: 5 })]),
    tariffs: [tariff([element([component('FLAT', 5)], { min_duration: 14400 }), element([energy])])],
    due: ['11', '11'],
    parts: { energy: '6', fixed: '5' },
  },
  {
    title: 'two fees that become due one after the other are both taken, and that is a doubt',
    because: '0.50 at once and 5.00 after four hours; 10 kWh x 0.30 = 3.00: 8.50',
    bill: from('10:00', '15:00', [period('10:00', { kwh: 10, charging: 5 })]),
    tariffs: [
      tariff([element([component('FLAT', 5)], { min_duration: 14400 }), element([component('FLAT', 0.5), energy])]),
    ],
    due: ['8.5', '8.5'],
    parts: { energy: '3', fixed: '5.5' },
    doubts: ['flat-twice'],
  },
  {
    title: '2.1.1 tells in which period a fee is due',
    because: '1.00 once though two periods tell it, and 5 kWh x 0.30 = 1.50: 2.50; 2.1.1 tells no taxes',
    version: '2.1.1',
    bill: from('10:00', '12:00', [
      period('10:00', { FLAT: 1, kwh: 3, charging: 1 }),
      period('11:00', { FLAT: 1, kwh: 2, charging: 1 }),
    ]),
    tariffs: [tariff([element([component('FLAT', 1)]), element([energy])])],
    due: ['2.5', null],
    parts: { energy: '1.5', fixed: '1' },
  },
  {
    title: 'a fee that stands with parking alone is of the parking',
    because: '10 kWh x 0.30 = 3.00; 1.50 and half an hour x 2.00 = 1.00 for parking: 5.50',
    bill: from('10:00', '11:30', [period('10:00', { kwh: 10, charging: 1 }), period('11:00', { parked: 0.5 })]),
    tariffs: [tariff([element([energy]), element([component('FLAT', 1.5), component('PARKING_TIME', 2)])])],
    due: ['5.5', '5.5'],
    parts: { energy: '3', parking: '2.5' },
  },
  {
    title: 'a fee of parking is not due where nobody parked',
    because: '10 kWh x 0.30 = 3.00',
    bill: from('10:00', '11:00', [period('10:00', { kwh: 10, charging: 1 })]),
    tariffs: [tariff([element([energy]), element([component('FLAT', 1.5), component('PARKING_TIME', 2)])])],
    due: ['3', '3'],
    parts: { energy: '3' },
  },
  {
    title: 'free of charge is a flat fee of nothing',
    because: '0 once',
    bill: from('10:00', '11:00', [period('10:00', { kwh: 10, charging: 1 })]),
    tariffs: [tariff([element([component('FLAT', 0)])])],
    due: ['0', '0'],
  },
  {
    title: 'the kept place, a quarter of an hour, comes before the charge',
    because:
      '15 min x 5.00 = 1.25, 0.50 once, 20 kWh x 0.25 = 5.00: 6.75; with 20 %, 20 % and 10 % 1.50 + 0.60 + 5.50 = 7.60',
    bill: from('10:00', '11:15', [period('10:00', { reserved: 0.25 }), period('10:15', { kwh: 20, charging: 1 })]),
    tariffs: [
      tariff([
        element([component('TIME', 5, 20, 60)], { reservation: 'RESERVATION' }),
        element([component('FLAT', 0.5, 20), component('ENERGY', 0.25, 10)]),
      ]),
    ],
    due: ['6.75', '7.6'],
    parts: { reservation: '1.25', fixed: '0.5', energy: '5' },
  },
  {
    title: 'a reservation has steps of its own',
    because: '22 min up to 30, x 2.00 = 1.00; 0.50 once; 20 kWh x 0.25 = 5.00: 6.50',
    bill: from('10:00', '11:22', [
      period('10:00', { reserved: minutes(22) }),
      period('10:22', { kwh: 20, charging: 1 }),
    ]),
    tariffs: [
      tariff([
        element([component('FLAT', 4)], { reservation: 'RESERVATION_EXPIRES' }),
        element([component('TIME', 2, undefined, 600)], { reservation: 'RESERVATION' }),
        element([component('FLAT', 0.5), component('ENERGY', 0.25)]),
      ]),
    ],
    due: ['6.5', '6.5'],
    parts: { reservation: '1', fixed: '0.5', energy: '5' },
  },
  {
    title: 'a reservation that was never used costs its time and the fee for that',
    because: '4.00 and 1 h x 2.00 = 2.00: 6.00; nothing of the charge is due',
    bill: from('10:00', '11:00', [period('10:00', { reserved: 1 })]),
    tariffs: [
      tariff([
        element([component('FLAT', 4)], { reservation: 'RESERVATION_EXPIRES' }),
        element([component('TIME', 2, undefined, 600)], { reservation: 'RESERVATION' }),
        element([component('FLAT', 0.5), component('ENERGY', 0.25)]),
      ]),
    ],
    due: ['6', '6'],
    parts: { reservation: '6' },
  },
  {
    title: 'where both have a price of time, a reservation that was never used takes its own',
    because: '1.5 h x 6.00 = 9.00, not x 3.00',
    bill: from('10:00', '11:30', [period('10:00', { reserved: 1.5 })]),
    tariffs: [
      tariff([
        element([component('TIME', 3, undefined, 600)], { reservation: 'RESERVATION' }),
        element([component('TIME', 6, undefined, 600)], { reservation: 'RESERVATION_EXPIRES' }),
      ]),
    ],
    due: ['9', '9'],
    parts: { reservation: '9' },
  },
  {
    title: 'a reservation has a fee of its own',
    because: '2.00 and 13 min up to 15, x 5.00 = 1.25: 3.25 for the reservation; 10 kWh x 0.25 = 2.50: 5.75',
    bill: from('10:00', '11:13', [
      period('10:00', { reserved: minutes(13) }),
      period('10:13', { kwh: 10, charging: 1 }),
    ]),
    tariffs: [
      tariff([
        element([component('FLAT', 2), component('TIME', 5, undefined, 300)], { reservation: 'RESERVATION' }),
        element([component('ENERGY', 0.25)]),
      ]),
    ],
    due: ['5.75', '5.75'],
    parts: { reservation: '3.25', energy: '2.5' },
  },
  {
    title: 'a reservation that nothing prices is free',
    because: '20 min cost nothing, 10 kWh x 0.30 = 3.00',
    bill: from('10:00', '11:20', [
      period('10:00', { reserved: minutes(20) }),
      period('10:20', { kwh: 10, charging: 1 }),
    ]),
    tariffs: [tariff([element([energy, component('TIME', 0)])])],
    due: ['3', '3'],
    parts: { energy: '3' },
  },
  {
    title: 'a booking that expired costs what bookings cost then',
    because: '7.50 once for the booking that nobody came for, though it has an hour of its own at no price',
    version: '2.3.0',
    bill: from('10:00', '11:00', [period('10:00', { RESERVATION_EXPIRES: 1 })], { booking_id: 'B1' }),
    tariffs: [
      tariff(
        [element([component('FLAT', 7.5, 0)], { booking: 'BOOKING_EXPIRES' }), element([component('ENERGY', 0.3, 0)])],
        { tax_included: 'NO' },
      ),
    ],
    due: ['7.5', '7.5'],
    parts: { reservation: '7.5' },
  },
  {
    title: 'staying beyond the end of a booking costs its overtime',
    because: '10 kWh x 0.30 = 3.00; 15 min x 12.00 = 3.00: 6.00',
    version: '2.3.0',
    bill: from(
      '10:00',
      '11:15',
      [period('10:00', { kwh: 10, charging: 1 }), period('11:00', { RESERVATION_OVERTIME: 0.25 })],
      { booking_id: 'B1' },
    ),
    tariffs: [
      tariff(
        [element([component('TIME', 12, 0)], { booking: 'BOOKING_OVERTIME' }), element([component('ENERGY', 0.3, 0)])],
        { tax_included: 'N/A' },
      ),
    ],
    due: ['6', '6'],
    parts: { energy: '3', reservation: '3' },
  },
];
