import type * as z from 'zod';
import {
  CiString,
  closedEnum,
  DateTimeText,
  type Flaw,
  list,
  listOne,
  OcpiString,
  ocpiNumber,
  ocpiObject,
  optional,
  ruled,
  tolerated,
  Url,
} from '../schema.ts';
import { DisplayText } from '../v2_1_1/display-text.ts';
import * as before from '../v2_1_1/tariffs.ts';
import { EnergyMix } from './locations.ts';
import { Price } from './price.ts';

// Tariffs of 2.2.1 (digest 6.4). What is not stated here is as in 2.1.1.

export const TariffType = closedEnum('TariffType', [
  'AD_HOC_PAYMENT',
  'PROFILE_CHEAP',
  'PROFILE_FAST',
  'PROFILE_GREEN',
  'REGULAR',
]);
export type TariffType = z.infer<typeof TariffType>;

export const ReservationRestrictionType = closedEnum('ReservationRestrictionType', [
  'RESERVATION',
  'RESERVATION_EXPIRES',
]);
export type ReservationRestrictionType = z.infer<typeof ReservationRestrictionType>;

/** Prices exclude VAT; without `vat`, a percentage, there is none. */
export const PriceComponent = ocpiObject('PriceComponent', {
  ...before.PriceComponent.shape,
  vat: optional(ocpiNumber()),
});
export type PriceComponent = z.infer<typeof PriceComponent>;

/** Currents in A, summed over the phases. */
export const TariffRestrictions = ocpiObject('TariffRestrictions', {
  ...before.TariffRestrictions.shape,
  min_current: optional(ocpiNumber()),
  max_current: optional(ocpiNumber()),
  reservation: optional(ReservationRestrictionType),
});
export type TariffRestrictions = z.infer<typeof TariffRestrictions>;

export const TariffElement = ruled(
  ocpiObject('TariffElement', {
    price_components: listOne(PriceComponent),
    restrictions: optional(TariffRestrictions),
  }),
  judgeReservation,
);
export type TariffElement = z.infer<typeof TariffElement>;

/** What is reserved (or, in the Bookings module, booked) is priced by FLAT and TIME only. */
export function judgeReservation(element: {
  readonly price_components: readonly { readonly type: string }[];
  readonly restrictions?:
    | { readonly reservation?: string | null | undefined; readonly booking?: string | null | undefined }
    | null
    | undefined;
}): Flaw[] | undefined {
  const { price_components: components, restrictions } = element;
  if (!restrictions?.reservation && !restrictions?.booking) return undefined;
  return components.flatMap(({ type }, at): Flaw[] => {
    if (type === 'FLAT' || type === 'TIME') return [];
    const place = ['price_components', at, 'type'];
    return [{ code: 'tariff.reservation-dimension', at: place, met: type, expected: 'FLAT or TIME' }];
  });
}

export const Tariff = ocpiObject('Tariff', {
  country_code: CiString(2),
  party_id: CiString(3),
  id: CiString(36),
  currency: OcpiString(3),
  type: optional(TariffType),
  tariff_alt_text: list(DisplayText),
  tariff_alt_url: optional(Url()),
  min_price: optional(Price),
  max_price: optional(Price),
  elements: listOne(TariffElement),
  start_date_time: optional(DateTimeText()),
  end_date_time: optional(DateTimeText()),
  energy_mix: optional(EnergyMix),
  last_updated: tolerated(DateTimeText(), 'last-updated.missing'),
});
export type Tariff = z.infer<typeof Tariff>;
