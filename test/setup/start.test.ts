import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';

const START = join(import.meta.dirname, '..', '..', 'core', 'setup', 'start.js');

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'ocpi-workbench-start-'));
  writeFileSync(join(folder, 'index.html'), '<title>The page</title>');
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

describe.runIf(process.platform === 'linux')('npm start where there is no desktop', () => {
  it('says so in one line, prints the address of the page, keeps serving it, and ends on Ctrl-C', async () => {
    const child = spawn(process.execPath, [START, '--db', join(folder, 'workbench.db')], {
      stdio: ['ignore', 'pipe', 'pipe'],
      env: {
        ...process.env,
        DISPLAY: '',
        WAYLAND_DISPLAY: '',
        OCPI_WORKBENCH_PAGE: folder,
        OCPI_WORKBENCH_KEYSTORE: 'file',
      },
    });
    let errors = '';
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      errors += text;
    });
    const [line] = (await once(child.stdout.setEncoding('utf8'), 'data')) as [string];
    const { url } = JSON.parse(line) as { url: string };
    expect((await fetch(url, { redirect: 'manual' })).status).toBe(303);
    child.kill('SIGINT');
    expect(await once(child, 'close')).toEqual([0, null]);
    expect(errors.trim().split('\n')).toEqual([expect.stringContaining('there is no desktop here')]);
  });
});
