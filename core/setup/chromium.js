// Finds a Chromium for the end-to-end tests, or has one installed, and remembers where it is.
import { execFileSync, spawnSync } from 'node:child_process';
import { accessSync, constants, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { cache, isMain, modules, node, say } from './places.js';

const remembered = join(cache, 'chromium');

const NAMES = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable', 'chrome', 'microsoft-edge'];
const MAC = [
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  '/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge',
];
const WINDOWS = ['Google\\Chrome\\Application\\chrome.exe', 'Microsoft\\Edge\\Application\\msedge.exe'];

/** Where each system keeps browsers of this family. */
function usualPlaces() {
  const { env, platform } = process;
  if (platform === 'darwin') return MAC;
  if (platform === 'win32') {
    const folders = [env.PROGRAMFILES, env['PROGRAMFILES(X86)'], env.LOCALAPPDATA].filter(Boolean);
    return WINDOWS.flatMap(name => folders.map(folder => join(folder, name)));
  }
  const folders = [...(env.PATH ?? '').split(delimiter), '/usr/bin', '/usr/local/bin', '/snap/bin'].filter(Boolean);
  return NAMES.flatMap(name => folders.map(folder => join(folder, name)));
}

function isExecutable(path) {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

/** Present is not enough: one whose libraries are missing ends at once. Windows' opens a window when asked. */
function starts(path) {
  return process.platform === 'win32' || spawnSync(path, ['--version'], { timeout: 20_000 }).status === 0;
}

/** Playwright's own, of the version that its tests were written for; undefined where it was never installed. */
async function playwrights() {
  const { chromium } = await import('@playwright/test');
  return chromium.executablePath();
}

/** Path of a Chromium that starts; undefined where there is none. */
async function findChromium() {
  const wished = process.env.OCPI_WORKBENCH_CHROMIUM;
  if (wished) return wished;
  const places = [await playwrights(), ...usualPlaces()];
  return places.find(path => path && isExecutable(path) && starts(path));
}

function attempt(command, args) {
  try {
    execFileSync(command, args, { stdio: 'ignore', env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' } });
    return true;
  } catch {
    return false;
  }
}

/** Playwright's build for this system; where that cannot be had or does not start, Debian's package, with the right to install it. */
async function installChromium() {
  attempt(node, [join(modules, '@playwright', 'test', 'cli.js'), 'install', 'chromium']);
  const downloaded = await findChromium();
  if (downloaded) return downloaded;
  if (process.getuid?.() !== 0 || !isExecutable('/usr/bin/apt-get')) return undefined;
  attempt('apt-get', ['update']);
  return attempt('apt-get', ['install', '-y', '--no-install-recommends', 'chromium']) ? findChromium() : undefined;
}

/** The one remembered, if it is still there; else one that is found or installed. */
async function ensureChromium() {
  const known = rememberedChromium();
  if (!process.env.OCPI_WORKBENCH_CHROMIUM && known && isExecutable(known)) return known;
  let path = await findChromium();
  if (!path) {
    path = await installChromium();
    say(
      path
        ? `no Chromium was found: installed one for the end-to-end tests, at ${path}`
        : 'no Chromium was found and none could be installed: name one with OCPI_WORKBENCH_CHROMIUM',
    );
  }
  if (path) {
    mkdirSync(cache, { recursive: true });
    writeFileSync(remembered, path);
  }
  return path;
}

function rememberedChromium() {
  try {
    return readFileSync(remembered, 'utf8');
  } catch {
    return undefined;
  }
}

if (isMain(import.meta.url)) await ensureChromium();
