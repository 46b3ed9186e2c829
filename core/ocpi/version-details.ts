import { ciEqual } from './ci-string.ts';
import { type Finding, finding } from './findings.ts';
import { describeJson, isJsonObject } from './json-value.ts';
import { readUrl } from './urls.ts';
import { atLeast22, spokenAs } from './versions.ts';

/** One endpoint of a partner (or of ours), identifier spelled as listed. */
export interface EndpointView {
  readonly identifier: string;
  /** Absent on 2.1.1, for credentials (T42), and where a partner forgot it. */
  readonly role?: 'SENDER' | 'RECEIVER';
  /** Followed byte for byte. */
  readonly url: string;
}

export interface VersionDetailsView {
  /** As the details name it, else the version asked for. */
  readonly version: string;
  /** Usable ones only, each (identifier, role) once, unknown modules included. */
  readonly endpoints: readonly EndpointView[];
}

export interface VersionDetailsRead {
  readonly view?: VersionDetailsView;
  readonly findings: readonly Finding[];
}

/**
 * Reads the `data` of a version details answer (digest 3.1, T10, T42) for the version number asked for, `2.2` included.
 * Endpoints that cannot be used are skipped with an error finding; the rest stays usable.
 */
export function readVersionDetails(json: unknown, askedVersion: string, pointer = ''): VersionDetailsRead {
  const { version: named, endpoints: listed }: Entry = isJsonObject(json) ? json : {};
  if (!Array.isArray(listed)) {
    const details = { pointer, met: describeJson(json), expected: 'version and a list of endpoints' };
    return { findings: [finding('version-details.not-an-object', details)] };
  }
  const findings: Finding[] = [];
  if (named !== askedVersion) {
    const details = { pointer: `${pointer}/version`, met: describeJson(named), expected: askedVersion };
    findings.push(finding('version-details.version', details));
  }
  const speaks = spokenAs(askedVersion);
  const withRoles = speaks === undefined || atLeast22(speaks);
  const endpoints: EndpointView[] = [];
  for (const [at, entry] of listed.entries()) {
    const place = `${pointer}/endpoints/${at}`;
    const endpoint = readEndpoint(entry, { pointer: place, withRoles, findings });
    if (endpoint) addEndpoint(endpoints, endpoint, place, findings);
  }
  if (!endpoints.some(({ identifier }) => ciEqual(identifier, 'credentials'))) {
    const met = endpoints.map(({ identifier }) => identifier).join(', ') || 'no usable endpoint';
    findings.push(
      finding('version-details.no-credentials', { pointer: `${pointer}/endpoints`, met, expected: 'credentials' }),
    );
  }
  const version = typeof named === 'string' && named !== '' ? named : askedVersion;
  return { view: { version, endpoints }, findings };
}

interface Place {
  readonly pointer: string;
  readonly withRoles: boolean;
  readonly findings: Finding[];
}

function readEndpoint(entry: unknown, place: Place): EndpointView | undefined {
  const { pointer, findings } = place;
  if (!isJsonObject(entry)) {
    findings.push(
      finding('version-details.endpoint', { pointer, met: describeJson(entry), expected: 'identifier and url' }),
    );
    return undefined;
  }
  const { identifier, role, url }: Entry = entry;
  if (typeof identifier !== 'string' || identifier.trim() === '') {
    const details = { pointer: `${pointer}/identifier`, met: describeJson(identifier), expected: 'a module' };
    findings.push(finding('version-details.endpoint', details));
    return undefined;
  }
  if (typeof url !== 'string') {
    findings.push(
      finding('version-details.endpoint', { pointer: `${pointer}/url`, met: describeJson(url), expected: 'a URL' }),
    );
    return undefined;
  }
  const read = readUrl(url, { pointer: `${pointer}/url`, severity: 'error' });
  findings.push(...read.findings);
  if (!read.url) return undefined;
  const side = readRole(role, identifier, place);
  return { identifier, ...(side && { role: side }), url };
}

function readRole(role: unknown, identifier: string, { pointer, withRoles, findings }: Place): EndpointView['role'] {
  if (ciEqual(identifier, 'credentials')) return undefined;
  const details = { pointer: `${pointer}/role`, met: describeJson(role), expected: 'SENDER or RECEIVER' };
  if (!withRoles) {
    if (role !== undefined && role !== null) {
      findings.push(finding('version-details.role.unexpected', { ...details, expected: 'no role' }));
    }
    return undefined;
  }
  if (role === undefined || role === null) {
    findings.push(finding('version-details.role.missing', details));
    return undefined;
  }
  const meant = (['SENDER', 'RECEIVER'] as const).find(value => typeof role === 'string' && ciEqual(role, value));
  if (meant === undefined) findings.push(finding('enum.undecidable', details));
  else if (meant !== role) findings.push(finding('enum.case', { ...details, expected: meant }));
  return meant;
}

/** The first of several wins. The same URL twice is harmless: credentials are listed once per role by some (T42). */
function addEndpoint(endpoints: EndpointView[], endpoint: EndpointView, pointer: string, findings: Finding[]): void {
  const earlier = endpoints.find(
    ({ identifier, role }) => ciEqual(identifier, endpoint.identifier) && role === endpoint.role,
  );
  if (!earlier) {
    endpoints.push(endpoint);
    return;
  }
  if (earlier.url === endpoint.url) return;
  const met = [endpoint.identifier, endpoint.role, endpoint.url].filter(part => part !== undefined).join(' ');
  findings.push(finding('version-details.duplicate', { pointer, met, expected: earlier.url }));
}

interface Entry {
  readonly version?: unknown;
  readonly endpoints?: unknown;
  readonly identifier?: unknown;
  readonly role?: unknown;
  readonly url?: unknown;
}
