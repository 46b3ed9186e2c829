// The window's runtime: where it lies, and how it is had. Its package downloads it when it is first asked for.
import { spawn } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { modules, node, say } from './places.js';

const folder = join(modules, 'electron');
/** A download that fails does so at once; one that goes on for longer is worth a word. */
const WORTH_A_WORD_MS = 2_000;

function isThere() {
  try {
    return existsSync(join(folder, 'dist', readFileSync(join(folder, 'path.txt'), 'utf8')));
  } catch {
    return false;
  }
}

/** Undefined when the runtime is there, downloaded if need be; else why it cannot be had, for one line. */
export async function ensureElectron() {
  if (isThere()) return undefined;
  if (!existsSync(join(folder, 'install.js'))) return 'its package is not installed';
  const child = spawn(node, [join(folder, 'install.js')], { stdio: ['ignore', 'ignore', 'pipe'] });
  let [told, over] = ['', false];
  child.stderr.setEncoding('utf8').on('data', text => {
    told += text;
  });
  AbortSignal.timeout(WORTH_A_WORD_MS).addEventListener('abort', () => {
    if (!over) say("downloading the window's runtime (Electron, about 110 MB), once");
  });
  await new Promise(resolve => {
    child.on('error', error => {
      told = error.message;
      resolve();
    });
    child.on('close', resolve);
  });
  over = true;
  if (isThere()) return undefined;
  return told.split('\n').find(line => line.trim() !== '') ?? 'its download failed';
}
