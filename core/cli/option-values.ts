import { systemClock } from '../clock.ts';
import { usageFailure } from './command.ts';

const UNIT_MS: Readonly<Record<string, number>> = { s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000 };

/** `--limit`: how many at most. */
export function readLimit(text: string): number {
  const limit = Number(text);
  if (!Number.isInteger(limit) || limit < 1 || limit > 10_000) {
    throw usageFailure(`--limit ${text} is out of range`, 'A whole number from 1 to 10000.');
  }
  return limit;
}

/** A date and time, or an age from now back; milliseconds since the epoch. */
export function readMoment(option: string, text: string): number {
  const age = durationOf(text);
  if (age !== undefined) return systemClock.now() - age;
  const at = Date.parse(text);
  if (Number.isNaN(at)) {
    throw usageFailure(
      `${option} ${text} is neither a date nor an age`,
      'Write 2026-11-22T10:00:00Z, or 90s, 15m, 2h, 7d.',
    );
  }
  return at;
}

/** `90s`, `15m`, `2h`, `1d`, in milliseconds. */
export function readDuration(option: string, text: string): number {
  const duration = durationOf(text);
  if (duration === undefined || duration === 0) {
    throw usageFailure(`${option} ${text} is no length of time`, 'Write 90s, 15m, 2h or 1d.');
  }
  return duration;
}

function durationOf(text: string): number | undefined {
  const [, count, unit = 's'] = /^(\d{1,9})([smhd])$/.exec(text) ?? [];
  return count === undefined ? undefined : Number(count) * (UNIT_MS[unit] ?? 1000);
}
