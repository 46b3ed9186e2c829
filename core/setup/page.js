// Builds the page (renderer/) when it is missing or older than what it is made of.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { cache, isMain, modules, node, root, say } from './places.js';

const built = join(root, 'renderer', 'dist');
/** Newest moment among the sources that the built page was made of; a leading dot is never served. */
const stamp = join(built, '.sources');
const sources = ['renderer', 'core/contract', 'core/ocpi', 'core/setup/page.js', 'package-lock.json'];

/** Milliseconds since the epoch at which the file, or anything in the folder, last changed; 0 for what is not there. */
function newest(path) {
  const seen = statSync(path, { throwIfNoEntry: false });
  if (seen === undefined || path === built) return 0;
  if (!seen.isDirectory()) return seen.mtimeMs;
  // The folder's own moment tells of files that were taken away.
  return Math.max(
    path.endsWith('renderer') ? 0 : seen.mtimeMs,
    ...readdirSync(path).map(name => newest(join(path, name))),
  );
}

function madeOf() {
  try {
    return Number(readFileSync(stamp, 'utf8'));
  } catch {
    return 0;
  }
}

/** True when a page is there to be served, be it an older one. Elsewhere built ones are left to whoever built them. */
function ensurePage({ force = false } = {}) {
  if (process.env.OCPI_WORKBENCH_PAGE || !existsSync(join(root, 'renderer', 'index.html'))) return true;
  const now = Math.max(...sources.map(source => newest(join(root, source))));
  if (!force && madeOf() >= now) return true;
  say('building the page, a few seconds');
  // Made elsewhere and moved into place, so that a page that is being served stays whole.
  const draft = join(cache, `page-${process.pid}`);
  mkdirSync(cache, { recursive: true });
  const made = spawnSync(node, [join(modules, 'vite', 'bin', 'vite.js'), 'build', 'renderer', '--logLevel', 'warn'], {
    cwd: root,
    encoding: 'utf8',
    // Whatever the shell or a test says: a page for development is half as fast and twice as large.
    env: { ...process.env, NODE_ENV: 'production', OCPI_WORKBENCH_OUT: draft },
  });
  if (made.status !== 0) {
    rmSync(draft, { recursive: true, force: true });
    console.error(`${made.stdout ?? ''}${made.stderr ?? made.error?.message ?? ''}`.trim());
    const older = existsSync(join(built, 'index.html'));
    say(older ? 'the page could not be built: the older one is shown' : 'the page could not be built');
    return older && !force;
  }
  writeFileSync(join(draft, '.sources'), String(now));
  const before = `${draft}-before`;
  if (existsSync(built)) renameSync(built, before);
  renameSync(draft, built);
  rmSync(before, { recursive: true, force: true });
  return true;
}

if (isMain(import.meta.url) && !ensurePage({ force: process.argv.includes('--force') })) process.exitCode = 1;
