import type { Tariff as Tariff211 } from '../../ocpi/v2_1_1/tariffs.ts';
import type { Tariff as Tariff221 } from '../../ocpi/v2_2_1/tariffs.ts';
import type { Tariff as Tariff230 } from '../../ocpi/v2_3_0/tariffs.ts';
import { itemAt } from './chance.ts';
import { writeEnergyMix22, writeEnergyMix211 } from './energy.ts';
import { DAY_SECONDS } from './local-time.ts';
import { writeMoment } from './moments.ts';
import { fourDecimals, grossPrice, withTax } from './money.ts';
import { writeTimeOfDay } from './opening.ts';
import type { Setting } from './setting.ts';
import type { Component, Element, Restrictions, TariffFacts } from './tariff-book.ts';

/** 2.1.1 knows neither reservations nor lowest and highest prices, and prices only without VAT. */
export function writeTariff211(setting: Setting, facts: TariffFacts): Tariff211 {
  return {
    id: facts.id,
    currency: facts.country.currency,
    tariff_alt_text: [{ language: 'en', text: facts.text }],
    tariff_alt_url: pageOf(facts),
    elements: facts.elements
      .filter(({ when }) => !when?.reservation)
      .map(({ components, when }) => ({
        price_components: components.map(component => writeComponent(component)),
        ...(when && { restrictions: writeRestrictions(when) }),
      })),
    ...(facts.sort === 'GREEN' && { energy_mix: writeEnergyMix211('green') }),
    last_updated: lastUpdated(setting, facts),
  };
}

export function writeTariff221(setting: Setting, facts: TariffFacts): Tariff221 {
  const limit = (net: number) => {
    const amount = withTax(net, facts.vat);
    return { excl_vat: fourDecimals(amount.net), incl_vat: fourDecimals(amount.gross) };
  };
  return {
    ...commonPart(setting, facts),
    ...(facts.least !== undefined && { min_price: limit(facts.least) }),
    ...(facts.most !== undefined && { max_price: limit(facts.most) }),
    elements: facts.elements.map(element =>
      writeElement(element, component => ({
        ...writeComponent(component),
        ...(facts.vat !== undefined && { vat: facts.vat }),
      })),
    ),
    last_updated: lastUpdated(setting, facts),
  };
}

/** Prices hold the tax where the country tells them so. */
export function writeTariff230(setting: Setting, facts: TariffFacts): Tariff230 {
  const limit = (net: number) => {
    const amount = withTax(net, facts.vat);
    return { before_taxes: fourDecimals(amount.net), after_taxes: fourDecimals(amount.gross) };
  };
  const { vat } = facts;
  return {
    ...commonPart(setting, facts),
    tax_included: facts.taxIncluded,
    ...(facts.least !== undefined && { min_price: limit(facts.least) }),
    ...(facts.most !== undefined && { max_price: limit(facts.most) }),
    elements: facts.elements.map(element =>
      writeElement(element, component => ({
        ...writeComponent(component),
        ...(vat !== undefined && { vat }),
        ...(vat !== undefined && facts.taxIncluded === 'YES' && { price: grossPrice(component.price, vat) }),
      })),
    ),
    last_updated: lastUpdated(setting, facts),
  };
}

function commonPart(setting: Setting, facts: TariffFacts) {
  const { operator } = facts;
  return {
    country_code: operator.countryCode,
    party_id: operator.partyId,
    id: facts.id,
    currency: facts.country.currency,
    ...(facts.type && { type: facts.type }),
    tariff_alt_text: [{ language: 'en', text: facts.text }],
    tariff_alt_url: pageOf(facts),
    // Long before the first session, and before the prices were changed last.
    start_date_time: writeMoment((Math.floor(setting.now / DAY_SECONDS) - 730) * DAY_SECONDS),
    ...(facts.sort === 'GREEN' && { energy_mix: writeEnergyMix22('green') }),
  };
}

function writeElement<C>({ components, when }: Element, write: (component: Component) => C) {
  return { price_components: components.map(write), ...(when && { restrictions: writeRestrictions22(when) }) };
}

function writeComponent({ dimension, price, step }: Component) {
  return { type: dimension, price: fourDecimals(price), step_size: step };
}

const WEEKDAYS = ['MONDAY', 'TUESDAY', 'WEDNESDAY', 'THURSDAY', 'FRIDAY', 'SATURDAY', 'SUNDAY'] as const;

function writeRestrictions(when: Restrictions) {
  return {
    ...(when.fromHour !== undefined && { start_time: writeTimeOfDay(when.fromHour * 60) }),
    ...(when.untilHour !== undefined && { end_time: writeTimeOfDay(when.untilHour * 60) }),
    ...(when.leastWatts !== undefined && { min_power: when.leastWatts / 1_000 }),
    ...(when.mostWatts !== undefined && { max_power: when.mostWatts / 1_000 }),
    ...(when.leastSeconds !== undefined && { min_duration: when.leastSeconds }),
    ...(when.mostSeconds !== undefined && { max_duration: when.mostSeconds }),
    ...(when.weekdays && { day_of_week: when.weekdays.map(weekday => itemAt(WEEKDAYS, weekday - 1)) }),
  };
}

function writeRestrictions22(when: Restrictions) {
  return { ...writeRestrictions(when), ...(when.reservation && { reservation: when.reservation }) };
}

function pageOf({ operator, id }: TariffFacts): string {
  return `${operator.website}/prices/${id.toLowerCase()}`;
}

function lastUpdated(setting: Setting, { index }: TariffFacts): string {
  return writeMoment(setting.ages.tariffs.at(index));
}
