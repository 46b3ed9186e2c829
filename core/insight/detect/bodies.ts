import { addressFindings } from '../../ocpi/addressed-object.ts';
import type { CatalogueEntry } from '../../ocpi/catalogue.ts';
import { readCdrLocation } from '../../ocpi/cdr-location-header.ts';
import { readCredentials } from '../../ocpi/credentials.ts';
import { type Finding, finding } from '../../ocpi/findings.ts';
import { withNumberTexts } from '../../ocpi/json-text.ts';
import { isJsonType } from '../../ocpi/json-type.ts';
import { isJsonObject } from '../../ocpi/json-value.ts';
import { headerValue } from '../../ocpi/raw-headers.ts';
import { readVersionDetails } from '../../ocpi/version-details.ts';
import { highestCommon, readVersions } from '../../ocpi/version-list.ts';
import { VERSIONS, type Version } from '../../ocpi/versions.ts';
import type { Reading } from '../reading.ts';
import { credentialsRoleFindings, lookAlikeFindings } from './discovery.ts';

const WITH_BODY: ReadonlySet<string> = new Set(['POST', 'PUT', 'PATCH']);

/** The body of a request against the type it has to be, its announcement, and the address it was sent to. */
export function requestFindings(reading: Reading): readonly Finding[] {
  const { observed, entry, body, params } = reading;
  const { request, method, version } = observed;
  if (entry === undefined || !WITH_BODY.has(method)) return [];
  if (request.length === 0) return bodyDue(entry) ? [emptyBody()] : [];
  const findings = announcement(reading);
  if (body === undefined) return findings;
  findings.push(...body.findings);
  if (body.view === undefined) return findings;
  if (entry.module === 'credentials') {
    findings.push(...readCredentials(body.view, version ?? '2.2.1').findings);
    return findings;
  }
  const check = version === undefined ? undefined : entry.request?.[version];
  if (check === undefined || version === undefined) return findings;
  findings.push(...withNumberTexts(check(body.view, { version }).findings, body.text));
  if (method === 'PUT' || method === 'PATCH') {
    findings.push(...addressFindings({ path: entry.path, params, object: body.view }));
  }
  return findings;
}

/** `data` of an answer against its type, object by object in lists; what a registration reads, as a registration does. */
export function dataFindings(reading: Reading): readonly Finding[] {
  const { observed, entry, answer, ok } = reading;
  if (entry === undefined || answer === undefined) return [];
  const { version, response } = observed;
  if (!ok) return decisionInError(reading);
  const { data, text } = answer;
  if (entry.id === 'versions.list') return versionsFindings(reading);
  if (version === undefined) return [];
  if (entry.id === 'versions.details') {
    const read = readVersionDetails(data, version, '/data');
    return [...read.findings, ...credentialsRoleFindings(data, version)];
  }
  if (entry.module === 'credentials') {
    return entry.response === undefined ? [] : readCredentials(data, version, '/data').findings;
  }
  if (entry.id === 'cdrs.post') {
    return readCdrLocation({ headers: response?.headers ?? [], data, requestUrl: reading.url }).findings;
  }
  return withNumberTexts(checkData(entry, data, version), text);
}

function checkData(entry: CatalogueEntry, data: unknown, version: Version): readonly Finding[] {
  const context = { version, pointer: '/data' };
  const items = entry.items?.[version];
  if (items === undefined) return entry.response?.[version]?.(data, context).findings ?? [];
  const checked = items(data, context);
  const found = checked.items.flatMap(item => item.findings);
  return found.length === 0 ? checked.findings : [...checked.findings, ...found];
}

function versionsFindings({ answer, url, observed }: Reading): Finding[] {
  const { view, findings } = readVersions(answer?.data, url, '/data');
  if (view === undefined) return [...findings];
  const found = [...findings, ...lookAlikeFindings(view)];
  if (observed.direction === 'in' || view.length === 0) return found;
  const common = highestCommon(VERSIONS, view);
  if (common.ok) return [...found, ...common.findings];
  const met = view.map(({ version }) => version).join(', ');
  return [
    ...found,
    finding('registration.no-common-version', { pointer: '/data', met, expected: VERSIONS.join(', ') }),
  ];
}

/** T7: whatever is decided is told with HTTP 200. */
function decisionInError({ entry, answer }: Reading): Finding[] {
  if (entry?.id !== 'tokens.authorize' || answer === undefined || answer.status < 400) return [];
  const { json } = answer.envelope;
  const told = isJsonObject(answer.data) ? answer.data : isJsonObject(json) ? json : {};
  const allowed = told['allowed'];
  const said = `${answer.envelope.view?.statusMessage ?? ''} ${typeof allowed === 'string' ? allowed : ''}`;
  const decision = /\b(BLOCKED|EXPIRED|NO_CREDIT|NOT_ALLOWED|ALLOWED)\b/.exec(said)?.[1];
  if (decision === undefined) return [];
  const met = `HTTP ${answer.status} with ${decision}`;
  return [finding('authorize.http-error', { pointer: 'status', met, expected: 'HTTP 200' })];
}

function announcement({ observed }: Reading): Finding[] {
  const type = headerValue(observed.request.headers, 'content-type')?.trim() ?? '';
  const details = { pointer: 'header:Content-Type', expected: 'application/json' };
  if (type === '') return [finding('request.content-type.missing', { ...details, met: 'no header' })];
  return isJsonType(type) ? [] : [finding('request.content-type', { ...details, met: type })];
}

function bodyDue({ request, bodyOptional }: CatalogueEntry): boolean {
  return request !== undefined && bodyOptional === undefined;
}

function emptyBody(): Finding {
  return finding('body.empty', { met: 'an empty body', expected: 'JSON' });
}
