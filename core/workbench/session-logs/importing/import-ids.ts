/** Which exchange here was which one in the file; a million take sixteen megabytes. */
export interface ExchangeIds {
  /** Of two that had the same id in the file, the first counts. */
  add(was: number, now: number): void;
  /** Undefined for one that the file does not tell of. */
  now(was: number): number | undefined;
}

const FIRST_ROOM = 1024;

export function createExchangeIds(): ExchangeIds {
  // In the order of the file, which is that of the ids: found by halving.
  let was = new Float64Array(FIRST_ROOM);
  let now = new Float64Array(FIRST_ROOM);
  let count = 0;
  /** Of a file that does not keep to the order. */
  const others = new Map<number, number>();

  const find = (id: number): number | undefined => {
    let low = 0;
    let high = count;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((was[middle] ?? 0) < id) low = middle + 1;
      else high = middle;
    }
    return low < count && was[low] === id ? now[low] : others.get(id);
  };

  return {
    add(id, is) {
      if (count > 0 && id <= (was[count - 1] ?? 0)) {
        if (find(id) === undefined) others.set(id, is);
        return;
      }
      if (count === was.length) {
        was = grown(was);
        now = grown(now);
      }
      was[count] = id;
      now[count] = is;
      count++;
    },
    now: find,
  };
}

function grown(full: Float64Array<ArrayBuffer>): Float64Array<ArrayBuffer> {
  const roomy = new Float64Array(full.length * 2);
  roomy.set(full);
  return roomy;
}
