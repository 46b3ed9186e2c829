import type { Link, LinkEndpoint, LinkParty } from '../../contract/link.ts';
import type { CredentialsView } from '../../ocpi/credentials.ts';
import { VERSIONS, type Version } from '../../ocpi/versions.ts';
import type { PartnerReading } from './partner-reading.ts';

/** The parties a link stands for, from the credentials the partner sent. */
export function partiesOf(credentials: CredentialsView): LinkParty[] {
  return credentials.roles.map(({ countryCode, partyId, role, businessDetails }) => ({
    countryCode,
    partyId,
    ...(role === undefined ? {} : { role }),
    ...(businessDetails?.name === undefined ? {} : { name: businessDetails.name }),
  }));
}

/** The endpoints as a link keeps them. */
export function endpointList(endpoints: readonly LinkEndpoint[]): LinkEndpoint[] {
  return endpoints.map(({ identifier, role, url }) => ({ identifier, url, ...(role === undefined ? {} : { role }) }));
}

/** The version whose token form is tried first: asked for, agreed, or the highest we offer. */
export function likelyVersion(link: Link, own: readonly Version[], asked?: Version): Version {
  return asked ?? link.version ?? VERSIONS.findLast(version => own.includes(version)) ?? '2.2.1';
}

/**
 * The versions URL to keep: what the partner told in its credentials, unless that is no absolute http(s) URL, or is the URL
 * of the details (T8b) while the versions URL is known.
 */
export function versionsUrlTold(
  told: string,
  { reading, known }: { reading: PartnerReading; known: string | undefined },
): string | undefined {
  if (!/^https?:\/\/[^/]/i.test(told)) return known;
  return told === reading.detailsUrl ? (known ?? told) : told;
}
