import { Worker } from 'node:worker_threads';
import type { Clock } from '../../clock.ts';
import type { FromWorker, ToWorker, WorkerStart } from './messages.ts';

/** How many exchanges are not in the full text yet. */
export type CaughtUp = { readonly ok: true; readonly behind: number } | { readonly ok: false; readonly reason: string };

/** The worker thread that derives what is searched, packs bodies and moves the log, seen from the thread that answers. */
export interface Background {
  /** Exchanges were stored. Costs nothing: the worker looks by itself. */
  stored(inserted: number): void;
  /** So many more pages of objects are being stored, or fewer. */
  storing(pages: number): void;
  /** Exchanges below the newest one changed in what can be searched. */
  reindex(ids: readonly number[]): void;
  /** Exchanges changed in what they are filtered by, whether they are derived yet or not. */
  changed(ids: readonly number[]): void;
  /** Those of them whose facets may still say what was. */
  changes(): readonly number[];
  /** Somebody found what is derived damaged: it is looked at, and made anew where that is so. */
  doubt(): void;
  /** What is stored is derived, as far as there was time. A worker that is gone answers with the reason; nothing rejects. */
  catchUp(): Promise<CaughtUp>;
  /** Resolves once nothing of what was deleted until now is found any more. Answers as `catchUp`. */
  followGone(): Promise<CaughtUp>;
  /** Resolves once all that was derived is dropped; it is derived anew from then on. Answers as `catchUp`. */
  anew(): Promise<CaughtUp>;
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
/**
 * What changes within so many milliseconds is told at once: a message costs as much as the commit it tells of, and the worker
 * derives less often than that.
 */
const TOLD_EVERY = 20;
/** As many changed exchanges are remembered while the worker cannot follow; the oldest are let go. */
const MOST_CHANGES = 10_000;

/** Starts nothing until there is something to do: a command that only reads need not pay for a thread. */
export function createBackground(options: BackgroundOptions): Background {
  const { clock, report, file, databaseId, searchedBody } = options;
  const script = options.script ?? new URL('./worker.ts', import.meta.url);
  const progress = new Int32Array(new SharedArrayBuffer(2 * Int32Array.BYTES_PER_ELEMENT));
  const asked = new Map<number, (found: CaughtUp) => void>();
  /** By which message the worker was last told of an exchange's change. */
  const changed = new Map<number, number>();
  let untold: number[] = [];
  let lastChange = 0;
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
    // The one before it may not have come to them.
    if (changed.size > 0) {
      noteChanges([...changed.keys()]);
      tellChanges();
    }
    return made;
  };

  /** They get the number of the message that will tell of them. */
  const noteChanges = (ids: readonly number[]) => {
    if (untold.length === 0) {
      lastChange++;
      clock.deadline(TOLD_EVERY, tellChanges);
    }
    for (const id of ids) {
      changed.set(id, lastChange);
      untold.push(id);
    }
  };

  const tellChanges = () => {
    if (untold.length === 0) return;
    const ids = untold;
    untold = [];
    tell({ kind: 'changed', ids, change: lastChange });
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
      case 'derived':
        for (const [id, change] of changed) if (change <= message.change) changed.delete(id);
        return;
      case 'caught-up':
        answer(message.ask, { ok: true, behind: message.behind });
        return;
      case 'held-up':
        answer(message.ask, { ok: false, reason: message.reason });
    }
  };

  const answer = (ask: number, found: CaughtUp) => {
    asked.get(ask)?.(found);
    asked.delete(ask);
    if (asked.size === 0) worker?.unref();
  };

  const tell = (message: ToWorker) => worker?.postMessage(message);

  const question = (kind: 'catch-up' | 'gone' | 'anew'): Promise<CaughtUp> => {
    if (closing) return Promise.resolve({ ok: false, reason: 'the workbench is closing' });
    if (waiting) return Promise.resolve({ ok: false, reason: 'searching is being started again' });
    const running = worker ?? start();
    running.ref();
    tellChanges();
    const ask = ++lastAsk;
    return new Promise(resolve => {
      asked.set(ask, resolve);
      tell({ kind, ask });
    });
  };

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
    changed(ids) {
      noteChanges(ids);
      for (const oldest of changed.keys()) {
        if (changed.size <= MOST_CHANGES) break;
        changed.delete(oldest);
      }
    },
    changes: () => [...changed.keys()],
    doubt: () => tell({ kind: 'doubted' }),
    catchUp: () => question('catch-up'),
    followGone: () => question('gone'),
    anew: () => question('anew'),
    async close() {
      closing = true;
      worker?.ref();
      tellChanges();
      tell({ kind: 'close' });
      await ended;
    },
  };
}
