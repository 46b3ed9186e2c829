export type Way = 'up' | 'down';

/** `id` goes before `before`; null: to the end. */
export interface Move {
  readonly id: number;
  readonly before: number | null;
}

/** What has to be moved, one after the other, for each of the chosen to stand one place further up or down. */
export function movesOf(order: readonly number[], chosen: readonly number[], way: Way): readonly Move[] {
  const moving = new Set(chosen);
  const from = way === 'up' ? [...order] : order.toReversed();
  const after = [...from];
  for (let at = 1; at < after.length; at += 1) {
    const [above, here] = [after[at - 1], after[at]];
    if (above === undefined || here === undefined || !moving.has(here) || moving.has(above)) continue;
    after[at - 1] = here;
    after[at] = above;
  }
  const wanted = way === 'up' ? after : after.toReversed();
  if (wanted.every((id, at) => id === order[at])) return [];
  // From the last one on: what each goes before has its place already.
  return wanted
    .map((id, at): Move => ({ id, before: wanted[at + 1] ?? null }))
    .filter(({ id }) => moving.has(id))
    .reverse();
}
