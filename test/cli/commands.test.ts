import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { COMMANDS } from '../../core/cli/commands.ts';

const MAIN = join(import.meta.dirname, '..', '..', 'core', 'cli', 'main.ts');
const wb = (...args: readonly string[]) => spawnSync(process.execPath, [MAIN, ...args], { encoding: 'utf8' });

describe('the commands, each of which is loaded when it is asked for', () => {
  it.each(Object.entries(COMMANDS))('%s answers to its name', async (name, make) => {
    expect((await make()).name()).toBe(name);
  });

  it('are all in the list, in their order', () => {
    const { status, stdout } = wb('--help');
    expect(status).toBe(0);
    const listed = [...stdout.matchAll(/^ {2}([a-z][a-z-]*)(?= )/gm)].map(([, name]) => name);
    expect(listed).toEqual([...Object.keys(COMMANDS), 'help']);
  });

  it('have the same help by either way of asking', () => {
    const asked = wb('link', 'add', '--help');
    expect(asked.stdout).toContain('Usage: wb link add [options] <name>');
    expect(wb('help', 'link').stdout).toBe(wb('link', '--help').stdout);
  });

  it.each(['lnik', 'toString'])('that are none are refused, with the one that was meant: %s', word => {
    const { status, stderr } = wb(word);
    expect(status).toBe(2);
    expect(stderr).toContain(`unknown command '${word}'`);
    expect(stderr.includes('Did you mean link?')).toBe(word === 'lnik');
  });
});
