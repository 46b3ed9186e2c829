import type * as z from 'zod';
import { closedEnum, decisiveEnum, listOne, ocpiObject, Url } from '../schema.ts';

export const VersionNumber = closedEnum('VersionNumber', ['2.0', '2.1', '2.1.1', '2.2', '2.2.1'], {
  unknown: 'accept',
});

export const ModuleID = closedEnum(
  'ModuleID',
  [
    'cdrs',
    'chargingprofiles',
    'commands',
    'credentials',
    'hubclientinfo',
    'locations',
    'sessions',
    'tariffs',
    'tokens',
  ],
  { unknown: 'accept' },
);

/** What an endpoint is called for depends on it, so nothing else is of use (T30a). */
export const InterfaceRole = decisiveEnum('InterfaceRole', ['SENDER', 'RECEIVER']);
export type InterfaceRole = z.infer<typeof InterfaceRole>;

export const Version = ocpiObject('Version', { version: VersionNumber, url: Url() });
export type Version = z.infer<typeof Version>;

export const Endpoint = ocpiObject('Endpoint', { identifier: ModuleID, role: InterfaceRole, url: Url() });
export type Endpoint = z.infer<typeof Endpoint>;

export const VersionDetails = ocpiObject('VersionDetails', { version: VersionNumber, endpoints: listOne(Endpoint) });
export type VersionDetails = z.infer<typeof VersionDetails>;
