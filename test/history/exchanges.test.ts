import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ExchangeSummary, ExchangeView } from '../../core/contract/exchange.ts';
import type { ListFilter } from '../../core/history/exchanges.ts';
import type { ExchangeRecord } from '../../core/http/exchange.ts';
import { finding } from '../../core/ocpi/findings.ts';
import { versionsExchange } from '../support/exchanges.ts';
import { newFile, newLink, openAt, openWithConnection } from './folder.ts';

const NAMES = ['Acme', 'Volt', 'Nobody calls'];
const START = 1_790_000_000_000;

const filter: fc.Arbitrary<ListFilter> = fc.record(
  {
    link: fc.constantFrom('acme', 'VOLT', 'nobody calls', 'unknown'),
    errors: fc.boolean(),
    since: fc.integer({ min: START - 10, max: START + 420 }),
    before: fc.integer({ min: 0, max: 420 }),
    runId: fc.integer({ min: 1, max: 4 }),
    limit: fc.integer({ min: 1, max: 500 }),
  },
  { requiredKeys: [] },
);

/** Four hundred exchanges of every kind; some are recorded long after they began. */
function mixed(number: number): ExchangeRecord {
  const kinds: Partial<ExchangeRecord>[] = [
    { linkId: 1 },
    { linkId: 2 },
    { linkId: 1, ocpiStatus: 2001 },
    { linkId: 2, ended: { how: 'timeout', phase: 'connect', afterMs: 5 }, runId: 1 + (number % 3) },
    { runId: 1 + (number % 3) },
    { linkId: 1, ended: { how: 'open' }, runId: 2 },
    { linkId: 1, response: { status: 404, statusText: 'Not Found', headers: [], body: new Uint8Array() } },
  ];
  return versionsExchange(number, { ...kinds[number % kinds.length], startedAt: START + ((number * 7) % 400) });
}

function isError({ response, ended, ocpiStatus }: ExchangeRecord): boolean {
  if (!['complete', 'answered', 'open'].includes(ended.how)) return true;
  return (response?.status ?? 0) >= 400 || (ocpiStatus !== undefined && Math.floor(ocpiStatus / 1000) !== 1);
}

function wanted(records: readonly ExchangeRecord[], { link, errors, since, before, runId, limit }: ListFilter) {
  const linkId =
    link === undefined ? undefined : NAMES.findIndex(name => name.toLowerCase() === link.toLowerCase()) + 1;
  return records
    .map((record, at) => ({ record, id: at + 1 }))
    .filter(({ record, id }) => {
      if (linkId !== undefined && record.linkId !== linkId) return false;
      if (errors && !isError(record)) return false;
      if (since !== undefined && record.startedAt < since) return false;
      if (before !== undefined && id >= before) return false;
      return runId === undefined || record.runId === runId;
    })
    .reverse()
    .slice(0, limit ?? 100)
    .map(({ id }) => id);
}

describe('listing exchanges', () => {
  it('gives what every filter and every mixture of filters asks for, newest first', async () => {
    const { links, recorder, exchanges } = await openAt(newFile());
    for (const name of NAMES) links.insert(newLink(name));
    const records = Array.from({ length: 400 }, (_, number) => mixed(number));
    await Promise.all(records.map(record => recorder.record(record)));
    fc.assert(
      fc.property(filter, asked => {
        expect(exchanges.list(asked).map(({ id }) => id)).toEqual(wanted(records, asked));
      }),
      { numRuns: 400 },
    );
    expect(exchanges.count()).toBe(400);
    for (const asked of [{ link: 'acme' }, { errors: true }, { runId: 2 }, { link: 'volt', errors: true }]) {
      expect(exchanges.count(asked)).toBe(wanted(records, { ...asked, limit: 500 }).length);
    }
  });

  it('uses an index for every filter: no list reads the whole table', async () => {
    const { database, history } = await openWithConnection(newFile());
    for (const name of NAMES) history.links.insert(newLink(name));
    const plans = (where: string) =>
      database
        .prepare(`EXPLAIN QUERY PLAN SELECT url FROM exchange WHERE ${where} ORDER BY id DESC LIMIT 100`)
        .all()
        .map(row => (row as { detail: string }).detail)
        .join(' / ');
    expect(plans('link_id = 1')).toContain('exchange_link');
    expect(plans('failed = 1')).toContain('exchange_failed');
    expect(plans('link_id = 1 AND failed = 1')).toContain('exchange_failed_link');
    expect(plans('run_id = 1 AND +link_id = 1 AND +failed = 1')).toContain('exchange_run');
    for (const where of ['link_id = 1', 'failed = 1', 'link_id = 1 AND failed = 1 AND id < 9', 'run_id = 1']) {
      expect(plans(where)).not.toContain('TEMP B-TREE');
    }
  });

  it('prints the lines and views that scripts rely on', async () => {
    const { links, recorder, exchanges } = await openAt(newFile());
    const link = links.insert(newLink('Acme'));
    const note = finding('authorization.form', { met: 'raw', expected: 'Base64' });
    const { id } = await recorder.record(
      versionsExchange(1, {
        linkId: link.id,
        runId: 3,
        version: '2.2.1',
        findings: [note],
        ended: { how: 'cut', received: 5, announced: 9 },
        fromParty: 'NL-TNM',
      }),
    );
    const [line] = exchanges.list();
    expect(ExchangeSummary.parse(line)).toEqual(line);
    expect(line).toMatchObject({
      id,
      at: '2026-09-21T14:13:20.001Z',
      direction: 'in',
      link: 'Acme',
      httpStatus: 200,
      ocpiStatus: 1000,
      ended: 'cut',
      durationMs: 0.4,
      findings: [{ severity: 'warning', code: 'authorization.form' }],
    });
    const view = exchanges.get(id);
    expect(ExchangeView.parse(view)).toEqual(view);
    expect(view).toMatchObject({
      runId: 3,
      version: '2.2.1',
      endedDetails: { received: 5, announced: 9 },
      fromParty: 'NL-TNM',
      toParty: null,
    });
    expect(exchanges.get(99)).toBeUndefined();
  });

  it('shows a coded body as text and as the bytes that crossed the wire', async () => {
    const { recorder, exchanges } = await openAt(newFile());
    const body = gzipSync('{"status_code":1000}');
    const { id } = await recorder.record(
      versionsExchange(1, {
        response: { status: 200, statusText: 'OK', headers: [['Content-Encoding', 'gzip']], body },
      }),
    );
    expect(exchanges.get(id)?.response?.body).toEqual({
      text: '{"status_code":1000}',
      base64: body.toString('base64'),
      length: body.length,
      shortened: false,
    });
    expect(exchanges.get(id)?.request.body).toEqual({ text: null, base64: null, length: 0, shortened: false });
  });

  it('a page of the view is bounded by its setting, whatever is stored', async () => {
    const file = newFile();
    const before = await openAt(file);
    before.settings.set('history.viewed-body', 10);
    await before.close();
    const { recorder, exchanges } = await openAt(file);
    const body = Buffer.from('"0123456789"');
    const { id } = await recorder.record(
      versionsExchange(1, { response: { status: 200, statusText: 'OK', headers: [], body } }),
    );
    expect(exchanges.get(id)?.response?.body).toMatchObject({ text: '"012345678', length: 12, shortened: true });
    expect(exchanges.record(id)?.response?.body).toEqual(body);
  });
});
