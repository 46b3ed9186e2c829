import type { ReplayDifference } from '../../contract/replay.ts';
import { headerValue, type RawHeaders } from '../../ocpi/raw-headers.ts';
import { difference, headerPlace } from './difference.ts';

/** The Location header of something posted: whether there is one, absolute or relative. Where it leads is the partner's business. */
export function locationDifferences(recorded: RawHeaders, met: RawHeaders): ReplayDifference[] {
  const [before, now] = [sortOf(recorded), sortOf(met)];
  if (before === now) return [];
  const details = {
    expected: headerValue(recorded, 'Location') ?? 'no line',
    met: headerValue(met, 'Location') ?? 'no line',
  };
  const meaning = `The Location of what was posted is ${now}; it was ${before}.`;
  return [difference({ layer: 'header', where: headerPlace('answer', 'Location'), ...details, meaning })];
}

function sortOf(headers: RawHeaders): string {
  const value = headerValue(headers, 'Location')?.trim();
  if (value === undefined || value === '') return 'absent';
  if (/^https?:\/\//i.test(value)) return 'an absolute URL';
  return /^[/?.]/.test(value) ? 'a relative URL' : 'no URL';
}
