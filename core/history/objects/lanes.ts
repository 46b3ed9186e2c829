/** The two ways to write objects: pages by a thread of their own, pushes by the one that answers. */
export type Way = 'page' | 'push';

/**
 * Keeps the two ways to write objects apart. On a lane, which is a module of a link, there are either pages or pushes at a
 * time, any number of them; whoever comes while others wait waits behind them, so that neither keeps the other out.
 */
export interface Lanes {
  /** Undefined: at once. Whoever entered leaves again, once. */
  enter(lane: string, way: Way): Promise<void> | undefined;
  leave(lane: string): void;
  /** Who is on it; undefined: nobody. */
  wayOf(lane: string): Way | undefined;
}

interface Lane {
  way: Way;
  inside: number;
  readonly waiting: { readonly way: Way; readonly enter: () => void }[];
}

/** `paging`: pages are written on a lane from now on. */
export function createLanes(paging: (lane: string) => void): Lanes {
  const lanes = new Map<string, Lane>();
  return {
    enter(name, way) {
      const lane = lanes.get(name);
      if (!lane) {
        lanes.set(name, { way, inside: 1, waiting: [] });
        if (way === 'page') paging(name);
        return undefined;
      }
      if (lane.way === way && lane.waiting.length === 0) {
        lane.inside++;
        return undefined;
      }
      return new Promise(enter => lane.waiting.push({ way, enter }));
    },
    leave(name) {
      const lane = lanes.get(name);
      if (!lane) throw new Error(`nobody is in ${name}`);
      lane.inside--;
      if (lane.inside > 0) return;
      const [first] = lane.waiting;
      if (!first) {
        lanes.delete(name);
        return;
      }
      lane.way = first.way;
      if (lane.way === 'page') paging(name);
      for (let next: typeof first | undefined = first; next?.way === lane.way; next = lane.waiting[0]) {
        lane.waiting.shift();
        lane.inside++;
        next.enter();
      }
    },
    wayOf: name => lanes.get(name)?.way,
  };
}

export function laneOf({ linkId, module }: { readonly linkId: number; readonly module: string }): string {
  return `${linkId} ${module}`;
}
