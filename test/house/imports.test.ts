import { readdirSync, readFileSync, statSync } from 'node:fs';
import { dirname, join, relative, resolve, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';

const root = join(dirname(fileURLToPath(import.meta.url)), '..', '..');

/** What views are made of. A feature has no other feature among them, nor anything that knows a transport. */
const PAGE = [
  'react',
  'zod',
  '@mantine/core',
  '@mantine/hooks',
  '@tabler/icons-react',
  '@tanstack/react-query',
  '@tanstack/react-router',
  'core/contract',
  'core/ocpi',
  'renderer/bill',
  'renderer/bridge',
  'renderer/evse',
  'renderer/exchange',
  'renderer/exchange-filter',
  'renderer/explanation',
  'renderer/first-charge',
  'renderer/links',
  'renderer/ocpi-help',
  'renderer/runs',
  'renderer/texts',
  'renderer/ui',
];

const features = readdirSync(join(root, 'renderer', 'features'));

/**
 * Who may import whom. The longest matching prefix is the rule of a file; a file without one fails.
 * `allow` names folders or files of ours (the own folder is always allowed) and packages; `node` stands for node:*.
 */
const RULES: Record<string, readonly string[]> = {
  'core/setup': ['node'],
  'core/setup/chromium.js': ['node', 'core/setup', '@playwright/test'],
  'core/clock.ts': [],
  'core/temporary-folder.ts': ['node'],
  'core/ocpi': ['zod'],
  'core/contract': ['zod', '@orpc/contract', 'core/ocpi'],
  'core/node-http.ts': [],
  'core/http': ['node', 'undici', 'core/ocpi', 'core/clock.ts', 'core/node-http.ts'],
  'core/client': ['node', 'undici', 'core/http', 'core/ocpi', 'core/contract', 'core/clock.ts'],
  'core/server': ['node', 'core/http', 'core/ocpi', 'core/contract', 'core/clock.ts', 'core/node-http.ts'],
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
  // What detectors look at, as it stands in the database.
  'core/history/insight': [
    'better-sqlite3',
    'zod',
    'core/http',
    'core/ocpi',
    'core/history',
    'core/insight/observed.ts',
  ],
  // Charges, put together of what detectors look at, in a file of their own.
  'core/history/transactions': ['node', 'better-sqlite3', 'core/ocpi', 'core/contract', 'core/history', 'core/insight'],
  // What reports count, in a file of its own.
  'core/history/facts': ['node', 'better-sqlite3', 'core/ocpi', 'core/contract', 'core/history', 'core/insight'],
  'core/insight': ['core/ocpi', 'core/contract'],
  // Exact amounts, and times of day where the charger stands.
  'core/insight/tariff': ['decimal.js', 'temporal-polyfill', 'core/ocpi', 'core/contract', 'core/insight'],
  // Exact amounts.
  'core/insight/money': ['decimal.js', 'core/ocpi', 'core/contract', 'core/insight'],
  'core/insight/report': ['decimal.js', 'temporal-polyfill', 'core/ocpi', 'core/contract', 'core/insight'],
  'core/faults': ['zod', 'core/ocpi', 'core/contract'],
  'core/faults/perform': ['node', 'core/http', 'core/ocpi', 'core/contract', 'core/faults', 'core/clock.ts'],
  'core/flows': ['core/ocpi', 'core/contract', 'core/clock.ts'],
  'core/replay': ['zod', 'core/ocpi', 'core/contract', 'core/clock.ts'],
  'core/replay/report': ['fast-xml-parser', 'core/ocpi', 'core/contract'],
  'core/traffic-import': [
    'node',
    'core/http',
    'core/ocpi',
    'core/contract',
    'core/history/objects/asking-thread.ts',
    'core/history/worker/log-mover.ts',
  ],
  'core/sandbox': ['node', 'zod', 'core'],
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
    'core/workbench/owner-address.ts',
    'core/handlers',
    'core/contract',
    'core/clock.ts',
    'core/node-http.ts',
    'core/temporary-folder.ts',
  ],
  // Files that are handed over: what stands in them, and what does not.
  'core/session-log': ['node', 'zod', 'core/http', 'core/ocpi', 'core/contract', 'core/clock.ts'],
  // Two logs are compared as a replay is with its recording.
  'core/session-log/diff': [
    'node',
    'core/http',
    'core/ocpi',
    'core/contract',
    'core/session-log',
    'core/temporary-folder.ts',
    'core/replay/compare',
    'core/replay/rebase',
    'core/replay/recording.ts',
  ],
  'core/cli': [
    'node',
    'commander',
    '@orpc/client',
    '@orpc/contract',
    'core/workbench.ts',
    'core/session-log',
    'core/sandbox',
    'core/loopback',
    'core/contract',
    'core/ocpi',
    'core/clock.ts',
  ],
  // A reproduction needs no database: it runs in the process of the command.
  'core/cli/log/reproduce.ts': [
    'node',
    'commander',
    'core/cli',
    'core/session-log/read/plain-text.ts',
    'core/workbench/session-logs/reproducing/reproduce-one.ts',
    'core/contract',
    'core/clock.ts',
  ],
  // Files are priced in the process of the command, without a database.
  'core/cli/price-command.ts': ['node', 'commander', 'core/cli', 'core/workbench/money/pricing.ts', 'core/contract'],
  'test/bench/window.ts': ['node', '@playwright/test', 'core', 'test/bench', 'test/e2e/support'],
  'test/bench/window-page.ts': ['@playwright/test'],
  'test/e2e': ['node', '@playwright/test', '@axe-core/playwright', 'core', 'test/support'],
  'renderer/vite.config.ts': ['node', 'vite', '@vitejs/plugin-react'],
  'renderer/main.tsx': [
    'react-dom',
    'get-nonce',
    '@tanstack/react-router',
    'renderer/app',
    'renderer/bridge',
    'renderer/texts',
    'renderer/ui',
  ],
  'renderer/app': [...PAGE, 'renderer/features'],
  // How exchanges show, wherever they do.
  'renderer/exchange': ['react', '@mantine/core', 'core/contract', 'core/ocpi', 'renderer/texts', 'renderer/ui'],
  // The filter bar over exchanges, wherever they are chosen by it.
  'renderer/exchange-filter': [
    'react',
    '@tanstack/react-query',
    'core/contract',
    'core/ocpi',
    'renderer/bridge',
    'renderer/texts',
    'renderer/ui',
  ],
  // What was wrong with an exchange, wherever one is shown.
  'renderer/explanation': [
    'react',
    '@mantine/core',
    '@tabler/icons-react',
    '@tanstack/react-query',
    'core/contract',
    'core/ocpi',
    'renderer/bridge',
    'renderer/exchange',
    'renderer/texts',
    'renderer/ui',
  ],
  // How the statuses of EVSEs are drawn, wherever they are.
  'renderer/evse': ['core/ocpi', 'renderer/ui'],
  // What a charge ought to cost beside what it states, wherever one is shown.
  'renderer/bill': [
    'react',
    '@mantine/core',
    '@tabler/icons-react',
    '@tanstack/react-query',
    'core/contract',
    'renderer/bridge',
    'renderer/texts',
    'renderer/ui',
  ],
  // A charge at the built-in partner with one click, wherever charges are missing.
  'renderer/first-charge': [
    'react',
    '@mantine/core',
    '@tabler/icons-react',
    'renderer/bridge',
    'renderer/texts',
    'renderer/ui',
  ],
  // How links show, wherever their names stand.
  'renderer/links': ['react', 'core/contract', 'renderer/texts', 'renderer/ui'],
  // Runs as they go, wherever they do.
  'renderer/runs': [
    'react',
    '@mantine/core',
    '@tanstack/react-router',
    'core/contract',
    'renderer/bridge',
    'renderer/links',
    'renderer/texts',
    'renderer/ui',
  ],
  // Editors that know the protocol's types.
  'renderer/ocpi-help': ['react', 'zod', 'core/ocpi', 'renderer/texts', 'renderer/ui'],
  'renderer/bridge': [
    'react',
    '@tanstack/react-query',
    '@orpc/client',
    '@orpc/contract',
    'core/contract',
    'renderer/texts',
  ],
  'renderer/ui': [
    'react',
    'react-dom',
    '@mantine/core',
    '@mantine/hooks',
    '@tabler/icons-react',
    '@codemirror',
    '@lezer',
  ],
  'renderer/texts': ['i18next', 'react-i18next'],
  ...Object.fromEntries(features.map(feature => [`renderer/features/${feature}`, PAGE])),
  'renderer/features/locations': [...PAGE, 'leaflet', 'topojson-client', 'world-atlas'],
  'renderer/features/transactions': [...PAGE, 'uplot'],
  electron: [
    'node',
    'ws',
    'zod',
    '@orpc/client',
    '@orpc/server',
    'core/workbench.ts',
    'core/workbench/log.ts',
    'core/workbench/owner-address.ts',
    'core/handlers',
    'core/loopback',
    'core/contract',
    'core/clock.ts',
    'core/cli/database-path.ts',
  ],
  // The runtime itself, where it cannot be handed in; of every other file only its types.
  'electron/main.ts': ['electron', 'core/clock.ts'],
  'electron/preload.ts': ['electron'],
  'electron/build': ['node', 'vite'],
  'test/e2e/electron': ['node', '@playwright/test', 'core', 'electron', 'test/e2e/support'],
  'test/electron': ['node', 'vitest', 'fast-check', '@orpc/client', 'electron', 'core', 'test/support'],
  'test/renderer': [
    'node',
    'vitest',
    'fast-check',
    'ws',
    '@orpc/client',
    '@orpc/server',
    '@tanstack/react-query',
    'core',
    'renderer',
  ],
  // Clocks are held against those of Temporal.
  'test/insight/tariff': ['node', 'vitest', 'fast-check', 'temporal-polyfill', 'core'],
  'test/replay/report': ['vitest', 'fast-xml-parser', 'core'],
  'test/house/commands.test.ts': ['node', 'vitest', 'vite', 'renderer'],
  'test/support/partner': ['node'],
  'test/support/raw-client.ts': ['node'],
  'test/support/raw-server.ts': ['node'],
  test: ['node', 'vitest', 'fast-check', 'undici', 'ws', 'better-sqlite3', 'zod', 'core', 'renderer'],
};

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
