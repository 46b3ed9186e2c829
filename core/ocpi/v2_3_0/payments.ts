import type * as z from 'zod';
import { CiString, closedEnum, DateTimeText, list, listOne, ocpiObject, optional, tolerated, Url } from '../schema.ts';
import { GeoLocation } from '../v2_2_1/locations.ts';
import { Price } from './price.ts';

// Payments, a document of its own (digest 6.10): owned by the payment terminal provider. Its samples stray from it (T32).

export const InvoiceCreator = closedEnum('InvoiceCreator', ['CPO', 'PTP']);
export type InvoiceCreator = z.infer<typeof InvoiceCreator>;

export const CaptureStatusCode = closedEnum('CaptureStatusCode', ['SUCCESS', 'PARTIAL_SUCCESS', 'FAILED']);
export type CaptureStatusCode = z.infer<typeof CaptureStatusCode>;

/** Letters of every kind are fine in the address, although CiString has none but ASCII. */
export const Terminal = ocpiObject('Terminal', {
  terminal_id: CiString(36),
  customer_reference: optional(CiString(36)),
  party_id: optional(CiString(3)),
  country_code: optional(CiString(2)),
  address: optional(CiString(45, { anyLetters: true })),
  city: optional(CiString(45, { anyLetters: true })),
  postal_code: optional(CiString(10, { anyLetters: true })),
  state: optional(CiString(20, { anyLetters: true })),
  country: optional(CiString(3)),
  coordinates: optional(GeoLocation),
  invoice_base_url: optional(Url()),
  invoice_creator: optional(InvoiceCreator),
  reference: optional(CiString(36)),
  location_ids: list(CiString(36)),
  evse_uids: list(CiString(36)),
  last_updated: tolerated(DateTimeText(), 'last-updated.missing'),
});
export type Terminal = z.infer<typeof Terminal>;

/** A failed capture comes without lines for the invoice. */
export const FinancialAdviceConfirmation = ocpiObject('FinancialAdviceConfirmation', {
  id: CiString(36),
  authorization_reference: CiString(36),
  total_costs: Price,
  currency: CiString(3),
  eft_data: tolerated(listOne(CiString(255)), 'confirmation.eft-data-missing'),
  capture_status_code: CaptureStatusCode,
  capture_status_message: optional(CiString(255)),
  last_updated: DateTimeText(),
});
export type FinancialAdviceConfirmation = z.infer<typeof FinancialAdviceConfirmation>;
