import type { PaymentPieces, Told } from '../../../core/insight/money/payment-pieces.ts';
import type { JsonObject } from '../../../core/ocpi/json-value.ts';

/** Midday of the day on which everything was paid. */
export const NOON = Date.UTC(2026, 10, 23, 12);
export const HOUR = 3_600_000;

export const minute = (at: number): string => new Date(NOON + at * 60_000).toISOString();

export const told = (object: JsonObject, link: string | null = 'acme', at = NOON): Told => ({ link, object, at });

export const session = (more: JsonObject = {}): JsonObject => ({
  country_code: 'NL',
  party_id: 'CPO',
  id: 'S1',
  status: 'COMPLETED',
  authorization_reference: 'REF1',
  cdr_token: { uid: 'CARD', type: 'AD_HOC_USER' },
  location_id: 'L1',
  evse_uid: 'E1',
  connector_id: '1',
  currency: 'EUR',
  last_updated: minute(30),
  ...more,
});

export const cdr = (more: JsonObject = {}): JsonObject => ({
  country_code: 'NL',
  party_id: 'CPO',
  id: 'D1',
  session_id: 'S1',
  authorization_reference: 'REF1',
  cdr_token: { uid: 'CARD', type: 'AD_HOC_USER' },
  cdr_location: { id: 'L1', evse_uid: 'E1', connector_id: '1' },
  currency: 'EUR',
  total_cost: { before_taxes: 10, taxes: [{ name: 'VAT', amount: 2.1 }] },
  last_updated: minute(31),
  ...more,
});

export const confirmation = (more: JsonObject = {}): JsonObject => ({
  id: 'F1',
  authorization_reference: 'REF1',
  total_costs: { before_taxes: 10, taxes: [{ name: 'VAT', amount: 2.1 }] },
  currency: 'EUR',
  eft_data: ['paid'],
  capture_status_code: 'SUCCESS',
  last_updated: minute(32),
  ...more,
});

export const invoice = (more: JsonObject = {}): JsonObject => ({
  country_code: 'NL',
  party_id: 'CPO',
  id: 'R1',
  invoice_id: 'I-2026-7',
  cdrs: ['D1'],
  last_updated: minute(60),
  ...more,
});

/** A payment in full, but for what is given instead. */
export const pieces = (more: Partial<PaymentPieces> = {}): PaymentPieces => ({
  preauthorizations: [
    { exchangeId: 7, link: 'acme', at: NOON, reference: 'REF1', location: 'L1', evse: 'E1', connector: '1' },
  ],
  sessions: [told(session())],
  cdrs: [told(cdr())],
  confirmations: [told(confirmation())],
  invoices: [],
  terminals: [told({ terminal_id: 'T1', evse_uids: ['e1'] })],
  ...more,
});
