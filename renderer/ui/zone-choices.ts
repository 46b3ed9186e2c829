export interface ZoneChoices {
  readonly near: readonly string[];
  /** All others. */
  readonly all: readonly string[];
}

/** UTC, the zone of this computer, those that are known, and the chosen one first; then all that there are, by name. */
export function zoneChoices(known: readonly string[], chosen: string | undefined): ZoneChoices {
  const here = new Intl.DateTimeFormat().resolvedOptions().timeZone;
  const near = [...new Set(['UTC', here, ...known, ...(chosen === undefined ? [] : [chosen])])];
  return { near, all: Intl.supportedValuesOf('timeZone').filter(zone => !near.includes(zone)) };
}
