import type * as z from 'zod';
import { assumed, closedEnum, listOne, ocpiNumber, ocpiObject, optional, ruled } from '../schema.ts';
import * as before from '../v2_2_1/tariffs.ts';
import { EnergyMix } from './locations.ts';
import { PriceLimit } from './price.ts';

// Tariffs of 2.3.0 (digest 6.4). What is not stated here is as in 2.2.1.

/** Whether prices contain the taxes; `N/A` where there are none. */
export const TaxIncluded = closedEnum('TaxIncluded', ['YES', 'NO', 'N/A']);
export type TaxIncluded = z.infer<typeof TaxIncluded>;

/** Of the Bookings document. */
export const BookingRestrictionType = closedEnum('BookingRestrictionType', [
  'BOOKING',
  'BOOKING_EXPIRES',
  'BOOKING_CANCELLATION_FEES',
  'BOOKING_OVERTIME',
]);
export type BookingRestrictionType = z.infer<typeof BookingRestrictionType>;

export const TariffRestrictions = ocpiObject('TariffRestrictions', {
  ...before.TariffRestrictions.shape,
  booking: optional(BookingRestrictionType),
});
export type TariffRestrictions = z.infer<typeof TariffRestrictions>;

export const TariffElement = ruled(
  ocpiObject('TariffElement', { ...before.TariffElement.shape, restrictions: optional(TariffRestrictions) }),
  before.judgeReservation,
);
export type TariffElement = z.infer<typeof TariffElement>;

/**
 * `tax_included` is new and required; tariffs that come from 2.2.1 lack it and mean NO (T20b). `preauthorize_amount` is of
 * the Payments document.
 */
export const Tariff = ocpiObject('Tariff', {
  ...before.Tariff.shape,
  min_price: optional(PriceLimit),
  max_price: optional(PriceLimit),
  preauthorize_amount: optional(ocpiNumber()),
  elements: listOne(TariffElement),
  tax_included: assumed(TaxIncluded, 'tariff.tax-included-missing', 'NO'),
  energy_mix: optional(EnergyMix),
});
export type Tariff = z.infer<typeof Tariff>;
