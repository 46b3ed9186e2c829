import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { LifeView } from '../../core/contract/life.ts';
import { openShell, type Shell } from '../support/command-line.ts';

let shell: Shell;
beforeEach(() => {
  shell = openShell();
});
afterEach(() => shell.close());

describe('wb life', () => {
  it('shows and steers the simulation of a sandbox whose drivers come by themselves', async () => {
    const db = join(shell.folder, 'box.db');
    const sandbox = await shell.sandbox('--db', db, '--locations', '20', '--charges', '3', '--speed', '100');
    const life = async (...args: readonly string[]) => {
      const { code, document } = await shell.json('life', '--db', db, ...args);
      return { code, view: document as LifeView & { started?: string } };
    };
    const { view } = await life('--pause', '--charges', '0', '--speed', '50');
    expect(view).toMatchObject({ running: false, speed: 50, charges: 0, failures: [] });
    const begun = await life('--resume', '--start', 'driver', '--kwh', '2');
    const { started = '' } = begun.view;
    expect(begun.view.charging.map(({ session }) => session)).toContain(started);
    const told = await shell.wb('life', '--db', db);
    expect(told.stdout).toMatch(/^running at speed 50/);
    const stopped = await life('--stop', started);
    // Over, and perhaps billed by now.
    expect(stopped.view.charging.filter(({ session }) => session === started)).not.toMatchObject([{ state: 'ACTIVE' }]);
    expect(await life('--stop', 'NONE')).toMatchObject({ code: 1, view: { error: { code: 'NOT_FOUND' } } });
    await sandbox.stop();
    expect(await life('--start')).toMatchObject({ code: 1, view: { error: { code: 'NOT_SERVING' } } });
  }, 60_000);

  it('ends with exit code 2 where an option makes no sense, and with a sentence', async () => {
    const wrong = [
      ['--speed', '0'],
      ['--start', 'bus'],
      ['--pause', '--resume'],
    ];
    const ended = await Promise.all(wrong.map(args => shell.wb('life', ...args)));
    expect(ended.map(({ code, stderr }) => [code, stderr.includes('    at ')])).toEqual(wrong.map(() => [2, false]));
  }, 60_000);
});
