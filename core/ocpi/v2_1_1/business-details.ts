import type * as z from 'zod';
import { closedEnum, OcpiString, ocpiInt, ocpiObject, optional, Url } from '../schema.ts';

export const ImageCategory = closedEnum('ImageCategory', [
  'CHARGER',
  'ENTRANCE',
  'LOCATION',
  'NETWORK',
  'OPERATOR',
  'OTHER',
  'OWNER',
]);
export type ImageCategory = z.infer<typeof ImageCategory>;

/** Digest 6.1. `type` is a file suffix (`png`), width and height are pixels. */
export const Image = ocpiObject('Image', {
  url: Url(),
  thumbnail: optional(Url()),
  category: ImageCategory,
  type: OcpiString(4),
  width: optional(ocpiInt(5)),
  height: optional(ocpiInt(5)),
});
export type Image = z.infer<typeof Image>;

export const BusinessDetails = ocpiObject('BusinessDetails', {
  name: OcpiString(100),
  website: optional(Url()),
  logo: optional(Image),
});
export type BusinessDetails = z.infer<typeof BusinessDetails>;
