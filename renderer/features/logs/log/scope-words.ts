import type { Texts } from '../../../texts/use-texts.ts';
import { localDate, localTime } from '../../../ui/time-format.ts';

/** Of these there may be thousands. */
const SHOWN = 8;

/** What a file says it was narrowed to, shortly: `link: volta · since: 2026-11-22 10:40:00`. Files may say anything. */
export function scopeWords(scope: Readonly<Record<string, unknown>>, t: Texts<'logs'>): string {
  return Object.entries(scope)
    .flatMap(([name, value]) => {
      const said = words(name, value, t);
      return said === undefined ? [] : [said];
    })
    .join(' · ');
}

function words(name: string, value: unknown, t: Texts<'logs'>): string | undefined {
  if (value === undefined || value === null || value === false || value === '') return undefined;
  if (name === 'ids' && Array.isArray(value)) return t('scopeIds', { count: value.length });
  if (name === 'chosen' && typeof value === 'number') return t('scopeIds', { count: value });
  if (name === 'transaction') return t('scopeTransaction', { id: String(value) });
  if (name === 'runId') return t('scopeRun', { id: String(value) });
  if ((name === 'since' || name === 'until') && typeof value === 'number') return `${name}: ${moment(value)}`;
  if (value === true) return name;
  if (Array.isArray(value)) return `${name}: ${value.slice(0, SHOWN).join(', ')}${value.length > SHOWN ? ', …' : ''}`;
  return `${name}: ${typeof value === 'object' ? JSON.stringify(value) : String(value)}`;
}

function moment(at: number): string {
  const date = new Date(at);
  return Number.isNaN(date.getTime()) ? String(at) : `${localDate(date)} ${localTime(date).slice(0, 8)}`;
}
