import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { LogScope } from '../../../core/contract/session-log.ts';
import type { TransactionSummary } from '../../../core/contract/transaction.ts';
import { messagesOf } from '../../insight/transactions/charge-messages.ts';
import { newDatabase, openPlatform } from '../../support/platform.ts';
import { databaseOf } from '../explaining/stored.ts';
import { recordOf } from '../transactions/recorded-charge.ts';
import { exportLog, newFile, ofType, recordsOf } from './recorded-pair.ts';

const say = messagesOf({ version: '2.2.1', we: 'emsp' });
const CHARGE = [
  say.start(0),
  say.result(0.2),
  say.put({ minute: 1 }),
  say.put({ minute: 31, begin: 1, status: 'COMPLETED', kwh: 10, end: 31 }),
  say.bill(32, say.cdrObject()),
];

function recorded() {
  const file = newDatabase();
  databaseOf(
    file,
    CHARGE.map(literal => recordOf(literal)),
  );
  return openPlatform({ file, serve: false });
}

describe('charges in exports', () => {
  it('are a table of their own, redacted as everything else', { timeout: 30_000 }, async () => {
    const { client } = await recorded();
    const rows = async (scope: LogScope, keepPersonal?: string): Promise<TransactionSummary[]> => {
      const path = newFile('jsonl');
      const redaction = keepPersonal === undefined ? {} : { redaction: { groups: [], keepPersonal } };
      await exportLog(client, { path, scope, format: 'jsonl', table: 'transactions', ...redaction });
      return readFileSync(path, 'utf8')
        .split('\n')
        .filter(line => line !== '')
        .map(line => JSON.parse(line));
    };
    const listed = await rows({}, 'to compare');
    expect(listed).toEqual((await client.transactions.page({})).rows);
    expect(listed).toHaveLength(1);
    const [clear] = listed;
    const [hidden] = await rows({});
    expect(hidden).toEqual({ ...clear, token: expect.any(String) });
    expect(hidden?.token).not.toBe(clear?.token);
    expect(hidden?.token).toHaveLength(clear?.token?.length ?? 0);
    expect(await rows({ ids: [CHARGE.length] }, 'to compare')).toEqual(listed);
    expect(await rows({ status: '5xx' }, 'to compare')).toEqual([]);
  });

  it('are whole where one is asked for', { timeout: 30_000 }, async () => {
    const { client } = await recorded();
    for (;;) if ((await client.transactions.page({})).behind === 0) break;
    const [row] = (await client.transactions.page({})).rows;
    const path = newFile();
    await exportLog(client, { path, scope: { transaction: row?.id } });
    const lines = ofType(await recordsOf(path), 'exchange');
    expect(lines.map(({ operation }) => operation)).toEqual(
      (await client.transactions.get({ id: row?.id ?? 0 })).points.map(({ operation }) => operation),
    );
  });
});
