import type { Run } from '../../../core/contract/run.ts';
import type { ContractClient } from '../../bridge/bridge.ts';

export type StepState = 'waiting' | 'running' | 'done' | 'failed';
export type Step = 'pair' | 'locations' | 'tariffs';

/** What happens, as it happens. */
export interface FirstDataListener {
  step(step: Step, state: StepState): void;
  objects(step: Step, count: number): void;
  /** Once the two are registered with each other. */
  link(name: string): void;
}

/** A pull that did not come to its end, with the reason of its run. */
export class PullFailed extends Error {
  override readonly name = 'PullFailed';
}

/**
 * Starts the built-in partner, has it registered, and pulls what it has to show. Resolves with the link's name; rejects
 * with the contract's failure, with PullFailed, or with the signal's reason.
 */
export async function firstData(client: ContractClient, hear: FirstDataListener, signal: AbortSignal): Promise<string> {
  const name = await during(hear, 'pair', async () => {
    const { link } = await client.sandbox.start({}, { signal });
    if (link === null) throw new PullFailed('the built-in partner has no link');
    hear.link(link);
    return link;
  });
  for (const module of ['locations', 'tariffs'] as const) {
    await during(hear, module, async () => {
      const { runId } = await client.pulls.start({ name, module }, { signal });
      // Refused where the pull has ended meanwhile, which is all that was wanted.
      const cancel = () => void client.runs.cancel({ runId }).catch(() => {});
      signal.addEventListener('abort', cancel, { once: true });
      try {
        let last: Run | undefined;
        for await (const run of await client.runs.watch({ runId }, { signal })) {
          last = run;
          hear.objects(module, run.result?.pull?.objects ?? run.progress?.objects ?? 0);
        }
        signal.throwIfAborted();
        if (last?.state !== 'done') throw new PullFailed(last?.result?.summary ?? 'the pull was interrupted');
      } finally {
        signal.removeEventListener('abort', cancel);
      }
    });
  }
  return name;
}

async function during<T>(hear: FirstDataListener, step: Step, work: () => Promise<T>): Promise<T> {
  hear.step(step, 'running');
  try {
    const value = await work();
    hear.step(step, 'done');
    return value;
  } catch (error) {
    hear.step(step, 'failed');
    throw error;
  }
}
