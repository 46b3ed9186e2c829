import { createHash } from 'node:crypto';
import { stat } from 'node:fs/promises';
import { done, failed, type Outcome } from '../../contract/failure.ts';
import type { ReplaySource } from '../../contract/replay.ts';
import type { ImportedLog, LogSource } from '../../contract/session-log.ts';
import type { ImportDesk } from '../session-logs/desks.ts';

type FileSource = Extract<ReplaySource, { kind: 'file' }>;

/** Where a file's exchanges stand, and what is to be said of it. */
export interface LinkOfFile {
  readonly link: string;
  readonly note: string;
}

export type Logs = Pick<ImportDesk, 'import' | 'inspect' | 'list'>;

/** Imports a session log, unless it stands here already, and gives the link of it that is to be replayed. */
export async function linkOfLog(logs: Logs, { name, path, upload, link }: FileSource): Promise<Outcome<LinkOfFile>> {
  const source = path !== undefined ? { path } : upload !== undefined ? { upload, name } : undefined;
  if (source === undefined) {
    return failed('INVALID_INPUT', `of ${name} neither the path nor an upload is given`, 'Give one of them.');
  }
  const log = await importedLog(logs, source);
  if (!log.ok) return log;
  const chosen = linkIn(log.value, link);
  if (!chosen.ok) return chosen;
  const { counts } = log.value;
  return done({
    link: chosen.value,
    note: `${log.value.name} is imported: the ${counts.exchanges} exchanges of it stand under ${log.value.links.map(one => one.name).join(', ')}.`,
  });
}

/** A plan and the run after it mean the same exchanges; so does whoever replays a file once more. */
async function importedLog(logs: Logs, source: LogSource): Promise<Outcome<ImportedLog>> {
  const contents = await logs.inspect(source);
  if (!contents.ok) return contents;
  const wanted = fingerprint(contents.value);
  const isIt = (log: ImportedLog) => log.condition === 'whole' && fingerprint(log) === wanted;
  const known = logs.list().find(isIt);
  if (known !== undefined && contents.value.condition === 'whole') return done(known);
  let last: Outcome<ImportedLog> | undefined;
  for await (const step of logs.import({ source })) {
    if (!step.ok) last = step;
    else if (step.value.kind === 'imported') last = done(step.value.log);
  }
  if (last === undefined) throw new Error('an import ends with what was imported, or a failure');
  return last;
}

/** What it is called, when it was written, by whom, of what, and how much: no two logs that differ are alike in all of that. */
function fingerprint({
  name,
  about,
  from,
  to,
  counts,
}: Pick<ImportedLog, 'name' | 'about' | 'from' | 'to' | 'counts'>) {
  const called = name.replace(/ \(\d+\)$/, '');
  return createHash('sha256')
    .update(JSON.stringify([called, about, from, to, counts.exchanges]))
    .digest('hex');
}

/** Another text for each state of what is read: of a file on this machine, until it is written anew. */
export async function keyOfLog({ path, upload, link = '' }: FileSource): Promise<string> {
  if (path === undefined) return `log ${upload} ${link}`;
  const found = await stat(path).catch(() => undefined);
  return `log ${path} ${found?.mtimeMs} ${found?.size} ${link}`;
}

function linkIn({ name, links }: ImportedLog, wanted: string | undefined): Outcome<string> {
  const [only, ...others] = links;
  if (only === undefined) return failed('INVALID_INPUT', `${name} holds no exchange`, 'Choose another file.');
  if (wanted === undefined) {
    if (others.length === 0) return done(only.name);
    return failed(
      'INVALID_INPUT',
      `${name} holds several links: ${links.map(({ was }) => was).join(', ')}`,
      'Say which one is replayed.',
    );
  }
  const found = links.find(({ was, name: here }) => was === wanted || here === wanted);
  if (found !== undefined) return done(found.name);
  return failed(
    'NOT_FOUND',
    `${name} holds no link "${wanted}"`,
    `It holds ${links.map(({ was }) => was).join(', ')}.`,
  );
}
