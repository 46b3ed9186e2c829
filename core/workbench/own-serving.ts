import type { OwnParty } from '../contract/platform.ts';
import { createAddresses, localUrlOf } from '../server/addresses.ts';
import type { OwnDataParts } from '../server/modules/own-lists.ts';
import type { OwnModule } from '../server/own-data.ts';
import type { PlatformDesk } from './platform.ts';

/** Which role owns the objects of a module (digest 6.1 to 6.5). */
export const OWNING_ROLE: Readonly<Record<OwnModule, OwnParty['role']>> = {
  locations: 'CPO',
  sessions: 'CPO',
  cdrs: 'CPO',
  tariffs: 'CPO',
  tokens: 'EMSP',
};

export const OWN_MODULES = Object.keys(OWNING_ROLE) as readonly OwnModule[];

/** Modules that one of these parties owns objects of. */
export function ownedModules(parties: readonly OwnParty[]): OwnModule[] {
  return OWN_MODULES.filter(module => parties.some(({ role }) => role === OWNING_ROLE[module]));
}

/** What partners know our endpoints by, as the configuration stands. */
export function advertisedUrls(platform: PlatformDesk): OwnDataParts['urls'] {
  return {
    endpointUrl: (version, module, side) => {
      const { host, port, tls, publicUrl } = platform.config();
      return createAddresses(localUrlOf({ host, port, tls: tls !== undefined }), publicUrl).endpointUrl(
        version,
        module,
        side,
      );
    },
  };
}
