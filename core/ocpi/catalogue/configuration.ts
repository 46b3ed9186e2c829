import type { CatalogueEntry } from '../catalogue.ts';
import { listOne } from '../schema.ts';
import * as credentials211 from '../v2_1_1/credentials.ts';
import * as versions211 from '../v2_1_1/version-details.ts';
import * as credentials221 from '../v2_2_1/credentials.ts';
import * as hub221 from '../v2_2_1/hubclientinfo.ts';
import * as versions221 from '../v2_2_1/version-details.ts';
import * as credentials230 from '../v2_3_0/credentials.ts';
import * as hub230 from '../v2_3_0/hubclientinfo.ts';
import * as versions230 from '../v2_3_0/version-details.ts';
import { VERSIONS } from '../versions.ts';
import { page, whole } from './checkers.ts';
import { LIST_QUERY } from './list-query.ts';

const VERSION_LIST = whole({
  '2.1.1': listOne(versions211.Version),
  '2.2.1': listOne(versions221.Version),
  '2.3.0': listOne(versions230.Version),
});

const VERSION_DETAILS = whole({
  '2.1.1': versions211.VersionDetails,
  '2.2.1': versions221.VersionDetails,
  '2.3.0': versions230.VersionDetails,
});

const CREDENTIALS = whole({
  '2.1.1': credentials211.Credentials,
  '2.2.1': credentials221.Credentials,
  '2.3.0': credentials230.Credentials,
});

const CLIENT_INFO = { '2.2.1': hub221.ClientInfo, '2.3.0': hub230.ClientInfo } as const;

const NO_SIDE = { interface: 'NONE', path: [], query: [], versions: VERSIONS, functional: false } as const;
const CREDENTIALS_ENTRY = { ...NO_SIDE, module: 'credentials', base: 'endpoint', response: CREDENTIALS } as const;
const HUB = {
  module: 'hubclientinfo',
  base: 'endpoint',
  query: [],
  versions: ['2.2.1', '2.3.0'],
  functional: false,
} as const;
const PUSHED_INFO = { ...HUB, interface: 'RECEIVER', path: ['{country_code}', '{party_id}'] } as const;

/** Versions, credentials, hubclientinfo: never routed (digest 1.10, 3, 6.8). */
export const CONFIGURATION_ENTRIES: readonly CatalogueEntry[] = [
  {
    ...NO_SIDE,
    id: 'versions.list',
    module: 'versions',
    method: 'GET',
    base: 'versions-url',
    words: 'versions, list',
    response: VERSION_LIST,
  },
  {
    ...NO_SIDE,
    id: 'versions.details',
    module: 'versions',
    method: 'GET',
    base: 'version-url',
    words: 'versions, details',
    response: VERSION_DETAILS,
  },
  { ...CREDENTIALS_ENTRY, id: 'credentials.get', method: 'GET', words: 'credentials, look' },
  {
    ...CREDENTIALS_ENTRY,
    id: 'credentials.post',
    method: 'POST',
    words: 'credentials, register',
    request: CREDENTIALS,
  },
  { ...CREDENTIALS_ENTRY, id: 'credentials.put', method: 'PUT', words: 'credentials, update', request: CREDENTIALS },
  {
    ...NO_SIDE,
    id: 'credentials.delete',
    module: 'credentials',
    method: 'DELETE',
    base: 'endpoint',
    words: 'credentials, unregister',
  },
  {
    ...HUB,
    id: 'hubclientinfo.list',
    interface: 'SENDER',
    method: 'GET',
    path: [],
    query: LIST_QUERY,
    words: 'hub parties, list',
    ...page(CLIENT_INFO),
  },
  {
    ...PUSHED_INFO,
    id: 'hubclientinfo.get-pushed',
    method: 'GET',
    words: 'hub party, as pushed',
    response: whole(CLIENT_INFO),
  },
  { ...PUSHED_INFO, id: 'hubclientinfo.put', method: 'PUT', words: 'hub party, put', request: whole(CLIENT_INFO) },
];
