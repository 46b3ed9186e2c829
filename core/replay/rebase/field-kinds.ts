import type { RewriteKind } from '../../contract/rewrite-kind.ts';

/** What the `id` or `uid` of an object is, by the type's name. */
const OWN: Readonly<Record<string, Readonly<Record<string, RewriteKind>>>> = {
  Session: { id: 'session' },
  CDR: { id: 'cdr' },
  CdrLocation: { id: 'location' },
  Location: { id: 'location' },
  EVSE: { uid: 'evse' },
  Connector: { id: 'connector' },
  Tariff: { id: 'tariff' },
  Token: { uid: 'token' },
  CdrToken: { uid: 'token' },
  BookingToken: { uid: 'token' },
  PublishTokenType: { uid: 'token' },
  FinancialAdviceConfirmation: { id: 'confirmation' },
  Booking: { id: 'reservation', request_id: 'reservation' },
  BookingRequest: { request_id: 'reservation' },
  InvoiceReconciliationRecord: { cdrs: 'cdr' },
};

/** Names that mean the same in every type that has them. `auth_id` is the contract of 2.1.1 (digest 6.5). */
const EVERYWHERE: Readonly<Record<string, RewriteKind>> = {
  session_id: 'session',
  credit_reference_id: 'cdr',
  authorization_reference: 'authorization_reference',
  reservation_id: 'reservation',
  booking_id: 'reservation',
  location_id: 'location',
  location_ids: 'location',
  evse_uid: 'evse',
  evse_uids: 'evse',
  evse_id: 'evse',
  connector_id: 'connector',
  connector_ids: 'connector',
  tariff_id: 'tariff',
  tariff_ids: 'tariff',
  auth_id: 'contract',
  contract_id: 'contract',
  terminal_id: 'terminal',
  response_url: 'response_url',
};

/** Where a contract is one with an energy supplier, and no one's right to charge. */
const NEVER: ReadonlySet<string> = new Set(['EnergyContract']);

/** What a field of an OCPI type holds; undefined for what is no id. `type` as the specification spells it. */
export function fieldKind(type: string, field: string): RewriteKind | undefined {
  if (NEVER.has(type)) return undefined;
  return named(OWN[type], field) ?? named(EVERYWHERE, field);
}

/** Names such as `constructor` are no fields. */
function named(kinds: Readonly<Record<string, RewriteKind>> | undefined, field: string): RewriteKind | undefined {
  return kinds !== undefined && Object.hasOwn(kinds, field) ? kinds[field] : undefined;
}

/** Placeholders of paths. `id` is told by the operation: of payments a confirmation. */
export function paramKind(operation: string, name: string): RewriteKind | undefined {
  if (name === 'id') return operation.startsWith('payments.') ? 'confirmation' : undefined;
  if (name === 'token_uid') return 'token';
  return EVERYWHERE[name];
}

/** The longest id of a kind that every version takes, in characters. */
export function longestId(kind: RewriteKind): number {
  return kind === 'evse' ? 48 : 36;
}
