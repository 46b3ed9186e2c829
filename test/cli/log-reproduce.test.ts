import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { statSync, truncateSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { logOf, registrationLines } from '../session-log/support/reproducing.ts';
import { openShell } from '../support/command-line.ts';

const MAIN = join(import.meta.dirname, '..', '..', 'core', 'cli', 'main.ts');

/** `wb log reproduce` until it is interrupted; its lines as they come. */
function running(...args: readonly string[]) {
  const child = spawn(process.execPath, [MAIN, 'log', 'reproduce', ...args], { stdio: ['ignore', 'pipe', 'pipe'] });
  let out = '';
  let told = '';
  child.stdout.on('data', chunk => {
    out += chunk;
  });
  child.stderr.on('data', chunk => {
    told += chunk;
  });
  return {
    lines: async (count: number) => {
      await expect.poll(() => out.split('\n').length - 1, { interval: 20 }).toBeGreaterThanOrEqual(count);
      return out.split('\n');
    },
    told: () => told,
    end: async () => {
      const ended = once(child, 'exit');
      child.kill('SIGINT');
      const [code] = await ended;
      return code as number | null;
    },
  };
}

describe('wb log reproduce', () => {
  it('tells its address and token first, then each request; ends with 0 where all was as then', async () => {
    const path = await logOf(registrationLines());
    const command = running(path, '--as', 'partner', '--json', '--token', 'my-token', '--at-once');
    const [first = ''] = await command.lines(1);
    const { versionsUrl, token, known } = JSON.parse(first);
    expect({ token, known }).toEqual({ token: 'my-token', known: 3 });
    const answer = await fetch(versionsUrl, { headers: { Authorization: 'Token bXktdG9rZW4=' } });
    expect(answer.status).toBe(200);
    const [, second = ''] = await command.lines(2);
    expect(JSON.parse(second)).toMatchObject({
      operation: 'versions.list',
      status: 200,
      recordedId: 1,
      differences: [],
    });
    expect(await command.end()).toBe(0);
    expect(command.told()).toContain('1 of 3 recorded requests were asked for, 0 unknown, 0 with differences.');
  });

  it('ends with 1 where something was asked that the recording does not know', async () => {
    const path = await logOf(registrationLines());
    truncateSync(path, statSync(path).size - 20);
    const command = running(path, '--as', 'partner');
    const [first = ''] = await command.lines(1);
    const [versionsUrl = ''] = first.split(' ');
    expect(first).toMatch(
      /^http:\/\/127\.0\.0\.1:\d+\/ocpi\/versions {2}token \w+ {2}\("acme-1", \d recorded requests\)$/,
    );
    await fetch(new URL('/ocpi/2.2.1/tariffs?token=secret-token', versionsUrl));
    const lines = await command.lines(3);
    expect(lines[1]).toMatch(
      /^<- GET \/ocpi\/2\.2\.1\/tariffs\?token=\{token:\S+\} {2}tariffs\.list {2}404 {2}not recorded$/,
    );
    expect(lines[2]).toMatch(/^ {5}The recording knows no request like GET/);
    expect(await command.end()).toBe(1);
    // The file was cut behind what is needed here, and that is said.
    expect(command.told()).toMatch(/^it (ends|was cut|is cut)|cut|ends too early/);
  });

  it('refuses wrong usage and files that are no logs', async () => {
    const shell = openShell();
    const path = await logOf(registrationLines());
    const run = (...args: string[]) => shell.wb('log', 'reproduce', ...args);
    expect(await run(path, '--as', 'nobody')).toMatchObject({ code: 2, stderr: expect.stringContaining('--as') });
    expect(await run(path, '--as', 'partner', '--port', 'x')).toMatchObject({ code: 2 });
    expect(await run(path, '--as', 'us')).toMatchObject({
      code: 1,
      stderr: expect.stringContaining('nothing that "acme-1" asked'),
    });
    expect((await run(MAIN, '--as', 'us')).code).toBeGreaterThan(0);
    await shell.close();
  });
});
