import type { Interface } from '../../ocpi/catalogue.ts';
import { ciEqual } from '../../ocpi/ci-string.ts';
import { type Finding, finding } from '../../ocpi/findings.ts';
import { cutJson } from '../../ocpi/json-cut.ts';
import { isJsonObject, type JsonObject } from '../../ocpi/json-value.ts';
import { writePagingHeaders } from '../../ocpi/paging.ts';
import type { Version } from '../../ocpi/versions.ts';
import type { OwnData, OwnModule } from '../own-data.ts';
import type { OcpiRequest, PlannedReply, Responder } from '../responder.ts';
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

/** The lists and single objects of the SENDER interface (digest 1.6, 6.1 to 6.5): one responder a module that is ours. */
export function ownDataResponders(parts: OwnDataParts): Responder[] {
  return parts.modules().map(module => ({
    serves: [`${module}.list`, ...(module === 'locations' ? LOCATION_PARTS : [])],
    respond: request => (request.entry.path.length === 0 ? list(parts, module, request) : one(parts, request)),
  }));
}

const LOCATION_PARTS = ['locations.get', 'locations.get-evse', 'locations.get-connector'] as const;

function list(parts: OwnDataParts, module: OwnModule, request: OcpiRequest): PlannedReply {
  const { query, caller } = request;
  const version = versionOf(request);
  const bound = parts.pageLimit(module);
  const read = readListQuery(query, { version, bound });
  if (!read.ok) {
    const statusMessage = `${read.parameter} has to be ${read.expected}.`;
    return { status: 200, envelope: { statusCode: UNKNOWN_PARAMETER, statusMessage }, findings: read.findings };
  }
  const { offset, limit } = read.query;
  const { total, items } = parts.data.page({ module, version, caller, ...read.query });
  const end = offset + items.length;
  const more = end < total && items.length > 0;
  const endpoint = parts.urls.endpointUrl(version, module, 'SENDER');
  const headers = writePagingHeaders({
    totalCount: total,
    limit: bound,
    ...(more && { next: `${endpoint}?${nextQuery(query, { offset: end, limit })}` }),
  });
  const undated = module === 'sessions' && read.query.from === undefined ? [dateFromMissing(query)] : [];
  return {
    status: 200,
    headers,
    ...answered(`[${items.join(',')}]`, parts.clock.now()),
    findings: [...read.findings, ...undated],
  };
}

/** A location, or what is cut out of its text: an EVSE, a connector. */
function one({ data, clock }: OwnDataParts, request: OcpiRequest): PlannedReply {
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
