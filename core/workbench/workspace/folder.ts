import { lstat, mkdir, open, readdir, readFile, rename, rm, rmdir, stat } from 'node:fs/promises';
import { dirname, isAbsolute, join, sep } from 'node:path';
import { done, failed, type Outcome } from '../../contract/failure.ts';
import type { WorkspaceItem } from '../../contract/workspace.ts';
import { draftOf, removeLeftDrafts } from '../../history/keeping/drafts.ts';
import { fileFailure } from '../session-logs/exporting/out-file.ts';
import type { WorkspaceFile } from './collecting.ts';
import { prettyJson } from './exact-json.ts';
import { FORMAT, MANIFEST, Manifest } from './format.ts';

/** What may lie in a folder that a workspace is written into for the first time. */
const HARMLESS = /^(?:\..*|readme(?:\..*)?|licen[cs]e(?:\..*)?)$/i;

/** The manifest of a folder; undefined where it is empty, or not there at all. */
export async function openFolder(folder: string): Promise<Outcome<Manifest | undefined>> {
  if (!isAbsolute(folder)) {
    return failed('INVALID_INPUT', `"${folder}" is no absolute path`, 'Say it from the root of the disk on.');
  }
  try {
    const found = await stat(folder);
    if (!found.isDirectory()) return failed('INVALID_INPUT', `${folder} is a file`, 'Name a folder.');
    const names = await readdir(folder);
    if (names.includes(MANIFEST)) return await readManifest(folder);
    const foreign = names.find(name => !HARMLESS.test(name));
    if (foreign === undefined) return done(undefined);
    return failed(
      'INVALID_INPUT',
      `${folder} holds something that is no workspace (${foreign})`,
      'Name an empty folder, a new one, or one that holds a workspace.',
    );
  } catch (error) {
    return codeOf(error) === 'ENOENT' ? done(undefined) : fileFailure(error, folder);
  }
}

async function readManifest(folder: string): Promise<Outcome<Manifest>> {
  const path = join(folder, MANIFEST);
  const text = await readFile(path, 'utf8');
  const advice = 'Restore the file, from git for instance.';
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch (error) {
    return failed('INVALID_INPUT', `${path} is no JSON: ${(error as Error).message}`, advice);
  }
  const read = Manifest.safeParse(json);
  if (!read.success) return failed('INVALID_INPUT', `${path} is not that of a workspace`, advice);
  if (read.data.ocpiWorkbenchWorkspace > FORMAT) {
    return failed(
      'INVALID_INPUT',
      `${folder} was written by a newer OCPI Workbench (${read.data.release})`,
      'Update OCPI Workbench.',
    );
  }
  const odd = read.data.files.find(file => !isInside(file));
  if (odd !== undefined) return failed('INVALID_INPUT', `${path} lists "${odd}", which is outside of it`, advice);
  return done(read.data);
}

/** Whether a path that somebody wrote into a manifest stays within the folder. */
function isInside(path: string): boolean {
  const parts = path.split('/');
  return parts.every(part => part !== '' && part !== '.' && part !== '..' && !/[\\:\0]/.test(part));
}

export interface Writing {
  readonly folder: string;
  readonly release: string;
  readonly files: readonly WorkspaceFile[];
  readonly before: Manifest | undefined;
  /** Milliseconds since the epoch. */
  readonly now: number;
}

/** Writes what changed, and takes away what the workbench wrote before and does not write any more. */
export async function writeFolder({ folder, release, files, before, now }: Writing): Promise<Outcome<WorkspaceItem[]>> {
  const items: WorkspaceItem[] = [];
  const paths = files.map(({ path }) => path).sort();
  // Also those that an export left behind that did not come to its end.
  const known = [...new Set([...paths, ...(before?.files ?? [])])].sort();
  const manifest = (listed: readonly string[]) =>
    prettyJson({ ocpiWorkbenchWorkspace: FORMAT, release, files: listed });
  let at = folder;
  try {
    await mkdir(folder, { recursive: true });
    if (before === undefined) {
      at = join(folder, MANIFEST);
      await put(at, manifest(known), now);
    }
    for (const { kind, name, path, text, note } of files) {
      at = placeOf(folder, path);
      const did = (await put(at, text, now)) ? 'written' : 'unchanged';
      items.push({ kind, name, file: path, did, note });
    }
    for (const path of before?.files ?? []) {
      if (paths.includes(path)) continue;
      at = placeOf(folder, path);
      if (await removeFile(at)) items.push({ kind: 'file', name: path, file: path, did: 'removed', note: '' });
      await removeEmpty(folder, dirname(at));
    }
    at = join(folder, MANIFEST);
    await put(at, manifest(paths), now);
    return done(items);
  } catch (error) {
    return fileFailure(error, at);
  }
}

function placeOf(folder: string, path: string): string {
  return join(folder, path.split('/').join(sep));
}

/** False where it is there already, byte for byte: a file that is not touched keeps its time. */
async function put(path: string, text: string, now: number): Promise<boolean> {
  const bytes = Buffer.from(text);
  if (await holds(path, bytes)) return false;
  await mkdir(dirname(path), { recursive: true });
  // Of an export that was killed.
  removeLeftDrafts(path, now);
  const draft = draftOf(path);
  try {
    const handle = await open(draft, 'wx');
    try {
      await handle.writeFile(bytes);
      await handle.sync();
    } finally {
      await handle.close();
    }
    await rename(draft, path);
  } catch (error) {
    await rm(draft, { force: true });
    throw error;
  }
  return true;
}

async function holds(path: string, bytes: Buffer): Promise<boolean> {
  try {
    return bytes.equals(await readFile(path));
  } catch (error) {
    if (codeOf(error) === 'ENOENT' || codeOf(error) === 'ENOTDIR') return false;
    throw error;
  }
}

async function removeFile(path: string): Promise<boolean> {
  try {
    if ((await lstat(path)).isDirectory()) return false;
    await rm(path);
    return true;
  } catch (error) {
    if (codeOf(error) === 'ENOENT' || codeOf(error) === 'ENOTDIR') return false;
    throw error;
  }
}

async function removeEmpty(folder: string, inner: string): Promise<void> {
  for (let at = inner; at.startsWith(folder + sep); at = dirname(at)) {
    try {
      await rmdir(at);
    } catch (error) {
      // Somebody else's files are in it, or it went before.
      if (['ENOTEMPTY', 'EEXIST', 'ENOENT', 'ENOTDIR'].includes(codeOf(error) ?? '')) return;
      throw error;
    }
  }
}

export function codeOf(error: unknown): string | undefined {
  return (error as NodeJS.ErrnoException).code;
}
