import { Worker } from 'node:worker_threads';
import type { Clock } from '../../clock.ts';
import type { FromWorker, TextQuery, ToWorker, WorkerStart } from './messages.ts';

/** What the worker found: ids, newest first, and how many exchanges are not in the index yet. */
export type TextFound =
  | { readonly ok: true; readonly ids: readonly number[]; readonly behind: number }
  | { readonly ok: false; readonly reason: string };

/** The worker thread that searches, packs bodies and moves the log, seen from the thread that answers. */
export interface Background {
  /** Exchanges were stored. Costs nothing: the worker looks by itself. */
  stored(inserted: number): void;
  /** So many more pages of objects are being stored, or fewer. */
  storing(pages: number): void;
  /** Exchanges below the newest one changed in what can be searched. */
  reindex(ids: readonly number[]): void;
  /** A worker that is gone answers with the reason; nothing rejects. */
  search(query: TextQuery): Promise<TextFound>;
  /** Resolves when the worker has ended. */
  close(): Promise<void>;
}

export interface BackgroundOptions extends Omit<WorkerStart, 'progress'> {
  readonly clock: Clock;
  /** Undefined: well. */
  readonly report: (reason: string | undefined) => void;
  /** What the worker runs; only a test says another. */
  readonly script?: URL;
}

/** Milliseconds until a worker that died is started again; doubles while it keeps dying. */
const FIRST_PAUSE = 500;
const LONGEST_PAUSE = 30_000;
/** Room for what lives for a moment only; Node's own choice is several times as much, and no quicker. */
const YOUNG_MEBIBYTES = 8;

/** Starts nothing until there is something to do: a command that only reads need not pay for a thread. */
export function createBackground(options: BackgroundOptions): Background {
  const { clock, report, file, databaseId, searchedBody } = options;
  const script = options.script ?? new URL('./worker.ts', import.meta.url);
  const progress = new Int32Array(new SharedArrayBuffer(2 * Int32Array.BYTES_PER_ELEMENT));
  const asked = new Map<number, (found: TextFound) => void>();
  let lastAsk = 0;
  let worker: Worker | undefined;
  let ended: Promise<void> = Promise.resolve();
  let deaths = 0;
  let waiting = false;
  let closing = false;

  const start = (): Worker => {
    const workerData: WorkerStart = { file, databaseId, searchedBody, progress };
    const made = new Worker(script, { workerData, resourceLimits: { maxYoungGenerationSizeMb: YOUNG_MEBIBYTES } });
    // Only questions keep the process alive; closing waits for the worker itself.
    made.unref();
    let said: string | undefined;
    made.on('message', hear);
    made.on('error', error => {
      said = error instanceof Error ? error.message : String(error);
    });
    ended = new Promise(resolve => {
      made.once('exit', () => {
        worker = undefined;
        died(said ?? 'it ended by itself');
        resolve();
      });
    });
    worker = made;
    return made;
  };

  const died = (why: string) => {
    const reason = `searching stopped: ${why}`;
    for (const answer of asked.values()) answer({ ok: false, reason });
    asked.clear();
    if (closing) return;
    report(reason);
    waiting = true;
    clock.deadline(Math.min(FIRST_PAUSE * 2 ** deaths++, LONGEST_PAUSE), () => {
      waiting = false;
      if (!closing) start();
    });
  };

  const hear = (message: FromWorker) => {
    switch (message.kind) {
      case 'well':
        deaths = 0;
        report(undefined);
        return;
      case 'ill':
        report(`searching is held up: ${message.reason}`);
        return;
      case 'found':
        answer(message.ask, { ok: true, ids: message.ids, behind: message.behind });
        return;
      case 'not-found':
        answer(message.ask, { ok: false, reason: message.reason });
    }
  };

  const answer = (ask: number, found: TextFound) => {
    asked.get(ask)?.(found);
    asked.delete(ask);
    if (asked.size === 0) worker?.unref();
  };

  const tell = (message: ToWorker) => worker?.postMessage(message);

  const awake = () => {
    if (!worker && !waiting && !closing) start();
  };

  return {
    stored(inserted) {
      Atomics.add(progress, 0, inserted);
      awake();
    },
    storing(pages) {
      Atomics.add(progress, 1, pages);
      awake();
    },
    reindex(ids) {
      tell({ kind: 'reindex', ids });
    },
    search(query) {
      if (closing) return Promise.resolve({ ok: false, reason: 'the workbench is closing' });
      if (waiting) return Promise.resolve({ ok: false, reason: 'searching is being started again' });
      const running = worker ?? start();
      running.ref();
      const ask = ++lastAsk;
      return new Promise(resolve => {
        asked.set(ask, resolve);
        tell({ kind: 'search', ask, query });
      });
    },
    async close() {
      closing = true;
      worker?.ref();
      tell({ kind: 'close' });
      await ended;
    },
  };
}
