import { isAbsolute } from 'node:path';
import { done, failed, type Outcome } from '../../../contract/failure.ts';
import type { LogCondition, LogImported, LogProgress, LogSource } from '../../../contract/session-log.ts';
import type { ReadEnd } from '../../../session-log/read/read-log.ts';
import type { ImportDesk, Steps } from '../desks.ts';
import type { LogParts } from '../parts.ts';
import { watched } from '../watched.ts';
import { logNamesOf, viewLog } from './import-about.ts';
import {
  cancelled,
  createLogThread,
  type FillEnd,
  type Filled,
  fill,
  type LogThread,
  unread,
} from './import-filling.ts';
import { removeLog } from './import-removal.ts';
import { createUploads, readable } from './import-uploads.ts';

/** A file, and what it is called. */
interface Located {
  readonly path: string;
  readonly name: string;
  readonly bare: string;
  /** Of what was handed over: nobody needs it again. */
  readonly upload?: string;
}

/** What a file was found to be before anything of it is stored. */
interface Checked {
  readonly condition: LogCondition;
  readonly problem: string;
  /** For showing how far it has come. */
  readonly exchanges: number;
  /** By its last line alone: whether its lines can be read is found out while they are stored. */
  readonly unread: boolean;
}

interface Importing {
  readonly located: Located;
  readonly damaged: boolean;
  readonly thread: LogThread;
  readonly signal: AbortSignal;
}

/** Milliseconds between two steps that are told. */
const TOLD_EVERY = 200;

export function createImportDesk({ history, clock, newId, onTrouble, onChange }: LogParts): ImportDesk {
  const { logs } = history;
  const uploads = createUploads({ file: history.file, newId });
  const threads = new Set<LogThread>();
  const closing = new AbortController();
  /** What touches the database, to be waited for before it is closed. */
  const busy = new Set<Promise<unknown>>();
  const tracked = <T>(work: Promise<T>): Promise<T> => {
    busy.add(work);
    const over = () => void busy.delete(work);
    work.then(over, over);
    return work;
  };
  const begin = (): LogThread => {
    const thread = createLogThread(history.file);
    threads.add(thread);
    return thread;
  };
  const end = async (thread: LogThread) => {
    threads.delete(thread);
    await thread.close();
  };
  const signalOf = (signal: AbortSignal | undefined) =>
    signal === undefined ? closing.signal : AbortSignal.any([signal, closing.signal]);

  const locate = async (source: LogSource): Promise<Outcome<Located>> => {
    if ('upload' in source) {
      const path = uploads.path(source.upload);
      if (path === undefined) return failed('NOT_FOUND', 'there is no such upload any more', 'Begin it anew.');
      return done({ path, ...logNamesOf(source.name), upload: source.upload });
    }
    const { path } = source;
    if (!isAbsolute(path))
      return failed('INVALID_INPUT', `${path} is no absolute path`, 'Name the whole path of the file.');
    const there = await readable(path);
    return there.ok ? done({ path, ...logNamesOf(path) }) : there;
  };

  /** What cannot be removed now is removed after the next start. */
  const takeBack = async (logId: number) => {
    if (closing.signal.aborted) return;
    const removed = await removeLog({ history, logId, signal: closing.signal });
    if (!removed.ok && !closing.signal.aborted) onTrouble(`removing log ${logId}`, new Error(removed.failure.message));
    onChange();
  };

  /** Logs that a process that ended left half there. */
  const finishRemovals = async () => {
    for (const { logId, state } of logs.list()) if (state !== 'stored') await takeBack(logId);
  };
  if (logs.list().some(({ state }) => state !== 'stored')) {
    tracked(finishRemovals()).catch(error => onTrouble('removing what was left of logs', error));
  }

  const check = async function* ({
    located,
    thread,
    signal,
  }: Importing): AsyncGenerator<LogProgress, Outcome<Checked>> {
    let lines = 0;
    const asked = thread.ask(
      { kind: 'check', path: located.path, name: located.name },
      {
        signal,
        progress: read => {
          lines = read;
        },
      },
    );
    const answer = yield* watched(asked, { clock, look: () => progress('checking the file', lines, null) });
    if (signal.aborted) return cancelled(located.name);
    if (answer.kind === 'whole')
      return done({ condition: 'whole', problem: '', exchanges: answer.exchanges, unread: true });
    if (answer.kind !== 'inspected') return unread(located.name, answer);
    const { condition, problem, counts } = answer.contents;
    return done({ condition, problem, exchanges: counts.exchanges, unread: false });
  };

  const store = async function* (
    { located, damaged, thread, signal }: Importing,
    { checked, told }: { readonly checked: Checked; readonly told: (filled: Filled) => void },
  ): AsyncGenerator<LogProgress, FillEnd> {
    const name = freeLogName(located.name, logs.list());
    const { path, name: file, bare } = located;
    const { condition, exchanges } = checked;
    const odd = ({ problem }: ReadEnd) => (damaged ? done(undefined) : refuseDamaged(file, problem));
    const filling = fill({
      ...{ history, thread, path, name, file, signal, now: clock.now() },
      beside: { name: bare, condition, ...(checked.unread ? { odd } : {}) },
    });
    let last = clock.elapsed();
    for (;;) {
      const step = await tracked(filling.next());
      if (step.done) return step.value;
      told(step.value);
      if (clock.elapsed() - last < TOLD_EVERY) continue;
      last = clock.elapsed();
      yield progress('storing', step.value.exchanges, exchanges);
    }
  };

  const importing = async function* (given: Importing): Steps<LogImported> {
    const { located, damaged } = given;
    yield done(progress('checking the file', 0, null));
    const checked = yield* told(check(given));
    if (!checked.ok) {
      yield checked;
      return;
    }
    const { condition, problem } = checked.value;
    if (condition !== 'whole' && !damaged) {
      yield refuseDamaged(located.name, problem);
      return;
    }
    let logId: number | undefined;
    let kept = false;
    try {
      const stored = yield* told(
        store(given, {
          checked: checked.value,
          told: filled => {
            logId = filled.logId;
          },
        }),
      );
      const { log, outcome } = stored;
      logId = log?.logId;
      if (!outcome.ok) yield outcome;
      else if (log !== undefined) {
        kept = true;
        onChange();
        yield done({ kind: 'imported', log: viewLog(history, log) });
      }
    } finally {
      if (!kept && logId !== undefined) await tracked(takeBack(logId));
    }
  };

  return {
    upload: uploads.add,
    uploaded: uploads.path,
    discardUpload: uploads.drop,
    dropUploads: uploads.dropAll,
    async inspect(source, signal) {
      const located = await locate(source);
      if (!located.ok) return located;
      const { path, name } = located.value;
      const thread = begin();
      try {
        const answer = await thread.ask({ kind: 'inspect', path, name }, { signal: signalOf(signal) });
        return answer.kind === 'inspected' ? done(answer.contents) : unread(name, answer);
      } finally {
        await end(thread);
      }
    },
    async *import({ source, damaged = false }, signal) {
      const located = await locate(source);
      if (!located.ok) {
        yield located;
        return;
      }
      const thread = begin();
      let refused = false;
      try {
        for await (const step of importing({ located: located.value, damaged, thread, signal: signalOf(signal) })) {
          refused = !step.ok;
          yield step;
        }
      } finally {
        await end(thread);
        const { upload } = located.value;
        // What was refused may be tried again, otherwise; what was cancelled is not.
        if (upload !== undefined && !(refused && signal?.aborted !== true)) await uploads.drop(upload);
      }
    },
    list: () => logs.list().flatMap(log => (log.state === 'stored' ? [viewLog(history, log)] : [])),
    get(logId) {
      const log = logs.get(logId);
      return log?.state === 'stored' ? done(viewLog(history, log)) : noLog(logId);
    },
    async *remove(logId) {
      const log = logs.get(logId);
      if (log?.state !== 'stored') {
        yield noLog(logId);
        return;
      }
      let seen: { readonly done: number; readonly total: number | null } = { done: 0, total: log.counts.exchanges };
      // Once it has begun it goes to its end: half a log is none.
      const removing = tracked(
        removeLog({
          history,
          logId,
          signal: closing.signal,
          progress: now => {
            seen = now;
          },
        }),
      );
      // Also where nobody listens any more.
      removing.then(onChange, onChange);
      const removed = yield* told(
        watched(removing, { clock, look: () => progress('removing', seen.done, seen.total) }),
      );
      yield removed.ok ? done({ kind: 'removed' }) : removed;
    },
    async close() {
      closing.abort();
      await Promise.allSettled([...busy]);
      await Promise.all([...threads].map(end));
      await uploads.close();
    },
  };
}

function progress(doing: string, count: number, total: number | null): LogProgress {
  return { kind: 'progress', doing, done: count, total };
}

/** Progress as steps of something that may fail. */
async function* told<T>(steps: AsyncGenerator<LogProgress, T>): AsyncGenerator<Outcome<LogProgress>, T> {
  for (;;) {
    const step = await steps.next();
    if (step.done) return step.value;
    yield done(step.value);
  }
}

function refuseDamaged(name: string, problem: string): Outcome<never> {
  return failed(
    'INVALID_INPUT',
    `${name} is not whole: ${problem}`,
    'Have it sent again. What can be read of it is imported where that is asked for (damaged).',
  );
}

function noLog(logId: number): Outcome<never> {
  return failed('NOT_FOUND', `there is no imported log ${logId}`, 'The list of logs names those that are there.');
}

/** The same file may be imported twice: then its name says so. */
function freeLogName(name: string, logs: readonly { readonly name: string }[]): string {
  const taken = new Set(logs.map(log => log.name));
  let free = name;
  for (let number = 2; taken.has(free); number++) free = `${name} (${number})`;
  return free;
}
