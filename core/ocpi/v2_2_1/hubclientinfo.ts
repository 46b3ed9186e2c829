import type * as z from 'zod';
import { CiString, closedEnum, DateTimeText, ocpiObject, tolerated } from '../schema.ts';
import { Role } from './credentials.ts';

export const ConnectionStatus = closedEnum('ConnectionStatus', ['CONNECTED', 'OFFLINE', 'PLANNED', 'SUSPENDED']);
export type ConnectionStatus = z.infer<typeof ConnectionStatus>;

/** Digest 6.8: a party behind a hub, and whether it can be reached. The sample of the PUT has no last_updated (T20a). */
export const ClientInfo = ocpiObject('ClientInfo', {
  party_id: CiString(3),
  country_code: CiString(2),
  role: Role,
  status: ConnectionStatus,
  last_updated: tolerated(DateTimeText(), 'last-updated.missing'),
});
export type ClientInfo = z.infer<typeof ClientInfo>;
