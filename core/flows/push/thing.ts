import type { OwnModuleName } from '../../contract/own.ts';
import type { PushMethod } from '../../contract/sending.ts';
import { type CatalogueEntry, entryById, isPlaceholder } from '../../ocpi/catalogue.ts';
import { isJsonObject, type JsonObject } from '../../ocpi/json-value.ts';
import type { PartStep } from '../../ocpi/object-part.ts';
import type { PartyId } from '../../ocpi/party-id.ts';
import { appendQuery, appendSegments } from '../../ocpi/urls.ts';
import { atLeast22, type Version } from '../../ocpi/versions.ts';

/** What is pushed: an object, or a part of one, by everything its URL has to name. */
export interface PushedThing {
  readonly module: OwnModuleName;
  /** Which kind of object or part, where a module has several; as at the end of the catalogue's ids. */
  readonly what?: 'evse' | 'connector' | 'calendar' | 'location' | 'terminal' | 'confirmation';
  /** Below the owner, outermost first: `[LOC1, EVSE1]`. */
  readonly ids: readonly string[];
  /** Whose it is. */
  readonly owner: PartyId;
  /** Of a token; RFID unless said. */
  readonly type?: string;
}

/** Where a push goes: by catalogue id, its URL below the endpoint of that entry's interface. */
export interface PushPlace {
  readonly entry: CatalogueEntry;
  /** With everything but the endpoint: `url(endpoint)`. */
  url(endpoint: string): string;
  readonly params: Readonly<Record<string, string>>;
}

const METHODS = { PUT: 'put', PATCH: 'patch', POST: 'post', DELETE: 'delete', GET: 'get-pushed' } as const;

/** Undefined where the version has no such push (digest 1.7: DELETE of tariffs and invoice records only, ...). */
export function placeOf(
  { module, what, ids, owner, type }: PushedThing,
  method: PushMethod | 'GET',
  version: Version,
): PushPlace | undefined {
  const suffix = what === undefined ? '' : `-${what}`;
  // What the CPO assigns to a terminal goes to its owner, by GET too (T32).
  const verb = method === 'GET' && what === 'terminal' ? 'get' : METHODS[method];
  const entry = entryById(`${module}.${verb}${suffix}`);
  if (entry === undefined || !entry.versions.includes(version) || entry.base !== 'endpoint') return undefined;
  const names = entry.path.filter(isPlaceholder).map(segment => segment.slice(1, -1));
  const values = names.includes('country_code') ? [owner.countryCode, owner.partyId, ...ids] : ids;
  if (names.some((_, at) => values[at] === undefined)) return undefined;
  const params = Object.fromEntries(names.map((name, at) => [name, values[at] ?? '']));
  const segments = entry.path.map(segment => (isPlaceholder(segment) ? (params[segment.slice(1, -1)] ?? '') : segment));
  // Only receiver URLs of 2.2 and later tell the type; RFID is the default (T44).
  const query = module === 'tokens' && atLeast22(version) && type !== undefined && type !== 'RFID' ? { type } : {};
  return { entry, params, url: endpoint => appendQuery(appendSegments(endpoint, ...segments), query) };
}

export type ThingRead =
  | { readonly ok: true; readonly thing: PushedThing; readonly steps: readonly PartStep[] }
  /** The end of a sentence: "has no id to be pushed under". */
  | { readonly ok: false; readonly reason: string };

interface Reading {
  readonly module: OwnModuleName;
  /** For objects that do not say it: 2.1.1, parts, terminals. */
  readonly owner: PartyId;
  /** Below a location or booking location: `[EVSE1, 1]`; of a part alone with the id of its object first. */
  readonly part?: readonly string[];
}

const PART_OF_LOCATION = ['evse', 'connector'] as const;

/** Reads from an object where it belongs. `steps` lead down to the part that is meant, where the object holds it. */
export function thingOf(json: unknown, { module, owner, part = [] }: Reading): ThingRead {
  if (!isJsonObject(json)) return { ok: false, reason: 'is no object' };
  const whose = ownerOf(json) ?? owner;
  const what = whatOf(json, module);
  if (part.length > 0) return partOf(json, { module, owner: whose, part });
  if (module === 'hubclientinfo') return { ok: true, thing: { module, ids: [], owner: whose }, steps: [] };
  const field = module === 'tokens' ? 'uid' : what === 'terminal' ? 'terminal_id' : 'id';
  const id = json[field];
  if (typeof id !== 'string' || id === '') return { ok: false, reason: `has no ${field} to be pushed under` };
  const { type } = json;
  return {
    ok: true,
    thing: {
      module,
      ids: [id],
      owner: whose,
      ...(what === undefined ? {} : { what }),
      ...(module === 'tokens' && typeof type === 'string' ? { type } : {}),
    },
    steps: [],
  };
}

function partOf(json: JsonObject, { module, owner, part }: Required<Reading>): ThingRead {
  const list = module === 'locations' ? 'evses' : module === 'bookings' ? 'calendars' : undefined;
  if (list === undefined) return { ok: false, reason: `of ${module} has no parts that are pushed` };
  const holds = Array.isArray(json[list]);
  const { id } = json;
  if (holds && (typeof id !== 'string' || id === '')) return { ok: false, reason: 'has no id to be pushed under' };
  const ids = holds ? [String(id), ...part] : part;
  const [, first, second, beyond] = ids;
  const deepest = module === 'locations' ? 2 : 1;
  if (first === undefined || beyond !== undefined || (second !== undefined && deepest === 1)) {
    const shape = module === 'locations' ? 'EVSE1 or EVSE1/1' : 'CAL1';
    return { ok: false, reason: `has no part ${part.join('/')}: write ${shape}, below the id of a part alone` };
  }
  const what = module === 'bookings' ? 'calendar' : PART_OF_LOCATION[ids.length - 2];
  const steps: PartStep[] = [{ list, member: module === 'locations' ? 'uid' : 'id', id: first }];
  if (second !== undefined) steps.push({ list: 'connectors', member: 'id', id: second });
  return {
    ok: true,
    thing: { module, ids, owner, ...(what === undefined ? {} : { what }) },
    steps: holds ? steps : [],
  };
}

function ownerOf({ country_code: countryCode, party_id: partyId }: JsonObject): PartyId | undefined {
  return typeof countryCode === 'string' && typeof partyId === 'string' ? { countryCode, partyId } : undefined;
}

const OF_BOOKING = ['request_id', 'reservation_status', 'booking_requests', 'period', 'booking_tokens'];

/** Modules with several kinds of objects tell them apart by what only one of them has. */
function whatOf(json: JsonObject, module: OwnModuleName): PushedThing['what'] {
  if (module === 'payments') return 'terminal_id' in json ? 'terminal' : 'confirmation';
  if (module === 'bookings') return OF_BOOKING.some(field => field in json) ? undefined : 'location';
  return undefined;
}
