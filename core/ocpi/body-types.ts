import type { CatalogueEntry } from './catalogue.ts';
import { findType, type OcpiType } from './types.ts';
import type { Version } from './versions.ts';

/** What the bodies of requests are, by catalogue id (digest 4.2); a command is named after itself. */
const BODIES: Readonly<Record<string, string>> = {
  'credentials.post': 'Credentials',
  'credentials.put': 'Credentials',
  'hubclientinfo.put': 'ClientInfo',
  'locations.put': 'Location',
  'locations.patch': 'Location',
  'locations.put-evse': 'EVSE',
  'locations.patch-evse': 'EVSE',
  'locations.put-connector': 'Connector',
  'locations.patch-connector': 'Connector',
  'sessions.put-preferences': 'ChargingPreferences',
  'sessions.put': 'Session',
  'sessions.patch': 'Session',
  'cdrs.post': 'CDR',
  'tariffs.put': 'Tariff',
  'tariffs.patch': 'Tariff',
  'tokens.authorize': 'LocationReferences',
  'tokens.put': 'Token',
  'tokens.patch': 'Token',
  'commands.start-session': 'StartSession',
  'commands.stop-session': 'StopSession',
  'commands.reserve-now': 'ReserveNow',
  'commands.cancel-reservation': 'CancelReservation',
  'commands.unlock-connector': 'UnlockConnector',
  'commands.result': 'CommandResult',
  'chargingprofiles.set': 'SetChargingProfile',
  'chargingprofiles.result': 'ActiveChargingProfileResult',
  'chargingprofiles.put-active': 'ActiveChargingProfile',
  'invoicereconciliation.post': 'InvoiceReconciliationRecord',
  'invoicereconciliation.put': 'InvoiceReconciliationRecord',
  'payments.activate-terminal': 'Terminal',
  'payments.put-terminal': 'Terminal',
  'payments.patch-terminal': 'Terminal',
  'payments.post-terminal': 'Terminal',
  'payments.post-confirmation': 'FinancialAdviceConfirmation',
  'bookings.post': 'BookingRequest',
  'bookings.put-location': 'BookingLocation',
  'bookings.patch-location': 'BookingLocation',
  'bookings.put-calendar': 'Calendar',
  'bookings.patch-calendar': 'Calendar',
  'bookings.put': 'Booking',
  'bookings.patch': 'Booking',
};

/** The type of a request's body, of which a PATCH holds a part; undefined where there is none. */
export function bodyTypeOf({ id }: Pick<CatalogueEntry, 'id'>, version: Version): OcpiType | undefined {
  // The result of 2.1.1 is the type of the answer (digest 6.6).
  const name = id === 'commands.result' && version === '2.1.1' ? 'CommandResponse' : BODIES[id];
  return name === undefined ? undefined : findType(version, name);
}
