type Spot = readonly [longitude: number, latitude: number];

/** Half of the way around: nothing on the map is as long as that between two of its points. */
const LEAP = 180;

/**
 * The atlas is made for globes: an outline that crosses 180° leaps from one side to the other, which on a flat map draws
 * a band across the world. Here it goes on beyond the edge instead; one that does not come back (around a pole) is closed
 * along the bottom.
 */
export function unwrappedRing(ring: readonly (readonly number[])[]): Spot[] {
  const spots = unwrapped(ring);
  const [first, last] = [spots[0], spots.at(-1)];
  if (first === undefined || last === undefined || Math.abs(last[0] - first[0]) < LEAP) return spots;
  return [...spots, [last[0], -90], [first[0], -90], first];
}

function unwrapped(line: readonly (readonly number[])[]): Spot[] {
  let turn = 0;
  let before: number | undefined;
  return line.map(([longitude = 0, latitude = 0]) => {
    if (before !== undefined && longitude - before > LEAP) turn -= 360;
    if (before !== undefined && before - longitude > LEAP) turn += 360;
    before = longitude;
    return [longitude + turn, latitude];
  });
}

/** A line, cut where it leaps. */
export function cutLine(line: readonly (readonly number[])[]): Spot[][] {
  const parts: Spot[][] = [];
  let before: number | undefined;
  for (const [longitude = 0, latitude = 0] of line) {
    if (before === undefined || Math.abs(longitude - before) > LEAP) parts.push([]);
    parts.at(-1)?.push([longitude, latitude]);
    before = longitude;
  }
  return parts.filter(part => part.length > 1);
}

/** The same beyond the other edge, for an outline that reaches over one of them. */
export function beyond(ring: readonly Spot[]): Spot[][] {
  const longitudes = ring.map(([longitude]) => longitude);
  const shifted = (by: number) => ring.map(([longitude, latitude]): Spot => [longitude + by, latitude]);
  const over = Math.max(...longitudes) > 180 ? [shifted(-360)] : [];
  return Math.min(...longitudes) < -180 ? [...over, shifted(360)] : over;
}
