import * as z from 'zod';
import { done, failed, type Outcome } from '../contract/failure.ts';
import { ProfileName } from '../contract/link-profile.ts';
import { PlatformConfig } from '../contract/platform.ts';
import { PLATFORM_SETTING } from '../workbench/platform.ts';
import type { Kept } from './changes.ts';
import { COUNTRY_CODES } from './world/places.ts';
import { MOST_LOCATIONS } from './world/world.ts';

export const SandboxRole = z.enum(['CPO', 'EMSP']);
export type SandboxRole = z.infer<typeof SandboxRole>;

/** What a sandbox is made of. All of it is kept in its database, so that it comes back the same. */
export const SandboxIdentity = z.object({
  seed: z.string().min(1).max(200),
  locations: z.int().min(1).max(MOST_LOCATIONS),
  /** The moment at which its world was made; epoch milliseconds. */
  now: z.number(),
  /** Alpha-2 codes; all countries where absent. */
  countries: z.array(z.enum(COUNTRY_CODES)).min(1).optional(),
  profile: ProfileName,
  /** The operators of its world are its parties, their customers' providers, or both. */
  roles: z.array(SandboxRole).min(1),
});
export type SandboxIdentity = z.infer<typeof SandboxIdentity>;

/** What is asked for when a sandbox is opened; what is absent stays as it was, or as FIRST_IDENTITY has it. */
export type WantedIdentity = {
  readonly [Key in keyof SandboxIdentity]?: Readonly<SandboxIdentity[Key]> | undefined;
};

const SETTING = 'sandbox';
export const FIRST_IDENTITY = { seed: 'sandbox', locations: 200, profile: 'strict', roles: ['CPO', 'EMSP'] } as const;

/**
 * The identity kept in a database, or a first one; profile and roles may change at any time. Refused: another world than the one
 * kept there, because what changed in that one means nothing in another, and a database of the operator's own.
 */
export function settleIdentity(
  { settings, transaction }: Kept,
  { wanted, now }: { readonly wanted: WantedIdentity; readonly now: number },
): Outcome<SandboxIdentity> {
  const kept = settings.get(SETTING, SandboxIdentity);
  if (kept === undefined && settings.get(PLATFORM_SETTING, PlatformConfig) !== undefined) {
    return failed(
      'WRONG_STATE',
      'this database is that of a platform of your own',
      'Name another file for the sandbox with --db.',
    );
  }
  const given = Object.fromEntries(Object.entries(wanted).filter(([, value]) => value !== undefined));
  const read = SandboxIdentity.safeParse({ ...FIRST_IDENTITY, now, ...kept, ...given });
  if (!read.success) {
    return failed('INVALID_INPUT', z.prettifyError(read.error), 'Correct the value named.');
  }
  const identity = read.data;
  const other = kept === undefined ? undefined : differenceOf(kept, identity);
  if (kept !== undefined && other !== undefined) {
    return failed(
      'WRONG_STATE',
      `this sandbox was made with ${other} ${String(kept[other])}, not ${String(identity[other])}`,
      'Leave that out, or name another file for another sandbox.',
    );
  }
  const stored = transaction(() => settings.set(SETTING, identity));
  return stored.ok ? done(identity) : stored;
}

function differenceOf(
  kept: SandboxIdentity,
  identity: SandboxIdentity,
): 'seed' | 'locations' | 'now' | 'countries' | undefined {
  for (const key of ['seed', 'locations', 'now', 'countries'] as const) {
    if (String(kept[key]) !== String(identity[key])) return key;
  }
  return undefined;
}
