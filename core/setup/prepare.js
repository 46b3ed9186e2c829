// Makes a bare clone runnable: installs the locked packages when they are missing or older than the lockfile.
// Plain JavaScript on purpose: it runs before anything is installed, on any Node from 18.
import { execFileSync } from 'node:child_process';
import { existsSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = join(dirname(fileURLToPath(import.meta.url)), '..', '..');
const installedMark = join(root, 'node_modules', '.package-lock.json');
const lockfile = join(root, 'package-lock.json');
const node = join(root, 'node_modules', 'node', 'bin', process.platform === 'win32' ? 'node.exe' : 'node');

/** True when node_modules was written after the lockfile last changed. */
function isInstalled() {
  return existsSync(installedMark) && statSync(installedMark).mtimeMs >= statSync(lockfile).mtimeMs;
}

function fail(what) {
  console.error(`set-up: ${what}`);
  process.exit(1);
}

if (!isInstalled()) {
  console.error('set-up: installing the locked packages (npm ci), about a minute');
  try {
    // Standard output stays free: a command run with --json prints its document there.
    execFileSync(process.platform === 'win32' ? 'npm.cmd' : 'npm', ['ci', '--no-audit', '--no-fund'], {
      cwd: root,
      stdio: ['ignore', 2, 2],
      shell: process.platform === 'win32',
    });
  } catch {
    fail('npm ci failed; its own words stand above. Check the network and the npm registry, then try again.');
  }
}
if (!existsSync(node)) {
  fail(
    "the project's own Node is missing (install scripts switched off?). Run: npm rebuild node --ignore-scripts=false",
  );
}
