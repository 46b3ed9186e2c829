import type { Interface } from '../../ocpi/catalogue.ts';
import { writeEnvelope } from '../../ocpi/envelope.ts';
import { atLeast22, VERSIONS, type Version } from '../../ocpi/versions.ts';
import type { Addresses } from '../addresses.ts';
import type { Caller } from '../caller.ts';
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
  /** Whether a partner of 2.1.1, which knows no sides, is shown this one of a module. */
  readonly shows: (caller: Caller, endpoint: AdvertisedEndpoint) => boolean;
  readonly clock: { now(): number };
}

interface Cached {
  readonly second: number;
  /** What the answer follows from. */
  readonly told: string;
  readonly reply: PlannedReply;
}

/** The versions list and the version details (digest 3.1): what is offered now, and only modules that work. */
export function versionsResponder({ addresses, versions, endpoints, shows, clock }: VersionsParts): Responder {
  const cache = new Map<Version | 'list', Cached>();

  const listed = (offered: readonly Version[]) =>
    offered.map(version => ({ version, url: addresses.versionUrl(version) }));

  const detailed = (version: Version, shown: readonly AdvertisedEndpoint[]) => ({
    version,
    endpoints: shown.map(({ module, side }) => ({
      identifier: module,
      // Credentials have no side; 2.2 and later want one all the same, and SENDER is what is to be sent (T42).
      ...(atLeast22(version) && { role: side === 'NONE' ? 'SENDER' : side }),
      url: addresses.endpointUrl(version, module, side),
    })),
  });

  const shownTo = (version: Version, caller: Caller): readonly AdvertisedEndpoint[] => {
    const all = endpoints.filter(endpoint => endpoint.version === version);
    return atLeast22(version) ? all : withoutSides(all.filter(endpoint => shows(caller, endpoint)));
  };

  return {
    serves: ['versions.list', 'versions.details'],
    respond: ({ version, caller }) => {
      const now = clock.now();
      const second = Math.floor(now / 1000);
      const key = version ?? 'list';
      const shown = version === undefined ? [] : shownTo(version, caller);
      const offered = versions();
      const told = version === undefined || atLeast22(version) ? offered.join() : JSON.stringify(shown);
      const cached = cache.get(key);
      if (cached !== undefined && cached.second === second && cached.told === told) return cached.reply;
      const ordered = VERSIONS.filter(known => offered.includes(known));
      const data = version === undefined ? listed(ordered) : detailed(version, shown);
      const reply = { status: 200, body: envelopeBody(data, now), ocpiStatus: 1000 };
      cache.set(key, { second, told, reply });
      return reply;
    },
  };
}

/** One endpoint a module: that of the side shown, or where both are the one at which both answer (see routes.ts). */
function withoutSides(shown: readonly AdvertisedEndpoint[]): AdvertisedEndpoint[] {
  const byModule = Map.groupBy(shown, ({ module }) => module);
  return [...byModule.values()].flatMap(([first, other]) => {
    if (first === undefined) return [];
    return [other === undefined ? first : { ...first, side: 'NONE' }];
  });
}

/** The timestamp counts seconds, so one text serves all answers of a second. */
function envelopeBody(data: unknown, now: number): ReplyBody {
  return textBody(writeEnvelope({ statusCode: 1000, statusMessage: 'Success', data, now }));
}
