import { Worker } from 'node:worker_threads';
import type { Clock } from '../clock.ts';
import { done, type Outcome } from '../contract/failure.ts';
import type { BesideData, BesideNews } from './beside-worker.ts';

export type BesideAt = Extract<BesideNews, { readonly ok: true }>;

/** A sandbox that runs in a thread of its own. */
export interface BesideThread {
  readonly at: BesideAt;
  /** Resolves when the thread has ended, with what ended it where nobody asked for that. */
  readonly ended: Promise<Error | undefined>;
  stop(): Promise<void>;
}

/** How long it may take to finish writing before it is cut off; its database survives that. */
const PATIENCE_MS = 5_000;

export async function startBesideThread(options: BesideData, clock: Clock): Promise<Outcome<BesideThread>> {
  const worker = new Worker(new URL('./beside-worker.ts', import.meta.url), { workerData: options });
  let trouble: Error | undefined;
  worker.on('error', error => {
    trouble = error instanceof Error ? error : new Error(String(error));
  });
  const ended = new Promise<Error | undefined>(resolve => worker.once('exit', () => resolve(trouble)));
  const news = await Promise.race([
    new Promise<BesideNews>(resolve => worker.once('message', resolve)),
    ended.then(
      (error): BesideNews => ({
        ok: false,
        failure: {
          code: 'OPERATION_FAILED',
          message: `the sandbox did not start: ${error?.message ?? 'its thread ended'}`,
          advice: 'Try again; should it fail again, please report it.',
        },
      }),
    ),
  ]);
  if (!news.ok) return news;
  return done({
    at: news,
    ended,
    stop: async () => {
      worker.postMessage('end');
      const late = clock.deadline(PATIENCE_MS, () => void worker.terminate());
      await ended;
      late.cancel();
    },
  });
}
