import type { ValueKind } from './kinds.ts';

/** What an object is part of, or what one of its members shows that it is; bits. */
export const TOKEN = 1;
export const EVSE = 2;
export const COMPANY = 4;
export const PERSON = 8;
export const PLACE = 16;
export const TEXT = 32;

/** What a member's name says of its value, and of the object it stands in. */
export interface FieldName {
  /** Of a value that is a text or a number, or of those inside of it that have no kind of their own. */
  readonly kind?: ValueKind;
  /** Where the value belongs to a company instead. */
  readonly ofCompany?: ValueKind;
  /** What the value is, when it is an object: bits. */
  readonly inside?: number;
  /** What this name says of the object it is a member of: bits. */
  readonly shows?: number;
  /** Decided when all of the object is known. */
  readonly late?: 'uid' | 'name' | 'text';
  /** Base64 of a text that may hold others. */
  readonly packed?: boolean;
}

const of = (kind: ValueKind, names: string, more: FieldName = {}): [string, FieldName][] =>
  names.split(' ').map(name => [name, { kind, ...more }]);
const inside = (bits: number, names: string): [string, FieldName][] =>
  names.split(' ').map(name => [name, { inside: bits }]);
const shows = (bits: number, names: string): [string, FieldName][] =>
  names.split(' ').map(name => [name, { shows: bits }]);

/**
 * The typed places by the names of OCPI's fields (digest 6), and what partners call such things where they add fields of their
 * own. Names are compared in lower case.
 */
const FIELDS: readonly (readonly [string, FieldName])[] = [
  // Token, CdrToken, BookingToken, PublishTokenType; an EVSE has a uid too.
  ['uid', { late: 'uid' }],
  ...of('token uid', 'token_uid tokenuid rfid rfid_uid rfid_number id_tag idtag parent_id_tag card_uid'),
  ...of('contract id', 'auth_id contract_id contractid emaid evco_id evcoid contract_number', { shows: TOKEN }),
  ...of('visual number', 'visual_number card_number_printed', { shows: TOKEN }),
  ...of('group id', 'group_id', { shows: TOKEN }),
  ...of('company', 'issuer', { shows: TOKEN }),
  ...shows(TOKEN, 'whitelist default_profile_type energy_contract'),
  ...inside(TOKEN, 'token tokens cdr_token booking_token booking_tokens publish_allowed_to'),
  ...inside(EVSE, 'evses evse'),
  ...shows(EVSE, 'evse_id connectors status_schedule floor_level physical_reference parking_restrictions capabilities'),
  // People.
  ...inside(PERSON, 'driver drivers customer cardholder card_holder account_holder ev_driver end_user contact_person'),
  ...of('name', 'first_name last_name firstname lastname surname given_name family_name full_name fullname'),
  ...of('name', 'customer_name driver_name driver_names holder_name cardholder_name contact_name contact'),
  ...of('e-mail', 'email e_mail email_address emailaddress mail customer_email driver_email contact_email'),
  ...of('phone', 'phone phone_number phonenumber telephone mobile mobile_number msisdn customer_phone driver_phone', {
    ofCompany: 'company phone',
  }),
  ...of('company phone', 'help_phone support_phone hotline'),
  ...of('licence plate', 'license_plate licence_plate license_plates licence_plates plate plate_number number_plate'),
  ...of('licence plate', 'licenseplate licenceplate vehicle_registration registration_number vehicle_license_plate'),
  ...of('vehicle', 'vin vehicle_id vehicle_identification_number evcc_id evccid ev_mac'),
  ...of('access code', 'access_code pin pin_code'),
  ['access_information', { kind: 'access code' }],
  ...of('payment data', 'eft_data iban bank_account card_number pan masked_pan credit_card'),
  ...of('invoice number', 'invoice_reference_id invoice_id invoice_number'),
  ...of('personal field', 'date_of_birth birth_date birthdate birthday customer_id customer_number driver_id user_id'),
  ...of('personal field', 'customer_address driver_address home_address social_security_number passport_number'),
  // A signed meter value names the token (OCMF), as Base64 as a rule.
  ['signed_data', { packed: true }],
  ['plain_data', { packed: true }],
  // Companies.
  ...inside(COMPANY, 'business_details operator suboperator owner business'),
  ...of('country code', 'country_code'),
  ...of('party id', 'party_id'),
  ...of('party', 'hub_party_id'),
  ...of('party', 'evse_id'),
  ...of('company', 'supplier_name company company_name organisation organization'),
  ...of('tax number', 'account_number vat_number tax_number'),
  // Places.
  ['name', { late: 'name' }],
  ...of('address', 'address street house_number', { shows: PLACE }),
  ...of('city', 'city', { shows: PLACE }),
  ...of('postal code', 'postal_code zip zip_code', { shows: PLACE }),
  ...of('state', 'state', { shows: PLACE }),
  ...shows(PLACE, 'coordinates opening_times'),
  ['related_locations', { inside: TEXT, shows: PLACE }],
  ['directions', { inside: TEXT }],
  ['text', { late: 'text' }],
  ...of('coordinate', 'latitude longitude lat lon lng'),
];

/** Parts of personal objects that say nothing of a person. */
export const IMPERSONAL: ReadonlySet<string> = new Set(
  'type status language currency country country_code party_id role last_updated valid method token password secret'.split(
    ' ',
  ),
);

export const FIELD_NAMES: ReadonlyMap<string, FieldName> = merged(FIELDS);

/** A name may both say what its value is and show what stands around it. */
function merged(fields: typeof FIELDS): Map<string, FieldName> {
  const names = new Map<string, FieldName>();
  for (const [name, field] of fields) names.set(name, { ...names.get(name), ...field });
  return names;
}
