import type * as z from 'zod';
import {
  adapted,
  closedEnum,
  DateTimeText,
  decisiveEnum,
  OcpiString,
  ocpiInt,
  ocpiObject,
  optional,
  Url,
} from '../schema.ts';
import { readBareResult } from '../stances/commands.ts';
import { Token } from './tokens.ts';

// Commands of 2.1.1 (digest 6.6): sent by the eMSP; the result is posted to response_url as a CommandResponse too.

/** The last segment of the URL a command is posted to. */
export const CommandType = decisiveEnum('CommandType', [
  'RESERVE_NOW',
  'START_SESSION',
  'STOP_SESSION',
  'UNLOCK_CONNECTOR',
]);
export type CommandType = z.infer<typeof CommandType>;

export const CommandResponseType = closedEnum('CommandResponseType', [
  'NOT_SUPPORTED',
  'REJECTED',
  'ACCEPTED',
  'TIMEOUT',
  'UNKNOWN_SESSION',
]);
export type CommandResponseType = z.infer<typeof CommandResponseType>;

/** The bare text of the first printing is read as well (T4). */
export const CommandResponse = adapted(ocpiObject('CommandResponse', { result: CommandResponseType }), readBareResult);
export type CommandResponse = z.infer<typeof CommandResponse>;

export const ReserveNow = ocpiObject('ReserveNow', {
  response_url: Url(),
  token: Token,
  expiry_date: DateTimeText(),
  reservation_id: ocpiInt(),
  location_id: OcpiString(39),
  evse_uid: optional(OcpiString(39)),
});
export type ReserveNow = z.infer<typeof ReserveNow>;

export const StartSession = ocpiObject('StartSession', {
  response_url: Url(),
  token: Token,
  location_id: OcpiString(39),
  evse_uid: optional(OcpiString(39)),
});
export type StartSession = z.infer<typeof StartSession>;

export const StopSession = ocpiObject('StopSession', { response_url: Url(), session_id: OcpiString(36) });
export type StopSession = z.infer<typeof StopSession>;

export const UnlockConnector = ocpiObject('UnlockConnector', {
  response_url: Url(),
  location_id: OcpiString(39),
  evse_uid: OcpiString(39),
  connector_id: OcpiString(36),
});
export type UnlockConnector = z.infer<typeof UnlockConnector>;
