import type { LinkParty } from '../../contract/link.ts';
import { entryById } from '../../ocpi/catalogue.ts';
import { spokenAs, type Version } from '../../ocpi/versions.ts';
import type { KnownRequest } from './known-request.ts';
import { plainPath } from './origins.ts';

/** An endpoint of the recorded side; `path`: as asked of this server. */
export interface DirectoryEndpoint {
  readonly identifier: string;
  readonly role?: string | undefined;
  readonly path: string;
}

/**
 * How the recorded side is found and registered with, as far as the recording does not hold it: a log of one charge has neither
 * its versions nor its credentials, and without them nobody gets to what it has.
 */
export interface Directory {
  readonly version: Version;
  /** Paths, as asked of this server. */
  readonly versionsPath: string;
  readonly detailsPath: string;
  readonly credentialsPath: string;
  readonly endpoints: readonly DirectoryEndpoint[];
  readonly parties: readonly LinkParty[];
  /** What its parties are called where they do not say so. */
  readonly name: string;
  /** What the recording holds itself: that is never made up. */
  readonly recorded: ReadonlySet<string>;
}

/** An answer made up of what is known. */
export interface MadeAnswer {
  readonly operation: string;
  /** `data` of the envelope; undefined: none. */
  readonly data: unknown;
}

export interface DirectoryAsked {
  readonly method: string;
  readonly path: string;
}

/** Puts together what a directory is made of. */
export interface DirectoryCollecting {
  /** One of the recorded side's own. */
  endpoint(endpoint: DirectoryEndpoint): void;
  /** A request that it answered. */
  known(request: Pick<KnownRequest, 'operation' | 'path'>, version: string | undefined): void;
  /** Undefined where no version of OCPI is known. */
  end(of: DirectoryOf): Directory | undefined;
}

export interface DirectoryOf extends Pick<Directory, 'versionsPath' | 'parties' | 'name'> {
  /** Of the link, where it is known. */
  readonly version: string | undefined;
}

/** Of a party that nobody knows: two letters that are no country's. */
const NOBODY = { countryCode: 'XX', partyId: 'XXX' } as const;
const OF_CPO = new Set(['locations', 'sessions', 'cdrs', 'tariffs']);
const REGISTERS = new Set(['GET', 'POST', 'PUT', 'DELETE']);

export function createDirectoryCollecting(): DirectoryCollecting {
  const endpoints = new Map<string, DirectoryEndpoint>();
  const recorded = new Set<string>();
  const paths = new Map<string, string>();
  let spoken: string | undefined;

  const add = (endpoint: DirectoryEndpoint) => {
    const key = `${endpoint.identifier} ${endpoint.role ?? ''}`;
    if (!endpoints.has(key)) endpoints.set(key, endpoint);
  };

  return {
    endpoint: add,
    known({ operation, path }, version) {
      spoken ??= version;
      const entry = entryById(operation);
      if (entry === undefined) return;
      const what = kindOf(operation);
      if (what !== undefined) {
        recorded.add(what);
        if (!paths.has(what)) paths.set(what, path);
      } else if (entry.base === 'endpoint') {
        const segments = path.split('/');
        const front = segments.slice(0, segments.length - entry.path.length).join('/');
        if (front === '') return;
        add({
          identifier: entry.module,
          ...(entry.interface === 'NONE' ? {} : { role: entry.interface }),
          path: front,
        });
      }
    },
    end({ versionsPath, parties, name, version: ofLink }) {
      const version = spokenAs(ofLink ?? spoken ?? '');
      if (version === undefined) return undefined;
      const all = [...endpoints.values()];
      const told = all.find(({ identifier }) => identifier === 'credentials')?.path;
      const usual = `${parentOf(versionsPath)}/${version}`;
      const credentialsPath = paths.get('credentials') ?? told;
      const front = credentialsPath === undefined ? usual : parentOf(credentialsPath);
      const detailsPath = paths.get('details') ?? (front === '' || front === versionsPath ? usual : front);
      return {
        version,
        versionsPath,
        detailsPath,
        credentialsPath: credentialsPath ?? `${detailsPath}/credentials`,
        endpoints: all.filter(({ identifier }) => identifier !== 'credentials'),
        parties: parties.length === 0 ? [NOBODY] : parties,
        name,
        recorded,
      };
    },
  };
}

/**
 * What the recorded side would have answered where it was asked for its versions, its details or its credentials and the
 * recording has none of those (digest 3.1 to 3.3). `to`: this server's origin; `token`: what calls are to carry from now on.
 */
export function answerOf(
  directory: Directory,
  { method, path }: DirectoryAsked,
  { to, token }: { readonly to: string; readonly token: string },
): MadeAnswer | undefined {
  const { version, recorded, versionsPath, detailsPath, credentialsPath, endpoints } = directory;
  const asked = plainPath(path);
  if (method === 'GET' && asked === versionsPath && !recorded.has('list')) {
    return { operation: 'versions.list', data: [{ version, url: to + detailsPath }] };
  }
  if (method === 'GET' && asked === detailsPath && !recorded.has('details')) {
    const all = [{ identifier: 'credentials', role: 'SENDER', path: credentialsPath }, ...endpoints];
    const told = all.map(endpoint => endpointOf(endpoint, { version, to }));
    return { operation: 'versions.details', data: { version, endpoints: told } };
  }
  if (REGISTERS.has(method) && asked === credentialsPath && !recorded.has('credentials')) {
    const operation = `credentials.${method.toLowerCase()}`;
    return { operation, data: method === 'DELETE' ? undefined : credentialsOf(directory, { to, token }) };
  }
  return undefined;
}

function kindOf(operation: string): string | undefined {
  if (operation === 'versions.list') return 'list';
  if (operation === 'versions.details') return 'details';
  return operation.startsWith('credentials.') ? 'credentials' : undefined;
}

function parentOf(path: string): string {
  return path.slice(0, Math.max(0, path.lastIndexOf('/')));
}

/** 2.1.1 knows no roles (digest 3.1). */
function endpointOf(
  { identifier, role, path }: DirectoryEndpoint,
  { version, to }: { readonly version: Version; readonly to: string },
) {
  return { identifier, ...(version === '2.1.1' ? {} : { role: role ?? 'SENDER' }), url: to + path };
}

function credentialsOf(
  { version, parties, endpoints, versionsPath, name }: Directory,
  { to, token }: { readonly to: string; readonly token: string },
) {
  const base = { token, url: to + versionsPath };
  const roles = parties.map(party => ({
    role: party.role ?? usualRole(endpoints),
    business_details: { name: party.name ?? name },
    party_id: party.partyId,
    country_code: party.countryCode,
  }));
  if (version !== '2.1.1') return { ...base, roles };
  const [first] = roles;
  if (first === undefined) return base;
  const { role: _, ...only } = first;
  return { ...base, ...only };
}

/** Who has locations is a CPO; who takes them, or has tokens, an eMSP. */
function usualRole(endpoints: readonly DirectoryEndpoint[]): string {
  const has = endpoints.some(({ identifier, role }) => OF_CPO.has(identifier) && role !== 'RECEIVER');
  const commanded = endpoints.some(({ identifier, role }) => identifier === 'commands' && role !== 'SENDER');
  return has || commanded ? 'CPO' : 'EMSP';
}
