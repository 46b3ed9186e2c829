/** Asked how links and their EVSEs are: the message names what, the answer is `Looked`. */
import { answerAsked } from './asked-workbench.ts';

export interface Looked {
  /** Milliseconds until it was answered. */
  readonly ms: number;
  /** Notices, links or locations. */
  readonly count: number;
  /** The longest the thread that answers was busy meanwhile, milliseconds. */
  readonly longest: number;
}

if (import.meta.main) {
  await answerAsked(async (what: 'look' | 'links' | 'locations', { health }): Promise<Looked> => {
    const asks = {
      look: async () => (await health.look({})).notices.length,
      links: async () => (await health.links({})).links.length,
      locations: async () => (await health.locations({ order: 'availability' })).count,
    };
    let longest = 0;
    let before = performance.now();
    const timer = setInterval(() => {
      const now = performance.now();
      longest = Math.max(longest, now - before - 1);
      before = now;
    }, 1);
    const began = performance.now();
    const count = await asks[what]();
    const ms = performance.now() - began;
    await new Promise(resolve => setTimeout(resolve, 2));
    clearInterval(timer);
    return { ms, count, longest };
  });
}
