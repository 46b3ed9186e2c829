import { bodyTypeOf } from '../../../core/ocpi/body-types.ts';
import { type CatalogueEntry, catalogue, isPlaceholder } from '../../../core/ocpi/catalogue.ts';
import { definitionOf } from '../../../core/ocpi/schema.ts';
import type { Version } from '../../../core/ocpi/versions.ts';
import { fixture } from '../../ocpi/fixtures.ts';
import { type Json, theirsOf } from '../../support/registered-partner.ts';

export const LATER = '2099-01-01T00:00:00Z';

/** Our own objects, by the ids that the fixtures have. */
export const OWN: Readonly<Record<string, string>> = (() => {
  const location = fixture('2.2.1', 'Location');
  const [evse] = location['evses'] as { uid: string; connectors: { id: string }[] }[];
  const place = fixture('2.3.0', 'BookingLocation');
  return {
    location_id: String(location['id']),
    evse_uid: evse?.uid ?? '',
    connector_id: evse?.connectors[0]?.id ?? '',
    session_id: String(fixture('2.2.1', 'Session')['id']),
    token_uid: String(fixture('2.2.1', 'Token')['uid']),
    terminal_id: 'OWN-T',
    id: String(fixture('2.3.0', 'FinancialAdviceConfirmation')['id']),
    booking_location_id: String(place['id']),
    calendar_id: (place['calendars'] as { id: string }[])[0]?.id ?? '',
  };
})();

/** A call of the partner: `of` a fresh object of its own, or of ours. */
export interface CatalogueCall {
  readonly entry: CatalogueEntry;
  readonly version: Version;
  /** Of the object it is about. */
  readonly id: string;
}

/** Values of the path: the partner's own object, or ours on the SENDER side. */
export function paramsOf({ entry, id }: CatalogueCall): Record<string, string> {
  const names = entry.path.filter(isPlaceholder).map(segment => segment.slice(1, -1));
  const theirs: Record<string, string> = { country_code: 'NL', party_id: 'ABC', evse_uid: 'E1', connector_id: 'C1' };
  const parts = new Set(['country_code', 'party_id', 'evse_uid', 'connector_id', 'calendar_id']);
  return Object.fromEntries(
    names.map(name => {
      if (entry.interface === 'SENDER') return [name, OWN[name] ?? 'NONE'];
      if (name === 'calendar_id') return [name, 'K1'];
      return [name, parts.has(name) ? (theirs[name] ?? '') : id];
    }),
  );
}

/** Where it goes. `params` replace those of the call. */
export function pathOf(call: CatalogueCall, params: Readonly<Record<string, string>> = {}): string {
  const { entry, version } = call;
  const values = { ...paramsOf(call), ...params };
  const below = entry.path.map(segment => (isPlaceholder(segment) ? (values[segment.slice(1, -1)] ?? '') : segment));
  const side = entry.interface === 'NONE' ? [] : [entry.interface.toLowerCase()];
  const at = {
    'versions-url': ['versions'],
    'version-url': [version],
    endpoint: [version, ...side, entry.module, ...below],
    'given-url': [version, ...side, entry.module, ...(version === '2.1.1' ? [] : ['NL', 'ABC']), call.id],
  }[entry.base];
  const query = QUERIES[entry.id];
  return `/ocpi/${at.map(encodeURIComponent).join('/')}${query === undefined ? '' : `?${query}`}`;
}

/** Nobody answers there; what is posted later is none of these tests' business. */
const RESPONSE_URL = 'http://127.0.0.1:9/result';

const QUERIES: Readonly<Record<string, string>> = {
  'chargingprofiles.get': `duration=60&response_url=${encodeURIComponent(RESPONSE_URL)}`,
  'chargingprofiles.clear': `response_url=${encodeURIComponent(RESPONSE_URL)}`,
};

/** The body of a call; undefined where there is none. */
export function bodyOf(call: CatalogueCall): Json | undefined {
  const { entry, version, id } = call;
  const type = bodyTypeOf(entry, version);
  if (type === undefined) return undefined;
  if (entry.method === 'PATCH') return { last_updated: LATER };
  const last = entry.path.at(-1) ?? '';
  const named = isPlaceholder(last) ? paramsOf(call)[last.slice(1, -1)] : id;
  const object = theirsOf(version, type.name);
  const member = ['uid', 'terminal_id', 'id'].find(name => name in object);
  const more = BODIES[entry.id]?.() ?? {};
  return {
    ...object,
    ...(member !== undefined && entry.module !== 'commands' && { [member]: named }),
    ...('response_url' in object && { response_url: RESPONSE_URL }),
    ...('location_id' in object && entry.module === 'commands' && { location_id: OWN['location_id'] }),
    ...(type.name === 'Token' && { type: 'RFID' }),
    ...more,
  };
}

const BODIES: Readonly<Record<string, () => Json>> = {
  'hubclientinfo.put': () => ({ role: 'CPO' }),
  'tokens.authorize': () => ({ location_id: OWN['location_id'] }),
  'payments.put-terminal': () => ({ terminal_id: OWN['terminal_id'] }),
  'bookings.post': () => ({
    canceled: undefined,
    booking_location_id: OWN['booking_location_id'],
    period: { start_date_time: '2098-05-02T08:00:00Z', end_date_time: '2098-05-02T09:00:00Z' },
  }),
};

export interface UnknownValue {
  readonly body: Json;
  /** Whether behaviour depends on the enum, so that nothing can be made of the object (T30a). */
  readonly decisive: boolean;
}

/** A value that no enum has, in a field of the body that holds one; undefined where the body has none that is told apart. */
export function withUnknownValue(call: CatalogueCall): UnknownValue | undefined {
  const { entry, version } = call;
  const type = bodyTypeOf(entry, version);
  const definition = type && definitionOf(type.schema);
  const body = bodyOf(call);
  if (definition?.kind !== 'object' || body === undefined) return undefined;
  // These tell who the object is.
  const identity = { tokens: 'type', hubclientinfo: 'role' }[entry.module as string];
  for (const [name, schema] of Object.entries(definition.shape)) {
    const of = definitionOf(schema);
    const inner = of.kind === 'optional' ? definitionOf(of.of) : of;
    if (inner.kind !== 'enum' || inner.open || name === identity) continue;
    return { body: { ...body, [name]: 'ON_FIRE' }, decisive: inner.unknown === 'reject' };
  }
  return undefined;
}

/** What has to be there before a call can be made: requests of the partner itself. */
export function before({ entry, version, id }: CatalogueCall): readonly (readonly [string, string, Json])[] {
  if (entry.interface !== 'RECEIVER') return [];
  const path = (...rest: string[]) => `/ocpi/${version}/receiver/${[entry.module, ...rest].join('/')}`;
  const put = (type: string, changes: Json, ...rest: string[]) =>
    ['PUT', path('NL', 'ABC', ...rest), theirsOf(version, type, changes)] as const;
  const isPost = entry.method === 'POST';
  if (isPost || (entry.method === 'PUT' && entry.path.length === 3)) return [];
  switch (entry.module) {
    case 'locations': {
      const connectors = [{ ...fixture(version, 'Connector'), id: 'C1' }];
      const evses = [{ ...fixture(version, 'EVSE'), uid: 'E1', connectors }];
      return [put('Location', { id, evses }, id)];
    }
    case 'sessions':
      return [put('Session', { id }, id)];
    case 'tariffs':
      return [put('Tariff', { id }, id)];
    case 'tokens':
      return [put('Token', { uid: id, type: 'RFID' }, id)];
    case 'cdrs':
      return [['POST', path(), theirsOf(version, 'CDR', { id })]];
    case 'hubclientinfo':
      return [put('ClientInfo', { role: 'CPO' })];
    case 'invoicereconciliation':
      return [put('InvoiceReconciliationRecord', { id }, id)];
    case 'payments': {
      const isTerminal = entry.path[0] === 'terminals';
      const object = isTerminal
        ? theirsOf(version, 'Terminal', { terminal_id: id })
        : theirsOf(version, 'FinancialAdviceConfirmation', { id });
      return [['POST', path(entry.path[0] ?? ''), object]];
    }
    case 'bookings': {
      if (!entry.path.includes('booking_locations')) return [put('Booking', { id }, id)];
      if (entry.method === 'PUT' && !entry.path.includes('{calendar_id}')) return [];
      const calendars = [{ ...fixture(version, 'Calendar'), id: 'K1' }];
      return [put('BookingLocation', { id, calendars }, 'booking_locations', id)];
    }
    default:
      return [];
  }
}

/** Every method of the path an entry stands for, HEAD beside GET: the value of `Allow` (digest 1.5). */
export function allowedMethods({ entry, version }: CatalogueCall): string[] {
  const shape = ({ path }: CatalogueEntry) => path.map(segment => (isPlaceholder(segment) ? '{}' : segment)).join('/');
  const place = (of: CatalogueEntry) => [of.module, of.interface, of.base, shape(of)].join(' ');
  return catalogue(version)
    .filter(other => place(other) === place(entry))
    .flatMap(({ method }) => (method === 'GET' ? ['GET', 'HEAD'] : [method]));
}
