// Makes a bare clone runnable: installs the locked packages when they are missing or older than the lockfile.
// Plain JavaScript on purpose: it runs before anything is installed, on any Node from 18.
import { execFileSync } from 'node:child_process';
import { existsSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { modules, node, root, say } from './places.js';

const installedMark = join(modules, '.package-lock.json');
const lockfile = join(root, 'package-lock.json');

/** True when node_modules was written after the lockfile last changed. */
function isInstalled() {
  return existsSync(installedMark) && statSync(installedMark).mtimeMs >= statSync(lockfile).mtimeMs;
}

function fail(what) {
  say(what);
  process.exit(1);
}

if (!isInstalled()) {
  say('installing the locked packages (npm ci), about a minute');
  try {
    // Standard output stays free: a command run with --json prints its document there.
    execFileSync(
      process.platform === 'win32' ? 'npm.cmd' : 'npm',
      ['ci', '--no-audit', '--no-fund', '--loglevel=error'],
      {
        cwd: root,
        stdio: ['ignore', 2, 2],
        shell: process.platform === 'win32',
      },
    );
  } catch {
    fail('npm ci failed; its own words stand above. Check the network and the npm registry, then try again.');
  }
}
if (!existsSync(node)) {
  fail(
    "the project's own Node is missing (install scripts switched off?). Run: npm rebuild node --ignore-scripts=false",
  );
}
