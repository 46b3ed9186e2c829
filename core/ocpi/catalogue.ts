import { CHARGING_DATA_ENTRIES } from './catalogue/charging-data.ts';
import { CONFIGURATION_ENTRIES } from './catalogue/configuration.ts';
import { EXTENSION_ENTRIES } from './catalogue/extensions.ts';
import { REMOTE_CONTROL_ENTRIES } from './catalogue/remote-control.ts';
import type { Checker, ItemsChecker } from './check.ts';
import type { ModuleId } from './modules.ts';
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
  /** Checks the request's body, where one is due: of a PATCH as a part of the object. */
  readonly request?: Readonly<Partial<Record<Version, Checker<unknown>>>>;
  /** The body may be left out (LocationReferences of an authorization, digest 6.5). */
  readonly bodyOptional?: true;
  /** Checks `data` of the answer, where the specification gives it a shape. */
  readonly response?: Readonly<Partial<Record<Version, Checker<unknown>>>>;
  /** Of paginated lists: checks `data` object by object, so that a broken one never spoils its page. */
  readonly items?: Readonly<Partial<Record<Version, ItemsChecker<unknown>>>>;
}

const ENTRIES: readonly CatalogueEntry[] = [
  ...CONFIGURATION_ENTRIES,
  ...CHARGING_DATA_ENTRIES,
  ...REMOTE_CONTROL_ENTRIES,
  ...EXTENSION_ENTRIES,
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

/** True for `{location_id}`, false for `terminals`. */
export function isPlaceholder(segment: string): boolean {
  return segment.startsWith('{');
}
