import type * as z from 'zod';
import { CiString, closedEnum, listOne, ocpiObject, optional } from '../schema.ts';
import * as before from '../v2_2_1/credentials.ts';
import { BusinessDetails } from './business-details.ts';

/** HUB is gone; what has no value of its own (a payment terminal provider) is OTHER (T30b). */
export const Role = closedEnum('Role', ['CPO', 'EMSP', 'NAP', 'NSP', 'OTHER', 'SCSP']);
export type Role = z.infer<typeof Role>;

export const CredentialsRole = ocpiObject('CredentialsRole', {
  ...before.CredentialsRole.shape,
  role: Role,
  business_details: BusinessDetails,
});
export type CredentialsRole = z.infer<typeof CredentialsRole>;

/** `hub_party_id`: country code and party id in one, given by a platform that routes for others. */
export const Credentials = ocpiObject('Credentials', {
  ...before.Credentials.shape,
  hub_party_id: optional(CiString(5)),
  roles: listOne(CredentialsRole),
});
export type Credentials = z.infer<typeof Credentials>;
