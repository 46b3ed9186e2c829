import type * as z from 'zod';
import {
  bool,
  CiString,
  closedEnum,
  DateTimeText,
  lenientObject,
  list,
  listOne,
  OcpiString,
  ocpiInt,
  ocpiNumber,
  optional,
  Url,
} from '../schema.ts';
import { ConnectorFormat } from '../v2_1_1/locations.ts';
import { PowerType } from '../v2_2_1/locations.ts';
import { Role } from './credentials.ts';
import { ConnectorType, EvsePosition, VehicleType } from './locations.ts';
import { TokenType } from './tokens.ts';

// Bookings, a document of its own, module version 1.1 (digest 6.11): owned by the CPO. It contradicts itself so often
// that it is validated with warnings only (T33): fields that are wrong or missing are absent from a view.

export const ReservationStatus = closedEnum('ReservationStatus', [
  'PENDING',
  'RESERVED',
  'CANCELED',
  'FAILED',
  'NO_SHOW',
  'FULFILLED',
  'REJECTED',
  'UNKNOWN',
]);
export type ReservationStatus = z.infer<typeof ReservationStatus>;

export const ReservationRequestStatus = closedEnum('ReservationRequestStatus', [
  'PENDING',
  'ACCEPTED',
  'DECLINED',
  'FAILED',
]);
export type ReservationRequestStatus = z.infer<typeof ReservationRequestStatus>;

export const AccessMethod = closedEnum('AccessMethod', [
  'OPEN',
  'TOKEN',
  'LICENSE_PLATE',
  'ACCESS_CODE',
  'INTERCOM',
  'PARKING_TICKET',
]);
export type AccessMethod = z.infer<typeof AccessMethod>;

export const CanceledReason = closedEnum('CanceledReason', [
  'POWER_OUTAGE',
  'BROKEN_CHARGER',
  'FULL',
  'BLOCKED',
  'TRAFFIC',
  'BROKEN_VEHICLE',
  'NO_CANCELED',
  'UNKNOWN',
]);
export type CanceledReason = z.infer<typeof CanceledReason>;

/** Powers in W. */
export const Timeslot = lenientObject('Timeslot', {
  start_date_time: DateTimeText(),
  end_date_time: DateTimeText(),
  min_power: optional(ocpiNumber()),
  max_power: optional(ocpiNumber()),
  green_energy_support: optional(bool()),
});
export type Timeslot = z.infer<typeof Timeslot>;

/** `timeslot_increment` in minutes. */
export const Calendar = lenientObject('Calendar', {
  id: CiString(36),
  begin_from: DateTimeText(),
  end_before: DateTimeText(),
  timeslot_increment: optional(ocpiInt()),
  available_timeslots: listOne(Timeslot),
  last_updated: DateTimeText(),
});
export type Calendar = z.infer<typeof Calendar>;

/** Weights in kg, lengths in cm. */
export const BookingOption = lenientObject('BookingOption', {
  evse_uid: optional(CiString(36)),
  connector_id: optional(CiString(36)),
  parking_id: optional(CiString(36)),
  evse_position: list(EvsePosition),
  vehicle_types: list(VehicleType),
  connector_format: list(ConnectorFormat),
  connector_types: list(ConnectorType),
  power_types: list(PowerType),
  max_vehicle_weight: optional(ocpiNumber()),
  max_vehicle_height: optional(ocpiNumber()),
  max_vehicle_length: optional(ocpiNumber()),
  max_vehicle_width: optional(ocpiNumber()),
  min_parking_space_length: optional(ocpiNumber()),
  min_parking_space_width: optional(ocpiNumber()),
  dangerous_goods_allowed: optional(bool()),
  drive_through: optional(bool()),
  refrigeration_outlet: optional(bool()),
});
export type BookingOption = z.infer<typeof BookingOption>;

export const Policy = lenientObject('Policy', { reservation_required: bool(), ad_hoc: optional(ocpiNumber()) });
export type Policy = z.infer<typeof Policy>;

/** All durations in minutes; the fee is told by the tariff. */
export const BookingTerms = lenientObject('BookingTerms', {
  rfid_auth_required: optional(bool()),
  token_groups_supported: optional(bool()),
  remote_auth_supported: optional(bool()),
  supported_access_methods: listOne(AccessMethod),
  change_until_minutes: ocpiNumber(),
  cancel_until_minutes: ocpiNumber(),
  change_not_allowed: optional(bool()),
  early_start_allowed: optional(bool()),
  early_start_time: optional(ocpiNumber()),
  noshow_timeout: optional(ocpiNumber()),
  noshow_fee: optional(bool()),
  late_stop_allowed: optional(bool()),
  late_stop_time: optional(ocpiNumber()),
  overlapping_bookings_allowed: optional(bool()),
  min_booking_duration: optional(ocpiNumber()),
  max_booking_duration: optional(ocpiNumber()),
  booking_terms: optional(Url()),
});
export type BookingTerms = z.infer<typeof BookingTerms>;

export const BookingLocation = lenientObject('BookingLocation', {
  country_code: CiString(2),
  party_id: CiString(3),
  id: CiString(36),
  location_id: CiString(36),
  booking_option: optional(BookingOption),
  policy: optional(Policy),
  tariff_ids: list(CiString(36)),
  booking_terms: optional(BookingTerms),
  calendars: list(Calendar),
  last_updated: DateTimeText(),
});
export type BookingLocation = z.infer<typeof BookingLocation>;

export const BookingToken = lenientObject('BookingToken', {
  country_code: CiString(2),
  party_id: CiString(3),
  uid: CiString(36),
  type: TokenType,
  contract_id: CiString(36),
});
export type BookingToken = z.infer<typeof BookingToken>;

/** A licence plate, a code and so on. */
export const AccessInformation = lenientObject('AccessInformation', {
  method: AccessMethod,
  value: optional(OcpiString()),
});
export type AccessInformation = z.infer<typeof AccessInformation>;

/** Labelled Role, yet linked to InterfaceRole. */
export const Cancellation = lenientObject('Cancellation', {
  cancellation_reason: CanceledReason,
  who_canceled: Role,
});
export type Cancellation = z.infer<typeof Cancellation>;

export const Period = lenientObject('Period', { start_date_time: DateTimeText(), end_date_time: DateTimeText() });
export type Period = z.infer<typeof Period>;

/** `power_required` in kW. A change repeats the request_id of what it changes; `canceled` asks for a cancellation. */
export const BookingRequest = lenientObject('BookingRequest', {
  country_code: CiString(2),
  party_id: CiString(3),
  request_id: CiString(36),
  booking_option: optional(BookingOption),
  location_id: CiString(36),
  booking_location_id: CiString(36),
  tokens: list(BookingToken),
  access_information: list(AccessInformation),
  period: Period,
  authorization_reference: CiString(36),
  power_required: optional(ocpiInt()),
  canceled: optional(Cancellation),
});
export type BookingRequest = z.infer<typeof BookingRequest>;

export const BookingRequestStatus = lenientObject('BookingRequestStatus', {
  request_status: ReservationRequestStatus,
  booking_request: BookingRequest,
  request_received: DateTimeText(),
});
export type BookingRequestStatus = z.infer<typeof BookingRequestStatus>;

/** The period is a Timeslot here, and a Period in the request. */
export const Booking = lenientObject('Booking', {
  id: CiString(36),
  country_code: CiString(2),
  party_id: CiString(3),
  request_id: CiString(36),
  booking_option: optional(BookingOption),
  location_id: CiString(36),
  booking_tokens: list(BookingToken),
  tariff_ids: list(CiString(36)),
  period: Timeslot,
  reservation_status: ReservationStatus,
  canceled: optional(Cancellation),
  access_information: list(AccessInformation),
  authorization_reference: CiString(36),
  booking_terms: BookingTerms,
  booking_requests: listOne(BookingRequestStatus),
  last_updated: DateTimeText(),
});
export type Booking = z.infer<typeof Booking>;
