import { readdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type * as z from 'zod';
import { done, failed, type Outcome } from '../../contract/failure.ts';
import { jsonFault } from '../../ocpi/json-fault.ts';
import { readScenario } from '../../replay/scenarios/read-scenario.ts';
import { fileFailure } from '../session-logs/exporting/out-file.ts';
import { parseExact } from './exact-json.ts';
import { codeOf, openFolder } from './folder.ts';
import { FOLDERS, HEALTH, HealthFile, LinkFile, MANIFEST, OwnFile, PLATFORM, PlatformFile, RULES } from './format.ts';

/** What stands in one file, and in which. */
export interface Read<T> {
  readonly path: string;
  readonly value: T;
}

/** A whole workspace, every file of which has the right form. */
export interface ReadWorkspace {
  readonly platform: Read<PlatformFile> | undefined;
  readonly health: Read<HealthFile> | undefined;
  readonly links: readonly Read<LinkFile>[];
  /** Checked later: whether its links are there is known then. */
  readonly rules: Read<unknown> | undefined;
  readonly scenarios: readonly Read<{ readonly name: string; readonly text: string }>[];
  readonly own: readonly Read<OwnFile>[];
}

/** `links/acme.json /settings/proxy: an absolute URL`. */
export type Problems = string[];

const LARGEST = 256 * 1024 * 1024;
const NAMED = 10;
/** As git leaves them where two changed the same lines. */
const CONFLICT = /^(?:<{7}|={7}|>{7}|\|{7})(?: |\r?$)/m;

/** Reads all of it; where something is wrong with any file, every problem is told at once. */
export async function readWorkspace(folder: string): Promise<Outcome<ReadWorkspace>> {
  const opened = await openFolder(folder);
  if (!opened.ok) return opened;
  if (opened.value === undefined) {
    return failed('NOT_FOUND', `${folder} holds no workspace: there is no ${MANIFEST}`, 'Export one, or name another.');
  }
  const problems: Problems = [];
  try {
    const paths = await pathsIn(folder);
    for (const path of opened.value.files) {
      if (!paths.includes(path)) {
        problems.push(`${path}: ${MANIFEST} lists it, and it is not there; restore it, or take it off the list`);
      }
    }
    const texts = new Map<string, string>();
    for (const path of paths) {
      const text = await readText(folder, path, problems);
      if (text !== undefined) texts.set(path, text);
    }
    const under = (name: string) => [...texts].filter(([path]) => path.startsWith(`${name}/`));
    const read = {
      platform: parsed(PLATFORM, texts.get(PLATFORM), PlatformFile, problems),
      health: parsed(HEALTH, texts.get(HEALTH), HealthFile, problems),
      links: under(FOLDERS.links).flatMap(([path, text]) => parsed(path, text, LinkFile, problems) ?? []),
      rules: texts.has(RULES) ? { path: RULES, value: JSON.parse(bare(texts.get(RULES) ?? '')) as unknown } : undefined,
      scenarios: under(FOLDERS.scenarios).flatMap(([path, text]) => scenarioIn(path, text, problems) ?? []),
      own: under(FOLDERS.own).flatMap(([path, text]) => parsed(path, text, OwnFile, problems, parseExact) ?? []),
    };
    return problems.length === 0 ? done(read) : refused(folder, problems);
  } catch (error) {
    return fileFailure(error, folder);
  }
}

/** All that is wrong, the first ones in words. */
export function refused(folder: string, problems: Problems): Outcome<never> {
  const told = problems.slice(0, NAMED).join('\n');
  const more = problems.length > NAMED ? `\nand ${problems.length - NAMED} more` : '';
  return failed(
    'INVALID_INPUT',
    `${folder} cannot be imported; nothing was changed:\n${told}${more}`,
    'Correct what is named, and import it again.',
  );
}

/** The files of a workspace, in order; others that lie there are nobody's business. */
async function pathsIn(folder: string): Promise<string[]> {
  const found: string[] = [];
  const look = async (inner: string): Promise<void> => {
    for (const entry of await entriesOf(join(folder, inner))) {
      const path = `${inner}/${entry.name}`;
      if (entry.isDirectory()) await look(path);
      else if (entry.name.endsWith('.json') && !entry.name.startsWith('.')) found.push(path);
    }
  };
  for (const name of Object.values(FOLDERS)) await look(name);
  for (const name of [PLATFORM, RULES, HEALTH]) if (await isThere(join(folder, name))) found.push(name);
  return found.sort();
}

async function entriesOf(folder: string) {
  try {
    return await readdir(folder, { withFileTypes: true });
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return [];
    throw error;
  }
}

async function isThere(path: string): Promise<boolean> {
  try {
    await stat(path);
    return true;
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return false;
    throw error;
  }
}

/** Undefined where it is no JSON: then the problem is told. */
async function readText(folder: string, path: string, problems: Problems): Promise<string | undefined> {
  const file = join(folder, path);
  try {
    const { size } = await stat(file);
    if (size > LARGEST) {
      problems.push(`${path}: it is larger than any file of a workspace`);
      return undefined;
    }
    const text = await readFile(file, 'utf8');
    const conflict = CONFLICT.exec(text);
    if (conflict !== null) {
      const line = text.slice(0, conflict.index).split('\n').length;
      problems.push(`${path} line ${line}: a merge conflict is not resolved`);
      return undefined;
    }
    const fault = jsonFault(bare(text));
    if (fault === undefined) return text;
    problems.push(
      `${path} line ${fault.line}, column ${fault.column}: ${fault.expected} is expected, ${fault.met} is there`,
    );
    return undefined;
  } catch (error) {
    const code = codeOf(error);
    if (code === undefined) throw error;
    problems.push(`${path}: it cannot be read (${(error as Error).message})`);
    return undefined;
  }
}

function bare(text: string): string {
  return text.startsWith('\ufeff') ? text.slice(1) : text;
}

function parsed<T>(
  path: string,
  text: string | undefined,
  form: z.ZodType<T>,
  problems: Problems,
  parse: (text: string) => unknown = JSON.parse,
): Read<T> | undefined {
  if (text === undefined) return undefined;
  const read = form.safeParse(parse(bare(text)));
  if (read.success) return { path, value: read.data };
  for (const { path: place, message } of read.error.issues) {
    problems.push(`${path}${place.length === 0 ? '' : ` ${pointer(place)}`}: ${message}`);
  }
  return undefined;
}

function pointer(place: readonly PropertyKey[]): string {
  return place.map(part => `/${String(part).replaceAll('~', '~0').replaceAll('/', '~1')}`).join('');
}

function scenarioIn(path: string, text: string, problems: Problems) {
  const { scenario, problems: found } = readScenario(text);
  for (const { where, message, severity } of found) {
    if (severity === 'error') problems.push(`${path}${where === '' ? '' : ` ${where}`}: ${message}`);
  }
  return scenario === undefined ? undefined : { path, value: { name: scenario.name, text } };
}
