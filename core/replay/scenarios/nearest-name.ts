/** The one of some names that somebody most likely meant; undefined where none is near. */
export function nearestName(written: string, names: Iterable<string>): string | undefined {
  const text = written.toLowerCase();
  let nearest: string | undefined;
  let least = Math.max(2, Math.ceil(text.length * 0.4)) + 1;
  for (const name of names) {
    const off = distance(text, name.toLowerCase());
    if (off >= least) continue;
    least = off;
    nearest = name;
  }
  return nearest;
}

/** Letters to be put in, taken out or changed (Levenshtein). */
function distance(left: string, right: string): number {
  let row = Array.from({ length: right.length + 1 }, (_, at) => at);
  for (let i = 1; i <= left.length; i++) {
    const next = [i];
    for (let j = 1; j <= right.length; j++) {
      const changed = (row[j - 1] ?? 0) + (left[i - 1] === right[j - 1] ? 0 : 1);
      next.push(Math.min(changed, (row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1));
    }
    row = next;
  }
  return row.at(-1) ?? 0;
}
