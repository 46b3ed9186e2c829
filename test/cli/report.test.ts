import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Report, ReportCharge } from '../../core/contract/reports.ts';
import { cdrOf, charged, HOUR, START, sessionOf } from '../history/facts/charges.ts';
import { openTold } from '../history/facts/facts-support.ts';
import { openShell, type Shell } from '../support/command-line.ts';

let shell: Shell;
beforeEach(() => {
  shell = openShell();
});
afterEach(() => shell.close());

describe('wb report', () => {
  it('prints charges as a table with bars and a total, as JSON, as CSV, one by one and what differs', {
    timeout: 60_000,
  }, async () => {
    const told = await openTold(shell.db);
    await told.tell('sessions', [sessionOf(charged('1')), sessionOf(charged('2', { kwh: 1 }))]);
    await told.tell('cdrs', [
      cdrOf(charged('1')),
      cdrOf(charged('2', { location: 'LOC2' })),
      cdrOf(charged('3', { start: START + 24 * HOUR, currency: 'SEK' }), { session_id: undefined }),
    ]);
    await told.history.close();

    const text = await shell.wb('report');
    expect([text.code, text.stdout]).toEqual([
      0,
      expect.stringMatching(/^day +charges +kWh +hours +idle +kW +credits +failed +cost$/m),
    ]);
    expect(text.stdout).toMatch(/^2026-03-10 +2 +40\.000 +4\.00 +1\.00 +13\.3 +0 +0 +20\.00 EUR +█{24}$/m);
    expect(text.stdout).toMatch(/^2026-03-11 +1 +20\.000 +2\.00 +0\.50 +13\.3 +0 +0 +10\.00 SEK +█{12}$/m);
    expect(text.stdout).toMatch(/^total +3 +60\.000 .* 20\.00 EUR \+ 10\.00 SEK$/m);
    expect(text.stdout).toContain('CDRs of 2026-03-10 to 2026-03-11; days and hours in the zone of the location');

    const json = (await shell.json('report', '--by', 'location', '--order', 'charges', '--descending', '--limit', '1'))
      .document as Report;
    expect(json).toMatchObject({
      by: 'location',
      count: 2,
      rows: [{ key: 'LOC1', charges: 2 }],
      total: { charges: 3 },
    });
    const csv = await shell.wb('report', '--by', 'tariff', '--csv', '--from', '2026-03-11');
    expect(csv.stdout).toBe(
      'tariff,label,link,party,charges,kwh,hours,idle_hours,average_kw,cost_SEK,cost_with_taxes_SEK,credits,failed_starts\r\nT1,T1,first,NL-TNM,1,20,2,0.5,13.333,10,12,0,\r\n',
    );
    const charges = (await shell.json('report', '--charges', '--location', 'loc2', '--zone', 'Asia/Tokyo'))
      .document as ReportCharge[];
    expect(charges.map(({ id }) => id)).toEqual(['C-2']);
    expect((await shell.wb('report', '--differences', 'kwh')).stdout).toMatch(
      /^2026-03-10T09:30:00\.000Z +first +kwh +Session S-2 and CDR C-2 differ in energy: 1 kWh and 20 kWh\.$/m,
    );
    expect((await shell.wb('report', '--source', 'sessions', '--charges', '--link', '-')).stdout).toBe(
      'No charge fits.\n',
    );

    const wrong = await Promise.all([
      shell.wb('report', '--zone', 'Nowhere/City'),
      shell.wb('report', '--csv', '--charges'),
      shell.wb('report', '--from', 'yesterday'),
      shell.wb('report', '--link', 'nobody'),
    ]);
    expect(wrong.map(({ code }) => code)).toEqual([2, 2, 2, 1]);
    expect(wrong[0]?.stderr).toContain('there is no time zone "Nowhere/City"');
    expect(wrong[1]?.stderr).toContain('exclude each other');
  });
});
