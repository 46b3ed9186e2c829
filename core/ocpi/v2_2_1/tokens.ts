import type * as z from 'zod';
import {
  bool,
  CiString,
  closedEnum,
  DateTimeText,
  decisiveEnum,
  list,
  OcpiString,
  ocpiObject,
  optional,
} from '../schema.ts';
import { DisplayText } from '../v2_1_1/display-text.ts';
import { WhitelistType } from '../v2_1_1/tokens.ts';
import { ProfileType } from './profile-type.ts';

// Tokens of 2.2.1 (digest 6.5): owned by the eMSP, told apart by uid and type. WhitelistType is as in 2.1.1.

export const TokenType = closedEnum('TokenType', ['AD_HOC_USER', 'APP_USER', 'OTHER', 'RFID']);
export type TokenType = z.infer<typeof TokenType>;

/** Whether the driver may charge (T30a). */
export const AllowedType = decisiveEnum('AllowedType', ['ALLOWED', 'BLOCKED', 'EXPIRED', 'NO_CREDIT', 'NOT_ALLOWED']);
export type AllowedType = z.infer<typeof AllowedType>;

export const EnergyContract = ocpiObject('EnergyContract', {
  supplier_name: OcpiString(64),
  contract_id: optional(OcpiString(64)),
});
export type EnergyContract = z.infer<typeof EnergyContract>;

export const Token = ocpiObject('Token', {
  country_code: CiString(2),
  party_id: CiString(3),
  uid: CiString(36),
  type: TokenType,
  contract_id: CiString(36),
  visual_number: optional(OcpiString(64)),
  issuer: OcpiString(64),
  group_id: optional(CiString(36)),
  valid: bool(),
  whitelist: WhitelistType,
  language: optional(OcpiString(2)),
  default_profile_type: optional(ProfileType),
  energy_contract: optional(EnergyContract),
  last_updated: DateTimeText(),
});
export type Token = z.infer<typeof Token>;

export const LocationReferences = ocpiObject('LocationReferences', {
  location_id: CiString(36),
  evse_uids: list(CiString(36)),
});
export type LocationReferences = z.infer<typeof LocationReferences>;

export const AuthorizationInfo = ocpiObject('AuthorizationInfo', {
  allowed: AllowedType,
  token: Token,
  location: optional(LocationReferences),
  authorization_reference: optional(CiString(36)),
  info: optional(DisplayText),
});
export type AuthorizationInfo = z.infer<typeof AuthorizationInfo>;
