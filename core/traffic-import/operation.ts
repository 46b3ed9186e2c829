import { type CatalogueEntry, catalogue, isPlaceholder } from '../ocpi/catalogue.ts';
import { ciEqual } from '../ocpi/ci-string.ts';
import { type ModuleId, moduleOf } from '../ocpi/modules.ts';
import { decodeSegment, splitPath } from '../ocpi/urls.ts';
import { spokenAs, type Version } from '../ocpi/versions.ts';

/** What a request asks for, as its method and URL tell it. */
export interface Operation {
  readonly entry: CatalogueEntry;
  /** Absent where the URL names none. */
  readonly version?: Version;
  /** Values of the path's placeholders, percent-decoded. */
  readonly params: Readonly<Record<string, string>>;
}

export interface OperationAsked {
  readonly method: string;
  /** Absolute, or a path. */
  readonly url: string;
  /** Something else than the path tells that this is OCPI: its headers, its answer. */
  readonly surely: boolean;
}

/** One endpoint of a partner, as version details name it. */
export interface KnownEndpoint {
  readonly identifier: string;
  readonly role?: string | undefined;
  readonly url: string;
}

/** Who answers for a module as SENDER; platforms like to have `/cpo/` and `/emsp/` in their paths. */
const SENDER_ROLE: Readonly<Partial<Record<ModuleId, string>>> = {
  locations: 'cpo',
  sessions: 'cpo',
  cdrs: 'cpo',
  tariffs: 'cpo',
  tokens: 'emsp',
  commands: 'emsp',
  chargingprofiles: 'emsp',
};
/** Segments between version and module (`2.2.1/cpo/sender/locations`), at most so many. */
const MOST_BETWEEN = 2;

/** Finds the catalogue's entry by whatever stands before version and module; undefined where the URL shows no OCPI. */
export function operationOf({ method, url, surely }: OperationAsked): Operation | undefined {
  const segments = splitPath(url).segments.map(segment => decodeSegment(segment) ?? segment);
  const asked = method.toUpperCase() === 'HEAD' ? 'GET' : method.toUpperCase();
  const named = surely || /ocpi/i.test(url.split('?', 1)[0] ?? '');
  const at = segments.findLastIndex(segment => versionOf(segment) !== undefined);
  const version = versionOf(segments[at] ?? '');
  if (version === undefined) return named ? withoutVersion(segments, asked) : undefined;
  const behind = segments.slice(at + 1);
  const between = behind.findIndex(segment => moduleOf(segment) !== undefined);
  if (behind.length === 0 || (between < 0 && behind.every(isSide))) {
    return named && asked === 'GET' ? of('versions.details', version) : undefined;
  }
  const module = moduleOf(behind[between] ?? '');
  if (module === undefined || between > MOST_BETWEEN) return undefined;
  const before = [...segments.slice(0, at), ...behind.slice(0, between)];
  const side = sideOf(module, before);
  const found = match({ version, module, method: asked, side, rest: behind.slice(between + 1) });
  return found && { ...found, version };
}

/** By the endpoints a partner has advertised, wherever they lie. */
export function operationAt(
  endpoints: readonly KnownEndpoint[],
  { method, url, version }: { readonly method: string; readonly url: string; readonly version: Version },
): Operation | undefined {
  const target = url.split(/[?#]/, 1)[0] ?? '';
  const fitting = endpoints
    .map(endpoint => ({ ...endpoint, base: (endpoint.url.split(/[?#]/, 1)[0] ?? '').replace(/\/$/, '') }))
    .filter(({ base }) => base !== '' && (target === base || target.startsWith(`${base}/`)))
    .sort((left, right) => right.base.length - left.base.length);
  const asked = method.toUpperCase() === 'HEAD' ? 'GET' : method.toUpperCase();
  for (const { identifier, role, base } of fitting) {
    const module = moduleOf(identifier);
    if (module === undefined) continue;
    const rest = splitPath(target.slice(base.length)).segments.map(segment => decodeSegment(segment) ?? segment);
    const found = match({ version, module, method: asked, side: role?.toUpperCase(), rest });
    if (found !== undefined) return { ...found, version };
  }
  return undefined;
}

/** `2.2.1`, `v2.2.1`, `2_2_1`, and 2.2 and 2.3 as their newest. */
function versionOf(segment: string): Version | undefined {
  const number = /^v?(\d[._]\d(?:[._]\d)?)$/i.exec(segment)?.[1]?.replaceAll('_', '.');
  if (number === undefined) return undefined;
  return spokenAs(number === '2.3' ? '2.3.0' : number);
}

function withoutVersion(segments: readonly string[], method: string): Operation | undefined {
  if (method === 'GET' && segments.at(-1)?.toLowerCase() === 'versions') return of('versions.list', '2.2.1', true);
  const at = segments.findLastIndex(segment => moduleOf(segment) !== undefined && segment !== 'versions');
  const module = moduleOf(segments[at] ?? '');
  if (module === undefined) return undefined;
  const asked = { module, method, side: sideOf(module, segments.slice(0, at)), rest: segments.slice(at + 1) };
  return match({ version: '2.3.0', ...asked }) ?? match({ version: '2.2.1', ...asked });
}

function of(id: string, version: Version, unsaid = false): Operation | undefined {
  const entry = catalogue(version).find(one => one.id === id);
  return entry && { entry, params: {}, ...(unsaid ? {} : { version }) };
}

function isSide(segment: string): boolean {
  return /^(sender|receiver|cpo|emsp|msp)$/i.test(segment);
}

function sideOf(module: ModuleId, before: readonly string[]): string | undefined {
  const hint = before.findLast(isSide)?.toLowerCase();
  if (hint === undefined || hint === 'sender' || hint === 'receiver') return hint?.toUpperCase();
  const owner = SENDER_ROLE[module];
  if (owner === undefined) return undefined;
  return (hint === 'cpo') === (owner === 'cpo') ? 'SENDER' : 'RECEIVER';
}

interface Wanted {
  readonly version: Version;
  readonly module: ModuleId;
  readonly method: string;
  /** SENDER or RECEIVER where the URL says so. */
  readonly side: string | undefined;
  /** Behind the module's endpoint. */
  readonly rest: readonly string[];
}

/** The entry that fits best: on the side that is named, with most of its path fixed. */
function match({ version, module, method, side, rest }: Wanted): Omit<Operation, 'version'> | undefined {
  let best: { readonly found: Omit<Operation, 'version'>; readonly weight: number } | undefined;
  for (const entry of catalogue(version)) {
    if (entry.module !== module || entry.method !== method) continue;
    const params = placed(entry, rest);
    if (params === undefined) continue;
    const named = side === undefined || entry.interface === 'NONE' || entry.interface === side;
    const fixed = entry.path.filter(segment => !isPlaceholder(segment)).length;
    const owned = 'country_code' in params ? 1 : 0;
    const given = entry.base === 'given-url' ? -1 : 0;
    const weight = (named ? 10 : 0) + fixed + owned + given;
    if (best === undefined || weight > best.weight) best = { found: { entry, params }, weight };
  }
  return best?.found;
}

function placed({ path, base }: CatalogueEntry, rest: readonly string[]): Record<string, string> | undefined {
  const params: Record<string, string> = {};
  // A URL that a message gave may have anything behind the endpoint it lies at.
  if (base === 'given-url') return rest.length > 0 ? params : undefined;
  if (path.length !== rest.length) return undefined;
  for (const [at, part] of path.entries()) {
    const segment = rest[at] ?? '';
    if (!isPlaceholder(part)) {
      if (!ciEqual(part, segment)) return undefined;
    } else if (segment === '') return undefined;
    else params[part.slice(1, -1)] = segment;
  }
  const { country_code: country, party_id: party } = params;
  if (country !== undefined && !/^[a-z]{2}$/i.test(country)) return undefined;
  return party !== undefined && party.length > 3 ? undefined : params;
}
