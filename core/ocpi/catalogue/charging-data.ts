import type * as z from 'zod';
import type { CatalogueEntry } from '../catalogue.ts';
import type { ModuleId } from '../modules.ts';
import * as cdrs211 from '../v2_1_1/cdrs.ts';
import * as locations211 from '../v2_1_1/locations.ts';
import * as sessions211 from '../v2_1_1/sessions.ts';
import * as tariffs211 from '../v2_1_1/tariffs.ts';
import * as tokens211 from '../v2_1_1/tokens.ts';
import * as cdrs221 from '../v2_2_1/cdrs.ts';
import * as locations221 from '../v2_2_1/locations.ts';
import * as sessions221 from '../v2_2_1/sessions.ts';
import * as tariffs221 from '../v2_2_1/tariffs.ts';
import * as tokens221 from '../v2_2_1/tokens.ts';
import * as cdrs230 from '../v2_3_0/cdrs.ts';
import * as locations230 from '../v2_3_0/locations.ts';
import * as sessions230 from '../v2_3_0/sessions.ts';
import * as tariffs230 from '../v2_3_0/tariffs.ts';
import * as tokens230 from '../v2_3_0/tokens.ts';
import { VERSIONS, type Version } from '../versions.ts';
import { page, patch, whole } from './checkers.ts';
import { LIST_QUERY } from './list-query.ts';

type Schemas = Readonly<Record<Version, z.ZodObject>>;

const LOCATION: Schemas = {
  '2.1.1': locations211.Location,
  '2.2.1': locations221.Location,
  '2.3.0': locations230.Location,
};
const EVSE: Schemas = { '2.1.1': locations211.Evse, '2.2.1': locations221.Evse, '2.3.0': locations230.Evse };
const CONNECTOR: Schemas = {
  '2.1.1': locations211.Connector,
  '2.2.1': locations221.Connector,
  '2.3.0': locations230.Connector,
};
const SESSION: Schemas = {
  '2.1.1': sessions211.Session,
  '2.2.1': sessions221.Session,
  '2.3.0': sessions230.Session,
};
const CDR: Schemas = { '2.1.1': cdrs211.Cdr, '2.2.1': cdrs221.Cdr, '2.3.0': cdrs230.Cdr };
const TARIFF: Schemas = { '2.1.1': tariffs211.Tariff, '2.2.1': tariffs221.Tariff, '2.3.0': tariffs230.Tariff };
const TOKEN: Schemas = { '2.1.1': tokens211.Token, '2.2.1': tokens221.Token, '2.3.0': tokens230.Token };

const FUNCTIONAL = { base: 'endpoint', path: [], query: [], versions: VERSIONS, functional: true } as const;
const SENT = { ...FUNCTIONAL, interface: 'SENDER' } as const;
const PUSHED = { ...FUNCTIONAL, interface: 'RECEIVER' } as const;
const OWNER = ['{country_code}', '{party_id}'] as const;
const FROM_22 = ['2.2.1', '2.3.0'] as const satisfies readonly Version[];

/** The list every data module has on the side of its owner. */
function listOf(module: ModuleId, schemas: Schemas): CatalogueEntry {
  const words = `${module}, list`;
  return { ...SENT, id: `${module}.list`, module, method: 'GET', query: LIST_QUERY, words, ...page(schemas) };
}

interface Pushed {
  readonly module: ModuleId;
  /** For people, and where a module has several kinds of objects at the end of the id. */
  readonly word: string;
  readonly suffix?: string;
  readonly path: readonly string[];
  readonly schemas: Schemas;
  readonly patchable?: readonly Version[];
}

/** What the owner pushes: read back, put, and patched where that is foreseen. */
function pushedOf({ module, word, suffix = '', path, schemas, patchable = VERSIONS }: Pushed): CatalogueEntry[] {
  const pushed = { ...PUSHED, module, path: [...OWNER, ...path] } as const;
  const checked = whole(schemas);
  return [
    { ...pushed, id: `${module}.get-pushed${suffix}`, method: 'GET', words: `${word}, as pushed`, response: checked },
    { ...pushed, id: `${module}.put${suffix}`, method: 'PUT', words: `${word}, put`, request: checked },
    {
      ...pushed,
      id: `${module}.patch${suffix}`,
      method: 'PATCH',
      words: `${word}, patch`,
      versions: patchable,
      request: patch(schemas),
    },
  ];
}

const EVSE_PATH = ['{location_id}', '{evse_uid}'] as const;
const CONNECTOR_PATH = [...EVSE_PATH, '{connector_id}'] as const;
const ONE_LOCATION = { ...SENT, module: 'locations', method: 'GET' } as const;

const LOCATIONS: readonly CatalogueEntry[] = [
  listOf('locations', LOCATION),
  { ...ONE_LOCATION, id: 'locations.get', path: ['{location_id}'], words: 'location, one', response: whole(LOCATION) },
  { ...ONE_LOCATION, id: 'locations.get-evse', path: EVSE_PATH, words: 'evse, one', response: whole(EVSE) },
  {
    ...ONE_LOCATION,
    id: 'locations.get-connector',
    path: CONNECTOR_PATH,
    words: 'connector, one',
    response: whole(CONNECTOR),
  },
  ...pushedOf({ module: 'locations', word: 'location', path: ['{location_id}'], schemas: LOCATION }),
  ...pushedOf({ module: 'locations', word: 'evse', suffix: '-evse', path: EVSE_PATH, schemas: EVSE }),
  ...pushedOf({
    module: 'locations',
    word: 'connector',
    suffix: '-connector',
    path: CONNECTOR_PATH,
    schemas: CONNECTOR,
  }),
];

const SESSIONS: readonly CatalogueEntry[] = [
  listOf('sessions', SESSION),
  {
    ...SENT,
    id: 'sessions.put-preferences',
    module: 'sessions',
    method: 'PUT',
    path: ['{session_id}', 'charging_preferences'],
    versions: FROM_22,
    words: 'charging preferences, put',
    request: whole({ '2.2.1': sessions221.ChargingPreferences, '2.3.0': sessions221.ChargingPreferences }),
    response: whole({
      '2.2.1': sessions221.ChargingPreferencesResponse,
      '2.3.0': sessions221.ChargingPreferencesResponse,
    }),
  },
  ...pushedOf({ module: 'sessions', word: 'session', path: ['{session_id}'], schemas: SESSION }),
];

const CDRS: readonly CatalogueEntry[] = [
  listOf('cdrs', CDR),
  {
    ...PUSHED,
    id: 'cdrs.get-pushed',
    module: 'cdrs',
    method: 'GET',
    base: 'given-url',
    words: 'cdr, as pushed',
    response: whole(CDR),
  },
  { ...PUSHED, id: 'cdrs.post', module: 'cdrs', method: 'POST', words: 'cdr, post', request: whole(CDR) },
];

const TARIFFS: readonly CatalogueEntry[] = [
  listOf('tariffs', TARIFF),
  ...pushedOf({ module: 'tariffs', word: 'tariff', path: ['{tariff_id}'], schemas: TARIFF, patchable: ['2.1.1'] }),
  {
    ...PUSHED,
    id: 'tariffs.delete',
    module: 'tariffs',
    method: 'DELETE',
    path: [...OWNER, '{tariff_id}'],
    words: 'tariff, delete',
  },
];

/** `type` tells apart tokens of one uid; from 2.2 on in every URL, in 2.1.1 only where authorization is asked for (T44). */
const TOKENS: readonly CatalogueEntry[] = [
  listOf('tokens', TOKEN),
  {
    ...SENT,
    id: 'tokens.authorize',
    module: 'tokens',
    method: 'POST',
    path: ['{token_uid}', 'authorize'],
    query: ['type'],
    words: 'token, authorize',
    bodyOptional: true,
    request: whole({
      '2.1.1': tokens211.LocationReferences,
      '2.2.1': tokens221.LocationReferences,
      '2.3.0': tokens221.LocationReferences,
    }),
    response: whole({
      '2.1.1': tokens211.AuthorizationInfo,
      '2.2.1': tokens221.AuthorizationInfo,
      '2.3.0': tokens230.AuthorizationInfo,
    }),
  },
  ...pushedOf({ module: 'tokens', word: 'token', path: ['{token_uid}'], schemas: TOKEN }).map(entry => ({
    ...entry,
    query: ['type'],
  })),
];

/** What parties own and others hold copies of (digest 6.1 to 6.5). */
export const CHARGING_DATA_ENTRIES: readonly CatalogueEntry[] = [
  ...LOCATIONS,
  ...SESSIONS,
  ...CDRS,
  ...TARIFFS,
  ...TOKENS,
];
