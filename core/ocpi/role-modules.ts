import type { ModuleId } from './modules.ts';

/** What a platform can be; PTP only in the payments of 2.3.0, HUB in 2.2 (digest 3.2, 4.1). */
export type PlatformRole = 'CPO' | 'EMSP' | 'HUB' | 'NAP' | 'NSP' | 'OTHER' | 'PTP' | 'SCSP';

interface Sides {
  readonly SENDER: readonly ModuleId[];
  readonly RECEIVER: readonly ModuleId[];
}

const OF_HUB = [
  'locations',
  'tariffs',
  'sessions',
  'cdrs',
  'tokens',
  'commands',
  'chargingprofiles',
  'bookings',
] as const satisfies readonly ModuleId[];

/**
 * The interfaces a role typically has (digest 4.1). Who is invoiced and who invoices is agreed, so that both have both. OTHER
 * is not in the table: a hub sends it what it sends to navigation providers (digest 1.10).
 */
const TYPICAL: Readonly<Record<PlatformRole, Sides>> = {
  CPO: {
    SENDER: ['locations', 'tariffs', 'sessions', 'cdrs', 'invoicereconciliation', 'bookings'],
    RECEIVER: ['hubclientinfo', 'tokens', 'commands', 'chargingprofiles', 'invoicereconciliation', 'payments'],
  },
  EMSP: {
    SENDER: ['tokens', 'commands', 'chargingprofiles', 'invoicereconciliation'],
    RECEIVER: ['hubclientinfo', 'locations', 'tariffs', 'sessions', 'cdrs', 'invoicereconciliation', 'bookings'],
  },
  HUB: { SENDER: ['hubclientinfo', ...OF_HUB], RECEIVER: OF_HUB },
  NAP: { SENDER: ['locations', 'tariffs'], RECEIVER: ['hubclientinfo', 'locations', 'tariffs'] },
  NSP: { SENDER: [], RECEIVER: ['hubclientinfo', 'locations', 'tariffs'] },
  OTHER: { SENDER: [], RECEIVER: ['hubclientinfo', 'locations', 'tariffs'] },
  PTP: { SENDER: ['payments', 'commands'], RECEIVER: ['locations', 'tariffs', 'sessions', 'cdrs'] },
  SCSP: { SENDER: ['chargingprofiles'], RECEIVER: ['hubclientinfo', 'sessions'] },
};

export const PLATFORM_ROLES = Object.keys(TYPICAL) as readonly PlatformRole[];

/** Whether a platform in this role typically has this interface of a module. */
export function hasSide(role: PlatformRole, module: ModuleId, side: 'SENDER' | 'RECEIVER'): boolean {
  return TYPICAL[role][side].includes(module);
}

/** Roles with this interface of a module, in alphabetical order. */
export function rolesWith(module: ModuleId, side: 'SENDER' | 'RECEIVER'): PlatformRole[] {
  return PLATFORM_ROLES.filter(role => hasSide(role, module, side));
}
