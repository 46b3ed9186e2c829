import { entryById } from '../../ocpi/catalogue.ts';

/** Grows with anything that changes what belongs together, or what is remembered of it: all is put together anew then. */
export const GATHERING_VERSION = 2;

/** How catalogue ids of exchanges begin that may belong to a charge. */
const BEGINNINGS = [
  'sessions.',
  'cdrs.',
  'commands.',
  'chargingprofiles.',
  'tokens.authorize',
  'payments.list-confirmations',
  'payments.get-confirmation',
  'payments.get-pushed-confirmation',
  'payments.post-confirmation',
  'bookings.list',
  'bookings.post',
  'bookings.get-pushed',
  'bookings.put',
  'bookings.patch',
];
const WITHOUT = /-(location|locations|calendar|terminal)$/;

export function mayBelong(operation: string): boolean {
  return BEGINNINGS.some(beginning => operation.startsWith(beginning)) && !WITHOUT.test(operation);
}

/** 2.1.1 asks for a token by its uid and names it by its auth_id afterwards: only tokens tell which is which. */
export function tellsTokens(operation: string, version: string | null | undefined): boolean {
  return version === '2.1.1' && entryById(operation)?.module === 'tokens' && operation !== 'tokens.authorize';
}
