/** From 0 to 100; undefined while nobody knows how much there is. */
export function shareOf({ done, total }: { readonly done: number; readonly total: number | null }): number | undefined {
  if (total === null) return undefined;
  return total === 0 ? 100 : Math.min(100, (done / total) * 100);
}
