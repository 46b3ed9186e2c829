import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { TroubleGroup } from '../../core/contract/errors.ts';
import type { CodeExplanation, Explanation } from '../../core/contract/explanation.ts';
import { openShell, type Shell } from '../support/command-line.ts';
import { databaseOf, FLAW, flawed } from '../workbench/explaining/stored.ts';

let shell: Shell;
beforeEach(() => {
  shell = openShell();
});
afterEach(() => shell.close());

const refused = { ocpiStatus: 2001, operation: 'locations.list' };

describe('what went wrong, at the command line', () => {
  it('is listed in groups, explained one by one, and reported', { timeout: 60_000 }, async () => {
    databaseOf(shell.db, [
      flawed(1),
      flawed(2, refused),
      flawed(3, refused),
      flawed(4, { ended: { how: 'dns', host: 'h', detail: 'E' } }),
    ]);
    const serving = await shell.serve();
    const errors = async (...options: string[]) => (await shell.json('errors', ...options)).document as TroubleGroup[];
    const all = await errors('--findings', 'warning');
    expect(all.map(({ code, count, failed }) => [code, count, failed])).toEqual(
      expect.arrayContaining([
        ['2001', 2, true],
        ['dns', 1, true],
        [FLAW, 1, false],
      ]),
    );
    expect((await errors('--findings', 'none')).map(({ code }) => code)).toEqual(['dns', '2001']);
    expect((await errors('--module', 'locations', '--findings', 'none')).map(({ code }) => code)).toEqual(['2001']);
    expect(await errors('--since', '1h')).toEqual([]);

    const told = await shell.wb('errors', '--findings', 'none');
    expect(told.stdout).toMatch(/^link +module +way +code +count/);
    expect(told.stdout).toMatch(/locations +-> +2001 +2 .*#3 .*invalid or missing parameters/);
    expect((await shell.wb('errors', '--since', '1h')).stdout).toBe('Nothing failed.\n');
    expect(await shell.wb('errors', '--link', 'nobody')).toMatchObject({
      code: 1,
      stderr: expect.stringContaining('nobody'),
    });

    const explained = (await shell.json('explain', '4')).document as Explanation;
    expect(explained).toMatchObject({ exchangeId: 4, well: false, problems: [{ code: 'dns', layer: 'network' }] });
    const words = (await shell.wb('explain', '4')).stdout;
    expect(words).toContain('the name h does not resolve');
    expect(words).toContain('At fault: perhaps either side.');
    expect(await shell.wb('explain', '99')).toMatchObject({
      code: 1,
      stderr: expect.stringContaining('no exchange 99'),
    });

    const file = join(shell.folder, 'report.md');
    const report = await shell.wb('report-bug', '2', '--out', file);
    expect(report).toMatchObject({ code: 0, stdout: '', stderr: expect.stringContaining(file) });
    const markdown = readFileSync(file, 'utf8');
    expect(markdown).toMatch(/^# .*OCPI 2001/);
    expect((await shell.json('report-bug', '2')).document).toEqual({ markdown });
    writeFileSync(file, 'mine');
    const again = await shell.wb('report-bug', '2', '--out', file);
    expect(again).toMatchObject({ code: 1, stderr: expect.stringContaining('is there already') });
    expect(readFileSync(file, 'utf8')).toBe('mine');
    await serving.stop();
  });

  it('is explained by its code as well, and what nobody can mean is refused', { timeout: 60_000 }, async () => {
    const code = (await shell.json('explain', '2001')).document as CodeExplanation;
    expect(code).toMatchObject({ code: '2001', layer: 'ocpi' });
    expect((await shell.wb('explain', 'case', '17')).stdout).toMatch(/^case 17: HTTP status and OCPI status disagree/);
    const wrong = [
      ['explain'],
      ['explain', 'nonsense.code'],
      ['explain', '--exchange', 'x'],
      ['explain', '5', '--exchange', '6'],
      ['report-bug', 'x'],
      ['errors', '--findings', 'all'],
    ];
    const codes = await Promise.all(wrong.map(async args => (await shell.wb(...args)).code));
    expect(codes).toEqual([2, 1, 2, 2, 2, 2]);
    expect(await shell.wb('explain', '--exchange', '2001')).toMatchObject({ code: 1 });
  });
});
