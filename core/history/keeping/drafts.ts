import { hash, randomBytes } from 'node:crypto';
import { readdirSync, rmSync, statSync } from 'node:fs';
import { hostname } from 'node:os';
import { basename, dirname, join } from 'node:path';

/** What SQLite keeps beside a file. */
const BESIDE = ['', '-wal', '-shm', '-journal'] as const;

/** Whose it is: a process of this machine, by its name, for folders are shared. */
function owner(): string {
  return hash('sha256', hostname(), 'hex').slice(0, 8);
}

/** A new name for what is to stand at a path once it is whole; it says who makes it. */
export function draftOf(path: string): string {
  return `${path}.part-${owner()}-${process.pid}-${randomBytes(4).toString('hex')}`;
}

export function removeDraft(draft: string): void {
  for (const end of BESIDE) rmSync(draft + end, { force: true });
}

/**
 * Takes away what processes that are gone left of the same path; what somebody may still be at, on this machine or another,
 * stays, and so does every file that has another name. `now`: milliseconds since the epoch.
 */
export function removeLeftDrafts(path: string, now: number): void {
  const folder = dirname(path);
  const front = `${basename(path)}.part-${owner()}-`;
  for (const name of namesIn(folder)) {
    const [, pid] = name.startsWith(front)
      ? (/^(\d+)-[0-9a-f]{8}(?:-wal|-shm|-journal)?$/.exec(name.slice(front.length)) ?? [])
      : [];
    if (pid !== undefined) removeLeft(join(folder, name), { pid: Number(pid), now });
  }
}

/** A folder that may be written in need not be one that may be read. */
function namesIn(folder: string): readonly string[] {
  try {
    return readdirSync(folder);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === undefined) throw error;
    return [];
  }
}

/** Tidiness, which keeps nobody from a new one: of another user it is not ours to take away. */
function removeLeft(file: string, of: { readonly pid: number; readonly now: number }): void {
  try {
    if (isLeft(file, of)) rmSync(file, { force: true });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === undefined) throw error;
  }
}

function isLeft(file: string, { pid, now }: { readonly pid: number; readonly now: number }): boolean {
  const found = statSync(file, { throwIfNoEntry: false });
  if (found?.isFile() !== true) return false;
  // Of one that had the number that this one has now, as in containers.
  if (pid === process.pid) return found.mtimeMs < now - process.uptime() * 1000;
  try {
    process.kill(pid, 0);
    return false;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'ESRCH';
  }
}
