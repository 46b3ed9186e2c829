import { hasRoles } from './options.ts';
import type { PartnerState } from './state.ts';
import { credentialsPath, detailsPath, hasQuirk, modulePath, versionsPath } from './state.ts';

/** The envelope of digest 1.4 as text. */
export function envelope(code: number, message: string, data?: unknown): string {
  return JSON.stringify({
    ...(data === undefined ? {} : { data }),
    status_code: code,
    status_message: message,
    timestamp: `${new Date().toISOString().slice(0, 19)}Z`,
  });
}

export function versionsList(state: PartnerState): { version: string; url: string }[] {
  return state.settings.versions.map(version => ({
    version,
    url: state.origin + detailsPath(state.settings, version),
  }));
}

/** Version details (digest 3.1): no roles before 2.2, and then only what the first own role has. */
export function versionDetails(state: PartnerState, version: string): unknown {
  const { settings, origin } = state;
  const modern = hasRoles(version);
  const url = origin + credentialsPath(settings, version);
  const roles = settings.credentialsRoles ?? [modern ? 'SENDER' : 'none'];
  const credentials = roles.map(role => ({ identifier: 'credentials', ...(role === 'none' ? {} : { role }), url }));
  const modules = settings.modules
    .filter((module, at) => modern || settings.modules.findIndex(m => m.identifier === module.identifier) === at)
    .map(module => ({
      identifier: module.identifier,
      ...(modern ? { role: module.role } : {}),
      url: origin + modulePath(settings, version, module),
    }));
  return { version, endpoints: [...credentials, ...modules] };
}

/** This side's Credentials object (digest 3.2) around the token the other side is to use. */
export function credentialsObject(state: PartnerState, version: string, token: string): unknown {
  const { settings, origin } = state;
  const { party } = settings;
  const url =
    origin + (settings.credentialsUrl === 'details' ? detailsPath(settings, version) : versionsPath(settings));
  const business_details = { name: party.name };
  const identity = { party_id: party.partyId, country_code: party.countryCode };
  let body: Record<string, unknown> = { token, url };
  if (!hasRoles(version) || hasQuirk(state, 'flat-credentials')) body = { ...body, business_details, ...identity };
  else if (!hasQuirk(state, 'credentials-without-roles')) {
    body = { ...body, roles: settings.roles.map(role => ({ role, business_details, ...identity })) };
  }
  return settings.credentials === undefined ? body : settings.credentials(body, version);
}

/** The highest version string both lists hold, by number. */
export function highestCommon(ours: readonly string[], theirs: readonly string[]): string | undefined {
  return ours
    .filter(version => theirs.includes(version))
    .sort((a, b) => a.localeCompare(b, 'en', { numeric: true }))
    .at(-1);
}
