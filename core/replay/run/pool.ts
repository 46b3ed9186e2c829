import type { Happened, ReplayPorts } from '../ports.ts';

/** What the partner sent and nobody has taken yet, in the order of arrival. */
export interface Pool {
  /** The first that fits is taken out. */
  take(fits: (happened: Happened) => boolean): Happened | undefined;
  has(fits: (happened: Happened) => boolean): boolean;
  /** Waits until something more has come, for so long at most. */
  more(ms: number, signal: AbortSignal): Promise<void>;
  /** Takes in what has come already. */
  gather(): Promise<void>;
  /** All of it is taken out. */
  rest(): Happened[];
  /** How many there was no room for. */
  dropped(): number;
}

/** A partner that never tires must not fill the memory. */
const MOST_KEPT = 5000;

export function createPool(ports: Pick<ReplayPorts, 'arrived'>): Pool {
  const kept: Happened[] = [];
  let dropped = 0;
  const put = (happened: Happened) => {
    if (kept.length < MOST_KEPT) kept.push(happened);
    else dropped++;
  };
  const never = new AbortController().signal;
  return {
    take(fits) {
      const at = kept.findIndex(fits);
      return at === -1 ? undefined : kept.splice(at, 1)[0];
    },
    has: fits => kept.some(fits),
    async more(ms, signal) {
      const happened = await ports.arrived(ms, signal);
      if (happened !== undefined) put(happened);
    },
    async gather() {
      for (let more = await ports.arrived(0, never); more !== undefined; more = await ports.arrived(0, never))
        put(more);
    },
    rest: () => kept.splice(0),
    dropped: () => dropped,
  };
}
