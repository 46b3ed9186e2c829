import { existsSync, readFileSync, truncateSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { LogDiff } from '../../core/contract/log-diff.ts';
import type { LogContents } from '../../core/contract/session-log.ts';
import { writeLogFile } from '../session-log/support/files.ts';
import { answerText, exchangeLine, JSON_TYPE, linkLine, someRecords } from '../session-log/support/lines.ts';
import { openShell, type Shell } from '../support/command-line.ts';

let shell: Shell;
beforeEach(() => {
  shell = openShell();
});
afterEach(() => shell.close());

describe('session logs at the command line', () => {
  it('shows what a log holds, whether it is whole, and its exchanges, without a database', async () => {
    const file = join(shell.folder, 'theirs.ocpilog');
    await writeLogFile(file, someRecords(), { title: 'a \u001b[31mcharge', exchanges: 2 });
    const shown = await shell.wb('log', 'show', file, '--exchanges', '1');
    expect(shown).toMatchObject({ code: 0, stderr: '' });
    expect(shown.stdout).toContain('title      a \\u001b[31mcharge');
    expect(shown.stdout).toMatch(/exchanges +2, 2026-03-02T10:00:01.000Z to 2026-03-02T10:00:02.000Z/);
    expect(shown.stdout).toMatch(/Links\nname +organisation +version +exchanges\nacme-1 +Acme +2\.2\.1 +2/);
    expect(shown.stdout).toMatch(/#1 .*-> +PUT +200 +1000 +sessions\.put .*\n1 more/);
    expect(existsSync(shell.db)).toBe(false);
    const told = await shell.json('log', 'show', file, '--exchanges');
    expect(told.document).toMatchObject({
      condition: 'whole',
      counts: { exchanges: 2 },
      exchanges: [{ id: 1, operation: 'sessions.put' }, { id: 2 }],
    });

    truncateSync(file, readFileSync(file).length - 60);
    const cut = await shell.wb('log', 'show', file);
    expect(cut.code).toBe(1);
    expect(cut.stderr).toMatch(/^theirs\.ocpilog is cut: it ends /);
    expect(((await shell.json('log', 'show', file)).document as LogContents).condition).toBe('cut');
    expect(await shell.wb('log', 'show', join(shell.folder, 'no.ocpilog'))).toMatchObject({
      code: 1,
      stderr: expect.stringContaining('there is no file no.ocpilog'),
    });
    expect(await shell.wb('log', 'show', file, '--exchanges', 'some')).toMatchObject({ code: 2 });
  }, 60_000);

  it('compares two logs, and ends with 1 where they differ', async () => {
    const [a, b] = [join(shell.folder, 'a.ocpilog'), join(shell.folder, 'b.ocpilog')];
    await writeLogFile(a, [linkLine(), exchangeLine(1), exchangeLine(2)]);
    const refused = answerText(undefined, { status_code: 2001, status_message: 'no' });
    const response = { status: 200, statusText: 'OK', headers: [JSON_TYPE], body: { text: refused } };
    await writeLogFile(b, [linkLine(), exchangeLine(1), exchangeLine(2, { response })]);
    expect(await shell.wb('log', 'diff', a, a)).toMatchObject({
      code: 0,
      stdout: expect.stringContaining('2 same, 0 different'),
    });
    const told = await shell.wb('log', 'diff', a, b);
    expect(told.code).toBe(1);
    expect(told.stdout).toContain(
      '1 same, 1 different, 0 only in a, 0 only in b\n#2 #2  -> PUT /ocpi/2.2.1/sessions/NL/WBX/SESSION2 (by request id)',
    );
    expect(told.stdout).toContain('    answer/status_code: OCPI 2001 (');
    const { code, document } = await shell.json('log', 'diff', a, b, '--link-a', 'acme-1');
    expect(code).toBe(1);
    expect((document as LogDiff).pairs[0]?.differences[0]).toMatchObject({ layer: 'ocpi', a: '1000', b: '2001' });
    expect(await shell.wb('log', 'diff', a, b, '--link-b', 'nobody')).toMatchObject({
      code: 1,
      stderr: expect.stringContaining('Its links: acme-1.'),
    });
    expect((await shell.json('log', 'schema')).document).toMatchObject({
      title: expect.stringContaining('session log'),
    });
  }, 60_000);
});
