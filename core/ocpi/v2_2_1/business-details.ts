import type * as z from 'zod';
import { CiString, ocpiObject, optional } from '../schema.ts';
import * as before from '../v2_1_1/business-details.ts';

/** As in 2.1.1, but the suffix does not mind its case. */
export const Image = ocpiObject('Image', { ...before.Image.shape, type: CiString(4) });
export type Image = z.infer<typeof Image>;

export const BusinessDetails = ocpiObject('BusinessDetails', {
  ...before.BusinessDetails.shape,
  logo: optional(Image),
});
export type BusinessDetails = z.infer<typeof BusinessDetails>;
