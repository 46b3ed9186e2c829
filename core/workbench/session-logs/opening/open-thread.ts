import { rm } from 'node:fs/promises';
import type { Clock } from '../../../clock.ts';
import { done, type Failure, type Outcome } from '../../../contract/failure.ts';
import { newViewerFolder } from '../../../loopback/viewer.ts';
import { type StartedThread, startThread } from '../../started-thread.ts';
import type { ViewedFile } from './open-filling.ts';

/** What the thread says once: where its page is, which lets one browser in, or why there is none. */
export type OpenNews =
  | { readonly ok: true; readonly address: string }
  | { readonly ok: false; readonly failure: Failure };

/** `folder`: of its database. */
export interface OpenStart extends ViewedFile {
  readonly folder: string;
}

/** A workbench over a file, in a thread of its own. */
export type OpenedThread = StartedThread<Extract<OpenNews, { readonly ok: true }>>;

/** What it wrote is gone when it ends, also where it was cut off as it began. */
export async function startOpenThread(
  file: ViewedFile,
  { clock, signal }: { readonly clock: Clock; readonly signal: AbortSignal },
): Promise<Outcome<OpenedThread>> {
  const made = await newViewerFolder();
  if (!made.ok) return made;
  const folder = made.value;
  const remove = () => rm(folder, { recursive: true, force: true });
  const started = await startThread<OpenNews>({
    script: new URL('./open-worker.ts', import.meta.url),
    workerData: { ...file, folder } satisfies OpenStart,
    notStarted: `${file.name} could not be opened`,
    clock,
    signal,
  });
  if (!started.ok) {
    await remove();
    return started;
  }
  const ended = started.value.ended.then(async error => {
    await remove();
    return error;
  });
  return done({
    ...started.value,
    ended,
    stop: async () => {
      await started.value.stop();
      await ended;
    },
  });
}
