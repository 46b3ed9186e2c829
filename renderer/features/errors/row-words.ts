import type { Texts } from '../../texts/use-texts.ts';
import type { Tone } from '../../ui/chip.tsx';
import { localDate, localTime, sameDay } from '../../ui/time-format.ts';
import type { RowName } from './search.ts';

/** What ended by our own doing is no fault of anyone's; what was found made nothing fail. */
export function toneOf({ failed, code }: RowName): Tone {
  if (!failed) return 'warn';
  return code === 'cancelled' || code === 'interrupted' ? 'plain' : 'bad';
}

export function saidBy({ failed, direction, layer }: RowName, t: Texts<'errors'>): string {
  if (!failed) return t(`said-${direction}-found`);
  return layer === 'network' || layer === 'tls' ? t(`said-${direction}-network`) : t(`said-${direction}`);
}

/** `34 %`; what is there at all is never nothing. */
export function shareText(share: number, language: string): string {
  const percent = new Intl.NumberFormat(language, { style: 'percent' });
  return share < 0.01 ? `< ${percent.format(0.01)}` : percent.format(share);
}

/** `10:42` today, `2026-11-22 10:42` before; with seconds where they tell one from the next. */
export function momentText(at: number, seconds = false): string {
  const moment = new Date(at);
  const time = localTime(moment).slice(0, seconds ? 8 : 5);
  return sameDay(moment, new Date()) ? time : `${localDate(moment)} ${time}`;
}

const SHORT_MS = 30 * 60_000;

/** Whether a stretch of time is so short that its seconds tell. */
export function isShort(from: number, to: number): boolean {
  return to - from < SHORT_MS;
}
