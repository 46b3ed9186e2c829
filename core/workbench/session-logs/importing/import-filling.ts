import { failed, type Outcome } from '../../../contract/failure.ts';
import type { LogAbout, LogCondition } from '../../../contract/session-log.ts';
import type { History } from '../../../history/history.ts';
import type { StoredLog } from '../../../history/logs.ts';
import { type AskingThread, createAskingThread } from '../../../history/objects/asking-thread.ts';
import { createSparing, type Sparing } from '../../../history/objects/thrift.ts';
import { NOTHING_COUNTED } from '../../../session-log/format/counting.ts';
import type { ReadEnd } from '../../../session-log/read/read-log.ts';
import { createGroupAsking, type UnnamedTokens } from '../../asked-groups.ts';
import { aboutOf } from './import-about.ts';
import type { LogImportAnswer, LogImportProgress, LogImportQuestion, LogImportStart } from './import-messages.ts';
import { createStoring, type Storing } from './import-storing.ts';

export type LogThread = AskingThread<LogImportQuestion, LogImportAnswer, LogImportProgress>;

/** A thread that looks through log files, and reads them line by line. */
export function createLogThread(file: string): LogThread {
  return createAskingThread<LogImportQuestion, LogImportAnswer, LogImportProgress>({
    script: new URL('./import-worker.ts', import.meta.url),
    workerData: { file } satisfies LogImportStart,
    gone: reason => ({ kind: 'gone', reason }),
  });
}

/** Exchanges from which on memory counts for more than speed: most imports are over before. */
const SPARING_FROM = 3000;

/** How far a file has come into the history. */
export interface Filled {
  readonly about: LogAbout;
  readonly logId: number;
  readonly exchanges: number;
}

export interface Filling {
  readonly history: History;
  readonly thread: LogThread;
  readonly path: string;
  /** What the file is called. */
  readonly file: string;
  /** What the log is called here. */
  readonly name: string;
  /** Where it stands beside what is live; absent where the database was made to look at it meanwhile. */
  readonly beside?: {
    /** Behind the names of its links. */
    readonly name: string;
    /** What the file was found to be: anything else, and it changed since. */
    readonly condition: LogCondition;
    /** Where its lines were not looked into for that: what becomes of it when some cannot be read. */
    readonly odd?: (end: ReadEnd) => Outcome<void>;
  };
  /** Milliseconds since the epoch. */
  readonly now: number;
  readonly signal: AbortSignal;
}

/** What a file came to. `log`: as far as it was stored, not yet in state `stored` where something failed. */
export interface FillEnd {
  readonly log: StoredLog | undefined;
  readonly outcome: Outcome<ReadEnd>;
}

/**
 * Stores a file's lines group after group, each committed before the next is stored: partners are answered in between. Tells
 * after each how far it is; leaving the iteration early leaves what was stored.
 */
export async function* fill(filling: Filling): AsyncGenerator<Filled, FillEnd> {
  const sparing = createSparing();
  try {
    return yield* filled(filling, sparing);
  } finally {
    sparing.end();
  }
}

async function* filled(filling: Filling, sparing: Sparing): AsyncGenerator<Filled, FillEnd> {
  const { history, thread, path, file, name, beside, now, signal } = filling;
  let log: StoredLog | undefined;
  let storing: Storing | undefined;
  const opened = await thread.ask({ kind: 'open', path, name: file, at: now });
  if (opened.kind !== 'opened') return { log, outcome: unread(file, opened) };
  const next = groupsOf(history, thread);
  for (;;) {
    const answer = await next();
    if (signal.aborted) return { log, outcome: cancelled(file) };
    if (answer.kind !== 'group') return { log, outcome: unread(file, answer) };
    const { records, end } = answer;
    const header = records.find(record => record.kind === 'header');
    if (header !== undefined && log === undefined) {
      const about = aboutOf(header.header);
      const made = history.transaction(() =>
        history.logs.insert({
          name,
          state: beside === undefined ? 'showing' : 'importing',
          about,
          condition: 'whole',
          counts: NOTHING_COUNTED,
          rules: [],
          from: null,
          to: null,
        }),
      );
      if (!made.ok) return { log, outcome: made };
      log = made.value;
      storing = createStoring({ history, logId: log.logId, name: file, beside: beside?.name });
    }
    if (storing !== undefined && log !== undefined) {
      const stored = await storing.store(records);
      if (!stored.ok) return { log, outcome: stored };
      const { exchanges } = storing.now().counts;
      if (exchanges > SPARING_FROM) sparing.begin();
      yield { about: log.about, logId: log.logId, exchanges };
    }
    if (end === undefined) continue;
    if (storing === undefined || log === undefined) throw new Error('a log that was read has a header');
    if (beside !== undefined && end.condition !== beside.condition) {
      const allowed = answer.odd > 0 && beside.odd !== undefined ? beside.odd(end) : changed(file);
      if (!allowed.ok) return { log, outcome: allowed };
    }
    const finished = await storing.finish();
    if (!finished.ok) return { log, outcome: finished };
    const details = { ...log, ...storing.now(), condition: end.condition };
    const kept = history.transaction(() => history.logs.update(details.logId, { state: 'stored', details }));
    return kept.ok ? { log: kept.value, outcome: { ok: true, value: end } } : { log, outcome: kept };
  }
}

/** Asks for the next group while the one before is being stored. */
function groupsOf(history: History, thread: LogThread): () => Promise<Exclude<LogImportAnswer, UnnamedTokens>> {
  const ask = createGroupAsking<LogImportAnswer>(history.tokens, question => thread.ask(question));
  let ahead: ReturnType<typeof ask> | undefined;
  return async () => {
    const answer = await (ahead ?? ask());
    ahead = answer.kind === 'group' && answer.end === undefined ? ask() : undefined;
    return answer;
  };
}

function changed(name: string): Outcome<never> {
  return failed('OPERATION_FAILED', `${name} changed while it was read`, 'Nothing of it is kept: try again.');
}

export function cancelled(name: string): Outcome<never> {
  return failed('OPERATION_FAILED', `the import of ${name} was cancelled`, 'Nothing of it is kept.');
}

/** Why a file, or its thread, could not be gone on with. */
export function unread(name: string, answer: LogImportAnswer): Outcome<never> {
  if (answer.kind === 'failed') return { ok: false, failure: answer.failure };
  const why = answer.kind === 'gone' ? answer.reason : 'the thread that reads it lost its way';
  return failed(
    'OPERATION_FAILED',
    `${name} could not be read: ${why}`,
    'Try again; should it fail again, please report it.',
  );
}
