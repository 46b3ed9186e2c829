import type { CatalogueEntry } from '../catalogue.ts';
import { ocpiObject, tolerated } from '../schema.ts';
import { Booking, BookingLocation, BookingRequest, Calendar } from '../v2_3_0/bookings.ts';
import { InvoiceReconciliationRecord } from '../v2_3_0/invoicereconciliation.ts';
import { FinancialAdviceConfirmation, Terminal } from '../v2_3_0/payments.ts';
import type { Version } from '../versions.ts';
import { page, patch, whole } from './checkers.ts';
import { LIST_QUERY } from './list-query.ts';

const ONLY_23 = ['2.3.0'] as const satisfies readonly Version[];
const EXTENSION = { base: 'endpoint', path: [], query: [], versions: ONLY_23, functional: true } as const;
const OWNER = ['{country_code}', '{party_id}'] as const;

const INVOICES = { ...EXTENSION, module: 'invoicereconciliation', interface: 'RECEIVER' } as const;
const ONE_INVOICE = { ...INVOICES, path: [...OWNER, '{id}'] } as const;
const RECORD = whole({ '2.3.0': InvoiceReconciliationRecord });

const INVOICE_ENTRIES: readonly CatalogueEntry[] = [
  {
    ...INVOICES,
    id: 'invoicereconciliation.list',
    interface: 'SENDER',
    method: 'GET',
    query: LIST_QUERY,
    words: 'invoice records, list',
    ...page({ '2.3.0': InvoiceReconciliationRecord }),
  },
  { ...INVOICES, id: 'invoicereconciliation.post', method: 'POST', words: 'invoice record, post', request: RECORD },
  {
    ...ONE_INVOICE,
    id: 'invoicereconciliation.get-pushed',
    method: 'GET',
    words: 'invoice record, as pushed',
    response: RECORD,
  },
  { ...ONE_INVOICE, id: 'invoicereconciliation.put', method: 'PUT', words: 'invoice record, put', request: RECORD },
  { ...ONE_INVOICE, id: 'invoicereconciliation.delete', method: 'DELETE', words: 'invoice record, delete' },
];

// The terminal of an activation has no id yet, and that of a PUT has it in the URL (T32).
const ActivatedTerminal = ocpiObject('Terminal', {
  ...Terminal.shape,
  terminal_id: tolerated(Terminal.shape.terminal_id),
});
const AddressedTerminal = ocpiObject('Terminal', {
  ...Terminal.shape,
  terminal_id: tolerated(Terminal.shape.terminal_id, 'terminal.id-missing'),
});

const TERMINALS = { ...EXTENSION, module: 'payments', interface: 'SENDER', path: ['terminals'] } as const;
const ONE_TERMINAL = { ...TERMINALS, path: ['terminals', '{terminal_id}'] } as const;
const CONFIRMATIONS = { ...TERMINALS, path: ['financial-advice-confirmations'] } as const;
const ONE_CONFIRMATION = { ...CONFIRMATIONS, path: ['financial-advice-confirmations', '{id}'] } as const;
const TERMINAL = whole({ '2.3.0': Terminal });
const CONFIRMATION = whole({ '2.3.0': FinancialAdviceConfirmation });

/** Owned by the payment terminal provider, the SENDER, to whom the CPO writes too (T32). */
const PAYMENT_ENTRIES: readonly CatalogueEntry[] = [
  {
    ...TERMINALS,
    id: 'payments.list-terminals',
    method: 'GET',
    query: LIST_QUERY,
    words: 'terminals, list',
    ...page({ '2.3.0': Terminal }),
  },
  { ...ONE_TERMINAL, id: 'payments.get-terminal', method: 'GET', words: 'terminal, one', response: TERMINAL },
  {
    ...TERMINALS,
    id: 'payments.activate-terminal',
    method: 'POST',
    path: ['terminals', 'activate'],
    words: 'terminal, activate',
    request: whole({ '2.3.0': ActivatedTerminal }),
  },
  {
    ...TERMINALS,
    id: 'payments.deactivate-terminal',
    method: 'POST',
    path: ['terminals', '{terminal_id}', 'deactivate'],
    words: 'terminal, deactivate',
  },
  {
    ...ONE_TERMINAL,
    id: 'payments.put-terminal',
    method: 'PUT',
    words: 'terminal, put',
    request: whole({ '2.3.0': AddressedTerminal }),
  },
  {
    ...ONE_TERMINAL,
    id: 'payments.patch-terminal',
    method: 'PATCH',
    words: 'terminal, patch',
    request: patch({ '2.3.0': Terminal }),
  },
  {
    ...CONFIRMATIONS,
    id: 'payments.list-confirmations',
    method: 'GET',
    query: LIST_QUERY,
    words: 'financial advice confirmations, list',
    ...page({ '2.3.0': FinancialAdviceConfirmation }),
  },
  {
    ...ONE_CONFIRMATION,
    id: 'payments.get-confirmation',
    method: 'GET',
    words: 'financial advice confirmation, one',
    response: CONFIRMATION,
  },
  {
    ...ONE_TERMINAL,
    id: 'payments.get-pushed-terminal',
    interface: 'RECEIVER',
    method: 'GET',
    words: 'terminal, as pushed',
    response: TERMINAL,
  },
  {
    ...TERMINALS,
    id: 'payments.post-terminal',
    interface: 'RECEIVER',
    method: 'POST',
    words: 'terminal, post',
    request: TERMINAL,
  },
  {
    ...ONE_CONFIRMATION,
    id: 'payments.get-pushed-confirmation',
    interface: 'RECEIVER',
    method: 'GET',
    words: 'financial advice confirmation, as pushed',
    response: CONFIRMATION,
  },
  {
    ...CONFIRMATIONS,
    id: 'payments.post-confirmation',
    interface: 'RECEIVER',
    method: 'POST',
    words: 'financial advice confirmation, post',
    request: CONFIRMATION,
  },
];

const BOOKINGS = { ...EXTENSION, module: 'bookings', interface: 'SENDER' } as const;
const PLACES = ['booking_locations', '{booking_location_id}'] as const;
const CALENDARS = [...PLACES, '{calendar_id}'] as const;
const BOOKED = whole({ '2.3.0': Booking });
const PLACE = whole({ '2.3.0': BookingLocation });
const CALENDAR = whole({ '2.3.0': Calendar });
const PUSHED_PLACE = { ...BOOKINGS, interface: 'RECEIVER', path: [...OWNER, ...PLACES] } as const;
const PUSHED_CALENDAR = { ...BOOKINGS, interface: 'RECEIVER', path: [...OWNER, ...CALENDARS] } as const;
const PUSHED_BOOKING = { ...BOOKINGS, interface: 'RECEIVER', path: [...OWNER, '{booking_id}'] } as const;

const BOOKING_ENTRIES: readonly CatalogueEntry[] = [
  {
    ...BOOKINGS,
    id: 'bookings.list-locations',
    method: 'GET',
    path: ['booking_locations'],
    query: [...LIST_QUERY, 'timeslot_from', 'timeslot_to'],
    words: 'booking locations, list',
    ...page({ '2.3.0': BookingLocation }),
  },
  {
    ...BOOKINGS,
    id: 'bookings.get-location',
    method: 'GET',
    path: PLACES,
    words: 'booking location, one',
    response: PLACE,
  },
  {
    ...BOOKINGS,
    id: 'bookings.get-calendar',
    method: 'GET',
    path: CALENDARS,
    words: 'calendar, one',
    response: CALENDAR,
  },
  {
    ...BOOKINGS,
    id: 'bookings.list',
    method: 'GET',
    query: LIST_QUERY,
    words: 'bookings, list',
    ...page({ '2.3.0': Booking }),
  },
  {
    ...BOOKINGS,
    id: 'bookings.post',
    method: 'POST',
    words: 'booking, request',
    request: whole({ '2.3.0': BookingRequest }),
    response: BOOKED,
  },
  {
    ...PUSHED_PLACE,
    id: 'bookings.get-pushed-location',
    method: 'GET',
    words: 'booking location, as pushed',
    response: PLACE,
  },
  {
    ...PUSHED_CALENDAR,
    id: 'bookings.get-pushed-calendar',
    method: 'GET',
    words: 'calendar, as pushed',
    response: CALENDAR,
  },
  { ...PUSHED_BOOKING, id: 'bookings.get-pushed', method: 'GET', words: 'booking, as pushed', response: BOOKED },
  { ...PUSHED_PLACE, id: 'bookings.put-location', method: 'PUT', words: 'booking location, put', request: PLACE },
  { ...PUSHED_CALENDAR, id: 'bookings.put-calendar', method: 'PUT', words: 'calendar, put', request: CALENDAR },
  { ...PUSHED_BOOKING, id: 'bookings.put', method: 'PUT', words: 'booking, put', request: BOOKED },
  {
    ...PUSHED_PLACE,
    id: 'bookings.patch-location',
    method: 'PATCH',
    words: 'booking location, patch',
    request: patch({ '2.3.0': BookingLocation }),
  },
  {
    ...PUSHED_CALENDAR,
    id: 'bookings.patch-calendar',
    method: 'PATCH',
    words: 'calendar, patch',
    request: patch({ '2.3.0': Calendar }),
  },
  {
    ...PUSHED_BOOKING,
    id: 'bookings.patch',
    method: 'PATCH',
    words: 'booking, patch',
    request: patch({ '2.3.0': Booking }),
  },
];

/** What 2.3.0 added, partly in documents of their own (digest 6.9 to 6.11). */
export const EXTENSION_ENTRIES: readonly CatalogueEntry[] = [
  ...INVOICE_ENTRIES,
  ...PAYMENT_ENTRIES,
  ...BOOKING_ENTRIES,
];
