import type * as z from 'zod';
import { listOne, ocpiObject, openEnum, Url } from '../schema.ts';
import { InterfaceRole } from '../v2_2_1/version-details.ts';

export const VersionNumber = openEnum('VersionNumber', ['2.0', '2.1', '2.1.1', '2.2', '2.2.1', '2.3.0']);

/** The table lists neither `invoicereconciliation` nor `payments` nor `Booking` (T31); it is open. */
export const ModuleID = openEnum('ModuleID', [
  'cdrs',
  'chargingprofiles',
  'commands',
  'credentials',
  'hubclientinfo',
  'locations',
  'sessions',
  'tariffs',
  'tokens',
]);

export const Version = ocpiObject('Version', { version: VersionNumber, url: Url() });
export type Version = z.infer<typeof Version>;

export const Endpoint = ocpiObject('Endpoint', { identifier: ModuleID, role: InterfaceRole, url: Url() });
export type Endpoint = z.infer<typeof Endpoint>;

export const VersionDetails = ocpiObject('VersionDetails', { version: VersionNumber, endpoints: listOne(Endpoint) });
export type VersionDetails = z.infer<typeof VersionDetails>;
