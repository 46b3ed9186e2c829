import Database from 'better-sqlite3';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ReportBy, type ReportFigures } from '../../../core/contract/reports.ts';
import { billDeriver } from '../../../core/history/facts/bills.ts';
import { type ReportAsked, readReport } from '../../../core/history/facts/report-reading.ts';
import { newLink } from '../folder.ts';
import { cdrOf, charged, creditOf, HOUR, START, sessionOf } from './charges.ts';
import { openFollowed, openTold } from './facts-support.ts';

const rounded = (value: number) => Math.round(value * 1e6) / 1e6;

/** Facts of CDRs of 2.2.1, without a database they come from. */
function derivedOf(cdrs: readonly { readonly linkId: number; readonly object: ReturnType<typeof cdrOf> }[]) {
  const facts = new Database(':memory:');
  facts.exec(billDeriver.tables);
  const deriver = billDeriver.open(facts);
  for (const [at, { linkId, object }] of cdrs.entries()) {
    deriver.take({
      ...{ objectId: at + 1, linkId, module: 'cdrs', list: '', party: `${object.country_code}-${object.party_id}` },
      ...{ id: object.id, version: '2.2.1', revision: 1, isNewest: true, text: '', object, changedAt: 0 },
      ...{ lastUpdated: undefined, isVanished: false },
    });
  }
  deriver.settle();
  return facts;
}

function reportOf(facts: Database.Database, asked: Partial<ReportAsked>) {
  return readReport(
    facts,
    { source: 'cdrs', by: 'day', order: 'key', descending: false, offset: 0, limit: 1000, ...asked },
    { linkName: String, linkParty: () => '', failedStarts: () => [], pause: () => {} },
  );
}

describe('a report', () => {
  it('counts what CDRs state: charges, energy, hours, idle hours, cost and power while charging', async () => {
    const told = await openTold();
    await told.tell('cdrs', [
      cdrOf(charged('1')),
      cdrOf(charged('2', { kwh: 10.5, hours: 1, idle: 0, cost: 4.1, start: START + 24 * HOUR })),
    ]);
    const { rows, total, first, last, zone } = openFollowed(told).report();
    expect(rows.map(({ key, charges, kwh }) => [key, charges, kwh])).toEqual([
      ['2026-03-10', 1, 20],
      ['2026-03-11', 1, 10.5],
    ]);
    expect(total).toEqual({
      charges: 2,
      kwh: 30.5,
      hours: 3,
      idleHours: 0.5,
      averageKw: 12.2,
      costs: [{ currency: 'EUR', before: 14.1, after: rounded(14.1 * 1.2) }],
      credits: 0,
      failedStarts: null,
    });
    expect([first, last]).toEqual(['2026-03-10', '2026-03-11']);
    expect(zone.said).toContain('in UTC for 2 of which nothing tells the zone');
  });

  it('counts sessions that go on or are over, and none that were prepared, reserved or found invalid', async () => {
    const told = await openTold();
    const statuses = ['ACTIVE', 'COMPLETED', 'PENDING', 'INVALID', 'RESERVATION', 'RESERVED'];
    await told.tell(
      'sessions',
      statuses.map(status => sessionOf(charged(status), { status })),
    );
    const facts = openFollowed(told);
    expect(facts.report({ source: 'sessions' }).total).toMatchObject({ charges: 2, kwh: 40, hours: 4, idleHours: 1 });
    expect(facts.report().total.charges).toBe(0);
    expect(facts.charges({ source: 'sessions' }).rows.map(({ status }) => status)).toEqual(['COMPLETED', 'ACTIVE']);
  });

  it('gives the same total in whatever way charges are grouped, and the same figures behind each row', () => {
    const some = fc.record({
      start: fc.integer({ min: 0, max: 40 * 24 * 4 }).map(quarters => START + quarters * 900_000),
      hours: fc.integer({ min: 0, max: 4000 }).map(hours => hours / 1000),
      kwh: fc.integer({ min: -10, max: 1_000_000 }).map(kwh => kwh / 10_000),
      cost: fc.integer({ min: 0, max: 1_000_000 }).map(cost => cost / 10_000),
      currency: fc.constantFrom('EUR', 'SEK', 'eur'),
      location: fc.constantFrom('LOC1', 'loc1', 'LOC2'),
      evse: fc.constantFrom('E1', 'E2'),
      token: fc.constantFrom('A', 'B', 'C'),
      tariff: fc.constantFrom('T1', 'T2'),
      party: fc.constantFrom('TNM', 'OTH'),
      isCredited: fc.boolean(),
      linkId: fc.constantFrom(1, 2),
    });
    fc.assert(
      fc.property(fc.array(some, { maxLength: 60 }), fc.constantFrom(undefined, 'Asia/Kolkata'), (all, zone) => {
        const cdrs = all.flatMap(({ isCredited, linkId, ...more }, at) => {
          const charge = charged(String(at), more);
          return [cdrOf(charge), ...(isCredited ? [creditOf(charge)] : [])].map(object => ({ linkId, object }));
        });
        const facts = derivedOf(cdrs);
        const report = (asked: Partial<ReportAsked>) => reportOf(facts, { zone, ...asked });
        const { total } = report({});
        expect(total.charges).toBe(all.filter(({ isCredited }) => !isCredited).length);
        const kwh = all.reduce((sum, one) => sum + (one.isCredited ? 0 : Math.round(one.kwh * 1e6)), 0);
        expect(rounded(total.kwh)).toBe(rounded(kwh / 1e6));
        for (const by of ReportBy.options) {
          const { rows, total: same } = report({ by });
          expect(same).toEqual(total);
          expect(summed(rows)).toEqual(summed([total]));
          for (const { key, link, party, charges, credits, kwh: energy } of rows) {
            if (by === 'month') continue;
            const narrowed = { day: { from: key, to: key }, link: { linkIds: [Number(key)] } };
            const whose = link === null || party === null ? {} : { linkIds: [Number(link)], party };
            const asked = by === 'day' || by === 'link' ? narrowed[by] : { ...whose, [by]: key };
            expect(report(asked).total).toMatchObject({ charges, credits, kwh: energy });
          }
        }
        facts.close();
      }),
    );
  });

  it('leaves out what a credit CDR takes back, whether its cost was negated or not', async () => {
    const told = await openTold();
    const [first, second, third] = [charged('1'), charged('2'), charged('3')];
    await told.tell('cdrs', [
      cdrOf(first),
      creditOf(first),
      cdrOf(second),
      creditOf(second, { credit_reference_id: 'c-2', total_cost: { excl_vat: 10, incl_vat: 12 } }),
      cdrOf(third),
    ]);
    const facts = openFollowed(told);
    expect(facts.report().total).toMatchObject({
      charges: 1,
      credits: 2,
      kwh: 20,
      costs: [{ currency: 'EUR', before: 10, after: 12 }],
    });
    expect(facts.charges().count).toBe(5);
    // What is taken back may come later than what takes it back.
    await told.tell('cdrs', [creditOf(charged('4')), creditOf(third, { party_id: 'ABC' })]);
    facts.follow();
    expect(facts.report().total).toMatchObject({ charges: 1, credits: 4 });
    await told.tell('cdrs', [cdrOf(charged('4'))]);
    facts.follow();
    expect(facts.report().total).toMatchObject({ charges: 1, credits: 4, costs: [{ before: 0 }] });
  });

  it('counts days and hours by the clocks of each location, also when they are put forward', async () => {
    const told = await openTold();
    const zones = { AMS: 'Europe/Amsterdam', NYC: 'America/New_York', KOL: 'Asia/Kolkata' };
    const locations = Object.entries(zones).map(([id, time_zone]) => ({
      ...{ country_code: 'NL', party_id: 'TNM', id, name: `At ${id}`, time_zone, last_updated: '2026-03-01T10:00:00Z' },
    }));
    // In Amsterdam clocks go from 2 to 3 at 01:00 UTC on 29 March 2026.
    const starts = ['2026-03-28T22:59:59Z', '2026-03-28T23:00:00Z', '2026-03-29T00:59:59Z', '2026-03-29T01:00:00Z'];
    const cdrs = [
      ...starts.map((start, at) => cdrOf(charged(`A${at}`, { start: Date.parse(start), location: 'AMS' }))),
      cdrOf(charged('N', { start: Date.parse('2026-03-29T03:30:00Z'), location: 'NYC' })),
      cdrOf(charged('K', { start: Date.parse('2026-03-28T18:30:00Z'), location: 'KOL' })),
    ];
    await told.tell('cdrs', cdrs);
    const facts = openFollowed(told);
    const days = (more = {}) => facts.report(more).rows.map(({ key, charges }) => [key, charges]);
    const inUtc = [
      ['2026-03-28', 3],
      ['2026-03-29', 3],
    ];
    expect(days()).toEqual(inUtc);
    await told.tell('locations', locations);
    facts.follow();
    // The one in Amsterdam before midnight, and the one in New York; in Kolkata it is the 29th.
    expect(days()).toEqual([
      ['2026-03-28', 2],
      ['2026-03-29', 4],
    ]);
    expect(facts.report().zone.said).not.toContain('UTC');
    const hours = facts.report({ by: 'hour', location: 'ams' }).rows.map(({ key, charges }) => [key, charges]);
    expect(hours).toEqual([
      ['00', 1],
      ['01', 1],
      ['03', 1],
      ['23', 1],
    ]);
    expect(facts.report({ hour: '3', location: 'AMS' }).total.charges).toBe(1);
    expect(days({ zone: 'UTC' })).toEqual(inUtc);
    expect(facts.report({ from: '2026-03-29', to: '2026-03-29', by: 'month' }).rows).toMatchObject([
      { key: '2026-03', charges: 4 },
    ]);
    expect(facts.report({ by: 'location' }).rows.map(({ key, label }) => [key, label])).toEqual([
      ['AMS', 'At AMS (AMS)'],
      ['KOL', 'At KOL (KOL)'],
      ['NYC', 'At NYC (NYC)'],
    ]);
    expect(facts.charges({ location: 'KOL' }).rows).toMatchObject([{ id: 'C-K', zone: 'Asia/Kolkata' }]);
  });

  it('orders its rows by any figure, and gives pages of them', async () => {
    const told = await openTold();
    const tokens = ['A', 'B', 'B', 'C', 'C', 'C', 'D10', 'D9'];
    await told.tell(
      'cdrs',
      tokens.map((token, at) => cdrOf(charged(String(at), { token, kwh: token === 'A' ? 99 : 1 }))),
    );
    const facts = openFollowed(told);
    const keys = (more: Parameters<typeof facts.report>[0]) =>
      facts.report({ by: 'token', ...more }).rows.map(row => row.key);
    expect(keys({})).toEqual(['A', 'B', 'C', 'D9', 'D10']);
    expect(keys({ order: 'charges', descending: true })).toEqual(['C', 'B', 'D10', 'D9', 'A']);
    expect(keys({ order: 'kwh', descending: true, limit: 1 })).toEqual(['A']);
    expect(facts.report({ by: 'token', order: 'cost', offset: 3, limit: 2 })).toMatchObject({
      count: 5,
      rows: [{ key: 'B' }, { key: 'C' }],
      total: { charges: 8 },
    });
  });

  it('counts starts that failed where they can be told, and says null where not', async () => {
    const told = await openTold();
    await told.tell('cdrs', [cdrOf(charged('1', { token: 'GOOD' }))]);
    const facts = openFollowed(told);
    const of = { linkId: 1, at: START, party: undefined, token: 'BAD', location: 'LOC1', evse: undefined };
    const failed = [of, { ...of, at: START + 48 * HOUR }, { ...of, token: 'good', linkId: 2 }];
    expect(facts.report({}, failed).rows.map(({ key, failedStarts }) => [key, failedStarts])).toEqual([
      ['2026-03-10', 2],
      ['2026-03-12', 1],
    ]);
    const byToken = facts.report({ by: 'token' }, failed);
    expect(byToken.rows.map(({ key, charges, failedStarts }) => [key, charges, failedStarts])).toEqual([
      ['BAD', 0, 2],
      ['GOOD', 1, 1],
    ]);
    expect(byToken.total.failedStarts).toBe(3);
    expect(facts.report({ linkIds: [2] }, failed).total.failedStarts).toBe(1);
    expect(facts.report({ location: 'loc1', token: 'BAD', to: '2026-03-11' }, failed).total.failedStarts).toBe(1);
    const byTariff = facts.report({ by: 'tariff' }, failed);
    expect(byTariff.rows.map(row => row.failedStarts)).toEqual([null]);
    expect(byTariff.total.failedStarts).toBe(3);
    expect(byTariff.failedSaid).toContain('only sessions and CDRs name one');
    const ofTariff = facts.report({ tariff: 'T1' }, failed);
    expect([ofTariff.total.failedStarts, ofTariff.failedSaid]).toEqual([null, byTariff.failedSaid]);
    const unread = facts.report({});
    expect([unread.total.failedStarts, unread.failedSaid]).toEqual([null, expect.stringContaining('not told yet')]);
    expect(byToken.failedSaid).toBeNull();
  });

  it('tells whose a start was that failed: by the location it was asked for at, else by the only party of the link', async () => {
    const told = await openTold();
    const both = [
      { countryCode: 'NL', partyId: 'AAA' },
      { countryCode: 'NL', partyId: 'BBB' },
    ];
    const { id: hub } = told.history.links.insert(newLink('hub', { parties: both }));
    const at = (location: string, party: string) => cdrOf(charged(`${party}${location}`, { location, party }));
    await told.tell('cdrs', [at('ONE', 'AAA'), at('TWO', 'AAA'), at('TWO', 'BBB')], { linkId: hub });
    await told.tell('cdrs', [cdrOf(charged('1'))]);
    const start = { linkId: hub, at: START, party: undefined, token: 'T', location: undefined, evse: undefined };
    const failed = [
      { ...start, location: 'one' },
      { ...start, location: 'TWO' },
      { ...start, location: 'TWO', party: 'NL-BBB' },
      { ...start, linkId: 1 },
      { ...start, linkId: null },
    ];
    const facts = openFollowed(told);
    const { rows, total } = facts.report({ by: 'party' }, failed);
    expect(rows.map(({ key, charges, failedStarts }) => [key, charges, failedStarts])).toEqual([
      ['', 0, 2],
      ['NL-AAA', 2, 1],
      ['NL-BBB', 1, 1],
      ['NL-TNM', 1, 1],
    ]);
    expect(total.failedStarts).toBe(5);
    expect(facts.report({ party: 'nl-tnm' }, failed).total.failedStarts).toBe(1);
    const byLocation = facts.report({ by: 'location', linkIds: [hub] }, failed).rows;
    expect(byLocation.map(({ label, party, failedStarts }) => [label, party, failedStarts])).toEqual([
      ['ONE', 'NL-AAA', 1],
      ['TWO · hub', '', 1],
      ['TWO · NL-AAA', 'NL-AAA', 0],
      ['TWO · NL-BBB', 'NL-BBB', 1],
    ]);
  });

  it('tells locations, EVSEs and tariffs of the same id apart by whose they are, and tokens not', async () => {
    const told = await openTold();
    told.history.links.insert(newLink('third', { parties: [{ countryCode: 'NL', partyId: 'TNM' }] }));
    await told.tell('cdrs', [cdrOf(charged('1')), cdrOf(charged('2', { evse: 'E2', tariff: 't1', location: 'loc1' }))]);
    await told.tell('cdrs', [cdrOf(charged('3', { party: 'OTH' }))], { linkId: 2 });
    const facts = openFollowed(told);
    const labels = (by: ReportAsked['by']) => facts.report({ by }).rows.map(({ label, charges }) => [label, charges]);
    expect(labels('location')).toEqual([
      ['LOC1 · NL-OTH', 1],
      ['LOC1 · NL-TNM', 2],
    ]);
    expect(labels('evse')).toEqual([
      ['E1 · NL-OTH', 1],
      ['E1 · NL-TNM', 1],
      ['E2', 1],
    ]);
    expect(labels('tariff')).toEqual([
      ['T1 · NL-OTH', 1],
      ['T1 · NL-TNM', 2],
    ]);
    expect(labels('token')).toEqual([['TOKEN1', 3]]);
    // The same party over two links, a test environment beside the real one.
    await told.tell('cdrs', [cdrOf(charged('4'))], { linkId: 3 });
    facts.follow();
    expect(facts.report({ by: 'tariff' }).rows).toMatchObject([
      { key: 'T1', label: 'T1 · NL-OTH', link: 'second', party: 'NL-OTH' },
      { key: 'T1', label: 'T1 · NL-TNM · first', link: 'first', party: 'NL-TNM' },
      { key: 'T1', label: 'T1 · NL-TNM · third', link: 'third', party: 'NL-TNM' },
    ]);
    expect(facts.report({ by: 'day' }).rows).toMatchObject([{ link: null, party: null, charges: 4 }]);
  });
});

/** Sums as they would be read off the rows. */
function summed(rows: readonly ReportFigures[]) {
  const costs = new Map<string, number>();
  for (const row of rows) {
    for (const { currency, before } of row.costs) costs.set(currency, (costs.get(currency) ?? 0) + before);
  }
  const sum = (of: (row: ReportFigures) => number) => rounded(rows.reduce((total, row) => total + of(row), 0));
  return {
    charges: sum(row => row.charges),
    credits: sum(row => row.credits),
    kwh: sum(row => row.kwh),
    hours: sum(row => row.hours),
    idle: sum(row => row.idleHours),
    costs: [...costs].map(([currency, before]) => [currency, rounded(before)]).sort(),
  };
}
