import { ciKey } from './ci-string.ts';
import type { Version } from './versions.ts';

/** Modules the workbench knows, with `versions`, which no list of endpoints names (digest 3.1, 4). */
export const MODULE_IDS = [
  'versions',
  'credentials',
  'locations',
  'sessions',
  'cdrs',
  'tariffs',
  'tokens',
  'commands',
  'chargingprofiles',
  'hubclientinfo',
  'invoicereconciliation',
  'payments',
  'bookings',
] as const;
export type ModuleId = (typeof MODULE_IDS)[number];

const CONFIGURATION: ReadonlySet<string> = new Set(['versions', 'credentials', 'hubclientinfo']);
const SINCE_22: ReadonlySet<string> = new Set(['chargingprofiles', 'hubclientinfo']);
const SINCE_23: ReadonlySet<string> = new Set(['invoicereconciliation', 'payments', 'bookings']);

/** The module an endpoint's identifier means, in any case; Bookings calls itself `Booking` too (T31). Undefined for custom ones. */
export function moduleOf(identifier: string): ModuleId | undefined {
  const key = ciKey(identifier);
  if (key === 'booking') return 'bookings';
  return MODULE_IDS.find(id => id === key);
}

/** Configuration modules are never routed and carry no routing headers (digest 1.10); custom modules are functional. */
export function isFunctional(identifier: string): boolean {
  return !CONFIGURATION.has(ciKey(identifier));
}

/** Modules that exist in a version, `versions` included. */
export function modulesOf(version: Version): ModuleId[] {
  return MODULE_IDS.filter(id => {
    if (SINCE_22.has(id)) return version !== '2.1.1';
    return !SINCE_23.has(id) || version === '2.3.0';
  });
}
