import { isJsonObject } from './json-value.ts';

/**
 * Statuses of an EVSE, the one that wants attention most first: one broken EVSE is news, one free is what is expected,
 * and one that is planned or removed says nothing of the others (digest 8.1; all versions).
 */
export const STATUSES_BY_URGENCY: readonly string[] = [
  'OUTOFORDER',
  'INOPERATIVE',
  'BLOCKED',
  'UNKNOWN',
  'RESERVED',
  'CHARGING',
  'AVAILABLE',
  'PLANNED',
  'REMOVED',
];

/** Place in `STATUSES_BY_URGENCY`; a status that no version knows stands for UNKNOWN. */
export function urgencyOf(status: string): number {
  const at = STATUSES_BY_URGENCY.indexOf(status.toUpperCase());
  return at < 0 ? STATUSES_BY_URGENCY.indexOf('UNKNOWN') : at;
}

/** Statuses of a location's EVSEs as sent, in capitals; EVSEs without one are left out. */
export function evseStatusesOf(location: unknown): string[] {
  const evses = isJsonObject(location) ? location['evses'] : undefined;
  if (!Array.isArray(evses)) return [];
  return evses.flatMap(evse => {
    const status = isJsonObject(evse) ? evse['status'] : undefined;
    return typeof status === 'string' && status !== '' ? [status.toUpperCase()] : [];
  });
}
