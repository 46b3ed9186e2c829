import { readdirSync, readFileSync, statSync } from 'node:fs';
import { dirname, join, relative, resolve, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { RULES } from './import-rules.ts';

const root = join(dirname(fileURLToPath(import.meta.url)), '..', '..');

const IMPORT =
  /(?:^|\s)(?:import|export)\s+(?:type\s+)?(?:[^'"]*?\sfrom\s+)?['"]([^'"]+)['"]|import\(\s*['"]([^'"]+)['"]/g;

function sources(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap(entry => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return entry.name === 'fixtures' || entry.name === 'dist' ? [] : sources(path);
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

  it('refuses a feature another feature, and the page the transport', () => {
    const text = `import { Swim } from '../partners/swim.tsx';\nimport { RPCLink } from '@orpc/client/websocket';`;
    expect(trespasses('renderer/features/traffic/traffic-page.tsx', text)).toHaveLength(2);
    expect(trespasses('renderer/ui/chip.tsx', `import { useTexts } from '../texts/use-texts.ts';`)).toHaveLength(1);
  });

  it('sees imports over several lines, re-exports and dynamic imports', () => {
    const text = `import {\n  one,\n  two,\n} from 'undici';\nexport { three } from 'ws';\nawait import('pino');`;
    expect(trespasses('core/ocpi/paging.ts', text)).toHaveLength(3);
  });

  it('gives Electron itself to the desktop’s two entries; everywhere else it is handed in, and only types are known', () => {
    const loaded = files
      .filter(file => file.startsWith('electron/') || file.startsWith('core/') || file.startsWith('renderer/'))
      .filter(file => /import (?!type )[^;]*? from 'electron'/.test(readFileSync(join(root, file), 'utf8')));
    expect(loaded).toEqual(['electron/main.ts', 'electron/preload.ts']);
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

describe('what a command loads', () => {
  it('is not the HTTP client that an import of node:http brings along: only core/node-http.ts has it, without one', () => {
    const imported = files
      .filter(file => file.startsWith('core/') || file.startsWith('electron/'))
      .filter(file => /^import (?!type )[^;]*? from 'node:http'/m.test(readFileSync(join(root, file), 'utf8')));
    expect(imported).toEqual([]);
  });
});

describe('the house', () => {
  it('has no source file over 400 lines', () => {
    const long = files.filter(file => readFileSync(join(root, file), 'utf8').split('\n').length > 401);
    expect(long).toEqual([]);
  });
});
