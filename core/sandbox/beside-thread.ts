import type { Clock } from '../clock.ts';
import type { Outcome } from '../contract/failure.ts';
import { type StartedThread, startThread } from '../workbench/started-thread.ts';
import type { BesideData, BesideNews } from './beside-worker.ts';

/** A sandbox that runs in a thread of its own. */
export type BesideThread = StartedThread<Extract<BesideNews, { readonly ok: true }>>;

export function startBesideThread(options: BesideData, clock: Clock): Promise<Outcome<BesideThread>> {
  return startThread<BesideNews>({
    script: new URL('./beside-worker.ts', import.meta.url),
    workerData: options,
    notStarted: 'the sandbox did not start',
    clock,
  });
}
