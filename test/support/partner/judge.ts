import type { HeaderLines, Operation } from './action.ts';
import { valuesOf } from './action.ts';
import { hasRoles } from './options.ts';

// What a strict reader of the specification holds against the other side, in sentences. Nothing here decides an answer
// except `credentialsFlaws` and the list readers, without which the partner could not go on.

/** The names looked for in what the other side sent; any of them may hold anything. */
export interface Fields {
  status_code?: unknown;
  timestamp?: unknown;
  data?: unknown;
  version?: unknown;
  url?: unknown;
  endpoints?: unknown;
  identifier?: unknown;
  role?: unknown;
  roles?: unknown;
  token?: unknown;
  party_id?: unknown;
  country_code?: unknown;
  business_details?: unknown;
  name?: unknown;
}

export function isRecord(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** Flaws of a request's headers and framing (digest 1.1, 1.3). */
export function requestFlaws(request: {
  method: string;
  headers: HeaderLines;
  body: Uint8Array;
  operation: Operation;
  version: string | undefined;
}): string[] {
  const flaws: string[] = [];
  const { headers, version } = request;
  if (valuesOf(headers, 'authorization').length > 1) flaws.push('more than one Authorization header');
  if (version !== undefined && hasRoles(version)) {
    for (const name of ['X-Request-ID', 'X-Correlation-ID']) {
      const values = valuesOf(headers, name);
      if (values.length !== 1 || values[0] === '') flaws.push(`${name} must be there once, met ${values.length} times`);
    }
  }
  if (request.operation !== 'module') {
    const routing = headers.filter(([name]) => /^ocpi-(to|from)-/i.test(name)).map(([name]) => name);
    if (routing.length > 0) flaws.push(`routing headers on a configuration module: ${routing.join(', ')}`);
  }
  if (request.body.length > 0) {
    if (request.method === 'GET') flaws.push('a GET with a body');
    const types = valuesOf(headers, 'content-type');
    if (types.length !== 1 || !isJsonType(types[0])) flaws.push(`Content-Type is ${types.join(', ') || 'missing'}`);
  }
  return flaws;
}

/** Flaws of an answer's headers and envelope (digest 1.3, 1.4). */
export function answerFlaws(answer: {
  sent: HeaderLines;
  headers: HeaderLines;
  text: string;
  version: string | undefined;
}): string[] {
  const flaws: string[] = [];
  const types = valuesOf(answer.headers, 'content-type');
  if (types.length !== 1 || !isJsonType(types[0])) flaws.push(`Content-Type is ${types.join(', ') || 'missing'}`);
  if (answer.version !== undefined && hasRoles(answer.version)) {
    for (const name of ['X-Request-ID', 'X-Correlation-ID']) {
      const [asked] = valuesOf(answer.sent, name);
      const repeated = valuesOf(answer.headers, name);
      if (asked !== undefined && (repeated.length !== 1 || repeated[0] !== asked)) {
        flaws.push(`${name} is not repeated: sent ${asked}, met ${repeated.join(', ') || 'none'}`);
      }
    }
  }
  const body = parseJson(answer.text);
  if (!isRecord(body)) return [...flaws, 'the body is no envelope'];
  if (!Number.isInteger(body.status_code)) flaws.push(`status_code is ${JSON.stringify(body.status_code)}`);
  if (typeof body.timestamp !== 'string' || !DATE_TIME.test(body.timestamp)) {
    flaws.push(`timestamp is ${JSON.stringify(body.timestamp)}`);
  }
  return flaws;
}

/** Flaws of a versions list, entries without which it cannot be read included. */
export function versionsFlaws(data: unknown): string[] {
  if (!Array.isArray(data)) return ['the versions are no list'];
  const flaws: string[] = [];
  const seen = new Set<unknown>();
  for (const entry of data) {
    if (!isRecord(entry) || typeof entry.version !== 'string' || !isUrl(entry.url)) {
      flaws.push(`no version with an absolute URL: ${JSON.stringify(entry)}`);
    } else if (seen.has(entry.version)) flaws.push(`version ${entry.version} is listed twice`);
    else seen.add(entry.version);
  }
  return flaws;
}

/** Flaws of version details (digest 3.1). */
export function detailsFlaws(data: unknown, version: string): string[] {
  if (!isRecord(data) || !Array.isArray(data.endpoints)) return ['the details hold no list of endpoints'];
  const flaws: string[] = [];
  if (data.version !== version) flaws.push(`details of ${version} say ${JSON.stringify(data.version)}`);
  const seen = new Set<string>();
  let credentials = 0;
  for (const entry of data.endpoints) {
    if (!isRecord(entry) || typeof entry.identifier !== 'string' || !isUrl(entry.url)) {
      flaws.push(`no endpoint with an absolute URL: ${JSON.stringify(entry)}`);
      continue;
    }
    const { identifier, role } = entry;
    if (identifier === 'credentials') credentials += 1;
    if (hasRoles(version) ? role !== 'SENDER' && role !== 'RECEIVER' : role !== undefined) {
      flaws.push(`${identifier} has role ${JSON.stringify(role)} in ${version}`);
    }
    const key = `${identifier} ${role}`;
    if (seen.has(key)) flaws.push(`${key} is listed twice`);
    seen.add(key);
  }
  if (credentials !== 1) flaws.push(`credentials is listed ${credentials} times`);
  return flaws;
}

/** Flaws of a Credentials object (digest 3.2). */
export function credentialsFlaws(data: unknown, version: string): string[] {
  if (!isRecord(data)) return ['the credentials are no object'];
  const flaws: string[] = [];
  const { token, url, roles } = data;
  if (typeof token !== 'string' || !/^[\x21-\x7e]{1,64}$/.test(token))
    flaws.push('token is not 1 to 64 printable ASCII');
  if (!isUrl(url)) flaws.push(`url is ${JSON.stringify(url)}`);
  if (!hasRoles(version)) {
    if (roles !== undefined) flaws.push(`roles in ${version}`);
    return [...flaws, ...partyFlaws(data, 'credentials')];
  }
  if (data.party_id !== undefined) flaws.push(`a flat party_id in ${version}`);
  if (!Array.isArray(roles) || roles.length === 0) return [...flaws, 'roles is missing or empty'];
  for (const entry of roles) {
    if (!isRecord(entry) || typeof entry.role !== 'string') flaws.push('a role entry without role');
    else flaws.push(...partyFlaws(entry, entry.role));
  }
  return flaws;
}

function partyFlaws(party: Fields, where: string): string[] {
  const flaws: string[] = [];
  const { party_id, country_code, business_details } = party;
  if (typeof party_id !== 'string' || party_id.length !== 3)
    flaws.push(`${where}: party_id ${JSON.stringify(party_id)}`);
  if (typeof country_code !== 'string' || country_code.length !== 2) {
    flaws.push(`${where}: country_code ${JSON.stringify(country_code)}`);
  }
  if (!isRecord(business_details) || typeof business_details.name !== 'string') {
    flaws.push(`${where}: business_details without a name`);
  }
  return flaws;
}

function isUrl(value: unknown): value is string {
  return typeof value === 'string' && /^https?:\/\/[^/]/.test(value) && URL.canParse(value);
}

function isJsonType(value: string | undefined): boolean {
  return value !== undefined && /^application\/json\s*(;|$)/i.test(value);
}

const DATE_TIME = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z?$/;
