import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { TransactionSummary, TransactionView } from '../../core/contract/transaction.ts';
import { messagesOf } from '../insight/transactions/charge-messages.ts';
import { openShell, type Shell } from '../support/command-line.ts';
import { databaseOf } from '../workbench/explaining/stored.ts';
import { recordOf } from '../workbench/transactions/recorded-charge.ts';

let shell: Shell;
beforeEach(() => {
  shell = openShell();
});
afterEach(() => shell.close());

describe('transactions at the command line', () => {
  it('are listed by conditions, and shown whole with what is wrong', { timeout: 60_000 }, async () => {
    const say = messagesOf({ version: '2.2.1', we: 'emsp' });
    const literals = [
      say.start(0),
      say.result(0.2),
      say.put({ minute: 1 }),
      say.put({ minute: 31, begin: 1, status: 'COMPLETED', kwh: 10, end: 31 }),
      say.bill(32, say.cdrObject({ kwh: 12 })),
      say.start(40, { evse: 'E2', result: 'REJECTED' }),
    ];
    databaseOf(
      shell.db,
      literals.map(literal => recordOf(literal)),
    );
    const serving = await shell.serve();
    const list = async (...options: string[]) =>
      ((await shell.json('transactions', ...options)).document as TransactionSummary[]).map(({ id, state }) => [
        id,
        state,
      ]);
    expect(await list()).toEqual([
      [6, 'refused'],
      [1, 'billed'],
    ]);
    expect(await list('--problem', '--since', '2026-01-01T00:00:00Z', '--limit', '5')).toEqual([[1, 'billed']]);
    expect(await list('--state', 'refused', '--search', 'e2')).toEqual([[6, 'refused']]);
    const told = await shell.wb('transactions');
    expect(told.stdout).toMatch(/^id +begun +link/);
    expect(told.stdout).toMatch(/#1 .*theirs +billed +S1 +CARD1 +E1 +12 +3 EUR +5 +warning/);

    const whole = (await shell.json('transaction', '5')).document as TransactionView;
    expect(whole).toMatchObject({ id: 1, problems: [{ code: 'transaction.energy-differs', exchangeId: 5 }] });
    const words = (await shell.wb('transaction', '1')).stdout;
    expect(words).toMatch(
      /\+00:00:00\.000 +us -> them +START_SESSION +ACCEPTED, result within 60 s +ok 200\/1000 +#1 +the first of it/,
    );
    expect(words).toMatch(/\+00:32:00\.000 +us <- them +CDR +D1, 12 kWh +ok 200\/1000 +#5 +session_id of the CDR/);
    expect(words).toContain('warning: The CDR bills another energy than its session ended with: 12 kWh');
    expect(words).toMatch(/curve by the periods of the CDR: 2 points, 12 kWh, at most 24\.0 kW/);
    expect((await shell.wb('transactions', '--open')).stdout).toBe('No transaction fits.\n');

    const wrong = await Promise.all([
      shell.wb('transaction', 'x'),
      shell.wb('transaction', '99'),
      shell.wb('transactions', '--state', 'over'),
    ]);
    expect(wrong.map(({ code }) => code)).toEqual([2, 1, 2]);
    expect(wrong[1]?.stderr).toContain('there is no transaction 99');
    await serving.stop();
  });
});
