import type { Clock } from '../clock.ts';

/** Exchanges a second from which on partners need the processor more, and how many times as long is rested then. */
const BUSY_RATE = 100;
const BUSY_REST = 3;
const FLOOD_RATE = 2000;
const FLOOD_REST = 20;
/** So many in one commit are handed over by somebody who waits for the end of them: an import. */
const BULK = 16;
/** Of those a second from which on it is let go first, however slow it is; what is rested then is over soon after it. */
const BULK_RATE = 400;
const BULK_REST = 50;

/** How much partners send, for whoever works in the background. */
export interface FloodGauge {
  /** What one commit brought. */
  count(more: number): void;
  /** How many times as long as it worked somebody should rest; 0 while there is little to answer. */
  rest(): number;
}

/** By the exchanges recorded in a second, as of the last one that is over. */
export function createFloodGauge(clock: Clock): FloodGauge {
  let count = 0;
  let bulk = 0;
  let rate = 0;
  let bulkRate = 0;
  let at = clock.elapsed();
  const turn = () => {
    const now = clock.elapsed();
    if (now - at < 1000) return;
    rate = (count * 1000) / (now - at);
    bulkRate = (bulk * 1000) / (now - at);
    count = 0;
    bulk = 0;
    at = now;
  };
  return {
    count(more) {
      turn();
      count += more;
      if (more >= BULK) bulk += more;
    },
    rest() {
      turn();
      const now = Math.max(rate, count);
      if (Math.max(bulkRate, bulk) > BULK_RATE) return BULK_REST;
      if (now <= BUSY_RATE) return 0;
      return now > FLOOD_RATE ? FLOOD_REST : BUSY_REST;
    },
  };
}
