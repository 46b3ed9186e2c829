/** Shades of a cell, 1 to 5. */
export type Heat = 1 | 2 | 3 | 4 | 5;

/** By orders of magnitude: one of ten thousand is seen beside it, and three differ from thirty. */
export function heatOf(count: number, most: number): Heat {
  if (count <= 1 || most <= 1) return 1;
  const share = Math.log(count) / Math.log(Math.max(most, 2));
  return Math.max(1, Math.min(5, Math.ceil(share * 5))) as Heat;
}
