import { type TransferListItem, Worker } from 'node:worker_threads';

/** What a thread is told. It answers questions one after the other, or side by side, as it likes. */
export type ToThread<Question> =
  | { readonly kind: 'ask'; readonly ask: number; readonly question: Question }
  | { readonly kind: 'cancel'; readonly ask: number }
  /** To end once everything asked before is answered. */
  | { readonly kind: 'close' };

export type FromThread<Answer, Progress> =
  | { readonly kind: 'answer'; readonly ask: number; readonly answer: Answer }
  | { readonly kind: 'progress'; readonly ask: number; readonly progress: Progress };

export interface AskOptions<Progress> {
  /** Handed over instead of copied. */
  readonly transfer?: readonly TransferListItem[];
  readonly progress?: (progress: Progress) => void;
  readonly signal?: AbortSignal;
}

/** A worker thread that answers questions, seen from the thread that asks. */
export interface AskingThread<Question, Answer, Progress> {
  /** Starts it before the first question, which then need not wait for that. */
  awake(): void;
  /** Never rejects: a thread that is gone answers with the reason. */
  ask(question: Question, options?: AskOptions<Progress>): Promise<Answer>;
  /** What it remembers is wrong: ends it as `close` does. The next question, also one asked meanwhile, starts another. */
  restart(): Promise<void>;
  /** Resolves when the thread has ended; what was asked before is answered first. */
  close(): Promise<void>;
}

export interface AskingThreadOptions<Answer> {
  readonly script: URL;
  readonly workerData: unknown;
  /** The answer to a question nobody could answer. */
  readonly gone: (reason: string) => Answer;
  /** Room for what lives for a moment only. */
  readonly youngMebibytes?: number;
  /** Room for what lives longer. The less there is, the sooner memory is looked through; whoever needs more dies of it. */
  readonly oldMebibytes?: number;
}

interface Waiting<Answer, Progress> {
  readonly answer: (answer: Answer) => void;
  readonly progress: ((progress: Progress) => void) | undefined;
}

/** Node's own choice takes 100 MiB more, for a tenth of the time at best. */
const YOUNG_MEBIBYTES = 8;

/** Starts with the first question; a thread that died is started again by the next one. */
export function createAskingThread<Question, Answer, Progress = never>(
  options: AskingThreadOptions<Answer>,
): AskingThread<Question, Answer, Progress> {
  const { script, workerData, gone, youngMebibytes = YOUNG_MEBIBYTES, oldMebibytes } = options;
  const resourceLimits = {
    maxYoungGenerationSizeMb: youngMebibytes,
    ...(oldMebibytes === undefined ? {} : { maxOldGenerationSizeMb: oldMebibytes }),
  };
  const waiting = new Map<number, Waiting<Answer, Progress>>();
  let lastAsk = 0;
  let worker: Worker | undefined;
  let ended: Promise<void> = Promise.resolve();
  let closing = false;
  let restarting: Promise<void> | undefined;

  const start = (): Worker => {
    const made = new Worker(script, { workerData, resourceLimits });
    // Only questions keep the process alive; closing waits for the thread itself.
    made.unref();
    let said: string | undefined;
    made.on('message', hear);
    made.on('error', error => {
      said = error instanceof Error ? error.message : String(error);
    });
    ended = new Promise(resolve => {
      made.once('exit', () => {
        worker = undefined;
        const reason = said ?? 'its thread ended by itself';
        for (const one of waiting.values()) one.answer(gone(reason));
        waiting.clear();
        resolve();
      });
    });
    worker = made;
    return made;
  };

  const hear = (message: FromThread<Answer, Progress>) => {
    const one = waiting.get(message.ask);
    if (message.kind === 'progress') {
      one?.progress?.(message.progress);
      return;
    }
    waiting.delete(message.ask);
    if (waiting.size === 0 && !closing) worker?.unref();
    one?.answer(message.answer);
  };

  const endWorker = async () => {
    worker?.ref();
    worker?.postMessage({ kind: 'close' } satisfies ToThread<Question>);
    await ended;
  };

  return {
    awake() {
      if (!closing && restarting === undefined) worker ??= start();
    },
    async ask(question, { transfer = [], progress, signal } = {}) {
      while (restarting !== undefined) await restarting;
      if (closing) return gone('the workbench is closing');
      const running = worker ?? start();
      running.ref();
      const ask = ++lastAsk;
      const message: ToThread<Question> = { kind: 'ask', ask, question };
      return new Promise(resolve => {
        const cancel = () => worker?.postMessage({ kind: 'cancel', ask } satisfies ToThread<Question>);
        const answer = (given: Answer) => {
          signal?.removeEventListener('abort', cancel);
          resolve(given);
        };
        waiting.set(ask, { answer, progress });
        running.postMessage(message, transfer);
        if (signal?.aborted) cancel();
        else signal?.addEventListener('abort', cancel, { once: true });
      });
    },
    async restart() {
      if (worker === undefined || closing) return;
      restarting ??= endWorker().finally(() => {
        restarting = undefined;
      });
      await restarting;
    },
    async close() {
      closing = true;
      await restarting;
      await endWorker();
    },
  };
}
