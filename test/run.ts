/**
 * Everything that must hold, in one command: format and lint, types, then every test (import rules, unit, integration).
 * The last line is `N passed, N failed`. `--all` runs the large matrices whole instead of sampled.
 */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';

interface Tally {
  passed: number;
  failed: number;
  skipped: number;
}

interface VitestReport {
  readonly numPassedTests: number;
  readonly numFailedTests: number;
  readonly numFailedTestSuites: number;
  readonly testResults: readonly {
    readonly name: string;
    readonly assertionResults: readonly { readonly status: string; readonly fullName: string }[];
  }[];
}

const all = process.argv.includes('--all');
const bins = join(import.meta.dirname, '..', 'node_modules', '.bin');
const bin = (name: string) => join(bins, name);
const tally: Tally = { passed: 0, failed: 0, skipped: 0 };

function run(name: string, args: readonly string[]): boolean {
  const { status, error } = spawnSync(bin(name), args, {
    stdio: 'inherit',
    shell: process.platform === 'win32',
    env: {
      ...process.env,
      // The tools find the project's Node, however this file was started.
      PATH: `${bins}${delimiter}${process.env['PATH'] ?? ''}`,
      OCPI_WORKBENCH_KEYSTORE: 'file',
      ...(all ? { OCPI_WORKBENCH_TEST_ALL: '1' } : {}),
    },
  });
  if (error) console.error(`${name} could not be started: ${error.message}`);
  return status === 0;
}

function check(title: string, name: string, args: readonly string[]) {
  console.log(`\n— ${title}`);
  if (run(name, args)) tally.passed++;
  else tally.failed++;
}

function readReport(file: string): VitestReport | undefined {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as VitestReport;
  } catch {
    return undefined;
  }
}

function tests() {
  console.log('\n— tests');
  const folder = mkdtempSync(join(tmpdir(), 'ocpi-workbench-run-'));
  const file = join(folder, 'report.json');
  const ok = run('vitest', ['run', '--reporter=default', '--reporter=json', `--outputFile.json=${file}`]);
  const report = readReport(file);
  rmSync(folder, { recursive: true, force: true });
  if (report === undefined) {
    console.error('the tests wrote no report: counted as one failure');
    tally.failed++;
    return;
  }
  tally.passed += report.numPassedTests;
  // A file that does not load has no failed test of its own, and an unhandled error outside of tests has neither.
  tally.failed += Math.max(report.numFailedTests, report.numFailedTestSuites > 0 || !ok ? 1 : 0);
  for (const { assertionResults } of report.testResults) {
    for (const { status, fullName } of assertionResults) {
      if (status !== 'pending' && status !== 'skipped' && status !== 'todo') continue;
      tally.skipped++;
      console.log(`skipped: ${fullName}`);
    }
  }
}

check('format and lint', 'biome', ['check', '.']);
check('types', 'tsc', ['--noEmit']);
tests();
if (tally.skipped > 0) console.log(`${tally.skipped} skipped, named above`);
console.log(`\n${tally.passed} passed, ${tally.failed} failed`);
process.exitCode = tally.failed === 0 ? 0 : 1;
