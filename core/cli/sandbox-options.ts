import { LINK_PROFILES, ProfileName } from '../contract/link-profile.ts';
import { SandboxRole, type WantedIdentity } from '../sandbox/identity.ts';
import { MOST_LOCATIONS } from '../sandbox/world/world.ts';
import { usageFailure } from './command.ts';

export interface WorldFlags {
  readonly locations?: string | undefined;
  readonly seed?: string | undefined;
  readonly profile?: string | undefined;
}

/** `strict: the specification to the letter; ...` */
export const PROFILE_HELP = ProfileName.options.map(name => `${name}: ${LINK_PROFILES[name].title}`).join('\n');

/** What a sandbox is to be made of; `prefix` is how the options begin, for what is said about them. */
export function readWorld({ locations, seed, profile }: WorldFlags, prefix = '--'): WantedIdentity {
  return {
    ...(locations === undefined ? {} : { locations: readLocations(`${prefix}locations`, locations) }),
    ...(seed === undefined ? {} : { seed }),
    ...(profile === undefined ? {} : { profile: readProfile(`${prefix}profile`, profile) }),
  };
}

function readLocations(option: string, text: string): number {
  const count = Number(text);
  if (!Number.isInteger(count) || count < 1 || count > MOST_LOCATIONS) {
    throw usageFailure(`${option} ${text} is out of range`, `A whole number from 1 to ${MOST_LOCATIONS}.`);
  }
  return count;
}

function readProfile(option: string, text: string): ProfileName {
  const profile = ProfileName.safeParse(text);
  if (!profile.success) {
    throw usageFailure(`${option} ${text} is no profile`, `Any of ${ProfileName.options.join(', ')}.`);
  }
  return profile.data;
}

/** `--roles`: CPO,EMSP */
export function readSandboxRoles(text: string): SandboxRole[] {
  return text.split(',').map(part => {
    const role = SandboxRole.safeParse(part.trim().toUpperCase());
    if (!role.success) {
      throw usageFailure(`--roles: "${part}" is no role of a sandbox`, `Any of ${SandboxRole.options.join(', ')}.`);
    }
    return role.data;
  });
}
