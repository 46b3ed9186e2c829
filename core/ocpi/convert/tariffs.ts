import type { Tariff as Tariff211, TariffElement as TariffElement211 } from '../v2_1_1/tariffs.ts';
import type { Tariff as Tariff221, TariffElement as TariffElement221 } from '../v2_2_1/tariffs.ts';
import type { Tariff as Tariff230, TariffElement as TariffElement230 } from '../v2_3_0/tariffs.ts';
import type { ConvertContext } from './context.ts';
import { energyMixFrom211, energyMixTo211, energyMixTo221 } from './energy-mix.ts';
import { limitTo221, limitTo230, mapped, money } from './prices.ts';

/** What no element prices is free (digest 6.4), which is said with one that costs nothing. */
const FREE = { price_components: [{ type: 'FLAT', price: 0, step_size: 1 }] } satisfies TariffElement211;

export function tariffFrom211({ energy_mix, ...rest }: Tariff211, { owner }: ConvertContext): Tariff221 {
  const mix = mapped(energy_mix, energyMixFrom211);
  return {
    country_code: owner.countryCode,
    party_id: owner.partyId,
    ...rest,
    ...(mix !== undefined && { energy_mix: mix }),
  };
}

/**
 * Left out: owner, type, limits of the price, time of validity, VAT. An element under a restriction that 2.1.1 does not have
 * (currents, reservations) is left out as a whole: without it, it would price what it is not meant for.
 */
export function tariffTo211(tariff: Tariff221): Tariff211 {
  const {
    country_code: _country,
    party_id: _party,
    type: _type,
    min_price: _min,
    max_price: _max,
    start_date_time: _start,
    end_date_time: _end,
    elements,
    energy_mix,
    ...rest
  } = tariff;
  const mix = mapped(energy_mix, energyMixTo211);
  const expressed = elements.flatMap(elementTo211);
  return {
    ...rest,
    elements: expressed.length > 0 ? expressed : [FREE],
    ...(mix !== undefined && { energy_mix: mix }),
  };
}

function elementTo211({ price_components, restrictions, ...rest }: TariffElement221): TariffElement211[] {
  const { min_current: min, max_current: max, reservation, ...known } = restrictions ?? {};
  if (isSet(min) || isSet(max) || isSet(reservation)) return [];
  return [
    {
      ...rest,
      price_components: price_components.map(({ vat: _, ...component }) => component),
      ...(restrictions !== undefined && { restrictions: restrictions && known }),
    },
  ];
}

/** Prices of 2.2.1 exclude taxes (T20b). */
export function tariffTo230({ min_price, max_price, ...rest }: Tariff221): Tariff230 {
  const [min, max] = [mapped(min_price, limitTo230), mapped(max_price, limitTo230)];
  return {
    ...rest,
    ...(min !== undefined && { min_price: min }),
    ...(max !== undefined && { max_price: max }),
    tax_included: 'NO',
  };
}

/**
 * Left out: the amount to authorize, and elements that price bookings. Prices that include VAT are written without it;
 * those that include taxes nobody gives a percentage of stay as they are.
 */
export function tariffTo221(tariff: Tariff230): Tariff221 {
  const { min_price, max_price, tax_included, preauthorize_amount: _, elements, energy_mix, ...rest } = tariff;
  const [min, max] = [mapped(min_price, limitTo221), mapped(max_price, limitTo221)];
  const mix = mapped(energy_mix, energyMixTo221);
  const expressed = elements.flatMap(element => elementTo221(element, tax_included === 'YES'));
  return {
    ...rest,
    ...(min !== undefined && { min_price: min }),
    ...(max !== undefined && { max_price: max }),
    elements: expressed.length > 0 ? expressed : [FREE],
    ...(mix !== undefined && { energy_mix: mix }),
  };
}

function elementTo221(element: TariffElement230, included: boolean): TariffElement221[] {
  const { price_components, restrictions, ...rest } = element;
  const { booking, ...known } = restrictions ?? {};
  if (isSet(booking)) return [];
  return [
    {
      ...rest,
      price_components: included
        ? price_components.map(component => ({ ...component, price: withoutVat(component) }))
        : price_components,
      ...(restrictions !== undefined && { restrictions: restrictions && known }),
    },
  ];
}

function withoutVat({ price, vat }: { readonly price: number; readonly vat?: number | null | undefined }): number {
  return isSet(vat) && vat > -100 ? money(price / (1 + vat / 100)) : price;
}

function isSet<T>(value: T | null | undefined): value is T {
  return value !== null && value !== undefined;
}
