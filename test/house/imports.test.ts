import { readdirSync, readFileSync, statSync } from 'node:fs';
import { dirname, join, relative, resolve, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';

const root = join(dirname(fileURLToPath(import.meta.url)), '..', '..');

/**
 * Who may import whom. The longest matching prefix is the rule of a file; a file without one fails.
 * `allow` names folders or files of ours (the own folder is always allowed) and packages; `node` stands for node:*.
 */
const RULES: Record<string, readonly string[]> = {
  'core/setup': ['node'],
  'core/clock.ts': [],
  'core/ocpi': ['zod'],
  'core/contract': ['zod', '@orpc/contract', 'core/ocpi'],
  'core/http': ['node', 'undici', 'core/ocpi', 'core/clock.ts'],
  'core/client': ['node', 'undici', 'core/http', 'core/ocpi', 'core/contract', 'core/clock.ts'],
  'core/server': ['node', 'core/http', 'core/ocpi', 'core/contract', 'core/clock.ts'],
  'core/history': [
    'node',
    'better-sqlite3',
    '@napi-rs/keyring',
    'zod',
    'core/http',
    'core/ocpi',
    'core/contract',
    'core/clock.ts',
  ],
  'core/flows': ['core/ocpi', 'core/contract', 'core/clock.ts'],
  'core/sandbox': ['zod', 'core'],
  'core/sandbox/world': ['core/ocpi'],
  'core/handlers': ['node', '@orpc/server', 'core'],
  'core/workbench': ['node', 'pino', 'zod', 'core'],
  'core/workbench.ts': ['node', 'pino', 'core'],
  'core/loopback': [
    'node',
    'ws',
    '@orpc/server',
    '@orpc/client',
    '@orpc/contract',
    'core/workbench.ts',
    'core/handlers',
    'core/contract',
    'core/clock.ts',
  ],
  'core/cli': [
    'node',
    'commander',
    '@orpc/client',
    '@orpc/contract',
    'core/workbench.ts',
    'core/sandbox',
    'core/loopback',
    'core/contract',
    'core/ocpi',
    'core/clock.ts',
  ],
  'test/support/partner': ['node'],
  'test/support/raw-client.ts': ['node'],
  'test/support/raw-server.ts': ['node'],
  test: ['node', 'vitest', 'fast-check', 'undici', 'ws', 'better-sqlite3', 'zod', 'core'],
};

const IMPORT =
  /(?:^|\s)(?:import|export)\s+(?:type\s+)?(?:[^'"]*?\sfrom\s+)?['"]([^'"]+)['"]|import\(\s*['"]([^'"]+)['"]/g;

function sources(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap(entry => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return entry.name === 'fixtures' ? [] : sources(path);
    return /\.(ts|tsx|js)$/.test(entry.name) ? [path] : [];
  });
}

function ruleFor(file: string): string | undefined {
  return Object.keys(RULES)
    .filter(prefix => file === prefix || file.startsWith(`${prefix}/`))
    .sort((left, right) => right.length - left.length)[0];
}

/** `node`, a package name, or a path of ours from the top. */
function target(file: string, specifier: string): string {
  if (specifier.startsWith('node:')) return 'node';
  if (specifier.startsWith('.')) {
    return relative(root, resolve(root, dirname(file), specifier))
      .split(sep)
      .join('/');
  }
  const [first = '', second = ''] = specifier.split('/');
  return first.startsWith('@') ? `${first}/${second}` : first;
}

/** What the rules say against one file's imports, as sentences. */
function trespasses(file: string, text: string): string[] {
  const rule = ruleFor(file);
  if (rule === undefined) return [`${file} stands in a folder without an import rule: add one`];
  const allowed = [...(RULES[rule] ?? []), rule];
  return [...text.matchAll(IMPORT)]
    .map(match => target(file, match[1] ?? match[2] ?? ''))
    .filter(wanted => !allowed.some(prefix => wanted === prefix || wanted.startsWith(`${prefix}/`)))
    .map(wanted => `${file} imports ${wanted}, which ${rule} may not`);
}

const files = ['core', 'electron', 'renderer', 'test']
  .map(folder => join(root, folder))
  .filter(folder => statSync(folder, { throwIfNoEntry: false })?.isDirectory())
  .flatMap(sources)
  .map(path => relative(root, path).split(sep).join('/'))
  // This file quotes forbidden imports.
  .filter(file => file !== 'test/house/imports.test.ts');

describe('who may import whom', () => {
  it('holds for every source file', () => {
    expect(files.length).toBeGreaterThan(10);
    expect(files.flatMap(file => trespasses(file, readFileSync(join(root, file), 'utf8')))).toEqual([]);
  });

  it('refuses the protocol ground a Node module', () => {
    expect(trespasses('core/ocpi/paging.ts', `import { readFileSync } from 'node:fs';`)).toHaveLength(1);
  });

  it('refuses the server the history, type imports too', () => {
    expect(trespasses('core/server/listen.ts', `import type { History } from '../history/history.ts';`)).toHaveLength(
      1,
    );
  });

  it('sees imports over several lines, re-exports and dynamic imports', () => {
    const text = `import {\n  one,\n  two,\n} from 'undici';\nexport { three } from 'ws';\nawait import('pino');`;
    expect(trespasses('core/ocpi/paging.ts', text)).toHaveLength(3);
  });

  it('asks for a rule where a folder has none', () => {
    expect(trespasses('core/elsewhere/thing.ts', '')).toEqual([
      'core/elsewhere/thing.ts stands in a folder without an import rule: add one',
    ]);
  });
});

describe('time and chance', () => {
  it('pass through the clock: no other file of the core has timers or reads the time', () => {
    const timers = /\b(setTimeout|setInterval|Date\.now|performance\.now)\b|new Date\(\)/;
    const offenders = files
      .filter(file => file.startsWith('core/') && file !== 'core/clock.ts')
      .filter(file => timers.test(readFileSync(join(root, file), 'utf8')));
    expect(offenders).toEqual([]);
  });
});

describe('the house', () => {
  it('has no source file over 400 lines', () => {
    const long = files.filter(file => readFileSync(join(root, file), 'utf8').split('\n').length > 401);
    expect(long).toEqual([]);
  });
});
