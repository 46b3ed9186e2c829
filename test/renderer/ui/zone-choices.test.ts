import { describe, expect, it } from 'vitest';
import { zoneChoices } from '../../../renderer/ui/zone-choices.ts';

describe('the time zones to choose from', () => {
  it('begin with those that are near, each once, and go on with all others', () => {
    const here = new Intl.DateTimeFormat().resolvedOptions().timeZone;
    const { near, all } = zoneChoices(['Europe/Oslo', 'UTC'], 'Asia/Tokyo');
    expect(near).toEqual([...new Set(['UTC', here, 'Europe/Oslo', 'Asia/Tokyo'])]);
    expect(all).toContain('America/New_York');
    expect(all.filter(zone => near.includes(zone))).toEqual([]);
  });

  it('hold what an address says although no browser knows it, so that it shows as what was chosen', () => {
    expect(zoneChoices([], 'Mars/Base').near).toContain('Mars/Base');
  });
});
