// Where things lie. Plain JavaScript on purpose, like all of this folder: any Node from 18 runs it, with nothing installed.
import { realpathSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = join(dirname(fileURLToPath(import.meta.url)), '..', '..');
export const modules = join(root, 'node_modules');
/** The project's own Node. */
export const node = join(modules, 'node', 'bin', process.platform === 'win32' ? 'node.exe' : 'node');
/** What is found out once and may be thrown away. */
export const cache = join(modules, '.cache', 'ocpi-workbench');

/** Node keeps there what it compiled, so that a command starts in half the time. */
export const compiled = join(cache, 'compiled');

/** To standard error: standard output belongs to whatever is started. */
export function say(line) {
  console.error(`set-up: ${line}`);
}

/** True when the file was the one that Node was started with. */
export function isMain(url) {
  return process.argv[1] !== undefined && fileURLToPath(url) === realpathSync(process.argv[1]);
}
