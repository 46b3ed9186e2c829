import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** What lies there: the database of an opened log, what a reproduction answers, one side of a comparison. */
export type TemporaryKind = 'open' | 'reproduction' | 'diff';

const PREFIX = 'ocpi-workbench-';
const OURS = /^ocpi-workbench-(?:open|reproduction|diff)-(\d+)-/;

/**
 * A new folder among the temporary ones, of this user and this process alone; whoever made it takes it away. Those of processes
 * that are gone are taken away on the way. Throws what the file system throws.
 */
export async function makeTemporaryFolder(kind: TemporaryKind): Promise<string> {
  const base = tmpdir();
  for (const name of await readdir(base)) {
    const pid = OURS.exec(name)?.[1];
    if (pid === undefined || isAlive(Number(pid))) continue;
    // Of another user: not ours to take away.
    await rm(join(base, name), { recursive: true, force: true }).catch(() => {});
  }
  return mkdtemp(join(base, `${PREFIX}${kind}-${process.pid}-`));
}

/** A process that may not be asked is there as well. */
function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
