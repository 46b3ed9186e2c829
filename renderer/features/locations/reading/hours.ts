import { listAt, member, numberAt, textAt } from './json.ts';

export interface Period {
  readonly from: string;
  readonly to: string;
}

export interface HoursRead {
  readonly always: boolean;
  /** Monday to Sunday; a day without periods is closed. */
  readonly week: readonly (readonly Period[])[];
  readonly openings: readonly Period[];
  readonly closings: readonly Period[];
}

const DAYS = 7;

/** Opening hours, as far as they can be read; undefined where a location says nothing of them (digest 6.1, Hours). */
export function hoursOf(location: unknown): HoursRead | undefined {
  const hours = member(location, 'opening_times');
  if (typeof hours !== 'object' || hours === null) return undefined;
  const regular = listAt(hours, 'regular_hours');
  const week = Array.from({ length: DAYS }, (_, at) =>
    regular
      .filter(one => numberAt(one, 'weekday') === at + 1)
      .flatMap(periodOf)
      .sort((one, other) => one.from.localeCompare(other.from)),
  );
  return {
    always: member(hours, 'twentyfourseven') === true,
    week,
    openings: listAt(hours, 'exceptional_openings').flatMap(periodOf),
    closings: listAt(hours, 'exceptional_closings').flatMap(periodOf),
  };
}

function periodOf(one: unknown): Period[] {
  const [from, to] = [textAt(one, 'period_begin'), textAt(one, 'period_end')];
  return from === undefined || to === undefined ? [] : [{ from, to }];
}
