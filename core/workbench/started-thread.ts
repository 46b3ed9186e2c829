import { Worker } from 'node:worker_threads';
import type { Clock } from '../clock.ts';
import { done, type Failure, type Outcome } from '../contract/failure.ts';

/** What a thread says once: how it goes, or why it does not. */
export type StartNews = { readonly ok: true } | { readonly ok: false; readonly failure: Failure };

/** A thread that runs until it is told to end, or ends by itself. */
export interface StartedThread<News> {
  /** What it said when it had begun. */
  readonly at: News;
  /** Resolves when the thread has ended, with what ended it where nobody asked for that. */
  readonly ended: Promise<Error | undefined>;
  stop(): Promise<void>;
}

export interface StartedThreadOptions {
  readonly script: URL;
  readonly workerData: unknown;
  /** What it is said of it where it ends before it has begun: "the sandbox did not start". */
  readonly notStarted: string;
  readonly clock: Clock;
  /** Nobody wants it any more: it is told to end, however far it is. */
  readonly signal?: AbortSignal;
}

/**
 * How long it may take to end by itself before it is cut off; what it wrote survives that. A busy machine takes seconds to
 * start a thread, and one that is cut off in native code can take the process with it.
 */
const PATIENCE_MS = 30_000;

/** Resolves when the thread has said how it goes; nothing runs any more where it fails, or where nobody wants it any more. */
export async function startThread<News extends StartNews>(
  options: StartedThreadOptions,
): Promise<Outcome<StartedThread<Extract<News, { readonly ok: true }>>>> {
  const { script, workerData, notStarted, clock, signal } = options;
  const worker = new Worker(script, { workerData });
  let trouble: Error | undefined;
  worker.on('error', error => {
    trouble = error instanceof Error ? error : new Error(String(error));
  });
  const ended = new Promise<Error | undefined>(resolve => worker.once('exit', () => resolve(trouble)));
  let told = false;
  const tellToEnd = () => {
    if (told) return;
    told = true;
    worker.postMessage('end');
    const late = clock.deadline(PATIENCE_MS, () => void worker.terminate());
    void ended.then(() => late.cancel());
  };
  const stop = async () => {
    tellToEnd();
    await ended;
  };
  const broken = (why: string): Failure => ({
    code: 'OPERATION_FAILED',
    message: `${notStarted}: ${why}`,
    advice: 'Try again; should it fail again, please report it.',
  });
  if (signal?.aborted) tellToEnd();
  else signal?.addEventListener('abort', tellToEnd, { once: true });
  const news = await Promise.race([
    new Promise<News>(resolve => worker.once('message', resolve)),
    ended.then((error): StartNews => ({ ok: false, failure: broken(error?.message ?? 'its thread ended') })),
  ]);
  signal?.removeEventListener('abort', tellToEnd);
  if (!news.ok) return news as Extract<StartNews, { readonly ok: false }>;
  if (signal?.aborted) {
    await stop();
    return { ok: false, failure: broken('the workbench is closing') };
  }
  return done({ at: news as Extract<News, { readonly ok: true }>, ended, stop });
}
