import type { OwnListName } from '../../contract/own.ts';
import type { Interface } from '../../ocpi/catalogue.ts';
import { ciEqual } from '../../ocpi/ci-string.ts';
import { type Finding, finding } from '../../ocpi/findings.ts';
import { cutJson } from '../../ocpi/json-cut.ts';
import { isJsonObject, type JsonObject } from '../../ocpi/json-value.ts';
import { findPart } from '../../ocpi/object-part.ts';
import { writePagingHeaders } from '../../ocpi/paging.ts';
import type { Version } from '../../ocpi/versions.ts';
import type { OwnData, OwnModule, OwnPage } from '../own-data.ts';
import type { OcpiRequest, PlannedReply, Responder } from '../responder.ts';
import { bookablePage } from './bookable-page.ts';
import { nextQuery, readListQuery } from './list-query.ts';
import { answered, unknown, versionOf } from './object-answers.ts';

export interface OwnDataParts {
  readonly data: OwnData;
  /** Those that a party of ours owns, by its roles: only they are advertised. */
  readonly modules: () => readonly OwnModule[];
  /** The most objects of a page. */
  readonly pageLimit: (module: OwnModule) => number;
  /** What partners know us by: Link headers lead there. */
  readonly urls: { endpointUrl(version: Version, module: string, side: Interface): string };
  readonly clock: { now(): number };
}

/** Objects of a page where nothing else is said. */
export const PAGE_LIMIT = 1000;
const UNKNOWN_PARAMETER = 2001;
const UNKNOWN_LOCATION = 2003;

/** The lists and single objects of the SENDER interface (digest 1.6, 6): one responder a module that is ours. */
export function ownDataResponders(parts: OwnDataParts): Responder[] {
  return parts.modules().map(module => {
    const lists = new Map(LISTS.filter(list => list.module === module).map(list => [list.id, list]));
    const singles = new Map(SINGLES.filter(one => one.module === module).map(one => [one.id, one]));
    const locations = module === 'locations' ? LOCATION_PARTS : [];
    return {
      serves: [...lists.keys(), ...singles.keys(), ...locations],
      respond: request => {
        const list = lists.get(request.entry.id);
        if (list !== undefined) return answerList(parts, list, request);
        const single = singles.get(request.entry.id);
        return single === undefined ? location(parts, request) : one(parts, single, request);
      },
    };
  });
}

const LOCATION_PARTS = ['locations.get', 'locations.get-evse', 'locations.get-connector'] as const;

interface OfEntry {
  /** Of the catalogue. */
  readonly id: string;
  readonly module: OwnModule;
  readonly list?: OwnListName;
}

interface Single extends OfEntry {
  /** Of the path: the one with the object's id. */
  readonly param: string;
  readonly words: string;
  /** What is cut out of the object, where a part of it is asked for. */
  readonly part?: { readonly list: string; readonly param: string; readonly words: string };
}

const BOOKABLE = { module: 'bookings', list: 'booking_locations' } as const;
const TERMINALS = { module: 'payments', list: 'terminals' } as const;
const CONFIRMATIONS = { module: 'payments', list: 'financial-advice-confirmations' } as const;

const LISTS: readonly OfEntry[] = [
  ...(
    [
      'locations',
      'sessions',
      'cdrs',
      'tariffs',
      'tokens',
      'hubclientinfo',
      'invoicereconciliation',
      'bookings',
    ] as const satisfies readonly OwnModule[]
  ).map(module => ({ id: `${module}.list`, module })),
  { id: 'bookings.list-locations', ...BOOKABLE },
  { id: 'payments.list-terminals', ...TERMINALS },
  { id: 'payments.list-confirmations', ...CONFIRMATIONS },
];

const BOOKING_LOCATION = { ...BOOKABLE, param: 'booking_location_id', words: 'booking location' } as const;
const SINGLES: readonly Single[] = [
  { id: 'bookings.get-location', ...BOOKING_LOCATION },
  {
    id: 'bookings.get-calendar',
    ...BOOKING_LOCATION,
    part: { list: 'calendars', param: 'calendar_id', words: 'calendar' },
  },
  { id: 'payments.get-terminal', ...TERMINALS, param: 'terminal_id', words: 'terminal' },
  { id: 'payments.get-confirmation', ...CONFIRMATIONS, param: 'id', words: 'financial advice confirmation' },
];

function answerList(
  parts: OwnDataParts,
  { module, list }: OfEntry,
  request: OcpiRequest,
): PlannedReply | Promise<PlannedReply> {
  const { query, caller, entry } = request;
  const version = versionOf(request);
  const bound = parts.pageLimit(module);
  const read = readListQuery(query, { version, bound, timeslots: list === 'booking_locations' });
  if (!read.ok) {
    const statusMessage = `${read.parameter} has to be ${read.expected}.`;
    return { status: 200, envelope: { statusCode: UNKNOWN_PARAMETER, statusMessage }, findings: read.findings };
  }
  const { slotFrom, slotTo, ...wanted } = read.query;
  const asked = { module, version, caller, ...(list !== undefined && { list }), ...wanted };
  const endpoint = [parts.urls.endpointUrl(version, module, 'SENDER'), ...entry.path].join('/');
  const undated = module === 'sessions' && wanted.from === undefined ? [dateFromMissing(query)] : [];
  const paged = ({ total, items }: OwnPage): PlannedReply => {
    const end = wanted.offset + items.length;
    const more = end < total && items.length > 0;
    const next = nextQuery(query, { offset: end, limit: wanted.limit });
    return {
      status: 200,
      headers: writePagingHeaders({ totalCount: total, limit: bound, ...(more && { next: `${endpoint}?${next}` }) }),
      ...answered(`[${items.join(',')}]`, parts.clock.now()),
      findings: [...read.findings, ...undated],
    };
  };
  if (slotFrom === undefined && slotTo === undefined) return paged(parts.data.page(asked));
  return bookablePage(parts.data, asked, { from: slotFrom, to: slotTo }).then(paged);
}

function one({ data, clock }: OwnDataParts, single: Single, request: OcpiRequest): PlannedReply {
  const { module, list, param, words, part } = single;
  const { params, caller } = request;
  const id = params[param] ?? '';
  const text = data.get({ module, ...(list !== undefined && { list }), version: versionOf(request), caller, id });
  if (text === undefined) return unknown(UNKNOWN_PARAMETER, `There is no ${words} ${id}.`);
  if (part === undefined) return { status: 200, ...answered(text, clock.now()) };
  const partId = params[part.param] ?? '';
  const found = findPart(text, [{ list: part.list, member: 'id', id: partId }]);
  if ('text' in found) return { status: 200, ...answered(found.text, clock.now()) };
  return unknown(UNKNOWN_PARAMETER, `There is no ${part.words} ${partId} in ${id}.`);
}

/** A location, or what is cut out of its text: an EVSE, a connector. */
function location({ data, clock }: OwnDataParts, request: OcpiRequest): PlannedReply {
  const { params, caller } = request;
  const { location_id: id = '', evse_uid: uid, connector_id: connector } = params;
  const text = data.get({ module: 'locations', version: versionOf(request), caller, id });
  if (text === undefined) return unknown(UNKNOWN_LOCATION, `There is no location ${id}.`);
  if (uid === undefined) return { status: 200, ...answered(text, clock.now()) };
  const evses = elementsOf(JSON.parse(text), 'evses');
  const evseAt = indexOf(evses, 'uid', uid);
  if (evseAt === -1) return unknown(UNKNOWN_PARAMETER, `Location ${id} has no EVSE ${uid}.`);
  const pointer = `/evses/${evseAt}`;
  if (connector === undefined) return cutOut(text, pointer, clock);
  const connectorAt = indexOf(elementsOf(evses[evseAt], 'connectors'), 'id', connector);
  if (connectorAt === -1) return unknown(UNKNOWN_PARAMETER, `EVSE ${uid} has no connector ${connector}.`);
  return cutOut(text, `${pointer}/connectors/${connectorAt}`, clock);
}

function cutOut(text: string, pointer: string, clock: OwnDataParts['clock']): PlannedReply {
  const part = cutJson(text, pointer);
  if (part === undefined) throw new Error(`the text of an object has nothing at ${pointer}`);
  return { status: 200, ...answered(part, clock.now()) };
}

function dateFromMissing(query: string): Finding {
  const met = query === '' ? 'no query' : `?${query}`;
  return finding('request.date-from-missing', { pointer: 'url', met, expected: 'date_from' });
}

function elementsOf(json: unknown, field: string): readonly unknown[] {
  const value = isJsonObject(json) ? json[field] : undefined;
  return Array.isArray(value) ? value : [];
}

function indexOf(elements: readonly unknown[], field: string, id: string): number {
  return elements.findIndex(element => isJsonObject(element) && matches(element, field, id));
}

/** Ids compare without regard to case (T27). */
function matches(element: JsonObject, field: string, id: string): boolean {
  const value = element[field];
  return typeof value === 'string' && ciEqual(value, id);
}
