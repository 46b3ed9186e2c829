import type * as z from 'zod';
import { type Checker, compileChecker } from './check.ts';
import { type Finding, finding } from './findings.ts';
import { describeJson, isJsonObject, type JsonObject } from './json-value.ts';
import { partyKey } from './party-id.ts';
import { listOne, ocpiObject, optional } from './schema.ts';
import { hasControlCharacters, isTokenText } from './text-rules.ts';
import { readUrl } from './urls.ts';
import type { BusinessDetails } from './v2_1_1/business-details.ts';
import * as v211 from './v2_1_1/credentials.ts';
import * as v221 from './v2_2_1/credentials.ts';
import * as v230 from './v2_3_0/credentials.ts';
import { atLeast22, type Version } from './versions.ts';

/** One party of a platform; spelled as received. */
export interface CredentialsRoleView {
  /** Absent on 2.1.1; unknown ones are kept (T30b). */
  readonly role?: string;
  readonly countryCode: string;
  readonly partyId: string;
  readonly businessDetails?: BusinessDetails;
}

/** Credentials of any version in one shape (digest 3.2). */
export interface CredentialsView {
  /** A secret: what the receiver of the object uses towards its sender, plain in every version. */
  readonly token: string;
  /** The sender's versions URL. */
  readonly url: string;
  /** At least one; exactly one on 2.1.1. */
  readonly roles: readonly CredentialsRoleView[];
  /** 2.3.0: country code and party id of the hub in one text. */
  readonly hubPartyId?: string;
}

export interface CredentialsRead {
  /** Absent when the registration cannot go on with what was sent; an error finding says why. */
  readonly view?: CredentialsView;
  /** Never quote the token. */
  readonly findings: readonly Finding[];
}

// A partner without business details, or with broken ones, can be worked with; one without a party cannot.
const Flat = ocpiObject('Credentials', {
  ...v211.Credentials.shape,
  business_details: optional(v211.Credentials.shape.business_details),
});
const Roles221 = ocpiObject('Credentials', {
  ...v221.Credentials.shape,
  roles: listOne(
    ocpiObject('CredentialsRole', {
      ...v221.CredentialsRole.shape,
      business_details: optional(v221.CredentialsRole.shape.business_details),
    }),
  ),
});
const Roles230 = ocpiObject('Credentials', {
  ...v230.Credentials.shape,
  roles: listOne(
    ocpiObject('CredentialsRole', {
      ...v230.CredentialsRole.shape,
      business_details: optional(v230.CredentialsRole.shape.business_details),
    }),
  ),
});
type WithRoles = z.infer<typeof Roles221> | z.infer<typeof Roles230>;

const checkFlat = compileChecker(Flat);
const checkRoles: Readonly<Record<Version, Checker<WithRoles>>> = {
  '2.1.1': compileChecker(Roles221),
  '2.2.1': compileChecker(Roles221),
  '2.3.0': compileChecker(Roles230),
};

/**
 * Reads a credentials object: a request body, or the `data` of an answer. The shape of another version (failures.md 8) and
 * an envelope around a request's body are read with a warning.
 */
export function readCredentials(json: unknown, version: Version, pointer = ''): CredentialsRead {
  if (!isJsonObject(json)) {
    const met = typeof json === 'string' ? 'a string' : describeJson(json);
    return { findings: [finding('credentials.not-an-object', { pointer, met, expected: 'an object' })] };
  }
  if (json['token'] === undefined && isJsonObject(json['data']) && json['data']['token'] !== undefined) {
    const wrapped = readCredentials(json['data'], version, `${pointer}/data`);
    const found = finding('credentials.enveloped', { pointer, met: 'an envelope', expected: 'the bare object' });
    return { ...wrapped, findings: [found, ...wrapped.findings] };
  }
  const findings: Finding[] = [];
  const roles = sentWithRoles(json, version, pointer, findings);
  const read = roles ? readRoles(json, version, pointer) : readFlat(json, pointer);
  // The URL is what the registration goes on with, so it is judged below and more strictly.
  findings.push(...read.findings.filter(found => !found.code.startsWith('url.') || found.pointer !== `${pointer}/url`));
  const { token, url } = json;
  if (typeof url === 'string')
    findings.push(...readUrl(url, { pointer: `${pointer}/url`, severity: 'error' }).findings);
  // Anything else is a mismatch already, and a text made of it would not be what was sent.
  if (typeof token === 'string' || typeof token === 'number') {
    findings.push(...tokenFindings(String(token), `${pointer}/token`));
  }
  const { view } = read;
  if (!view) return { findings };
  findings.push(...roleFindings(view.roles, roles, pointer));
  const usable = readUrl(view.url).url !== undefined && view.roles.length > 0;
  return usable && isSendable(view.token) ? { view, findings } : { findings };
}

/** The credentials object of a version, to be put into a request or an answer. 2.1.1 takes the first of the roles. */
export function writeCredentials(view: CredentialsView, version: Version): Record<string, unknown> {
  const { token, url, roles, hubPartyId } = view;
  if (!atLeast22(version)) {
    const [party] = roles;
    if (!party) throw new RangeError('Credentials of 2.1.1 need one party');
    return { token, url, ...writeParty(party) };
  }
  return {
    token,
    url,
    ...(version === '2.3.0' && hubPartyId !== undefined && { hub_party_id: hubPartyId }),
    roles: roles.map(role => ({ role: role.role ?? 'OTHER', ...writeParty(role) })),
  };
}

function writeParty({ countryCode, partyId, businessDetails }: CredentialsRoleView): Record<string, unknown> {
  return {
    business_details: businessDetails ?? { name: `${countryCode}-${partyId}` },
    party_id: partyId,
    country_code: countryCode,
  };
}

function sentWithRoles(json: JsonObject, version: Version, pointer: string, findings: Finding[]): boolean {
  const due = atLeast22(version);
  const hasRoles = json['roles'] !== undefined && json['roles'] !== null;
  const isFlat = json['party_id'] !== undefined || json['country_code'] !== undefined;
  if (due && !hasRoles && isFlat) {
    findings.push(finding('credentials.flat', { pointer, met: 'party_id at the top', expected: 'roles' }));
    return false;
  }
  if (!due && hasRoles && !isFlat) {
    const details = { pointer: `${pointer}/roles`, met: 'roles', expected: 'party_id and country_code at the top' };
    findings.push(finding('credentials.roles-on-2-1-1', details));
    return true;
  }
  return due;
}

interface ShapeRead {
  readonly view?: CredentialsView;
  readonly findings: readonly Finding[];
}

function readFlat(json: JsonObject, pointer: string): ShapeRead {
  const { view, findings } = checkFlat(json, { version: '2.1.1', pointer });
  if (!view) return { findings };
  const { token, url, country_code: countryCode, party_id: partyId, business_details: businessDetails } = view;
  return {
    view: { token, url, roles: [{ countryCode, partyId, ...(businessDetails && { businessDetails }) }] },
    findings,
  };
}

function readRoles(json: JsonObject, version: Version, pointer: string): ShapeRead {
  const context = { version: atLeast22(version) ? version : ('2.2.1' as const), pointer };
  const { view, findings } = checkRoles[version](json, context);
  if (!view) return { findings };
  const roles = view.roles.map(
    ({
      role,
      country_code: countryCode,
      party_id: partyId,
      business_details: businessDetails,
    }): CredentialsRoleView => ({
      role,
      countryCode,
      partyId,
      ...(businessDetails && { businessDetails }),
    }),
  );
  const hubPartyId = 'hub_party_id' in view ? view.hub_party_id : undefined;
  return { view: { token: view.token, url: view.url, roles, ...(hubPartyId && { hubPartyId }) }, findings };
}

function roleFindings(roles: readonly CredentialsRoleView[], inList: boolean, pointer: string): Finding[] {
  const findings: Finding[] = [];
  if (roles.length === 0) {
    const details = { pointer: `${pointer}/roles`, met: 'no party', expected: 'at least one party' };
    findings.push(finding('credentials.no-party', details));
  }
  const seen = new Set<string>();
  for (const [at, party] of roles.entries()) {
    const place = inList ? `${pointer}/roles/${at}` : pointer;
    if (!party.businessDetails) {
      const details = { pointer: `${place}/business_details`, met: 'no usable field', expected: 'business details' };
      findings.push(finding('credentials.business-details.missing', details));
    }
    const key = `${party.role ?? ''} ${partyKey(party)}`;
    if (seen.has(key)) {
      const met = `${party.role ?? ''} ${party.countryCode}-${party.partyId}`.trim();
      findings.push(
        finding('credentials.roles.duplicate', { pointer: place, met, expected: 'each party once per role' }),
      );
    }
    seen.add(key);
  }
  return findings;
}

function tokenFindings(token: string, pointer: string): Finding[] {
  const met = `${token.length} characters`;
  if (token.trim() === '') {
    return [finding('credentials.token.empty', { pointer, met, expected: '1 to 64 characters' })];
  }
  if (!isTokenText(token)) {
    const severity = isSendable(token) ? 'warning' : 'error';
    return [
      finding('credentials.token.characters', { pointer, met, expected: 'printable ASCII without blanks', severity }),
    ];
  }
  if (!looksEncoded(token)) return [];
  return [finding('credentials.token.looks-encoded', { pointer, met, expected: 'the plain token' })];
}

/** False for tokens that no header can carry. */
function isSendable(token: string): boolean {
  return token.trim() !== '' && !hasControlCharacters(token);
}

/** Base64 with padding whose content is itself a token (or a token and a line feed): hardly by chance. */
function looksEncoded(token: string): boolean {
  if (!/^[A-Za-z0-9+/]+={1,2}$/.test(token) || token.length % 4 !== 0) return false;
  return isTokenText(atob(token).trimEnd());
}
