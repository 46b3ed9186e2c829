/**
 * The order in which objects are served, by (last_updated, row), in memory: a page at any offset costs only itself, and what
 * a date filter leaves is found by halving. Sixteen bytes an object.
 */
export interface OwnOrder {
  /** The objects with `from <= last_updated < to` (milliseconds since the epoch): `first` up to, but without, `end`. */
  range(filter: { readonly from?: number; readonly to?: number }): { readonly first: number; readonly end: number };
  rows(first: number, end: number): readonly number[];
  add(place: OrderPlace): void;
  remove(place: OrderPlace): void;
}

export interface OrderPlace {
  readonly lastUpdated: number;
  readonly row: number;
}

const ROOM = 64;

/** `places` in order already. */
export function createOwnOrder(places: Iterable<OrderPlace>): OwnOrder {
  let times = new Float64Array(ROOM);
  let rows = new Float64Array(ROOM);
  let count = 0;
  const makeRoom = () => {
    if (count < times.length) return;
    times = grown(times);
    rows = grown(rows);
  };
  const timeAt = (at: number) => times[at] ?? 0;
  const rowAt = (at: number) => rows[at] ?? 0;

  /** The first place for which `reached` holds; it holds for all behind it. */
  const firstWhere = (reached: (at: number) => boolean) => {
    let low = 0;
    let high = count;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (reached(middle)) high = middle;
      else low = middle + 1;
    }
    return low;
  };
  const placeOf = ({ lastUpdated, row }: OrderPlace) =>
    firstWhere(at => timeAt(at) > lastUpdated || (timeAt(at) === lastUpdated && rowAt(at) >= row));

  for (const { lastUpdated, row } of places) {
    makeRoom();
    times[count] = lastUpdated;
    rows[count] = row;
    count++;
  }

  return {
    range({ from, to }) {
      const first = from === undefined ? 0 : firstWhere(at => timeAt(at) >= from);
      const end = to === undefined ? count : firstWhere(at => timeAt(at) >= to);
      return { first, end: Math.max(first, end) };
    },
    rows: (first, end) => [...rows.subarray(first, Math.min(end, count))],
    add(place) {
      const at = placeOf(place);
      makeRoom();
      times.copyWithin(at + 1, at, count);
      rows.copyWithin(at + 1, at, count);
      times[at] = place.lastUpdated;
      rows[at] = place.row;
      count++;
    },
    remove(place) {
      const at = placeOf(place);
      if (at === count || rowAt(at) !== place.row || timeAt(at) !== place.lastUpdated) return;
      times.copyWithin(at, at + 1, count);
      rows.copyWithin(at, at + 1, count);
      count--;
    },
  };
}

function grown(array: Float64Array<ArrayBuffer>): Float64Array<ArrayBuffer> {
  const larger = new Float64Array(array.length * 2);
  larger.set(array);
  return larger;
}
