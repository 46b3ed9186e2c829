import type { JsonObject } from '../../ocpi/json-value.ts';
import type { Observed } from '../observed.ts';
import { readingOf } from '../reading.ts';
import type { Charge } from './charge.ts';
import { bodyOf, idIn, objectsRead, periodsIn, timeIn, wentWell } from './fields.ts';

/** What one exchange says of the session or the CDR of a charge, and how they stand after it. */
export interface ObjectAt {
  readonly exchange: Observed;
  readonly kind: 'session' | 'cdr';
  /** As it was sent. */
  readonly said: JsonObject;
  /** The whole of it, as far as it is known. */
  readonly whole: JsonObject;
}

/** Sessions and CDRs of a charge in the exchanges that tell of them, oldest first. */
export function objectsAt(exchanges: readonly Observed[], charge: Charge): ObjectAt[] {
  let session: JsonObject | undefined;
  const all: ObjectAt[] = [];
  for (const exchange of exchanges) {
    const reading = readingOf(exchange);
    const { entry, params } = reading;
    if (entry?.module !== 'sessions' && entry?.module !== 'cdrs') continue;
    if (entry.id === 'sessions.put-preferences') continue;
    const objects = exchange.method === 'GET' ? objectsRead(reading) : [bodyOf(reading)];
    for (const said of objects) {
      const id = params['session_id'] ?? idIn(said, 'id');
      if (entry.module === 'sessions') {
        if (!isSame(id, charge.sessionId)) continue;
        const whole = exchange.method === 'PATCH' ? patched(session, said) : said;
        // An older message that came late changes nothing.
        if (session === undefined || updatedOf(whole) >= updatedOf(session)) session = whole;
        all.push({ exchange, kind: 'session', said, whole });
      } else if (charge.bills.some(bill => isSame(bill.id, id)) || (exchange.method !== 'GET' && !wentWell(exchange))) {
        all.push({ exchange, kind: 'cdr', said, whole: said });
      }
    }
  }
  return all;
}

/** Periods of a PATCH are appended (T17). */
function patched(before: JsonObject | undefined, patch: JsonObject): JsonObject {
  const periods = [...periodsIn(before ?? {}), ...periodsIn(patch)];
  return { ...before, ...patch, ...(periods.length === 0 ? {} : { charging_periods: periods }) };
}

function updatedOf(object: JsonObject): number {
  return timeIn(object, 'last_updated') ?? 0;
}

function isSame(left: string | undefined, right: string | undefined): boolean {
  return left !== undefined && right !== undefined && left.toLowerCase() === right.toLowerCase();
}
