import { describe, expect, it } from 'vitest';
import type { ExchangeView } from '../../../core/contract/exchange.ts';
import type { TransactionView } from '../../../core/contract/transaction.ts';
import { exchangeLine, linkLine, sessionText } from '../../session-log/support/lines.ts';
import { openPlatform, type TestPlatform } from '../../support/platform.ts';
import { soon } from '../sending/commanding.ts';
import { importLog, logFile } from './log-files.ts';
import { exportLog, newFile, sharedPair } from './recorded-pair.ts';

const pair = sharedPair();
const EVERYTHING = { groups: [], keepPersonal: 'the support desk has to see it as it was' } as const;

/** Oldest first, whole; without what belongs to the database it stands in. */
async function views({ client }: TestPlatform): Promise<object[]> {
  const all = (await client.exchanges.list({ limit: 1000 })).toReversed();
  return Promise.all(all.map(async ({ id }) => bare(await client.exchanges.get({ id }))));
}

function bare({ id: _id, link: _link, runId, fault, ...view }: ExchangeView): object {
  const firings = fault?.firings.map(firing => ({ ...firing, ruleId: null }));
  return { ...view, ofRun: runId !== null, fault: fault === null ? null : { ...fault, firings } };
}

/** Resolves when the detectors, which come a moment after what is recorded, have looked at everything. */
async function lookedAt({ client }: TestPlatform): Promise<void> {
  for (const { id } of await client.exchanges.list({ limit: 1000 })) {
    while ((await client.errors.explain({ id })).detector === null) await soon();
  }
}

async function transaction(platform: TestPlatform): Promise<object> {
  const { client } = platform;
  await lookedAt(platform);
  const { rows } = await client.transactions.page({});
  const view: TransactionView = await client.transactions.get({ id: rows[0]?.id ?? 0 });
  const { id: _id, link: _link, points, ...rest } = view;
  return JSON.parse(
    JSON.stringify({ ...rest, points: points.map(({ exchangeId: _, ...point }) => point) }, (key, value) =>
      /^(exchangeId|exchangeIds|id)$/.test(key) ? undefined : value,
    ),
  );
}

describe('a log that is handed over', () => {
  it('tells whoever imports it the same: every exchange byte for byte, its findings, what explains it, its run', async () => {
    const { emsp, noted } = await pair();
    const path = newFile();
    await exportLog(emsp.client, { path, redaction: { ...EVERYTHING, groups: [] }, title: 'null instead of tokens' });
    const desk = await openPlatform({ serve: false });
    const { imported } = await importLog(desk.client, { path });
    expect(imported.log.about).toMatchObject({
      title: 'null instead of tokens',
      keptPersonal: EVERYTHING.keepPersonal,
    });
    expect(imported.log.links).toEqual([{ name: expect.stringMatching(/^cpo - /), was: 'cpo' }]);
    const [there, here] = [await views(emsp), await views(desk)];
    expect(here).toHaveLength(there.length);
    expect(here.length).toBeGreaterThan(8);
    expect(here).toEqual(there);

    const marked = await desk.client.exchanges.list({ noted: true });
    expect(marked).toMatchObject([{ pinned: true, note: (await emsp.client.exchanges.get({ id: noted })).note }]);
    const runsThere = await emsp.client.runs.list({});
    const runsHere = await desk.client.runs.list({});
    expect(runsHere.map(({ kind, state, steps }) => [kind, state, steps.map(({ reason }) => reason)])).toEqual(
      runsThere.map(({ kind, state, steps }) => [kind, state, steps.map(({ reason }) => reason)]),
    );
    expect(runsHere.flatMap(({ steps }) => steps.flatMap(({ exchangeIds }) => exchangeIds)).length).toBe(
      runsThere.flatMap(({ steps }) => steps.flatMap(({ exchangeIds }) => exchangeIds)).length,
    );

    const faulty = async (platform: TestPlatform) => {
      const { client } = platform;
      await lookedAt(platform);
      const [one] = await client.exchanges.list({ fault: 'any', limit: 1 });
      const explained = await client.errors.explain({ id: one?.id ?? 0 });
      return JSON.parse(JSON.stringify(explained).replaceAll(imported.log.links[0]?.name ?? '', 'cpo'));
    };
    const explained = await faulty(emsp);
    expect(explained).toMatchObject({ well: false, onPurpose: [expect.stringContaining('no data')] });
    expect(await faulty(desk)).toEqual(explained);
    const objects = async ({ client }: TestPlatform, name: string) =>
      (await client.objects.list({ name, module: 'locations' })).objects.map(({ link: _, ...object }) => object);
    expect(await objects(desk, imported.log.links[0]?.name ?? '')).toEqual(await objects(emsp, 'cpo'));
  });

  it('makes the same charge of the same exchanges', async () => {
    const session = (id: number, status: string, kwh: number) =>
      exchangeLine(id, {
        request: {
          method: 'PUT',
          url: 'https://acme.example/ocpi/2.2.1/sessions/NL/WBX/S1',
          headers: [['X-Request-ID', `r${id}`]],
          body: { text: sessionText(1, { id: 'S1', status, kwh, last_updated: `2026-03-02T10:00:0${id}Z` }) },
        },
      });
    const first = await openPlatform({ serve: false });
    const path = await logFile([
      linkLine(1),
      session(1, 'ACTIVE', 1),
      session(2, 'ACTIVE', 3),
      session(3, 'COMPLETED', 5),
    ]);
    await importLog(first.client, { path });
    const again = newFile();
    await exportLog(first.client, { path: again, redaction: { ...EVERYTHING, groups: [] } });
    const second = await openPlatform({ serve: false });
    await importLog(second.client, { path: again });
    const there = await transaction(first);
    expect(there).toMatchObject({ kwh: 5 });
    expect(await transaction(second)).toEqual(there);
  });
});
