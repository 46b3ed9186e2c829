import { convertObject } from '../../ocpi/convert/convert.ts';
import { isJsonObject, type JsonObject } from '../../ocpi/json-value.ts';
import type { PartyId } from '../../ocpi/party-id.ts';
import { localMoment } from '../world/local-time.ts';
import type { Component, Dimension, Element, Pricing, Restrictions } from '../world/tariff-book.ts';

/** What nobody priced: it is not said what it costs. */
export const UNPRICED: Pricing = { elements: [], country: { standardOffset: 0 } };

const DIMENSIONS: readonly string[] = ['ENERGY', 'FLAT', 'PARKING_TIME', 'TIME'] satisfies Dimension[];
const WEEKDAYS = ['MONDAY', 'TUESDAY', 'WEDNESDAY', 'THURSDAY', 'FRIDAY', 'SATURDAY', 'SUNDAY'];

export interface PricedAt {
  readonly owner: PartyId;
  /** IANA name, of the location. */
  readonly timeZone: string | undefined;
  /** Seconds since the epoch: when the session begins. */
  readonly at: number;
}

/**
 * A tariff (2.3.0) as sessions are priced by it (digest 6.4): prices without tax, in ten-thousandths. Left out are
 * elements whose restrictions need what is not simulated (currents, energy so far, bookings), and those of other dates
 * than the one on which the session begins.
 */
export function pricingOf(tariff: JsonObject, { owner, timeZone, at }: PricedAt): Pricing {
  const standardOffset = standardOffsetOf(timeZone, at);
  const net = convertObject(tariff, { module: 'tariffs', from: '2.3.0', to: '2.2.1', owner });
  if (net === undefined) return { ...UNPRICED, country: { standardOffset } };
  const elements = listOf(net['elements']);
  const today = dateOf(at, standardOffset);
  const vat = elements.flatMap(element => listOf(element['price_components'])).map(component => component['vat']);
  const [least, most] = [limitOf(net['min_price']), limitOf(net['max_price'])];
  const rate = vat.find(isNumber);
  return {
    elements: elements.flatMap(element => readElement(element, today)),
    ...(rate === undefined ? {} : { vat: rate }),
    ...(least === undefined ? {} : { least }),
    ...(most === undefined ? {} : { most }),
    country: { standardOffset },
  };
}

/** As the world has it: minutes ahead of UTC in winter, such that with the summer time of the European Union it is right. */
export function standardOffsetOf(timeZone: string | undefined, at: number): number {
  if (timeZone === undefined) return -summerMinutes(at, 0);
  try {
    const parts = new Intl.DateTimeFormat('en', {
      timeZone,
      hourCycle: 'h23',
      year: 'numeric',
      month: 'numeric',
      day: 'numeric',
      hour: 'numeric',
      minute: 'numeric',
    }).formatToParts(at * 1000);
    const part = (name: string) => Number(parts.find(({ type }) => type === name)?.value);
    const shown = Date.UTC(part('year'), part('month') - 1, part('day'), part('hour'), part('minute'));
    const offset = Math.round((shown - Math.floor(at / 60) * 60_000) / 60_000);
    return offset - summerMinutes(at, offset);
  } catch {
    // No time zone of this name: sessions at such a location are priced by UTC.
    return -summerMinutes(at, 0);
  }
}

/** Minutes the world's clocks are ahead of `offset` at a moment. */
function summerMinutes(at: number, offset: number): number {
  const { day, second } = localMoment(at, offset);
  return (day * 86_400 + second - at) / 60 - offset;
}

function readElement(element: JsonObject, today: string): Element[] {
  const components = listOf(element['price_components']).flatMap(readComponent);
  const when = element['restrictions'];
  if (!isJsonObject(when)) return [{ components }];
  if (['min_current', 'max_current', 'min_kwh', 'max_kwh'].some(field => isNumber(when[field]))) return [];
  const [from, until] = [when['start_date'], when['end_date']];
  if (typeof from === 'string' && today < from) return [];
  if (typeof until === 'string' && today >= until) return [];
  const { start, end } = { start: hoursOf(when['start_time']), end: hoursOf(when['end_time']) || undefined };
  const common = restrictionsOf(when);
  // Over midnight: until then, and from then on.
  if (start !== undefined && end !== undefined && end <= start) {
    return [
      { components, when: { ...common, fromHour: start } },
      { components, when: { ...common, untilHour: end } },
    ];
  }
  return [
    {
      components,
      when: {
        ...common,
        ...(start === undefined ? {} : { fromHour: start }),
        ...(end === undefined ? {} : { untilHour: end }),
      },
    },
  ];
}

function restrictionsOf(when: JsonObject): Restrictions {
  const weekdays = (Array.isArray(when['day_of_week']) ? when['day_of_week'] : [])
    .map(day => WEEKDAYS.indexOf(String(day)) + 1)
    .filter(day => day > 0);
  const { min_power: leastKw, max_power: mostKw, min_duration: least, max_duration: most, reservation } = when;
  return {
    ...(weekdays.length > 0 && weekdays.length < 7 ? { weekdays } : {}),
    ...(isNumber(leastKw) ? { leastWatts: leastKw * 1000 } : {}),
    ...(isNumber(mostKw) ? { mostWatts: mostKw * 1000 } : {}),
    ...(isNumber(least) ? { leastSeconds: least } : {}),
    ...(isNumber(most) ? { mostSeconds: most } : {}),
    ...(reservation === 'RESERVATION' || reservation === 'RESERVATION_EXPIRES' ? { reservation } : {}),
  };
}

function readComponent({ type, price, step_size: step }: JsonObject): Component[] {
  if (typeof type !== 'string' || !DIMENSIONS.includes(type) || !isNumber(price)) return [];
  return [
    {
      dimension: type as Dimension,
      price: Math.round(price * 10_000),
      step: isNumber(step) && step >= 1 ? Math.floor(step) : 1,
    },
  ];
}

function limitOf(price: unknown): number | undefined {
  const net = isJsonObject(price) ? price['excl_vat'] : undefined;
  return isNumber(net) ? Math.round(net * 10_000) : undefined;
}

/** `07:30` as 7.5. */
function hoursOf(time: unknown): number | undefined {
  const [, hours, minutes] = (typeof time === 'string' ? /^(\d\d):(\d\d)$/.exec(time) : null) ?? [];
  return hours === undefined ? undefined : Number(hours) + Number(minutes) / 60;
}

function dateOf(at: number, standardOffset: number): string {
  const { day } = localMoment(at, standardOffset);
  return new Date(day * 86_400_000).toISOString().slice(0, 10);
}

function listOf(value: unknown): JsonObject[] {
  return Array.isArray(value) ? value.filter(isJsonObject) : [];
}

function isNumber(value: unknown): value is number {
  return typeof value === 'number' && Number.isFinite(value);
}
