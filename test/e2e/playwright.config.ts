import { spawnSync } from 'node:child_process';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { defineConfig } from '@playwright/test';
import { chromiumPath } from './support/chromium.ts';

// Once, before the first test: the processes of the tests then serve what was built, whatever is edited meanwhile.
if (process.env['OCPI_WORKBENCH_PAGE'] === undefined) {
  const root = join(import.meta.dirname, '..', '..');
  spawnSync(process.execPath, [join(root, 'core', 'setup', 'page.js')], { stdio: 'inherit' });
  process.env['OCPI_WORKBENCH_PAGE'] = join(root, 'renderer', 'dist');
}

const executablePath = chromiumPath();
const report = process.env['OCPI_WORKBENCH_E2E_REPORT'];

/** The page as it is built, in a real browser, against a real `wb ui` process of each test's own. */
export default defineConfig({
  testDir: '.',
  testMatch: '**/*.e2e.ts',
  fullyParallel: true,
  // More of them only wait for a processor.
  workers: Math.min(Math.max(availableParallelism(), 2), 8),
  // A busy machine of two cores takes five times as long as a quiet one.
  timeout: 90_000,
  expect: { timeout: 20_000 },
  forbidOnly: true,
  // What passes only then is named by npm test.
  retries: 1,
  outputDir: join(import.meta.dirname, '..', '..', 'test-results'),
  reporter: report === undefined ? [['list']] : [['list'], ['json', { outputFile: report }]],
  use: {
    browserName: 'chromium',
    viewport: { width: 1280, height: 800 },
    locale: 'en-GB',
    timezoneId: 'Europe/Amsterdam',
    screenshot: 'only-on-failure',
    launchOptions: {
      ...(executablePath === undefined ? {} : { executablePath }),
      args: [
        '--no-sandbox',
        '--disable-gpu',
        '--no-first-run',
        '--disable-background-networking',
        '--disable-component-update',
        '--disable-sync',
      ],
    },
  },
});
