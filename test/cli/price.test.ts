import { execFile } from 'node:child_process';
import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { PaymentMatch } from '../../core/contract/money.ts';
import type { PricedBill } from '../../core/contract/price.ts';
import { messagesOf } from '../insight/transactions/charge-messages.ts';
import { type Finished, openShell, type Shell } from '../support/command-line.ts';
import type { Json } from '../support/registered-partner.ts';
import { databaseOf } from '../workbench/explaining/stored.ts';
import { cdr, location, session, tariff } from '../workbench/money/bills.ts';
import { recordOf } from '../workbench/transactions/recorded-charge.ts';

let shell: Shell;
beforeEach(() => {
  shell = openShell();
});
afterEach(() => shell.close());

const file = (name: string, object: unknown): string => {
  const path = join(shell.folder, name);
  writeFileSync(path, JSON.stringify(object));
  return path;
};

/** A person who has no database, and gets none by this. */
function alone(args: readonly string[], input = ''): Promise<Finished> {
  const main = join(import.meta.dirname, '..', '..', 'core', 'cli', 'main.ts');
  const env = { ...process.env, XDG_DATA_HOME: shell.folder };
  return new Promise(resolve => {
    const child = execFile(process.execPath, [main, 'price', ...args], { env }, (_error, stdout, stderr) =>
      resolve({ code: child.exitCode, stdout, stderr }),
    );
    child.stdin?.end(input);
  });
}

/** 9.8 kWh are 20 blocks of 500 Wh. */
const used = [{ start_date_time: '2026-11-02T12:00:00Z', dimensions: [{ type: 'ENERGY', volume: 9.8 }] }];
const overcharged: Json = {
  charging_periods: used,
  total_energy: 9.8,
  total_cost: { before_taxes: 5.25, taxes: [{ name: 'VAT', amount: 1.1025 }] },
};

describe('wb price', () => {
  it('prices a file without any database: a line for each use, stated beside due, the zone it took', async () => {
    const right = await alone(['--cdr', file('right.json', cdr())]);
    expect([right.code, right.stderr]).toEqual([0, '']);
    expect(right.stdout).toMatch(/^CDR D1 \(OCPI 2\.3\.0\): 2026-11-02 13:00:00 to 2026-11-02 14:00:00, 10 kWh, 1 h$/m);
    expect(right.stdout).toMatch(/^time zone: Europe\/Amsterdam, the only one of its country, NLD; no price depends/m);
    expect(right.stdout).toMatch(/^1 +2026-11-02 13:00:00 +2026-11-02 14:00:00 +ENERGY +10 kWh +0\.5 +21 % +5 EUR/m);
    expect(right.stdout).toMatch(/^total +5 EUR \(6\.05 with taxes\) +5 EUR \(6\.05 with taxes\)$/m);
    expect(right.stdout).toContain('Stated 5.00 EUR, as due.');
    expect(existsSync(join(shell.folder, 'ocpi-workbench'))).toBe(false);

    const text = JSON.stringify({ data: [cdr(overcharged)], status_code: 1000 });
    const wrong = await alone(['--cdr', '-', '--json'], text);
    expect(wrong.code).toBe(1);
    expect(JSON.parse(wrong.stdout)).toMatchObject({ verdict: 'wrong', departures: [{ by: '0.25' }, {}] });
    const words = await alone(['--cdr', '-'], text);
    expect(words.stdout).toMatch(/^departs: total_cost, before taxes: 5\.25 stated, 5 due: \+0\.25$/m);
    expect(words.stdout).toMatch(/^ {2}.* \(step-size-one-more\)$/m);
  }, 60_000);

  it('takes tariff, location, zone and version from elsewhere, and says what is wrong with them', async () => {
    const bare = file('session.json', session());
    const unpriced = await alone(['--session', bare]);
    expect([unpriced.code, unpriced.stdout]).toEqual([0, expect.stringContaining('tariff: none')]);
    const given = ['--session', bare, '--tariff', file('tariff.json', tariff())];
    const zoned = await alone([...given, '--location', file('location.json', location()), '--json']);
    expect(JSON.parse(zoned.stdout)).toMatchObject({
      verdict: 'right',
      zone: { name: 'Europe/Amsterdam', from: 'location' },
    });
    expect(JSON.parse((await alone([...given, '--time-zone', 'Asia/Tokyo', '--json'])).stdout)).toMatchObject({
      zone: { name: 'Asia/Tokyo', from: 'asked' },
      tariffs: [{ id: 'T1', from: 'asked' }],
    });
    const failures = await Promise.all([
      alone([...given, '--time-zone', 'Tokyo']),
      alone(['--cdr', join(shell.folder, 'none.json')]),
      alone(['--cdr', bare, '--session', bare]),
      alone(['--transaction', 'x']),
      alone(['--cdr', bare, '--version', '1.0']),
    ]);
    expect(failures.map(({ code }) => code)).toEqual([2, 2, 2, 2, 2]);
    expect(failures.map(({ stderr }) => stderr.split('\n')[0])).toEqual([
      '"Tokyo" is no time zone',
      expect.stringContaining('none.json cannot be read: there is no such file'),
      'say what is to be priced',
      '"x" is no transaction id',
      'There are no types of OCPI 1.0',
    ]);
  }, 60_000);

  it('asks the database for what it knows, and prices what is only known there', { timeout: 60_000 }, async () => {
    const say = messagesOf({ version: '2.2.1', we: 'emsp' });
    const literals = [
      say.start(0),
      say.put({ minute: 1 }),
      say.put({ minute: 31, begin: 1, status: 'COMPLETED', kwh: 10, end: 31 }),
      say.bill(32, say.cdrObject({ kwh: 10 })),
    ];
    databaseOf(
      shell.db,
      literals.map(literal => recordOf(literal)),
    );
    const serving = await shell.serve();
    const own = (module: string, object: Json) =>
      shell.wb('own', 'import', module, file(`${module}.json`, object), '--version', '2.3.0', '--party', 'NL-WBX');
    const imported = await Promise.all([
      own('tariffs', tariff({ party_id: 'WBX' })),
      own('cdrs', cdr({ party_id: 'WBX', id: 'OURS', tariffs: [] })),
    ]);
    expect(imported.map(({ stderr }) => stderr)).toEqual(['', '']);
    const priced = async (...args: string[]) => (await shell.json('price', ...args)).document as PricedBill;
    const bare = file('bare.json', cdr({ party_id: 'WBX', id: 'FILE', tariffs: [] }));
    const [ours, fromFile, fromExchanges, ofTransaction, told, missing] = await Promise.all([
      priced('--cdr', 'ours', '--link', '-'),
      priced('--cdr', bare),
      // Nothing keeps this session but the exchanges that told it.
      priced('--session', 's1'),
      priced('--transaction', '1'),
      shell.wb('transaction', '1'),
      shell.wb('price', '--cdr', 'NOBODY'),
    ]);
    expect(ours).toMatchObject({ id: 'OURS', verdict: 'right', tariffs: [{ from: 'stored' }] });
    expect(fromFile).toMatchObject({ id: 'FILE', tariffs: [{ from: 'stored' }] });
    expect(fromExchanges).toMatchObject({ kind: 'session', id: 'S1', version: '2.2.1' });
    expect(ofTransaction).toMatchObject({ kind: 'cdr', id: 'D1' });
    expect(told.stdout).toContain(`\n\n${ofTransaction.sentence}\n`);
    expect([missing.code, missing.stderr]).toEqual([1, expect.stringContaining('no CDR "NOBODY" is known')]);
    await serving.stop();
  });
});

describe('wb payments', () => {
  it('lists what belongs to each, with what does not fit below it', { timeout: 60_000 }, async () => {
    const serving = await shell.serve('--roles', 'CPO,PTP');
    expect((await shell.wb('payments')).stdout).toBe('No payment fits.\n');
    const last = '2026-11-02T13:00:00Z';
    const own = async (module: string, object: Json, ...options: string[]) => {
      const { code, stderr } = await shell.wb(
        'own',
        'import',
        module,
        file('own.json', object),
        '--version',
        '2.3.0',
        ...options,
      );
      expect([code, stderr]).toEqual([0, '']);
    };
    const paid = {
      party_id: 'WBX',
      authorization_reference: 'REF-1',
      cdr_token: { ...(cdr()['cdr_token'] as Json), type: 'AD_HOC_USER' },
    };
    await own('cdrs', cdr(paid), '--party', 'NL-WBX');
    await own('payments', { terminal_id: 'TERM', location_ids: ['L1'], last_updated: last }, '--list', 'terminals');
    await own(
      'payments',
      {
        ...{ id: 'F1', authorization_reference: 'REF-1', total_costs: { before_taxes: 5, taxes: [] }, currency: 'EUR' },
        ...{ eft_data: ['x'], capture_status_code: 'SUCCESS', last_updated: last },
      },
      ...['--list', 'financial-advice-confirmations'],
    );
    const [row] = (await shell.json('payments', '--state', 'unmatched')).document as PaymentMatch[];
    expect(row).toMatchObject({ reference: 'REF-1', terminal: 'TERM', problems: [{ code: 'captured-differs' }] });
    const told = (await shell.wb('payments')).stdout.split('\n');
    expect(told[0]).toMatch(
      /^at +reference +link +terminal +session +CDRs +preauthorized +billed +captured +invoice +state$/,
    );
    expect(told[1]).toMatch(/REF-1 +- +TERM +S1 +D1 +- +6\.05 EUR +5 EUR SUCCESS +- +unmatched$/);
    expect(told[2]).toBe('    5.00 EUR captured, 6.05 EUR billed: 1.05 EUR too little.');
    const wrong = await Promise.all([
      shell.wb('payments', '--state', 'lost'),
      shell.wb('payments', '--link', 'nobody'),
    ]);
    expect(wrong.map(({ code }) => code)).toEqual([2, 1]);
    await serving.stop();
  });
});
