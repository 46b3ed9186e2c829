/** Which exchange here was which one in the file; a million take twenty megabytes at most, those that follow each other nothing. */
export interface ExchangeIds {
  /** Of two that had the same id in the file, the first counts. */
  add(was: number, now: number): void;
  /** Undefined for one that the file does not tell of. */
  now(was: number): number | undefined;
}

const FIRST_ROOM = 1024;

export function createExchangeIds(): ExchangeIds {
  // In the order of the file, which is that of the ids: found by halving. Ids that follow each other in both are one stretch.
  let was = new Float64Array(FIRST_ROOM);
  let now = new Float64Array(FIRST_ROOM);
  let lengths = new Uint32Array(FIRST_ROOM);
  let count = 0;
  /** Of a file that does not keep to the order. */
  const others = new Map<number, number>();

  const find = (id: number): number | undefined => {
    let low = 0;
    let high = count;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((was[middle] ?? 0) <= id) low = middle + 1;
      else high = middle;
    }
    const behind = id - (was[low - 1] ?? 0);
    return low > 0 && behind < (lengths[low - 1] ?? 0) ? (now[low - 1] ?? 0) + behind : others.get(id);
  };

  return {
    add(id, is) {
      const length = lengths[count - 1] ?? 0;
      const next = (was[count - 1] ?? 0) + length;
      if (count > 0 && id < next) {
        if (find(id) === undefined) others.set(id, is);
        return;
      }
      if (count > 0 && id === next && is === (now[count - 1] ?? 0) + length) {
        lengths[count - 1] = length + 1;
        return;
      }
      if (count === was.length) {
        was = grown(was, new Float64Array(2 * count));
        now = grown(now, new Float64Array(2 * count));
        lengths = grown(lengths, new Uint32Array(2 * count));
      }
      was[count] = id;
      now[count] = is;
      lengths[count] = 1;
      count++;
    },
    now: find,
  };
}

function grown<Numbers extends Float64Array<ArrayBuffer> | Uint32Array<ArrayBuffer>>(
  full: Numbers,
  roomy: Numbers,
): Numbers {
  roomy.set(full);
  return roomy;
}
