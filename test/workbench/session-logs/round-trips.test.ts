import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { gzipSync } from 'node:zlib';
import { beforeAll, describe, expect, it } from 'vitest';
import { systemClock } from '../../../core/clock.ts';
import type { ExchangeView } from '../../../core/contract/exchange.ts';
import { LinkSettings } from '../../../core/contract/link.ts';
import type { LogExport, LogTable } from '../../../core/contract/session-log.ts';
import { LogTable as LogTables } from '../../../core/contract/session-log.ts';
import { openHistory } from '../../../core/history/history.ts';
import { newDatabase, openPlatform, type TestPlatform } from '../../support/platform.ts';
import { exportLog, newFile, sharedPair } from './recorded-pair.ts';

const pair = sharedPair();
beforeAll(pair, 60_000);
/** Both exports have to say the same of themselves, and pseudonyms are others in each file. */
const KEPT = { groups: [], keepPersonal: 'compared byte by byte' } as const;

async function exported(platform: TestPlatform, input: Partial<LogExport>): Promise<{ path: string; text: string }> {
  const { client } = platform;
  await settled(platform);
  const path = newFile(input.format ?? 'ocpilog');
  await exportLog(client, { path, redaction: { groups: [...KEPT.groups], keepPersonal: KEPT.keepPersonal }, ...input });
  return { path, text: readFileSync(path, 'utf8') };
}

async function imported(path: string, text: string): Promise<TestPlatform> {
  const platform = await openPlatform({ serve: false });
  const { upload } = await platform.client.exchanges.upload({ piece: text });
  await platform.client.exchanges.import({ name: basename(path), upload });
  return platform;
}

/** Until detectors have looked at everything: what they find stands in the file too. */
async function settled({ client }: TestPlatform): Promise<void> {
  while ((await client.errors.groups({})).behind > 0) await systemClock.sleep(50);
}

/** Everything of each exchange but for ids of this database. */
async function views(platform: TestPlatform): Promise<Omit<ExchangeView, 'id' | 'runId' | 'pinned'>[]> {
  const { client } = platform;
  await settled(platform);
  const listed = await client.exchanges.list({ limit: 1000 });
  const whole = await Promise.all(listed.toReversed().map(({ id }) => client.exchanges.get({ id })));
  return whole.map(({ id: _, runId: __, pinned: ___, ...view }) => ({
    ...view,
    fault: view.fault && { ...view.fault, firings: view.fault.firings.map(firing => ({ ...firing, ruleId: null })) },
  }));
}

describe('HAR', () => {
  it('is written the same after it was imported into an empty database, byte for byte', async () => {
    const { emsp } = await pair();
    const first = await exported(emsp, { format: 'har', title: 'there and back' });
    const other = await imported(first.path, first.text);
    const second = await exported(other, { format: 'har', title: 'there and back' });
    expect(second.text).toBe(first.text);
  });

  it('brings the same exchanges: links, findings, faults, notes, bodies as sent', async () => {
    const { emsp } = await pair();
    const first = await exported(emsp, { format: 'har' });
    expect(await views(await imported(first.path, first.text))).toEqual(await views(emsp));
  });

  it('takes bodies that were packed, cut, or are no text there and back too', async () => {
    const file = newDatabase();
    const opened = await openHistory({ file, clock: systemClock, keyStore: 'file' });
    if (!opened.ok) throw new Error(opened.message);
    const { history } = opened;
    const link = history.links.insert({
      name: 'acme',
      organisation: 'Acme',
      environment: 'test',
      state: 'new',
      readOnly: true,
      offeredVersions: [],
      endpoints: [],
      parties: [],
      settings: LinkSettings.parse({}),
    });
    const envelope = '{"data":[],"status_code":1000,"timestamp":"2026-11-22T10:00:00Z"}';
    const json = ['Content-Type', 'application/json'] as const;
    const answer = { status: 200, statusText: 'OK' };
    const bodies = [
      { ...answer, headers: [json, ['Content-Encoding', 'gzip'] as const], body: gzipSync(envelope) },
      { ...answer, headers: [json], body: Buffer.from([0xff, 0xfe, 0, 1]) },
      { ...answer, headers: [json], body: Buffer.from(envelope.slice(0, 20)), length: 5000 },
      { ...answer, headers: [json, ['Set-Cookie', 'a=b; Path=/; HttpOnly'] as const], body: new Uint8Array() },
    ];
    for (const [at, response] of bodies.entries()) {
      await history.recorder.record({
        direction: 'out',
        linkId: link.id,
        operation: 'locations.list',
        version: '2.2.1',
        startedAt: Date.UTC(2026, 10, 22, 10) + at,
        request: {
          method: 'GET',
          url: 'https://acme.example/ocpi/2.2.1/locations?limit=1&offset=0',
          headers: at === 3 ? [['Cookie', 'x=1; y=2']] : [],
          body: at === 1 ? Buffer.from([0, 0xff]) : new Uint8Array(),
        },
        response,
        ended: at === 2 ? { how: 'cut', received: 20, announced: 5000 } : { how: 'complete' },
        timings: { queue: 0.1, dns: 1.25, connect: 2.5, tls: 3.75, firstByte: 8.125, total: 20.0625 },
        findings: [],
      });
    }
    await history.recorder.record({
      direction: 'in',
      operation: 'unknown',
      startedAt: Date.UTC(2026, 10, 22, 11),
      request: { method: '', url: '', headers: [], body: new Uint8Array() },
      ended: { how: 'malformed', detail: 'no HTTP', raw: Buffer.from([0x16, 3, 1]) },
      findings: [],
    });
    await history.close();
    const platform = await openPlatform({ file, serve: false });
    const first = await exported(platform, { format: 'har' });
    const other = await imported(first.path, first.text);
    const [packed, binary, cut, cookies, malformed] = await views(other);
    const before = await views(platform);
    expect([packed, cut, malformed]).toEqual([before[0], before[2], before[4]]);
    // Whether bytes that are no text go along is the redaction's affair; how many there were does.
    expect([binary?.request.body.length, binary?.response?.body.length]).toEqual([2, 4]);
    expect(cookies?.response?.headers).toContainEqual(['Set-Cookie', '(left out)']);
    expect((await exported(other, { format: 'har' })).text).toBe(first.text);
  });
});

describe('JSON lines', () => {
  it('of exchanges are what an import reads back: requests, answers, findings', async () => {
    const { emsp } = await pair();
    const first = await exported(emsp, { format: 'jsonl' });
    const lines = first.text.trimEnd().split('\n');
    const other = await imported(first.path, first.text);
    const picked = (all: Awaited<ReturnType<typeof views>>) =>
      all.map(({ link: _, note: __, fault: ___, ...view }) => view);
    expect(lines).toHaveLength((await views(emsp)).length);
    expect(picked(await views(other))).toEqual(picked(await views(emsp)));
  });

  it.each(LogTables.options)('and CSV of %s have a line for each row of it', async (table: LogTable) => {
    const { emsp } = await pair();
    const { client } = emsp;
    const rows: Record<LogTable, () => Promise<number>> = {
      exchanges: async () => (await client.exchanges.list({ limit: 1000 })).length,
      findings: async () => (await client.exchanges.list({ limit: 1000 })).flatMap(({ findings }) => findings).length,
      runs: async () => (await client.runs.list({ name: 'cpo', limit: 100 })).length,
      objects: async () => (await client.objects.list({ name: 'cpo', module: 'locations' })).objects.length,
      transactions: async () => (await client.transactions.page({})).count,
      links: async () => (await client.links.list()).length,
    };
    const expected = await rows[table]();
    const lines = (await exported(emsp, { format: 'jsonl', table })).text.split('\n').slice(0, -1);
    expect(lines).toHaveLength(expected);
    for (const line of lines) expect(JSON.parse(line)).toBeTypeOf('object');
    const csv = (await exported(emsp, { format: 'csv', table })).text.split('\r\n').slice(0, -1);
    expect(csv).toHaveLength(expected + 1);
  });
});
