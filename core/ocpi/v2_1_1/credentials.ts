import type * as z from 'zod';
import { OcpiString, ocpiObject, Url } from '../schema.ts';
import { BusinessDetails } from './business-details.ts';

/** Digest 3.2. One party, at the top; `token` is what the receiver of this object uses towards its sender. */
export const Credentials = ocpiObject('Credentials', {
  token: OcpiString(64, { secret: true }),
  url: Url(),
  business_details: BusinessDetails,
  party_id: OcpiString(3),
  country_code: OcpiString(2),
});
export type Credentials = z.infer<typeof Credentials>;
