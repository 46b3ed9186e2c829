import { describe, expect, it } from 'vitest';
import { systemClock } from '../../../core/clock.ts';
import { type Report, ReportInput } from '../../../core/contract/reports.ts';
import { factsFileOf } from '../../../core/history/facts/facts-file.ts';
import { createFactsDesk } from '../../../core/workbench/reports/facts-desk.ts';
import { createReportsDesk } from '../../../core/workbench/reports/reports-desk.ts';
import { cdrOf, charged, creditOf, HOUR, START, sessionOf } from '../../history/facts/charges.ts';
import { openTold } from '../../history/facts/facts-support.ts';
import { newFile, newLink, openAt } from '../../history/folder.ts';
import { filesHolding } from '../../history/forgetting/held.ts';
import { recordAll } from '../../history/keeping/recorded.ts';
import { LOG_DETAILS } from '../../history/log-details.ts';
import { messagesOf } from '../../insight/transactions/charge-messages.ts';
import { BEGIN } from '../../support/observed.ts';
import { must, openPlatform, type TestPlatform } from '../../support/platform.ts';
import { recordOf } from '../transactions/recorded-charge.ts';

type Asked = Parameters<TestPlatform['client']['reports']['get']>[0];

/** Once everything stored is counted. */
async function reported({ client }: TestPlatform, asked: Asked = {}): Promise<Report> {
  for (;;) {
    const report = await client.reports.get(asked);
    if (report.behind === 0) return report;
  }
}

async function withCharges(): Promise<TestPlatform> {
  const told = await openTold();
  await told.tell('sessions', [sessionOf(charged('1')), sessionOf(charged('2', { kwh: 5 }))]);
  await told.tell('cdrs', [
    cdrOf(charged('1', { location: '=1+1' })),
    cdrOf(charged('2', { kwh: 6, currency: 'SEK', start: START + 24 * HOUR })),
    creditOf(charged('1')),
  ]);
  await told.history.close();
  return openPlatform({ file: told.file, serve: false });
}

describe('reports of a workbench', () => {
  it('count an imported log by itself only, unless there is nothing else; nothing of one on its way in or out', async () => {
    const { history, tell } = await openTold();
    for (const linkId of [1, 2]) {
      await tell('sessions', [sessionOf(charged('1')), sessionOf(charged('2', { kwh: 5 }))], { linkId });
      await tell('cdrs', [cdrOf(charged('2', { kwh: 6 }))], { linkId });
    }
    const facts = createFactsDesk({ history, clock: systemClock, onTrouble: () => {}, onlyWhenAsked: true });
    const desk = createReportsDesk({ history, facts, clock: systemClock });
    const counted = async () => {
      for (;;) {
        const report = must(await desk.get(ReportInput.parse({ source: 'sessions' })));
        if (report.behind > 0) continue;
        const differences = must(await desk.differences({ what: 'kwh', offset: 0, limit: 10 }));
        const charges = must(await desk.charges({ source: 'sessions', offset: 0, limit: 10 }));
        return [report.total.charges, differences.count, charges.count];
      }
    };
    try {
      expect(await counted()).toEqual([4, 2, 4]);
      const { logId } = history.logs.insert({ name: 'second.ocpilog', ...LOG_DETAILS });
      history.logs.addLink(logId, { linkId: 2, was: 'second' });
      expect(await counted()).toEqual([2, 1, 2]);
      expect(await desk.get(ReportInput.parse({ link: 'second' }))).toMatchObject({ failure: { code: 'NOT_FOUND' } });
      history.logs.update(logId, { state: 'stored' });
      expect(await counted()).toEqual([2, 1, 2]);
      const whole = must(await desk.get(ReportInput.parse({ source: 'sessions' })));
      expect([whole.leftOut, whole.total.charges]).toEqual([['second'], 2]);
      const named = must(await desk.get(ReportInput.parse({ source: 'sessions', link: 'Second' })));
      expect([named.leftOut, named.total.charges]).toEqual([[], 2]);
      const other = history.logs.insert({ name: 'first.ocpilog', ...LOG_DETAILS });
      history.logs.addLink(other.logId, { linkId: 1, was: 'first' });
      history.logs.update(other.logId, { state: 'stored' });
      expect(await counted()).toEqual([4, 2, 4]);
    } finally {
      await facts.close();
    }
  });

  it('are counted by link, narrowed, and lead to their charges', async () => {
    const platform = await withCharges();
    const { client } = platform;
    const report = await reported(platform, { by: 'link' });
    expect(report.rows).toMatchObject([{ key: 'first', label: 'first', charges: 1, credits: 1, failedStarts: 0 }]);
    expect((await reported(platform, { link: 'First', from: '2026-03-11' })).total.charges).toBe(1);
    expect((await reported(platform, { link: '-' })).total.charges).toBe(0);
    expect((await reported(platform, { link: 'second' })).rows).toEqual([]);
    const charges = await client.reports.charges({ from: '2026-03-11', to: '2026-03-11' });
    expect(charges).toMatchObject({ count: 1, rows: [{ id: 'C-2', link: 'first', session: 'S-2', credits: null }] });
    const { count, rows, behind } = await client.reports.differences({ link: 'first', what: 'kwh' });
    expect([count, behind, rows[0]?.sentence]).toEqual([
      1,
      0,
      'Session S-2 and CDR C-2 differ in energy: 5 kWh and 6 kWh.',
    ]);
  });

  it('come as CSV that no spreadsheet takes for formulas, with all rows and one pair of columns a currency', async () => {
    const platform = await withCharges();
    await reported(platform);
    const { csv } = await platform.client.reports.csv({ by: 'location', limit: 1 });
    expect(csv.split('\r\n')).toEqual([
      'location,label,link,party,charges,kwh,hours,idle_hours,average_kw,cost_EUR,cost_with_taxes_EUR,cost_SEK,cost_with_taxes_SEK,credits,failed_starts',
      "'=1+1,'=1+1,first,NL-TNM,0,0,0,0,,10,12,,,0,0",
      'LOC1,LOC1,first,NL-TNM,1,6,2,0.5,4,-10,-12,10,12,1,0',
      '',
    ]);
  });

  it('refuse what cannot be asked for, and say what to do', async () => {
    const { client } = await openPlatform({ serve: false });
    await expect(client.reports.get({ zone: 'Mars/Olympus' })).rejects.toMatchObject({
      code: 'INVALID_INPUT',
      message: 'there is no time zone "Mars/Olympus"',
      data: { advice: expect.stringContaining('Europe/Oslo') },
    });
    await expect(client.reports.csv({ from: '2026-03-02', to: '2026-03-01' })).rejects.toMatchObject({
      code: 'INVALID_INPUT',
      message: 'the days end on 2026-03-01, before they begin on 2026-03-02',
    });
    await expect(client.reports.charges({ link: 'nobody' })).rejects.toMatchObject({
      code: 'NOT_FOUND',
      message: 'there is no link "nobody"',
    });
    await expect(client.reports.differences({ from: '2026-02-30' })).rejects.toMatchObject({ code: 'BAD_REQUEST' });
    expect((await client.reports.get({})).rows).toEqual([]);
  });

  it('follow our own data as it changes, also while nobody asks', async () => {
    const platform = await openPlatform({
      serve: false,
      parties: [{ countryCode: 'NL', partyId: 'WBX', role: 'CPO', name: 'us' }],
    });
    expect((await reported(platform)).total.charges).toBe(0);
    const { client } = platform;
    await client.own.import({
      ...{ module: 'cdrs', party: 'NL-WBX', version: '2.2.1' },
      text: JSON.stringify([{ ...cdrOf(charged('1')), party_id: 'WBX' }]),
    });
    await systemClock.sleep(1500);
    expect(await client.reports.get({ link: '-' })).toMatchObject({ behind: 0, total: { charges: 1 } });
  });

  it('count starts that failed, out of the transactions', async () => {
    const file = newFile();
    const say = messagesOf({ version: '2.2.1', we: 'emsp' });
    const clock = { ...systemClock, now: () => BEGIN };
    const history = await openAt(file, { clock });
    history.links.insert(newLink('acme'));
    const refused = [
      say.start(0, { evse: 'E2', result: 'REJECTED' }),
      say.start(90, { evse: 'E3', result: 'REJECTED' }),
    ];
    await recordAll(
      history,
      refused.map(literal => recordOf(literal)),
    );
    await history.close();
    const platform = await openPlatform({
      file,
      serve: false,
      clock: { ...systemClock, now: () => BEGIN + 24 * HOUR },
    });
    while ((await platform.client.transactions.page({})).behind > 0) await systemClock.sleep(20);
    const { rows, total } = await reported(platform, { by: 'evse' });
    expect(rows.map(({ key, charges, failedStarts }) => [key, charges, failedStarts])).toEqual([
      ['E2', 0, 1],
      ['E3', 0, 1],
    ]);
    expect(total.failedStarts).toBe(2);
    expect((await reported(platform, { link: 'acme', evse: 'e3' })).total.failedStarts).toBe(1);
    expect((await reported(platform, { by: 'tariff' })).rows).toEqual([]);
  });

  it('know nothing more of a token that was forgotten', async () => {
    const told = await openTold();
    await told.tell('cdrs', [cdrOf(charged('1', { token: 'CARD-OF-8811' })), cdrOf(charged('2'))]);
    await told.history.close();
    const platform = await openPlatform({ file: told.file, serve: false });
    const { client } = platform;
    expect((await reported(platform, { token: 'card-of-8811' })).total.charges).toBe(1);
    const stats = await client.storage.stats();
    expect(stats.files.map(({ path }) => path)).toContain(factsFileOf(told.file));
    for await (const step of await client.storage.forget({ tokenUid: 'CARD-OF-8811', confirmed: true })) {
      if (step.kind === 'forgotten') expect(step).toMatchObject({ kind: 'forgotten' });
    }
    expect((await reported(platform)).total.charges).toBe(2);
    expect((await reported(platform, { token: 'CARD-OF-8811' })).total.charges).toBe(0);
    await platform.close();
    expect(filesHolding(told.file, 'CARD-OF-8811')).toEqual([]);
  });
});
