import type { PulledModule } from '../../contract/objects.ts';

/** A field that is indexed: names on the way to it, through lists of any length. */
export type FieldPath = readonly string[];

/** What the objects of a list are, and what of them is looked up. Members as any version has them; absent ones do nothing. */
export interface ObjectKind {
  /** Name in the tables of the versions. */
  readonly type: string;
  /** Names of what stands inside one, for a GET of it alone: an EVSE in a location, a connector in an EVSE. */
  readonly parts: readonly ObjectPart[];
  /** Members that make the id, joined with a dash. */
  readonly id: readonly string[];
  /** Whether country_code and party_id tell its owner, and so belong to its key (2.2 and later). */
  readonly owned: boolean;
  /** The member that tells apart objects of the same id and owner. */
  readonly variant?: string;
  /** Beside `party`, which every owned object has. */
  readonly fields: readonly FieldPath[];
}

export interface ObjectPart {
  readonly type: string;
  /** The list it stands in, and its own id there. */
  readonly list: string;
  readonly id: string;
}

const EVSE: ObjectPart = { type: 'EVSE', list: 'evses', id: 'uid' };
const CONNECTOR: ObjectPart = { type: 'Connector', list: 'connectors', id: 'id' };
const CALENDAR: ObjectPart = { type: 'Calendar', list: 'calendars', id: 'id' };

function kind(type: string, fields: readonly string[], more: Partial<ObjectKind> = {}): ObjectKind {
  return { type, parts: [], id: ['id'], owned: true, ...more, fields: fields.map(field => field.split('.')) };
}

const KINDS: Readonly<Record<PulledModule, Readonly<Record<string, ObjectKind>>>> = {
  locations: {
    '': kind(
      'Location',
      [
        'evses.status',
        'evses.connectors.standard',
        'evses.connectors.power_type',
        'city',
        'postal_code',
        'country',
        'operator.name',
      ],
      { parts: [EVSE, CONNECTOR] },
    ),
  },
  sessions: {
    '': kind('Session', [
      'status',
      'auth_method',
      'currency',
      'auth_id',
      'cdr_token.uid',
      'cdr_token.contract_id',
      'location_id',
      'location.id',
    ]),
  },
  cdrs: {
    '': kind('CDR', [
      'currency',
      'auth_method',
      'auth_id',
      'cdr_token.uid',
      'cdr_token.contract_id',
      'cdr_location.id',
      'location.id',
      'session_id',
      'credit',
    ]),
  },
  tariffs: { '': kind('Tariff', ['currency', 'type', 'tax_included']) },
  tokens: {
    '': kind('Token', ['type', 'valid', 'whitelist', 'issuer', 'contract_id', 'auth_id', 'group_id'], {
      id: ['uid'],
      variant: 'type',
    }),
  },
  hubclientinfo: {
    '': kind('ClientInfo', ['role', 'status'], { id: ['country_code', 'party_id'], variant: 'role' }),
  },
  bookings: {
    '': kind('Booking', ['reservation_status', 'location_id', 'request_id']),
    booking_locations: kind('BookingLocation', ['location_id', 'tariff_ids'], { parts: [CALENDAR] }),
  },
  invoicereconciliation: { '': kind('InvoiceReconciliationRecord', ['invoice_id']) },
  payments: {
    terminals: kind('Terminal', ['city', 'country', 'customer_reference', 'location_ids', 'evse_uids'], {
      id: ['terminal_id'],
      // Its party is the one it was rented to, and may change.
      owned: false,
    }),
    'financial-advice-confirmations': kind(
      'FinancialAdviceConfirmation',
      ['capture_status_code', 'currency', 'authorization_reference'],
      { owned: false },
    ),
  },
};

/** The kind of a module's list; throws for a list the module does not have, which is a mistake of the caller. */
export function kindOf(module: PulledModule, list = ''): ObjectKind {
  const lists = KINDS[module];
  const found = Object.hasOwn(lists, list) ? lists[list] : undefined;
  if (!found) throw new Error(`${module} has no list "${list}": there are ${Object.keys(lists).join(', ')}`);
  return found;
}

/** Whether a module has such a list. */
export function hasKind(module: PulledModule, list: string): boolean {
  return Object.hasOwn(KINDS[module], list);
}
