import { basename, isAbsolute } from 'node:path';
import { done, failed, type Outcome } from '../../../contract/failure.ts';
import { StartReproduction } from '../../../contract/reproduction.ts';
import type { LogOrFile } from '../../../contract/session-log.ts';
import type { ImportDesk, ReproduceDesk } from '../desks.ts';
import type { LogParts } from '../parts.ts';
import type { RecordingSource } from './reproduce-messages.ts';
import { type RunningReproduction, startReproduction } from './reproduce-one.ts';

type Parts = LogParts & { readonly importing: ImportDesk };

/** Stopped ones are shown until there are so many newer ones. */
const MOST_STOPPED = 20;

/** Servers that answer as a recorded side did; several at once. */
export function createReproduceDesk(parts: Parts): ReproduceDesk {
  const { clock, newId, onChange, onTrouble } = parts;
  const running = new Map<string, RunningReproduction>();
  const closing = new AbortController();
  const starting = new Set<Promise<unknown>>();

  const find = (id: string): Outcome<RunningReproduction> => {
    const found = running.get(id);
    return found === undefined
      ? failed('NOT_FOUND', `there is no reproduction ${id}`, 'Start one; it ends with the workbench.')
      : done(found);
  };

  const forgetOldest = () => {
    const stopped = [...running].filter(([, one]) => one.view().state === 'stopped');
    for (const [id] of stopped.slice(0, Math.max(0, stopped.length - MOST_STOPPED))) running.delete(id);
  };

  const start: ReproduceDesk['start'] = async input => {
    const { source, ...options } = StartReproduction.parse(input);
    const from = sourceOf(source, parts);
    if (!from.ok) return from;
    const given = options.link === undefined ? undefined : linkHere(source, options.link, parts);
    const started = await startReproduction(
      { ...options, link: given, source: from.value },
      { clock, newId, onRequest: onChange, onTrouble },
      closing.signal,
    );
    if (!started.ok) return started;
    const view = started.value.view();
    running.set(view.id, started.value);
    forgetOldest();
    onChange();
    return done(view);
  };

  return {
    start: input => {
      const work = start(input);
      const settled: Promise<unknown> = work.then(
        () => starting.delete(settled),
        () => starting.delete(settled),
      );
      starting.add(settled);
      return work;
    },
    list: () => [...running.values()].map(one => one.view()),
    requests: ({ id, offset, limit }) => {
      const found = find(id);
      return found.ok ? done(found.value.requests({ offset, limit })) : found;
    },
    stop: async id => {
      const found = find(id);
      if (!found.ok) return found;
      await found.value.stop();
      onChange();
      return done(found.value.view());
    },
    stopAll: async () => {
      await Promise.all(starting);
      const all = [...running.values()];
      const count = all.filter(one => one.view().state !== 'stopped').length;
      running.clear();
      await Promise.all(all.map(one => one.stop()));
      if (all.length > 0) onChange();
      return count;
    },
    close: async () => {
      closing.abort();
      await Promise.all(starting);
      await Promise.all([...running.values()].map(one => one.stop()));
    },
  };
}

function sourceOf(source: LogOrFile, { importing, history }: Parts): Outcome<RecordingSource> {
  if ('path' in source) {
    if (isAbsolute(source.path)) return done({ kind: 'file', path: source.path, name: basename(source.path) });
    return failed('INVALID_INPUT', `"${source.path}" is no absolute path`, 'Name the file with its whole path.');
  }
  if ('upload' in source) {
    const path = importing.uploaded(source.upload);
    if (path !== undefined) return done({ kind: 'file', path, name: source.name });
    return failed('NOT_FOUND', `"${source.name}" is not here any more`, 'Hand the file over again.');
  }
  const log = importing.get(source.logId);
  if (!log.ok) return log;
  const { name, about, condition } = log.value;
  return done({
    kind: 'imported',
    logId: source.logId,
    database: history.file,
    linkIds: history.logs.get(source.logId)?.linkIds ?? [],
    about,
    name,
    problem: condition === 'whole' ? '' : CONDITIONS[condition],
  });
}

const CONDITIONS = {
  cut: 'The log was cut when it was imported: what stood behind the cut is not in it.',
  altered: 'The log had been altered when it was imported.',
} as const;

/** A link of an imported log may be named as it was there, or as it is called here. */
function linkHere(source: LogOrFile, link: string, { importing }: Parts): string {
  if (!('logId' in source)) return link;
  const log = importing.get(source.logId);
  return (log.ok ? log.value.links.find(({ was }) => was === link)?.name : undefined) ?? link;
}
