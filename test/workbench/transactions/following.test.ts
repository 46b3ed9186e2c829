import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { systemClock } from '../../../core/clock.ts';
import type { TransactionPage } from '../../../core/contract/transaction.ts';
import { chargeFileOf } from '../../../core/history/transactions/charge-file.ts';
import { finding } from '../../../core/ocpi/findings.ts';
import { messagesOf } from '../../insight/transactions/charge-messages.ts';
import { openShell } from '../../support/command-line.ts';
import { failureOf, newDatabase, openPlatform, type TestPlatform } from '../../support/platform.ts';
import { databaseOf } from '../explaining/stored.ts';
import { recordOf } from './recorded-charge.ts';

const say = messagesOf({ version: '2.2.1', we: 'emsp' });
const charge = () => [
  say.start(0),
  say.result(0.2),
  say.put({ minute: 1 }),
  say.put({ minute: 31, begin: 1, status: 'COMPLETED', kwh: 10, end: 31 }),
  say.bill(32, say.cdrObject()),
];
const stored = (literals = charge()) => {
  const file = newDatabase();
  databaseOf(
    file,
    literals.map(literal => recordOf(literal)),
  );
  return file;
};

async function all({ client }: TestPlatform): Promise<TransactionPage> {
  for (;;) {
    const page = await client.transactions.page({});
    if (page.behind === 0) return page;
  }
}

/** Until something holds; it fails with what there was instead. */
async function until<T>(read: () => Promise<T>, holds: (value: T) => boolean): Promise<T> {
  const last = systemClock.elapsed() + 10_000;
  for (;;) {
    const value = await read();
    if (holds(value) || systemClock.elapsed() > last) return value;
    await systemClock.sleep(50);
  }
}

describe('transactions of a workbench', () => {
  it('are put together in the background, and faces hear of it', { timeout: 30_000 }, async () => {
    const platform = await openPlatform({ file: stored(), serve: false });
    const told = await (async () => {
      for await (const { transactions } of await platform.client.events.watch()) if (transactions) return true;
      return false;
    })();
    expect(told).toBe(true);
    expect(await all(platform)).toMatchObject({ count: 1, rows: [{ id: 1, state: 'billed', exchanges: 5 }] });
  });

  it('are the same after the file beside the database is gone, or damaged anywhere', { timeout: 30_000 }, async () => {
    const file = stored();
    const read = async () => {
      const platform = await openPlatform({ file, serve: false });
      const page = await all(platform);
      await platform.close();
      return page;
    };
    const before = await read();
    expect(before.rows).toHaveLength(1);
    const beside = chargeFileOf(file);
    rmSync(beside);
    expect(await read()).toEqual(before);
    writeFileSync(beside, Buffer.alloc(20_000, 0x41));
    expect(await read()).toEqual(before);
    // Its head is as it was: it is noticed by whoever reads the rest.
    const bytes = readFileSync(beside);
    writeFileSync(beside, Buffer.concat([bytes.subarray(0, 8192), Buffer.alloc(bytes.length - 8192, 0xff)]));
    expect(await read()).toEqual(before);
  });

  it('are the same after the workbench was killed while it put them together', { timeout: 60_000 }, async () => {
    const shell = openShell();
    try {
      const many = Array.from({ length: 150 }, (_, place) =>
        charge().map(literal => ({
          ...literal,
          request: literal.request
            .replace(/\bS1\b/g, `S${place}`)
            .replace(/\bD1\b/g, `D${place}`)
            .replace(/\bE1\b/g, `E${place}`),
        })),
      ).flat();
      databaseOf(
        shell.db,
        many.map(literal => recordOf(literal)),
      );
      const serving = await shell.serve();
      void shell.wb('transactions', '--limit', '1');
      await until(
        async () => existsSync(chargeFileOf(shell.db)),
        there => there,
      );
      await systemClock.sleep(100);
      await serving.stop('SIGKILL');
      const read = async () => {
        const platform = await openPlatform({ file: shell.db, serve: false });
        const { count } = await all(platform);
        const { rows } = await platform.client.transactions.page({ limit: 500 });
        await platform.close();
        return { count, rows };
      };
      const after = await read();
      for (const end of ['', '-wal', '-shm']) rmSync(chargeFileOf(shell.db) + end, { force: true });
      expect(after).toEqual(await read());
      expect(after.count).toBeGreaterThanOrEqual(150);
    } finally {
      await shell.close();
    }
  });

  it('what a detector finds later becomes a problem of the transaction it belongs to', {
    timeout: 30_000,
  }, async () => {
    // Nobody has looked at it yet: the energy falls, which a flow detector finds in the background.
    const falling = [say.put({ minute: 1, kwh: 5 }), say.put({ minute: 2, begin: 1, kwh: 3 })];
    const platform = await openPlatform({ file: stored(falling), serve: false });
    const page = await until(
      () => platform.client.transactions.page({ problem: 'warning' }),
      ({ count }) => count === 1,
    );
    expect(page.rows).toMatchObject([{ id: 1, problem: 'warning' }]);
    const { problems } = await platform.client.transactions.get({ id: 1 });
    expect(problems).toMatchObject([{ code: 'session.kwh-falling', exchangeId: 2 }]);
  });

  it('what was open when it was met is looked at again once it is over, also by the next run', {
    timeout: 30_000,
  }, async () => {
    const { response: _, ...asks } = say.authorize(0);
    const file = newDatabase();
    const waiting = { ...asks, ended: { how: 'open' } as const };
    databaseOf(file, [recordOf(waiting), recordOf(say.put({ minute: 1 }))]);
    const platform = await openPlatform({ file, serve: false });
    // Opening a database ends what was left open in it.
    expect((await all(platform)).rows).toMatchObject([{ id: 1, state: 'charging', exchanges: 2 }]);
    expect((await platform.client.transactions.get({ id: 2 })).points).toMatchObject([
      { kind: 'authorization', ok: false, ended: 'interrupted' },
      { kind: 'session', ok: true },
    ]);
  });

  it('what nobody has is refused by name, and a database without charges has none', { timeout: 30_000 }, async () => {
    const file = newDatabase();
    databaseOf(file, [
      recordOf({
        ...say.exchange({ operation: 'versions.list', by: 'emsp', method: 'GET', path: '', data: '[]', minute: 0 }),
        findings: [finding('envelope.timestamp.missing', { met: '', expected: '' })],
      }),
    ]);
    const platform = await openPlatform({ file, serve: false });
    const { client } = platform;
    expect(await all(platform)).toEqual({ count: 0, rows: [], behind: 0 });
    expect(await failureOf(client.transactions.get({ id: 1 }))).toMatchObject({
      code: 'NOT_FOUND',
      message: 'there is no transaction 1, and no exchange 1 that belongs to one',
    });
    expect(await failureOf(client.transactions.of({ exchangeId: 2 }))).toMatchObject({ code: 'NOT_FOUND' });
    expect(await client.transactions.of({ exchangeId: 1 })).toEqual([]);
    expect(await failureOf(client.transactions.page({ link: 'nobody' }))).toMatchObject({
      code: 'NOT_FOUND',
      message: 'there is no link "nobody"',
    });
    const none = await platform.workbench.transactions.exchangeIds(7);
    expect(none).toMatchObject({ ok: false, failure: { code: 'NOT_FOUND' } });
  });
});
