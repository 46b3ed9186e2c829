import { type Checker, compileChecker } from './check.ts';
import type { ModuleId } from './modules.ts';
import { listOne } from './schema.ts';
import * as credentials211 from './v2_1_1/credentials.ts';
import * as versions211 from './v2_1_1/version-details.ts';
import * as credentials221 from './v2_2_1/credentials.ts';
import * as versions221 from './v2_2_1/version-details.ts';
import * as credentials230 from './v2_3_0/credentials.ts';
import * as versions230 from './v2_3_0/version-details.ts';
import { VERSIONS, type Version } from './versions.ts';

export type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';

/** SENDER and RECEIVER as in version details; NONE where an endpoint has no side (versions, credentials). */
export type Interface = 'SENDER' | 'RECEIVER' | 'NONE';

/** One thing a partner may ask: a line of the specification's endpoint tables (digest 4.2). */
export interface CatalogueEntry {
  /** Stable: exchanges are filed under it. `module.what`. */
  readonly id: string;
  readonly module: ModuleId;
  readonly interface: Interface;
  readonly method: Method;
  /** What `path` is appended to: the versions URL, a URL of that list, the module's endpoint, or a URL a message gave. */
  readonly base: 'versions-url' | 'version-url' | 'endpoint' | 'given-url';
  /** What stands between the slashes; a value that goes there is named in braces: `{location_id}`. */
  readonly path: readonly string[];
  /** Query parameters the specification names for it. */
  readonly query: readonly string[];
  readonly versions: readonly Version[];
  /** For people: `credentials, register`. */
  readonly words: string;
  /** Functional modules are routed and refuse token A; configuration modules are not (digest 1.10). */
  readonly functional: boolean;
  /** Checks the request's body, where one is due. */
  readonly request?: Readonly<Partial<Record<Version, Checker<unknown>>>>;
  /** Checks `data` of the answer, where the specification gives it a shape. */
  readonly response?: Readonly<Partial<Record<Version, Checker<unknown>>>>;
}

const VERSION_LIST = {
  '2.1.1': compileChecker(listOne(versions211.Version)),
  '2.2.1': compileChecker(listOne(versions221.Version)),
  '2.3.0': compileChecker(listOne(versions230.Version)),
} as const;

const VERSION_DETAILS = {
  '2.1.1': compileChecker(versions211.VersionDetails),
  '2.2.1': compileChecker(versions221.VersionDetails),
  '2.3.0': compileChecker(versions230.VersionDetails),
} as const;

const CREDENTIALS = {
  '2.1.1': compileChecker(credentials211.Credentials),
  '2.2.1': compileChecker(credentials221.Credentials),
  '2.3.0': compileChecker(credentials230.Credentials),
} as const;

const NO_SIDE = { interface: 'NONE', path: [], query: [], versions: VERSIONS, functional: false } as const;
const CREDENTIALS_ENTRY = { ...NO_SIDE, module: 'credentials', base: 'endpoint', response: CREDENTIALS } as const;

const ENTRIES: readonly CatalogueEntry[] = [
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
];

const byVersion = new Map(
  VERSIONS.map(version => [version, ENTRIES.filter(({ versions }) => versions.includes(version))]),
);
const byId = new Map(ENTRIES.map(entry => [entry.id, entry]));

/** Everything that may be asked on a version, in the order of the specification's chapters. */
export function catalogue(version: Version): readonly CatalogueEntry[] {
  return byVersion.get(version) ?? [];
}

/** The entry an exchange is filed under; undefined for `unknown` and for ids of another workbench version. */
export function entryById(id: string): CatalogueEntry | undefined {
  return byId.get(id);
}

/** Every method of the path an entry stands for, HEAD beside GET: the value of `Allow` (digest 1.5). */
export function allowedMethods(version: Version, entry: CatalogueEntry): (Method | 'HEAD')[] {
  const methods = catalogue(version)
    .filter(other => samePath(other, entry))
    .map(({ method }) => method);
  return methods.flatMap(method => (method === 'GET' ? (['GET', 'HEAD'] as const) : [method]));
}

function samePath(left: CatalogueEntry, right: CatalogueEntry): boolean {
  if (left.module !== right.module || left.interface !== right.interface || left.base !== right.base) return false;
  const shape = ({ path }: CatalogueEntry) => path.map(segment => (isPlaceholder(segment) ? '{}' : segment)).join('/');
  return shape(left) === shape(right);
}

/** True for `{location_id}`, false for `terminals`. */
export function isPlaceholder(segment: string): boolean {
  return segment.startsWith('{');
}
