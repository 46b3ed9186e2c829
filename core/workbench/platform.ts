import * as z from 'zod';
import { done, failed, type Outcome } from '../contract/failure.ts';
import type { Link } from '../contract/link.ts';
import { type OwnParty, PlatformConfig } from '../contract/platform.ts';
import type { History } from '../history/history.ts';
import type { CredentialsView } from '../ocpi/credentials.ts';
import { isLoopbackHost } from '../ocpi/urls.ts';
import type { Version } from '../ocpi/versions.ts';
import { createAddresses, localUrlOf } from '../server/addresses.ts';
import { facingParties } from './facing.ts';

/** The setting that holds it; a database without was never configured. */
export const PLATFORM_SETTING = 'platform';

/** Who we are until the operator says otherwise: one party in both everyday roles, on a free port of this machine. */
const FIRST_CONFIG: PlatformConfig = {
  parties: [
    { countryCode: 'NL', partyId: 'WBX', role: 'EMSP', name: 'OCPI Workbench' },
    { countryCode: 'NL', partyId: 'WBX', role: 'CPO', name: 'OCPI Workbench' },
  ],
  versions: ['2.1.1', '2.2.1', '2.3.0'],
  host: '127.0.0.1',
  port: 0,
};

export type ConfigPatch = { readonly [Key in keyof PlatformConfig]?: PlatformConfig[Key] | undefined };

/** Our own side: parties, versions, addresses, kept in the database. */
export interface PlatformDesk {
  config(): PlatformConfig;
  /** A key with `undefined` is taken away. */
  configure(patch: ConfigPatch): Outcome<PlatformConfig>;
  /** What partners are told; undefined while no port was ever chosen and no public URL is set. */
  versionsUrl(): string | undefined;
  /** True when only this machine can use the advertised address. */
  isLoopbackOnly(): boolean;
  /** What a partner is told about us, with the token it shall call us with. */
  credentialsFor(link: Link, version: Version, token: string): CredentialsView;
}

export function createPlatformDesk(
  history: Pick<History, 'settings' | 'transaction'>,
  onChange: () => void,
): PlatformDesk {
  const { settings } = history;
  let config = settings.get(PLATFORM_SETTING, PlatformConfig) ?? FIRST_CONFIG;
  const versionsUrl = () => {
    if (config.publicUrl === undefined && config.port === 0) return undefined;
    const local = localUrlOf({ host: config.host, port: config.port, tls: config.tls !== undefined });
    return createAddresses(local, config.publicUrl).versionsUrl;
  };
  return {
    config: () => config,
    configure: patch => {
      const parsed = PlatformConfig.safeParse({ ...config, ...patch });
      if (!parsed.success) {
        return failed(
          'INVALID_INPUT',
          z.prettifyError(parsed.error),
          'Correct the option named; wb serve --help lists them.',
        );
      }
      const stored = history.transaction(() => settings.set(PLATFORM_SETTING, parsed.data));
      if (!stored.ok) return stored;
      config = parsed.data;
      onChange();
      return done(config);
    },
    versionsUrl,
    isLoopbackOnly: () => {
      const url = versionsUrl();
      return url !== undefined && isLoopbackHost(new URL(url).hostname);
    },
    credentialsFor: (link, version, token) => {
      const parties = version === '2.1.1' ? facingParties(link, config.parties).slice(0, 1) : config.parties;
      const hub = version === '2.3.0' ? parties.find(({ role }) => role === 'HUB') : undefined;
      return {
        token,
        url: versionsUrl() ?? '',
        roles: parties.map(({ countryCode, partyId, role, name }) => ({
          countryCode,
          partyId,
          role: writtenRole(role, version),
          businessDetails: { name },
        })),
        ...(hub && { hubPartyId: `${hub.countryCode}${hub.partyId}` }),
      };
    },
  };
}

/** 2.3.0 has no HUB any more, it tells its hub's party apart; a payment terminal provider never had a value (T30b). */
function writtenRole(role: OwnParty['role'], version: Version): string {
  return role === 'PTP' || (role === 'HUB' && version === '2.3.0') ? 'OTHER' : role;
}
