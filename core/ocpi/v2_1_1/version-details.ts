import type * as z from 'zod';
import { closedEnum, listOne, ocpiObject, Url } from '../schema.ts';

/** Closed on paper, yet every newer server lists versions an older client has never heard of (T10). */
export const VersionNumber = closedEnum('VersionNumber', ['2.0', '2.1', '2.1.1'], { unknown: 'accept' });

/** Closed on paper; custom modules are foreseen all the same (digest 3.1). */
export const ModuleID = closedEnum(
  'ModuleID',
  ['cdrs', 'commands', 'credentials', 'locations', 'sessions', 'tariffs', 'tokens'],
  { unknown: 'accept' },
);

export const Version = ocpiObject('Version', { version: VersionNumber, url: Url() });
export type Version = z.infer<typeof Version>;

/** No role: a versions URL of 2.1.1 serves one role. */
export const Endpoint = ocpiObject('Endpoint', { identifier: ModuleID, url: Url() });
export type Endpoint = z.infer<typeof Endpoint>;

export const VersionDetails = ocpiObject('VersionDetails', { version: VersionNumber, endpoints: listOne(Endpoint) });
export type VersionDetails = z.infer<typeof VersionDetails>;
