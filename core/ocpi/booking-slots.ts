import { readDateTime } from './date-time.ts';
import { isJsonObject, type JsonObject } from './json-value.ts';
import type { Version } from './versions.ts';

/** Milliseconds since the epoch. */
export interface TimeSpan {
  readonly begin: number;
  readonly end: number;
}

export interface Slot extends TimeSpan {
  /** Timeslot, as it was written. */
  readonly slot: JsonObject;
}

/** The time slots of all calendars of a BookingLocation that can be read (digest 6.11). */
export function availableSlots(location: JsonObject, version: Version): Slot[] {
  return elementsOf(location['calendars'])
    .flatMap(calendar => elementsOf(calendar['available_timeslots']))
    .flatMap(slot => {
      const span = timeSpan(slot, version);
      return span === undefined ? [] : [{ ...span, slot }];
    });
}

/** Of a Period or Timeslot; undefined where it cannot be read, or ends before it begins. */
export function timeSpan(period: unknown, version: Version): TimeSpan | undefined {
  if (!isJsonObject(period)) return undefined;
  const [begin, end] = ['start_date_time', 'end_date_time'].map(name => {
    const text = period[name];
    return typeof text === 'string' ? readDateTime(text, version).epochMs : undefined;
  });
  return begin === undefined || end === undefined || end <= begin ? undefined : { begin, end };
}

/** The objects of a list; nothing of what is none. */
export function elementsOf(list: unknown): readonly JsonObject[] {
  return Array.isArray(list) ? list.filter(isJsonObject) : [];
}
