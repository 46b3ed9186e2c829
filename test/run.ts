/**
 * Everything that must hold, in one command: format and lint, types, every test (import rules, unit, integration), then
 * the built page in a browser.
 * The last line is `N passed, N failed`. `--all` runs the large matrices whole instead of sampled.
 */
import { spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join, relative } from 'node:path';
import { chromiumPath } from './e2e/support/chromium.ts';

interface Tally {
  passed: number;
  failed: number;
  skipped: number;
}

interface VitestReport {
  readonly numPassedTests: number;
  readonly testResults: readonly {
    /** The file. */
    readonly name: string;
    readonly status: string;
    readonly assertionResults: readonly { readonly status: string; readonly fullName: string }[];
  }[];
}

interface BrowserSuite {
  readonly title: string;
  readonly suites?: readonly BrowserSuite[];
  readonly specs: readonly {
    readonly title: string;
    readonly tests: readonly { readonly status: 'expected' | 'unexpected' | 'flaky' | 'skipped' }[];
  }[];
}

interface BrowserReport {
  readonly suites: readonly BrowserSuite[];
}

const all = process.argv.includes('--all');
const root = join(import.meta.dirname, '..');
const bins = join(root, 'node_modules', '.bin');
const bin = (name: string) => join(bins, name);
const tally: Tally = { passed: 0, failed: 0, skipped: 0 };
/** What failed, said once more at the end. */
const failures: string[] = [];
/** More files than these do not fail because the machine was busy. */
const MOST_FILES_AGAIN = 12;

function settings(more: Readonly<Record<string, string>> = {}) {
  return {
    shell: process.platform === 'win32',
    env: {
      ...process.env,
      // The tools find the project's Node, however this file was started.
      PATH: `${bins}${delimiter}${process.env['PATH'] ?? ''}`,
      OCPI_WORKBENCH_KEYSTORE: 'file',
      // Hundreds of commands are started: each in half the time.
      NODE_COMPILE_CACHE: join(bins, '..', '.cache', 'ocpi-workbench', 'compiled'),
      ...(all ? { OCPI_WORKBENCH_TEST_ALL: '1' } : {}),
      ...more,
    },
  };
}

function run(name: string, args: readonly string[], more: Readonly<Record<string, string>> = {}): boolean {
  const { status, error } = spawnSync(bin(name), args, { stdio: 'inherit', ...settings(more) });
  if (error) console.error(`${name} could not be started: ${error.message}`);
  return status === 0;
}

/** Says what it has to say in one piece: others run beside it. */
async function check(title: string, name: string, args: readonly string[]) {
  const child = spawn(bin(name), args, { stdio: ['ignore', 'pipe', 'pipe'], ...settings() });
  const said: Buffer[] = [];
  child.stdout.on('data', (piece: Buffer) => said.push(piece));
  child.stderr.on('data', (piece: Buffer) => said.push(piece));
  const ok = await new Promise<boolean>(resolve => {
    child.once('error', error => {
      said.push(Buffer.from(`${name} could not be started: ${error.message}\n`));
      resolve(false);
    });
    child.once('close', code => resolve(code === 0));
  });
  console.log(`\n— ${title}`);
  process.stdout.write(Buffer.concat(said));
  if (ok) tally.passed++;
  else failed(title);
}

/** Runs tests that write a report; undefined, and counted as a failure, where they wrote none. */
function reported<Report>(
  title: string,
  start: (file: string) => boolean,
): { ok: boolean; report: Report } | undefined {
  console.log(`\n— ${title}`);
  const folder = mkdtempSync(join(tmpdir(), 'ocpi-workbench-run-'));
  const file = join(folder, 'report.json');
  try {
    const ok = start(file);
    return { ok, report: JSON.parse(readFileSync(file, 'utf8')) as Report };
  } catch {
    console.error('the tests wrote no report: counted as one failure');
    failed(`${title}: no report`);
    return undefined;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function skipped(title: string) {
  tally.skipped++;
  console.log(`skipped: ${title}`);
}

function failed(title: string) {
  tally.failed++;
  failures.push(title);
}

/** On a busy machine something may be late once: a test that passes when it is run again counts, and is named. */
function again(title: string) {
  tally.passed++;
  console.log(`passed only when run again: ${title}`);
}

function vitest(title: string, args: readonly string[] = []) {
  return reported<VitestReport>(title, file =>
    run('vitest', ['run', '--reporter=default', '--reporter=json', `--outputFile.json=${file}`, ...args]),
  );
}

/** Each test of files, by file and name; a file that does not load has none. */
function resultsOf({ testResults }: VitestReport) {
  return testResults.flatMap(({ name, assertionResults }) =>
    assertionResults.map(({ status, fullName }) => ({
      file: relative(root, name),
      title: `${relative(root, name)} > ${fullName}`,
      status,
    })),
  );
}

function tests() {
  const done = vitest('tests');
  if (done === undefined) return;
  const { ok, report } = done;
  const results = resultsOf(report);
  tally.passed += report.numPassedTests;
  const unhappy = new Set(
    report.testResults.filter(({ status }) => status === 'failed').map(({ name }) => relative(root, name)),
  );
  // Where a file's process died, the test it died in and those after it were never ended.
  const died = (file: string, status: string) => status === 'pending' && unhappy.has(file);
  for (const { status, title, file } of results) {
    if ((status === 'pending' || status === 'skipped' || status === 'todo') && !died(file, status)) skipped(title);
  }
  const late = results.filter(({ status, file }) => status === 'failed' || died(file, status));
  const files = [...new Set(late.map(({ file }) => file))];
  // A file that does not load has no failed test of its own, and an unhandled error outside of tests has neither.
  const broken = [...unhappy].filter(file => !files.includes(file));
  for (const file of broken) failed(`${file} does not run`);
  for (const file of files) {
    if (results.some(result => result.file === file && died(file, result.status)))
      console.log(`the process of ${file} died`);
  }
  if (late.length === 0) {
    if (!ok && broken.length === 0) failed('the tests: an error outside of any test');
    return;
  }
  const second =
    files.length > MOST_FILES_AGAIN ? undefined : vitest('failed tests, run again', ['--maxWorkers=1', ...files]);
  const passed = new Set(
    resultsOf(second?.report ?? { ...report, testResults: [] })
      .filter(({ status }) => status === 'passed')
      .map(({ title }) => title),
  );
  for (const { title } of late) {
    if (passed.has(title)) again(title);
    else failed(title);
  }
}

function browserTests() {
  if (chromiumPath() === undefined) {
    failed('the page in a browser: there is no Chromium (npm test looks for one)');
    return;
  }
  const done = reported<BrowserReport>('the page in a browser', file =>
    run('playwright', ['test', '-c', 'test/e2e/playwright.config.ts'], { OCPI_WORKBENCH_E2E_REPORT: file }),
  );
  if (done === undefined) return;
  const before = tally.failed;
  const count = ({ title, suites, specs }: BrowserSuite, above: string) => {
    for (const spec of specs) {
      for (const { status } of spec.tests) {
        if (status === 'expected') tally.passed++;
        else if (status === 'flaky') again(`${above}${title} > ${spec.title}`);
        else if (status === 'skipped') skipped(`${above}${title} > ${spec.title}`);
        else failed(`${above}${title} > ${spec.title}`);
      }
    }
    for (const suite of suites ?? []) count(suite, `${above}${title} > `);
  };
  for (const suite of done.report.suites) count(suite, '');
  // A file that does not load has no test of its own.
  if (!done.ok && tally.failed === before) failed('the page in a browser: a file does not run');
}

await Promise.all([
  check('format and lint', 'biome', ['check', '.']),
  check('types', 'tsc', ['--noEmit']),
  check('the page is built', 'node', ['core/setup/page.js']),
]);
tests();
browserTests();
if (tally.skipped > 0) console.log(`${tally.skipped} skipped, named above`);
for (const title of failures) console.log(`failed: ${title}`);
console.log(`\n${tally.passed} passed, ${tally.failed} failed`);
process.exitCode = tally.failed === 0 ? 0 : 1;
