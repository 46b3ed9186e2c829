/** As many exchanges as anything here takes at once. */
const MOST = 100_000;
/** Fewer in a row are written out. */
const SHORTEST_RANGE = 3;

/** The number of an exchange, a run, a transaction. */
export function readId(text: string): number | undefined {
  return /^[1-9]\d{0,14}$/.test(text) ? Number(text) : undefined;
}

/** `1,2,5-9`; undefined where it is anything else, or too many. */
export function readIds(text: string): readonly number[] | undefined {
  const ids = new Set<number>();
  for (const part of text.split(',')) {
    const [first = '', last = first, ...more] = part.trim().split('-');
    const [from, to] = [readId(first), readId(last)];
    if (more.length > 0 || from === undefined || to === undefined || to < from) return undefined;
    if (ids.size + (to - from) >= MOST) return undefined;
    for (let id = from; id <= to; id += 1) ids.add(id);
  }
  return [...ids];
}

/** The same, in the order of the ids: an address has to stay one that can be read and copied. */
export function printIds(ids: readonly number[]): string {
  const sorted = [...new Set(ids)].sort((left, right) => left - right);
  const parts: string[] = [];
  for (let at = 0; at < sorted.length; ) {
    let end = at;
    while (sorted[end + 1] === (sorted[end] ?? 0) + 1) end += 1;
    const run = sorted.slice(at, end + 1);
    parts.push(...(run.length < SHORTEST_RANGE ? run.map(String) : [`${run[0]}-${run.at(-1)}`]));
    at = end + 1;
  }
  return parts.join(',');
}
