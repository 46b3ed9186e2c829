/** A point on the screen. */
export interface Spot {
  readonly x: number;
  readonly y: number;
}

export type Direction = 'ArrowLeft' | 'ArrowRight' | 'ArrowUp' | 'ArrowDown';

const WAYS: Readonly<Record<Direction, readonly [x: number, y: number]>> = {
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowUp: [0, -1],
  ArrowDown: [0, 1],
};

export function isDirection(key: string): key is Direction {
  return Object.hasOwn(WAYS, key);
}

/** As much farther something to the side counts. */
const SIDEWAYS = 2;

/** Index of the spot one means by going from one in a direction: near, and not much to the side; undefined for none. */
export function neighbour(from: Spot, spots: readonly Spot[], direction: Direction): number | undefined {
  const [wayX, wayY] = WAYS[direction];
  let best: number | undefined;
  let least = Number.POSITIVE_INFINITY;
  spots.forEach(({ x, y }, at) => {
    const along = (x - from.x) * wayX + (y - from.y) * wayY;
    if (along <= 0) return;
    const aside = Math.abs((x - from.x) * wayY) + Math.abs((y - from.y) * wayX);
    if (aside > along * SIDEWAYS) return;
    const distance = along + aside * SIDEWAYS;
    if (distance >= least) return;
    least = distance;
    best = at;
  });
  return best;
}
