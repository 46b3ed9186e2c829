import type { Run } from '../contract/run.ts';
import type { ContractClient } from '../loopback/client.ts';
import { stepLine, tell } from './terminal.ts';

/**
 * Tells the steps of a run on standard error as they happen, and hands on each change; resolves with the run when it has
 * ended.
 */
export async function followRun(
  client: ContractClient,
  runId: number,
  changed: (run: Run) => void = () => {},
): Promise<Run> {
  const cancel = () => {
    tell('cancelling…');
    // Refused where the run has ended meanwhile: what is followed below tells that.
    void client.runs.cancel({ runId }).catch(() => {});
  };
  process.once('SIGINT', cancel);
  try {
    let told = 0;
    let latest: Run | undefined;
    for await (const run of await client.runs.watch({ runId })) {
      for (const step of run.steps.slice(told)) tell(stepLine(step));
      told = run.steps.length;
      changed(run);
      latest = run;
    }
    return latest ?? (await client.runs.get({ runId }));
  } finally {
    process.removeListener('SIGINT', cancel);
  }
}

/** JSON kept stable: what `wb register`, `rotate`, `unregister` and `doctor` print. */
export function runDocument(run: Run) {
  return {
    ok: run.state === 'done',
    version: run.result?.version ?? null,
    runId: run.id,
    steps: run.steps,
    modules: run.result?.modules ?? [],
  };
}
