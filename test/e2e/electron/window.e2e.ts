import { execFileSync, spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { _electron, type ElectronApplication, expect, type Page, test } from '@playwright/test';

const root = join(import.meta.dirname, '..', '..', '..');
const runtime = installedRuntime();

/** Path of Electron's runtime; undefined where only its package is installed. */
function installedRuntime(): string | undefined {
  const folder = join(root, 'node_modules', 'electron');
  try {
    const path = join(folder, 'dist', readFileSync(join(folder, 'path.txt'), 'utf8'));
    return existsSync(path) ? path : undefined;
  } catch {
    return undefined;
  }
}

/** Why the window cannot be opened here; undefined where it can. */
function missing(): string | undefined {
  if (runtime === undefined) return 'the runtime of Electron is not installed here (npm start downloads it)';
  const hasDesktop = process.platform !== 'linux' || process.env['DISPLAY'] || process.env['WAYLAND_DISPLAY'];
  return hasDesktop ? undefined : 'there is no desktop here (DISPLAY, WAYLAND_DISPLAY)';
}

// biome-ignore lint/suspicious/noSkippedTests: only where there is no runtime, and then by name and with the reason.
test.skip(missing() !== undefined, missing() ?? '');
test.describe.configure({ mode: 'serial' });

let folder: string;
let app: ElectronApplication;
let page: Page;

const path = (name: string) => join(folder, name);
const argumentsFor = (database: string) => [
  '.',
  `--user-data-dir=${path('user-data')}`,
  '--lang=en-GB',
  // Chromium's sandbox refuses to run for the superuser.
  ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
  path(database),
];
const environment = () => ({ ...(process.env as Record<string, string>), OCPI_WORKBENCH_KEYSTORE: 'file' });

test.beforeAll(async () => {
  execFileSync(process.execPath, [join(root, 'electron', 'build', 'build.ts'), '--if-older'], { stdio: 'inherit' });
  folder = mkdtempSync(join(tmpdir(), 'ocpi-workbench-window-'));
  app = await _electron.launch({ args: argumentsFor('first.db'), cwd: root, env: environment() });
  page = await app.firstWindow();
});
test.afterAll(async () => {
  await app?.close();
  if (folder !== undefined) rmSync(folder, { recursive: true, force: true });
});

test('the window shows the page at its own address, with the database that was given', async () => {
  await expect(page).toHaveURL(/^app:\/\/workbench\//);
  await expect(page.getByText('first.db')).toBeVisible();
  expect(app.windows()).toHaveLength(1);
});

test('the page has no Node, and of the desktop a handful of named dialogs', async () => {
  const seen = await page.evaluate(() => ({
    node: ['require', 'process', 'module', 'Buffer'].filter(name => name in globalThis),
    desktop: Object.keys((globalThis as { ocpiWorkbench?: object }).ocpiWorkbench ?? {}).sort(),
  }));
  expect(seen).toEqual({ node: [], desktop: ['chooseDatabase', 'chooseTraffic', 'desktop', 'saveText'] });
});

test('the page cannot leave, open a window, or reach the network', async () => {
  const refused = await page.evaluate(async () => {
    const opened = window.open('http://example.org/');
    const reached = await fetch('https://example.org/').then(
      () => true,
      () => false,
    );
    const permission = await navigator.permissions.query({ name: 'geolocation' });
    return { opened: opened !== null, reached, geolocation: permission.state };
  });
  expect(refused).toEqual({ opened: false, reached: false, geolocation: 'denied' });
  await page.evaluate(() => {
    window.location.href = 'https://example.org/';
  });
  await expect(page).toHaveURL(/^app:\/\/workbench\//);
  expect(app.windows()).toHaveLength(1);
});

test('a core that is killed is started again, and the page comes back to it', async () => {
  const coreOf = () =>
    app.evaluate(
      ({ app: electronApp }) => electronApp.getAppMetrics().find(({ name }) => name === 'OCPI Workbench core')?.pid,
    );
  const killed = await coreOf();
  if (killed === undefined) throw new Error('no core is running');
  process.kill(killed, 'SIGKILL');
  await expect.poll(coreOf).not.toBe(killed);
  await expect.poll(coreOf).toBeDefined();
  await expect(page.getByText('The connection to the workbench is lost')).toBeHidden();
  await page.reload();
  await expect(page.getByText('first.db')).toBeVisible();
});

test('a second start ends by itself, and the first one opens what it was given', async () => {
  const second = spawn(runtime ?? '', argumentsFor('second.db'), { cwd: root, env: environment(), stdio: 'ignore' });
  const code = await new Promise(resolve => second.once('exit', resolve));
  expect(code).toBe(0);
  await expect(page.getByText('second.db')).toBeVisible();
  expect(app.windows()).toHaveLength(1);
});
