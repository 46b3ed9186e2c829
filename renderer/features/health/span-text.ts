import type { Texts } from '../../texts/use-texts.ts';
import { durationText } from '../../ui/time-format.ts';

const DAY_MS = 86_400_000;

/** How long something went on: as durations elsewhere, but days where there are two or more. */
export function spanText(ms: number, t: Texts<'health'>): string {
  if (ms < 2 * DAY_MS) return durationText(ms);
  const days = Math.floor(ms / DAY_MS);
  const hours = Math.floor((ms % DAY_MS) / 3_600_000);
  return t('daysHours', { days, hours });
}
