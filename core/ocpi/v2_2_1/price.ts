import type * as z from 'zod';
import { adapted, ocpiNumber, ocpiObject, optional } from '../schema.ts';
import { readPrice221 } from '../stances/money.ts';

/** Digest 5. An absent incl_vat is not an equal one; other versions' shapes are read with a warning (T21). */
export const Price = adapted(
  ocpiObject('Price', { excl_vat: ocpiNumber(), incl_vat: optional(ocpiNumber()) }),
  readPrice221,
);
export type Price = z.infer<typeof Price>;
