import { Worker } from 'node:worker_threads';
import type { Clock } from '../../../clock.ts';
import { done, type Failure, type Outcome } from '../../../contract/failure.ts';
import type { ViewedFile } from './open-filling.ts';

/** What the thread says once: where its page is, or why there is none. */
export type OpenNews =
  | { readonly ok: true; readonly address: string }
  | { readonly ok: false; readonly failure: Failure };

/** A workbench over a file, in a thread of its own. */
export interface OpenedThread {
  /** Of its page; lets one browser in. */
  readonly address: string;
  /** Resolves when the thread has ended, with what ended it where nobody asked for that. */
  readonly ended: Promise<Error | undefined>;
  stop(): Promise<void>;
}

/** How long it may take to end by itself before it is cut off. */
const PATIENCE_MS = 5_000;

export async function startOpenThread(file: ViewedFile, clock: Clock): Promise<Outcome<OpenedThread>> {
  const worker = new Worker(new URL('./open-worker.ts', import.meta.url), { workerData: file });
  let trouble: Error | undefined;
  worker.on('error', error => {
    trouble = error instanceof Error ? error : new Error(String(error));
  });
  const ended = new Promise<Error | undefined>(resolve => worker.once('exit', () => resolve(trouble)));
  const news = await Promise.race([
    new Promise<OpenNews>(resolve => worker.once('message', resolve)),
    ended.then(
      (error): OpenNews => ({
        ok: false,
        failure: {
          code: 'OPERATION_FAILED',
          message: `${file.name} could not be opened: ${error?.message ?? 'its thread ended'}`,
          advice: 'Try again; should it fail again, please report it.',
        },
      }),
    ),
  ]);
  if (!news.ok) return news;
  return done({
    address: news.address,
    ended,
    stop: async () => {
      worker.postMessage('end');
      const late = clock.deadline(PATIENCE_MS, () => void worker.terminate());
      await ended;
      late.cancel();
    },
  });
}
