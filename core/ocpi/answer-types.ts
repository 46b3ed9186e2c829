import type { CatalogueEntry } from './catalogue.ts';
import { findType, type OcpiType } from './types.ts';
import type { Version } from './versions.ts';

/** What `data` of answers is, of lists what they hold, by catalogue id (digest 4.2). */
const ANSWERS: Readonly<Record<string, string>> = {
  'versions.list': 'Version',
  'versions.details': 'VersionDetails',
  'credentials.get': 'Credentials',
  'credentials.post': 'Credentials',
  'credentials.put': 'Credentials',
  'hubclientinfo.list': 'ClientInfo',
  'hubclientinfo.get-pushed': 'ClientInfo',
  'locations.list': 'Location',
  'locations.get': 'Location',
  'locations.get-evse': 'EVSE',
  'locations.get-connector': 'Connector',
  'locations.get-pushed': 'Location',
  'locations.get-pushed-evse': 'EVSE',
  'locations.get-pushed-connector': 'Connector',
  'sessions.list': 'Session',
  'sessions.get-pushed': 'Session',
  'sessions.put-preferences': 'ChargingPreferencesResponse',
  'cdrs.list': 'CDR',
  'cdrs.get-pushed': 'CDR',
  'tariffs.list': 'Tariff',
  'tariffs.get-pushed': 'Tariff',
  'tokens.list': 'Token',
  'tokens.get-pushed': 'Token',
  'tokens.authorize': 'AuthorizationInfo',
  'commands.start-session': 'CommandResponse',
  'commands.stop-session': 'CommandResponse',
  'commands.reserve-now': 'CommandResponse',
  'commands.cancel-reservation': 'CommandResponse',
  'commands.unlock-connector': 'CommandResponse',
  'chargingprofiles.get': 'ChargingProfileResponse',
  'chargingprofiles.set': 'ChargingProfileResponse',
  'chargingprofiles.clear': 'ChargingProfileResponse',
  'invoicereconciliation.list': 'InvoiceReconciliationRecord',
  'invoicereconciliation.get-pushed': 'InvoiceReconciliationRecord',
  'payments.list-terminals': 'Terminal',
  'payments.get-terminal': 'Terminal',
  'payments.get-pushed-terminal': 'Terminal',
  'payments.list-confirmations': 'FinancialAdviceConfirmation',
  'payments.get-confirmation': 'FinancialAdviceConfirmation',
  'payments.get-pushed-confirmation': 'FinancialAdviceConfirmation',
  'bookings.list-locations': 'BookingLocation',
  'bookings.get-location': 'BookingLocation',
  'bookings.get-pushed-location': 'BookingLocation',
  'bookings.get-calendar': 'Calendar',
  'bookings.get-pushed-calendar': 'Calendar',
  'bookings.list': 'Booking',
  'bookings.get-pushed': 'Booking',
  'bookings.post': 'Booking',
};

/** The type of an answer's data, of lists that of what they hold; undefined where the specification gives it none (T6). */
export function answerTypeOf({ id }: Pick<CatalogueEntry, 'id'>, version: Version): OcpiType | undefined {
  const name = ANSWERS[id];
  return name === undefined ? undefined : findType(version, name);
}
