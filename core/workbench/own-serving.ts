import { OwnModuleName } from '../contract/own.ts';
import type { OwnParty, OwnRole } from '../contract/platform.ts';
import { hasSide, rolesWith } from '../ocpi/role-modules.ts';
import { createAddresses, localUrlOf } from '../server/addresses.ts';
import type { OwnDataParts } from '../server/modules/own-lists.ts';
import type { OwnModule } from '../server/own-data.ts';
import type { PlatformDesk } from './platform.ts';

export const OWN_MODULES: readonly OwnModule[] = OwnModuleName.options;

/** Roles that own objects of a module (digest 4.1). What a hub hands on of others is not its own. */
export function owningRoles(module: OwnModule): OwnRole[] {
  return rolesWith(module, 'SENDER').filter(role => role !== 'HUB' || module === 'hubclientinfo');
}

/** Modules that one of these parties owns objects of. */
export function ownedModules(parties: readonly OwnParty[]): OwnModule[] {
  return OWN_MODULES.filter(module => parties.some(({ role }) => owningRoles(module).includes(role)));
}

/** Modules that one of these parties receives objects of from those who own them (digest 4.1). */
export function receivedModules(parties: readonly OwnParty[]): OwnModule[] {
  return OWN_MODULES.filter(module => parties.some(({ role }) => hasSide(role, module, 'RECEIVER')));
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
