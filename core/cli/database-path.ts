import { existsSync, mkdirSync } from 'node:fs';
import { homedir, platform } from 'node:os';
import { dirname, join, resolve } from 'node:path';

/** The database of `--db`, else the user's own in the place where the system keeps application data. */
export function databasePath(given: string | undefined): string {
  const file = given === undefined ? ownDatabase() : resolve(given);
  mkdirSync(dirname(file), { recursive: true });
  return file;
}

/** Whether the user has a database of their own already; nothing is made. */
export function hasOwnDatabase(): boolean {
  return existsSync(ownDatabase());
}

function ownDatabase(): string {
  return join(dataFolder(), 'ocpi-workbench', 'workbench.db');
}

function dataFolder(): string {
  if (platform() === 'win32') return process.env['APPDATA'] ?? join(homedir(), 'AppData', 'Roaming');
  if (platform() === 'darwin') return join(homedir(), 'Library', 'Application Support');
  return process.env['XDG_DATA_HOME'] ?? join(homedir(), '.local', 'share');
}
