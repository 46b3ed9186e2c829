import type * as z from 'zod';
import { CiString, closedEnum, listOne, OcpiString, ocpiObject, Url } from '../schema.ts';
import { BusinessDetails } from './business-details.ts';

export const Role = closedEnum('Role', ['CPO', 'EMSP', 'HUB', 'NAP', 'NSP', 'OTHER', 'SCSP']);
export type Role = z.infer<typeof Role>;

export const CredentialsRole = ocpiObject('CredentialsRole', {
  role: Role,
  business_details: BusinessDetails,
  party_id: CiString(3),
  country_code: CiString(2),
});
export type CredentialsRole = z.infer<typeof CredentialsRole>;

/** Digest 3.2. From 2.2 on the parties of a platform stand in `roles`. */
export const Credentials = ocpiObject('Credentials', {
  token: OcpiString(64, { secret: true }),
  url: Url(),
  roles: listOne(CredentialsRole),
});
export type Credentials = z.infer<typeof Credentials>;
