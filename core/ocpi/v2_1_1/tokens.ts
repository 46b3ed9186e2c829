import type * as z from 'zod';
import { bool, closedEnum, DateTimeText, decisiveEnum, list, OcpiString, ocpiObject, optional } from '../schema.ts';
import { DisplayText } from './display-text.ts';

// Tokens of 2.1.1 (digest 6.5): owned by the eMSP, told apart by uid and type.

export const TokenType = closedEnum('TokenType', ['OTHER', 'RFID']);
export type TokenType = z.infer<typeof TokenType>;

/** Whether to ask the eMSP depends on it, so that nothing else is of use (T30a). */
export const WhitelistType = decisiveEnum('WhitelistType', ['ALWAYS', 'ALLOWED', 'ALLOWED_OFFLINE', 'NEVER']);
export type WhitelistType = z.infer<typeof WhitelistType>;

/** Whether the driver may charge. */
export const Allowed = decisiveEnum('Allowed', ['ALLOWED', 'BLOCKED', 'EXPIRED', 'NO_CREDIT', 'NOT_ALLOWED']);
export type Allowed = z.infer<typeof Allowed>;

export const Token = ocpiObject('Token', {
  uid: OcpiString(36),
  type: TokenType,
  auth_id: OcpiString(36),
  visual_number: optional(OcpiString(64)),
  issuer: OcpiString(64),
  valid: bool(),
  whitelist: WhitelistType,
  language: optional(OcpiString(2)),
  last_updated: DateTimeText(),
});
export type Token = z.infer<typeof Token>;

export const LocationReferences = ocpiObject('LocationReferences', {
  location_id: OcpiString(39),
  evse_uids: list(OcpiString(39)),
  connector_ids: list(OcpiString(36)),
});
export type LocationReferences = z.infer<typeof LocationReferences>;

export const AuthorizationInfo = ocpiObject('AuthorizationInfo', {
  allowed: Allowed,
  location: optional(LocationReferences),
  info: optional(DisplayText),
});
export type AuthorizationInfo = z.infer<typeof AuthorizationInfo>;
