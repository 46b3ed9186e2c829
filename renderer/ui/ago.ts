const STEPS = [
  { unit: 'second', ms: 1000, below: 60 },
  { unit: 'minute', ms: 60_000, below: 60 },
  { unit: 'hour', ms: 3_600_000, below: 48 },
  { unit: 'day', ms: 86_400_000, below: Number.POSITIVE_INFINITY },
] as const;

/**
 * How long ago something was, or in how long it will be, in the words of a language: `4 min ago`, `in 2 hr`. Whole units,
 * the largest that says at least one; of what has just been or is about to be, seconds.
 */
export function agoText(at: number, now: number, language: string): string {
  const away = at - now;
  const step = STEPS.find(({ ms, below }) => Math.floor(Math.abs(away) / ms) < below) ?? STEPS[3];
  const count = Math.floor(Math.abs(away) / step.ms);
  // `now` rather than `0 sec. ago`.
  const words = new Intl.RelativeTimeFormat(language, { style: 'short', numeric: count === 0 ? 'auto' : 'always' });
  return words.format(away > 0 ? count : -count, step.unit);
}
