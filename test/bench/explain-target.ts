/** Asked how far the detectors are: the answer to any message is `Explaining`. */
import { answerAsked } from './asked-workbench.ts';

export interface Explaining {
  /** Exchanges the detectors have not looked at yet. */
  readonly behind: number;
  /** Milliseconds for the groups of all there is. */
  readonly groupsMs: number;
  readonly groups: number;
  /** Of the processor, all threads, since it began: seconds. */
  readonly processor: number;
}

if (import.meta.main) {
  await answerAsked(async (_: 'now', client): Promise<Explaining> => {
    const began = performance.now();
    const { behind, groups } = await client.errors.groups({ findings: 'note' });
    const { user, system } = process.cpuUsage();
    return { behind, groups: groups.length, groupsMs: performance.now() - began, processor: (user + system) / 1e6 };
  });
}
