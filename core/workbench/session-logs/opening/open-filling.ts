import { done, type Failure, type Outcome } from '../../../contract/failure.ts';
import type { LogAbout, LogViewing } from '../../../contract/session-log.ts';
import { logNamesOf } from '../importing/import-about.ts';
import { createLogThread, type FillEnd, fill } from '../importing/import-filling.ts';
import type { LogParts } from '../parts.ts';

/** The file that a workbench was made to show. */
export interface ViewedFile {
  readonly path: string;
  /** What it is called; an upload lies under another name. */
  readonly name: string;
}

/** A file on its way into a database that was made for it. */
export interface Viewing {
  now(): LogViewing;
  /** Resolves when its first line was read; fails where it is no log. */
  begun(): Promise<Outcome<void>>;
  close(): Promise<void>;
}

/** Milliseconds between two words on how far it is. */
const TOLD_EVERY = 250;

/** Fills the database while it is looked at already: whether the file is whole is told when its end is reached. */
export function startViewing(
  { history, clock, onTrouble, onChange }: Pick<LogParts, 'history' | 'clock' | 'onTrouble' | 'onChange'>,
  { path, name }: ViewedFile,
): Viewing {
  const thread = createLogThread(history.file);
  // Whoever opens a file looks at its rows as soon as there are any.
  history.traffic.awake();
  const closing = new AbortController();
  const begun = Promise.withResolvers<Outcome<void>>();
  const { name: file } = logNamesOf(name);
  let about: LogAbout | null = null;
  let exchanges = 0;
  let end: FillEnd | undefined;
  let broken: Failure | undefined;
  let told = clock.elapsed();

  const run = async () => {
    const filling = fill({ history, thread, path, name: file, file, now: clock.now(), signal: closing.signal });
    for (;;) {
      const step = await filling.next();
      if (step.done) return step.value;
      ({ about, exchanges } = step.value);
      begun.resolve(done(undefined));
      if (clock.elapsed() - told < TOLD_EVERY) continue;
      told = clock.elapsed();
      onChange();
    }
  };
  const running = run().then(
    filled => {
      end = filled;
      begun.resolve(filled.outcome.ok ? done(undefined) : filled.outcome);
    },
    (error: unknown) => {
      onTrouble('filling a database with a log', error);
      broken = {
        code: 'OPERATION_FAILED',
        message: `${file} could not be read to its end: ${error instanceof Error ? error.message : String(error)}`,
        advice: 'Open it again; should it fail again, please report it.',
      };
      begun.resolve({ ok: false, failure: broken });
    },
  );
  void running.then(onChange);

  const failure = () => broken ?? (end?.outcome.ok === false ? end.outcome.failure : undefined);
  return {
    now() {
      const read = end?.outcome.ok ? end.outcome.value : undefined;
      const failed = failure();
      return {
        name: file,
        about,
        state: failed !== undefined ? 'failed' : read !== undefined ? 'read' : 'reading',
        condition: read?.condition ?? null,
        problem: failed?.message ?? read?.problem ?? '',
        exchanges: end?.log?.counts.exchanges ?? exchanges,
        total: read === undefined ? (about?.exchanges ?? null) : (end?.log?.counts.exchanges ?? exchanges),
        logId: read === undefined ? null : (end?.log?.logId ?? null),
      };
    },
    begun: () => begun.promise,
    async close() {
      closing.abort();
      await thread.close();
      await running;
    },
  };
}
