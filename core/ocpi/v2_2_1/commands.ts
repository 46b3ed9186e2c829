import type * as z from 'zod';
import {
  adapted,
  assumed,
  CiString,
  closedEnum,
  DateTimeText,
  decisiveEnum,
  list,
  ocpiInt,
  ocpiObject,
  optional,
  ruled,
  Url,
} from '../schema.ts';
import { judgeTarget, readNestedAnswer, readWrappedResult } from '../stances/commands.ts';
import { DisplayText } from '../v2_1_1/display-text.ts';
import { Token } from './tokens.ts';

// Commands of 2.2.1 (digest 6.6): sent by the eMSP, answered at once, the result posted to response_url later.

/** The last segment of the URL a command is posted to. */
export const CommandType = decisiveEnum('CommandType', [
  'CANCEL_RESERVATION',
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
  'UNKNOWN_SESSION',
]);
export type CommandResponseType = z.infer<typeof CommandResponseType>;

export const CommandResultType = closedEnum('CommandResultType', [
  'ACCEPTED',
  'CANCELED_RESERVATION',
  'EVSE_OCCUPIED',
  'EVSE_INOPERATIVE',
  'FAILED',
  'NOT_SUPPORTED',
  'REJECTED',
  'TIMEOUT',
  'UNKNOWN_RESERVATION',
]);
export type CommandResultType = z.infer<typeof CommandResultType>;

/** The answer at once. `timeout` in seconds; none of the diagrams has it (T5). */
export const CommandResponse = adapted(
  ocpiObject('CommandResponse', {
    result: CommandResponseType,
    timeout: assumed(ocpiInt(), 'command.timeout-missing', 30),
    message: list(DisplayText),
  }),
  readNestedAnswer('CommandResponse'),
);
export type CommandResponse = z.infer<typeof CommandResponse>;

/** What came of it: the bare object, as the body of a request. */
export const CommandResult = adapted(
  ocpiObject('CommandResult', { result: CommandResultType, message: list(DisplayText) }),
  readWrappedResult('CommandResult', 'CommandResponse'),
);
export type CommandResult = z.infer<typeof CommandResult>;

export const CancelReservation = ocpiObject('CancelReservation', {
  response_url: Url(),
  reservation_id: CiString(36),
});
export type CancelReservation = z.infer<typeof CancelReservation>;

export const ReserveNow = ocpiObject('ReserveNow', {
  response_url: Url(),
  token: Token,
  expiry_date: DateTimeText(),
  reservation_id: CiString(36),
  location_id: CiString(36),
  evse_uid: optional(CiString(36)),
  authorization_reference: optional(CiString(36)),
});
export type ReserveNow = z.infer<typeof ReserveNow>;

export const StartSession = ruled(
  ocpiObject('StartSession', {
    response_url: Url(),
    token: Token,
    location_id: CiString(36),
    evse_uid: optional(CiString(36)),
    connector_id: optional(CiString(36)),
    authorization_reference: optional(CiString(36)),
  }),
  judgeTarget,
);
export type StartSession = z.infer<typeof StartSession>;

export const StopSession = ocpiObject('StopSession', { response_url: Url(), session_id: CiString(36) });
export type StopSession = z.infer<typeof StopSession>;

export const UnlockConnector = ocpiObject('UnlockConnector', {
  response_url: Url(),
  location_id: CiString(36),
  evse_uid: CiString(36),
  connector_id: CiString(36),
});
export type UnlockConnector = z.infer<typeof UnlockConnector>;
