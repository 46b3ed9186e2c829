import { mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { exchangeLine, linkLine } from '../session-log/support/lines.ts';
import { openShell, type Shell } from '../support/command-line.ts';
import { logFile } from '../workbench/session-logs/log-files.ts';

let shell: Shell;
beforeEach(() => {
  shell = openShell();
});
afterEach(async () => {
  await shell.close();
  vi.unstubAllEnvs();
});

const some = () => [linkLine(1), exchangeLine(1), exchangeLine(2)];

describe('wb log import, list and remove', () => {
  it('brings a log in, lists it, and takes it away', async () => {
    const path = await logFile(some());
    const told = await shell.wb('log', 'import', path);
    expect(told).toMatchObject({
      code: 0,
      stdout: 'acme.ocpilog: 2 exchanges, 0 findings, 0 objects, under "acme-1 - acme" (log 1)\n',
    });
    const { document } = await shell.json('log', 'list');
    expect(document).toMatchObject([{ logId: 1, name: 'acme.ocpilog', counts: { exchanges: 2 } }]);
    expect(await shell.wb('log', 'remove', '1')).toMatchObject({ code: 0, stdout: 'log 1 is removed\n' });
    expect((await shell.wb('log', 'list')).stdout).toBe('No session log was imported.\n');
  });

  it('wb import knows a session log by how it begins, whatever it is called', async () => {
    const path = await logFile(some(), { name: 'from-acme.bin' });
    const { code, document } = await shell.json('import', path);
    expect(code).toBe(0);
    expect(document).toMatchObject([{ name: 'from-acme.bin', counts: { exchanges: 2 } }]);
  });

  it('says in one sentence what is wrong with a file, with exit code 2', async () => {
    const path = join(shell.folder, 'x.ocpilog');
    writeFileSync(path, 'no log');
    const told = await shell.wb('log', 'import', path);
    expect(told).toMatchObject({ code: 2, stdout: '', stderr: expect.stringContaining('x.ocpilog is no session log') });
  });
});

describe('wb log open', () => {
  it('prints one JSON line with the address of a page, touches no database, and ends cleanly', async () => {
    const path = await logFile(some());
    const built = join(shell.folder, 'page');
    mkdirSync(built);
    writeFileSync(join(built, 'index.html'), '<title>The page</title>');
    vi.stubEnv('OCPI_WORKBENCH_PAGE', built);
    vi.stubEnv('TMPDIR', shell.folder);
    const shown = () => readdirSync(shell.folder).filter(name => name.startsWith('ocpi-workbench-open-'));
    const page = await shell.openLog(path);
    expect(page.url).toMatch(new RegExp(`^http://127\\.0\\.0\\.1:${page.port}/\\?token=[\\w-]{43}$`));
    expect(shown()).toHaveLength(1);
    expect(await page.stop()).toMatchObject({ code: 0, stderr: '' });
    expect(shown()).toEqual([]);
  });

  it('refuses what is no log, with nothing left', async () => {
    vi.stubEnv('OCPI_WORKBENCH_PAGE', shell.folder);
    const path = join(shell.folder, 'x.ocpilog');
    writeFileSync(path, '{"log":{"entries":[]}}');
    const told = await shell.wb('log', 'open', path, '--no-open');
    expect(told).toMatchObject({ code: 2, stdout: '', stderr: expect.stringContaining('no session log') });
  });
});
