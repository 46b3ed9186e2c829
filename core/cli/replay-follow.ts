import type { ReplayRun, ReplayStep } from '../contract/replay.ts';
import type { ContractClient } from '../loopback/client.ts';
import { stepLine } from './replay-print.ts';
import { tell } from './terminal.ts';

const PAGE = 500;

/**
 * Tells every step on standard error when it has its verdict, and what is waited for; resolves when the replay has ended.
 * Ctrl+C stops it after the step under way, twice at once.
 */
export async function followReplay(client: ContractClient, runId: number): Promise<ReplayRun> {
  let stops = 0;
  const stop = () => {
    stops++;
    tell(stops === 1 ? 'stopping…' : 'cancelling…');
    // Refused where it has ended meanwhile: what is followed below tells that.
    const asked = stops === 1 ? client.replays.stop({ runId }) : client.runs.cancel({ runId });
    void Promise.resolve(asked).catch(() => {});
  };
  process.on('SIGINT', stop);
  const telling = { next: 0, waitsFor: '' };
  try {
    for await (const run of await client.runs.watch({ runId })) {
      telling.next = await tellSteps(client, runId, telling.next);
      const waitsFor = run.progress?.waiting ?? '';
      if (waitsFor !== '' && waitsFor !== telling.waitsFor) tell(`  waits for ${waitsFor}`);
      telling.waitsFor = waitsFor;
    }
    await tellSteps(client, runId, telling.next);
    return await client.replays.get({ runId });
  } finally {
    process.removeListener('SIGINT', stop);
  }
}

/** Those that are over, in their order, up to the first that is not; how many have been told by then. */
async function tellSteps(client: ContractClient, runId: number, from: number): Promise<number> {
  let next = from;
  for (;;) {
    const { steps } = await client.replays.steps({ runId, offset: next, limit: PAGE });
    const open = steps.findIndex(({ verdict }) => verdict === 'waiting' || verdict === 'running');
    const over = open < 0 ? steps : steps.slice(0, open);
    for (const step of over) tell(stepLine(step));
    next += over.length;
    if (open >= 0 || steps.length < PAGE) return next;
  }
}

/** All of them that are not as they were. */
export function differentSteps(client: ContractClient, runId: number): Promise<ReplayStep[]> {
  return gathered(client, { runId, different: true });
}

export function allSteps(client: ContractClient, runId: number): Promise<ReplayStep[]> {
  return gathered(client, { runId });
}

async function gathered(client: ContractClient, of: { runId: number; different?: boolean }): Promise<ReplayStep[]> {
  const all: ReplayStep[] = [];
  for (;;) {
    const { steps } = await client.replays.steps({ ...of, offset: all.length, limit: PAGE });
    all.push(...steps);
    if (steps.length < PAGE) return all;
  }
}
