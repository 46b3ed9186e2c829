import type { Interface } from '../../ocpi/catalogue.ts';
import { writeEnvelope } from '../../ocpi/envelope.ts';
import { atLeast22, VERSIONS, type Version } from '../../ocpi/versions.ts';
import type { Addresses } from '../addresses.ts';
import { type ReplyBody, textBody } from '../reply-body.ts';
import type { PlannedReply, Responder } from '../responder.ts';

/** A module interface that is really answered. */
export interface AdvertisedEndpoint {
  readonly version: Version;
  readonly module: string;
  readonly side: Interface;
}

export interface VersionsParts {
  readonly addresses: Addresses;
  readonly versions: () => readonly Version[];
  readonly endpoints: readonly AdvertisedEndpoint[];
  readonly clock: { now(): number };
}

interface Cached {
  readonly second: number;
  readonly versions: string;
  readonly reply: PlannedReply;
}

/** The versions list and the version details (digest 3.1): what is offered now, and only modules that work. */
export function versionsResponder({ addresses, versions, endpoints, clock }: VersionsParts): Responder {
  const cache = new Map<Version | 'list', Cached>();

  const listed = (offered: readonly Version[]) =>
    offered.map(version => ({ version, url: addresses.versionUrl(version) }));

  const detailed = (version: Version) => ({
    version,
    endpoints: endpoints
      .filter(endpoint => endpoint.version === version)
      .map(({ module, side }) => ({
        identifier: module,
        // Credentials have no side; 2.2 and later want one all the same, and SENDER is what is to be sent (T42).
        ...(atLeast22(version) && { role: side === 'NONE' ? 'SENDER' : side }),
        url: addresses.endpointUrl(version, module, side),
      })),
  });

  return {
    serves: ['versions.list', 'versions.details'],
    respond: ({ version }) => {
      const now = clock.now();
      const second = Math.floor(now / 1000);
      const offered = versions();
      const key = version ?? 'list';
      const written = offered.join();
      const cached = cache.get(key);
      if (cached !== undefined && cached.second === second && cached.versions === written) return cached.reply;
      const ordered = VERSIONS.filter(known => offered.includes(known));
      const data = version === undefined ? listed(ordered) : detailed(version);
      const reply = { status: 200, body: envelopeBody(data, now), ocpiStatus: 1000 };
      cache.set(key, { second, versions: written, reply });
      return reply;
    },
  };
}

/** The timestamp counts seconds, so one text serves all answers of a second. */
function envelopeBody(data: unknown, now: number): ReplyBody {
  return textBody(writeEnvelope({ statusCode: 1000, statusMessage: 'Success', data, now }));
}
