import { type Flaw, OcpiString, ocpiInt, ruled } from '../schema.ts';

const TIME = /^(?:[01]\d|2[0-3]):[0-5]\d$/;
const DATE = /^[12]\d{3}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])$/;

/** A local time of day, HH:MM. 24:00 is understood, and warned about (T24). */
export function TimeOfDay() {
  return ruled(OcpiString(5), time => {
    if (TIME.test(time)) return undefined;
    const code = time === '24:00' ? 'time.twenty-four' : 'time.spelling';
    return [{ code, met: time, expected: 'HH:MM, from 00:00 to 23:59' }];
  });
}

/** A local date, YYYY-MM-DD. */
export function LocalDate() {
  return ruled(OcpiString(10), date => {
    return DATE.test(date) ? undefined : [{ code: 'date.spelling', met: date, expected: 'YYYY-MM-DD' }];
  });
}

/** 1 for Monday to 7 for Sunday. */
export function Weekday() {
  return ruled(ocpiInt(1), day => {
    return day >= 1 && day <= 7 ? undefined : [{ code: 'hours.weekday', met: String(day), expected: '1 to 7' }];
  });
}

interface OpeningTimes {
  readonly twentyfourseven?: boolean | undefined;
  readonly regular_hours?: readonly unknown[] | null | undefined;
}

/** Around the clock or regular hours, one of the two (T28a); 2.1.1 allows both. */
export function judgeHours({ twentyfourseven, regular_hours: regular }: OpeningTimes): Flaw[] | undefined {
  if (twentyfourseven === true || (regular?.length ?? 0) > 0) return undefined;
  return [{ code: 'hours.regular-missing', met: 'no regular hours', expected: 'regular_hours or twentyfourseven' }];
}

/** From 2.2 on: exactly one of the two. */
export function judgeHoursStrictly(hours: OpeningTimes): Flaw[] | undefined {
  const given = hours.regular_hours?.length ?? 0;
  if (hours.twentyfourseven !== true || given === 0) return judgeHours(hours);
  return [
    { code: 'hours.regular-unexpected', at: ['regular_hours'], met: `${given} periods`, expected: 'no regular hours' },
  ];
}
