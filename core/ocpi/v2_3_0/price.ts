import type * as z from 'zod';
import { adapted, list, OcpiString, ocpiNumber, ocpiObject, optional } from '../schema.ts';
import { readPrice230, readPriceLimit } from '../stances/money.ts';

/** Digest 5. `percentage` is a rate, `amount` the money due. */
export const TaxAmount = ocpiObject('TaxAmount', {
  name: OcpiString(),
  account_number: optional(OcpiString()),
  percentage: optional(ocpiNumber()),
  amount: ocpiNumber(),
});
export type TaxAmount = z.infer<typeof TaxAmount>;

/** Of costs. Shapes of older versions, which the samples of Payments still have, are read with a warning (T21). */
export const Price = adapted(ocpiObject('Price', { before_taxes: ocpiNumber(), taxes: list(TaxAmount) }), readPrice230);
export type Price = z.infer<typeof Price>;

/** Of tariffs. */
export const PriceLimit = adapted(
  ocpiObject('PriceLimit', { before_taxes: ocpiNumber(), after_taxes: optional(ocpiNumber()) }),
  readPriceLimit,
);
export type PriceLimit = z.infer<typeof PriceLimit>;
