import type { ReportBy, ReportRow } from '../../../../core/contract/reports.ts';
import type { Texts } from '../../../texts/use-texts.ts';

/** About so many labels of time stand beside each other. */
const LABELS = 12;

/** Every how manieth place has its label; each where there is room for all of them. */
export function labelEvery(slots: number, isTime: boolean): number {
  return isTime ? Math.max(1, Math.ceil(slots / LABELS)) : 1;
}

/** Few letters beneath a bar. */
export function axisLabel(
  by: ReportBy,
  key: string,
  row: ReportRow | undefined,
  language: string,
  t: Texts<'reports'>,
): string {
  if (key === '') return t('untold');
  const time = timeWords(by, key, language, 'short');
  if (time !== undefined) return time;
  if (by === 'link' && key === '-') return t('ownData');
  // Few tell a location by its id, and an id may be that of several parties.
  return row === undefined || row.label === '' ? key : row.label;
}

/** What a row stands for, for people. */
export function spokenKey(
  by: ReportBy,
  { key, label }: Pick<ReportRow, 'key' | 'label'>,
  language: string,
  t: Texts<'reports'>,
): string {
  if (key === '') return t(`untold-${by}`);
  if (by === 'link' && key === '-') return t('ownData');
  return timeWords(by, key, language, 'long') ?? (label === '' ? key : label);
}

function timeWords(by: ReportBy, key: string, language: string, length: 'short' | 'long'): string | undefined {
  if (by === 'hour') {
    const hour = key.padStart(2, '0');
    return length === 'short' ? hour : `${hour}:00 – ${hour}:59`;
  }
  if (by !== 'day' && by !== 'month') return undefined;
  const moment = new Date(by === 'day' ? `${key}T00:00:00Z` : `${key}-01T00:00:00Z`);
  if (Number.isNaN(moment.getTime())) return undefined;
  const parts: Intl.DateTimeFormatOptions =
    by === 'month'
      ? { month: length, year: 'numeric' }
      : length === 'short'
        ? { day: 'numeric', month: 'short' }
        : { weekday: 'short', day: 'numeric', month: 'short', year: 'numeric' };
  return new Intl.DateTimeFormat(language, { ...parts, timeZone: 'UTC' }).format(moment);
}
