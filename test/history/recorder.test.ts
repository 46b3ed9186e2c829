import { randomBytes } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ExchangeRecord } from '../../core/http/exchange.ts';
import type { Ended } from '../../core/http/wire.ts';
import { finding } from '../../core/ocpi/findings.ts';
import { versionsExchange } from '../support/exchanges.ts';
import { newFile, newLink, openAt, openWithConnection } from './folder.ts';

const COMPLETE = versionsExchange(1).response;

/** Any record a client or server may hand over. */
const anyRecord: fc.Arbitrary<ExchangeRecord> = fc.record(
  {
    direction: fc.constantFrom('in' as const, 'out' as const),
    operation: fc.constantFrom('versions.list', 'credentials.post', 'unknown'),
    startedAt: fc.integer({ min: 0, max: 4e12 }),
    request: fc.record({ method: latin1(), url: latin1(), headers: headers(), body: bytes() }),
    response: fc.record({
      status: fc.integer({ min: 100, max: 999 }),
      statusText: latin1(),
      headers: headers(),
      body: bytes(),
    }),
    ended: fc.oneof(
      fc.constantFrom<Ended>(
        { how: 'complete' },
        { how: 'answered' },
        { how: 'open' },
        { how: 'cancelled' },
        { how: 'cut', received: 5, announced: 9 },
        { how: 'cut', received: 5 },
        { how: 'timeout', phase: 'first-byte', afterMs: 12.5 },
        { how: 'tls', code: 'CERT_HAS_EXPIRED', explained: 'expired', advice: 'renew' },
      ),
      bytes().map((raw): Ended => ({ how: 'malformed', detail: 'no HTTP', raw })),
    ),
    timings: fc.record({
      queue: phase(),
      dns: phase(),
      connect: phase(),
      tls: phase(),
      firstByte: phase(),
      total: fc.double({ min: 0, max: 1e6, noNaN: true, noDefaultInfinity: true }).filter(ms => !Object.is(ms, -0)),
    }),
    connection: fc.record({ remoteAddress: fc.ipV4(), remotePort: fc.nat(65_535), reused: fc.boolean() }),
    version: fc.constantFrom('2.1.1' as const, '2.2.1' as const, '2.3.0' as const),
    linkId: fc.integer({ min: 1, max: 9 }),
    runId: fc.integer({ min: 1, max: 9 }),
    ocpiStatus: fc.integer({ min: 0, max: 99_999 }),
    requestId: latin1(),
    correlationId: latin1(),
    fromParty: fc.constant('NL-TNM'),
    toParty: fc.constant('DE-ABC'),
    findings: fc.array(fc.string().map(met => finding('authorization.form', { met, expected: 'raw' }))),
  },
  { requiredKeys: ['direction', 'operation', 'startedAt', 'request', 'ended', 'findings'] },
);

function latin1() {
  return fc.string({ unit: fc.integer({ min: 0, max: 255 }).map(code => String.fromCharCode(code)) });
}
function bytes() {
  return fc.uint8Array({ maxLength: 3000 });
}
function phase() {
  return fc.option(fc.integer({ min: 0, max: 1000 }).map(ms => ms / 8));
}
function headers() {
  return fc.array(fc.tuple(fc.oneof(latin1(), fc.constantFrom('', '\0', 'Set-Cookie')), fc.string()), { maxLength: 6 });
}

/** Bytes compare by content, whatever kind of array holds them. */
function plain(record: ExchangeRecord | undefined): unknown {
  return JSON.parse(
    JSON.stringify(record, (_, value: unknown) =>
      value instanceof Uint8Array || (value as { type?: unknown } | null)?.type === 'Buffer'
        ? Buffer.from(value as Uint8Array).toString('hex')
        : value,
    ),
  );
}

describe('recording', () => {
  it('gives back every record as it was handed over: header order, bytes, timings, findings', async () => {
    const { recorder, exchanges } = await openAt(newFile());
    await fc.assert(
      fc.asyncProperty(fc.array(anyRecord, { minLength: 1, maxLength: 5 }), async records => {
        const stored = await Promise.all(records.map(record => recorder.record(record)));
        stored.forEach(({ id, stored }, at) => {
          expect(stored).toBe(true);
          expect(plain(exchanges.record(id))).toEqual(plain(records[at]));
        });
      }),
      { numRuns: 150 },
    );
  });

  it('an update in parts leaves what one whole record would have left', async () => {
    const { recorder, exchanges, links } = await openAt(newFile());
    links.insert(newLink('Acme'));
    await fc.assert(
      fc.asyncProperty(anyRecord, fc.boolean(), async (record, oneTurn) => {
        const { direction, operation, startedAt, request, ...later } = record;
        const { response, ...rest } = later;
        const begun = { direction, operation, startedAt, request, ended: { how: 'open' as const }, findings: [] };
        const { id, stored } = recorder.open(begun);
        if (!oneTurn) await stored;
        const updates = [recorder.update(id, response ? { response } : {}), recorder.update(id, rest)];
        expect(await Promise.all([stored, ...updates])).toEqual(Array(3).fill({ stored: true, id }));
        expect(plain(exchanges.record(id))).toEqual(plain(record));
        const whole = await recorder.record(record);
        const inErrors = (wanted: number) => exchanges.list({ errors: true }).some(({ id }) => id === wanted);
        expect(inErrors(id)).toBe(inErrors(whole.id));
      }),
      { numRuns: 100 },
    );
  });

  it('ids grow in the order of opening, also over a restart', async () => {
    const file = newFile();
    const first = await openAt(file);
    const opened = first.recorder.open(versionsExchange(1, { ended: { how: 'open' } }));
    const whole = first.recorder.record(versionsExchange(2));
    expect([opened.id, (await whole).id, (await opened.stored).id]).toEqual([1, 2, 1]);
    await first.close();
    const second = await openAt(file);
    expect((await second.recorder.record(versionsExchange(3))).id).toBe(3);
  });

  it('exchanges of one turn of the event loop share a transaction, and are readable once they are settled', async () => {
    const { database, history } = await openWithConnection(newFile());
    const commits: number[] = [];
    const group = Array.from({ length: 50 }, (_, number) => history.recorder.record(versionsExchange(number)));
    expect(history.exchanges.count()).toBe(0);
    await Promise.race(group).then(() => commits.push(history.exchanges.count()));
    expect(commits).toEqual([50]);
    expect(database.inTransaction).toBe(false);
  });

  it('a body that comes a thousand times is stored once', async () => {
    const { database, history } = await openWithConnection(newFile());
    const body = randomBytes(500);
    await Promise.all(
      Array.from({ length: 1000 }, (_, number) =>
        history.recorder.record(
          versionsExchange(number, { ...(COMPLETE && { response: { ...COMPLETE, body: Buffer.from(body) } }) }),
        ),
      ),
    );
    expect(database.prepare('SELECT count(*) FROM body').pluck().get()).toBe(1);
    expect(history.exchanges.record(777)?.response?.body).toEqual(body);
  });

  it('of a body above the limit the beginning is kept, with its whole length and a mark', async () => {
    const file = newFile();
    const before = await openAt(file);
    before.settings.set('history.largest-body', 1000);
    await before.close();
    const { recorder, exchanges } = await openAt(file);
    const body = Buffer.from(`"${'x'.repeat(5000)}"`);
    const { id } = await recorder.record(versionsExchange(1, { ...(COMPLETE && { response: { ...COMPLETE, body } }) }));
    expect(exchanges.get(id)?.response?.body).toMatchObject({
      text: body.subarray(0, 1000).toString(),
      length: 5002,
      shortened: true,
    });
    expect(exchanges.record(id)?.response?.body).toHaveLength(1000);
  });

  it('exchanges and runs left open by a stopped workbench are interrupted at the next start', async () => {
    const file = newFile();
    const first = await openAt(file);
    const { id, stored } = first.recorder.open(versionsExchange(1, { ended: { how: 'open' } }));
    await stored;
    const run = first.runs.insert({ kind: 'registration', initiator: 'us', startedAt: 1 });
    expect(first.exchanges.list({ errors: true })).toEqual([]);
    await first.close();
    const second = await openAt(file);
    expect(second.exchanges.get(id)?.ended).toBe('interrupted');
    expect(second.exchanges.list({ errors: true }).map(({ id }) => id)).toEqual([id]);
    expect(second.runs.get(run.id)).toMatchObject({ state: 'interrupted' });
  });

  it('an update of an exchange that is not there says so and does not harm the others of its turn', async () => {
    const { recorder, exchanges } = await openAt(newFile());
    const good = recorder.record(versionsExchange(1));
    const lost = recorder.update(4711, { ended: { how: 'complete' } });
    const empty = recorder.update(4711, {});
    const other = recorder.record(versionsExchange(2));
    expect(await lost).toEqual({ stored: false, id: 4711, reason: 'there is no exchange 4711' });
    expect(await empty).toMatchObject({ stored: false });
    expect(await Promise.all([good, other])).toMatchObject([{ stored: true }, { stored: true }]);
    expect(exchanges.count()).toBe(2);
  });

  it('closing writes what waits, and takes nothing afterwards', async () => {
    const file = newFile();
    const history = await openAt(file);
    const waiting = history.recorder.record(versionsExchange(1));
    const closed = history.close();
    expect(await waiting).toEqual({ stored: true, id: 1 });
    expect(await history.recorder.record(versionsExchange(2))).toMatchObject({ stored: false });
    await closed;
    expect((await openAt(file)).exchanges.count()).toBe(1);
  });
});
