import type * as z from 'zod';
import { ocpiObject, openEnum, optional } from '../schema.ts';
import * as before from '../v2_2_1/business-details.ts';

export const ImageCategory = openEnum('ImageCategory', [
  'CHARGER',
  'ENTRANCE',
  'LOCATION',
  'NETWORK',
  'OPERATOR',
  'OTHER',
  'OWNER',
]);
export type ImageCategory = z.infer<typeof ImageCategory>;

export const Image = ocpiObject('Image', { ...before.Image.shape, category: ImageCategory });
export type Image = z.infer<typeof Image>;

export const BusinessDetails = ocpiObject('BusinessDetails', {
  ...before.BusinessDetails.shape,
  logo: optional(Image),
});
export type BusinessDetails = z.infer<typeof BusinessDetails>;
