import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { LogExported, LogPreview } from '../../core/contract/session-log.ts';
import { openShell, type Serving, type Shell } from '../support/command-line.ts';

let shell: Shell;
let serving: Serving;

const DRIVER = 'DE-ACM-C12345678';
const LINE = JSON.stringify({
  method: 'GET',
  url: 'https://acme.example/ocpi/emsp/2.2.1/tokens/DE/ACM/012345678',
  status: 200,
  responseHeaders: { 'Content-Type': 'application/json' },
  responseBody: {
    data: { country_code: 'DE', party_id: 'ACM', uid: '012345678', type: 'RFID', contract_id: DRIVER },
    status_code: 1000,
    timestamp: '2026-11-22T10:00:00Z',
  },
});

beforeAll(async () => {
  shell = openShell();
  serving = await shell.serve();
  const file = join(shell.folder, 'acme.jsonl');
  writeFileSync(file, `${LINE}\n${LINE.replace('"status":200', '"status":404')}\n`);
  expect((await shell.wb('import', file)).code).toBe(0);
}, 60_000);

afterAll(async () => {
  await serving?.stop();
  await shell?.close();
});

describe('wb log export', { timeout: 60_000 }, () => {
  it('writes a session log, says what is in it and what was replaced', async () => {
    const out = join(shell.folder, 'acme.ocpilog');
    const { code, stdout, stderr } = await shell.wb('log', 'export', '--out', out, '--title', 'two answers');
    expect([code, stderr]).toEqual([0, '']);
    expect(stdout).toMatch(/acme\.ocpilog: 2 exchanges, 1 link.*bytes\nreplaced:\n/);
    expect(stdout).toMatch(
      /personal {2}contract id {2,}1 value {2,}in \d+ places {2,}DE-ACM-C12345678 -> DE-ACM-C\d{8}\n/,
    );
    expect((await shell.wb('log', 'show', out)).code).toBe(0);
    const again = await shell.wb('log', 'export', '--out', out);
    expect([again.code, again.stderr]).toEqual([1, expect.stringContaining('exists already')]);
    expect((await shell.wb('log', 'export', '--out', out, '--replace')).code).toBe(0);
  });

  it('takes the format by the ending of the file, and a filter as wb exchanges does', async () => {
    const out = join(shell.folder, 'acme.har');
    const { code, document } = await shell.json('log', 'export', '--out', out, '--status', '404');
    const exported = document as LogExported;
    expect([code, exported.path, exported.counts.exchanges]).toEqual([0, out, 1]);
    expect(JSON.parse(readFileSync(out, 'utf8')).log.entries).toHaveLength(1);
  });

  it('tells of a table how many rows it has', async () => {
    const table = (of: string, name: string, ...more: string[]) =>
      shell.wb('log', 'export', '--out', join(shell.folder, name), '--table', of, ...more);
    expect((await table('links', 'links.csv')).stdout).toMatch(/links\.csv: 1 link; \d/);
    expect((await table('exchanges', 'all.jsonl')).stdout).toMatch(/all\.jsonl: 2 exchanges; \d/);
    expect((await table('transactions', 'charges.csv')).stdout).toMatch(/charges\.csv: 0 charges; \d/);
    expect((await table('links', 'links.csv', '--preview')).stdout).toMatch(/^1 link; bodies of/);
  });

  it('writes to standard output, and nothing else there', async () => {
    const { code, stdout, stderr } = await shell.wb('log', 'export', '--out', '-', '--format', 'csv', '--ids', '1-2');
    expect(code).toBe(0);
    expect(stdout.split('\r\n').map(line => line.split(',', 1)[0])).toEqual(['id', '1', '2', '']);
    expect(stderr).toContain('standard output: 2 exchanges');
  });

  it('previews without a file', async () => {
    const { document } = await shell.json('log', 'export', '--preview', '--redact', 'parties,hosts');
    const { counts, redacted } = document as LogPreview;
    expect(counts.exchanges).toBe(2);
    expect(new Set(redacted.map(({ group }) => group))).toEqual(new Set(['personal', 'parties', 'hosts']));
  });

  it('keeps personal data only with a reason', async () => {
    const out = join(shell.folder, 'kept.jsonl');
    const args = ['log', 'export', '--out', out, '--keep-personal'];
    const refused = await shell.wb(...args, '?');
    expect([refused.code, existsSync(out)]).toEqual([2, false]);
    expect((await shell.wb(...args, 'the driver asked for it')).code).toBe(0);
    expect(readFileSync(out, 'utf8')).toContain(DRIVER);
  });

  it.each([
    [['--out', 'x', '--redact', 'names'], '--redact names is no group'],
    [['--out', 'x', '--ids', '3-1'], 'is no range'],
    [['--out', 'x', '--run', 'abc'], '--run abc is no id'],
    [[], '--out is missing'],
    [['--out', '-', '--json'], 'both want standard output'],
    [['--out', '/nowhere/at/all/x.har'], 'its folder does not exist'],
  ])('refuses %j', async (args, message) => {
    const { code, stderr, stdout } = await shell.wb('log', 'export', ...args);
    expect([code, `${stderr}${stdout}`]).toEqual([2, expect.stringContaining(message)]);
  });

  it('writes a script that a shell takes', async () => {
    const out = join(shell.folder, 'acme.sh');
    expect((await shell.wb('log', 'export', '--out', out)).code).toBe(0);
    execFileSync('/bin/sh', ['-n', out]);
  });
});
