/** What a meter, a clock or a bill says: it is another number each time, without anything having changed. */
const NAMES = new Set(['kwh', 'volume', 'volumes']);
const TOTAL = /^total_/;
/** Limits that somebody worked out, in what is told of an active charging profile. */
const WORKED_OUT = new Set(['limit']);

/** Lists with an element for each stretch of time: how many there are depends on how long it took. */
const STRETCHES = new Set(['charging_periods', 'charging_profile_period']);

/** Larger than any amount, energy or time of one charge. */
const ABSURD = 1e12;

/** True for a number that is measured, or worked out of what is measured: by the names that lead to it. */
export function isMeasured(path: readonly string[], operation: string): boolean {
  const name = path.at(-1);
  if (name !== undefined && NAMES.has(name)) return true;
  if (path.some(step => TOTAL.test(step))) return true;
  return operation.startsWith('chargingprofiles.') && name !== undefined && WORKED_OUT.has(name);
}

export function isStretches(path: readonly string[]): boolean {
  return STRETCHES.has(path.at(-1) ?? '');
}

/** Why a measured number is not one as before; undefined where it may be. */
export function oddNumber(expected: number, met: number): string | undefined {
  if (!Number.isFinite(met) || (Math.abs(met) >= ABSURD && Math.abs(expected) < ABSURD)) {
    return 'No meter and no bill has such a number.';
  }
  return met < 0 && expected >= 0 ? 'The number is negative; it was not before.' : undefined;
}
