/**
 * Where values stand in the bodies of exchanges, as the first pass found them: the second one need not read those bodies as JSON
 * again. Of as many bodies as there is room for; flat in memory, since objects would take ten times as much.
 */
export interface PlaceMemory {
  /**
   * `places`: start, end and number of an entry, one after the other. Keys come in ascending order; others are not kept, and of
   * a key that comes twice nothing is known any more.
   */
  put(body: RememberedBody, places: readonly number[]): void;
  /** Tells each place; false where nothing is known of that body. */
  each(body: RememberedBody, place: (start: number, end: number, entry: number) => void): boolean;
}

export interface RememberedBody {
  /** Its own. */
  readonly key: number;
  /** Of its text: what is longer or shorter is another body. */
  readonly length: number;
}

/** Numbers of four bytes, in all: 16 MiB. */
const MOST = 4 * 1024 * 1024;
const FIRST_ROOM = 16 * 1024;
const LARGEST = 0xffffffff;
/** Of a body: its key, where its places begin, the length of its text. */
const HEAD = 3;
/** No text is as long. */
const NO_LENGTH = LARGEST;
const PLACE = 3;

export function createPlaceMemory(): PlaceMemory {
  let heads = new Uint32Array(FIRST_ROOM);
  let places = new Uint32Array(FIRST_ROOM);
  let bodies = 0;
  let count = 0;
  /** They are asked for in the order in which they came. */
  let next = 0;

  const keyAt = (body: number) => heads[body * HEAD] ?? 0;
  const find = (key: number): number | undefined => {
    if (next < bodies && keyAt(next) === key) return next;
    let low = 0;
    let high = bodies;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (keyAt(middle) < key) low = middle + 1;
      else high = middle;
    }
    return low < bodies && keyAt(low) === key ? low : undefined;
  };

  return {
    put({ key, length }, found) {
      if (key < 0 || key > LARGEST) return;
      if (bodies > 0 && key <= keyAt(bodies - 1)) {
        const before = find(key);
        if (before !== undefined) heads[before * HEAD + 2] = NO_LENGTH;
        return;
      }
      if (bodies * HEAD + HEAD + count + found.length > MOST) return;
      heads = withRoom(heads, bodies * HEAD + HEAD);
      places = withRoom(places, count + found.length);
      heads[bodies * HEAD] = key;
      heads[bodies * HEAD + 1] = count;
      heads[bodies * HEAD + 2] = length;
      for (let at = 0; at < found.length; at++) places[count++] = found[at] ?? 0;
      bodies++;
    },
    each({ key, length }, place) {
      const body = find(key);
      if (body === undefined || heads[body * HEAD + 2] !== length) return false;
      next = body + 1;
      const end = next < bodies ? (heads[next * HEAD + 1] ?? 0) : count;
      for (let at = heads[body * HEAD + 1] ?? 0; at < end; at += PLACE) {
        place(places[at] ?? 0, places[at + 1] ?? 0, places[at + 2] ?? 0);
      }
      return true;
    },
  };
}

function withRoom(numbers: Uint32Array<ArrayBuffer>, length: number): Uint32Array<ArrayBuffer> {
  if (length <= numbers.length) return numbers;
  const roomy = new Uint32Array(Math.max(length, 2 * numbers.length));
  roomy.set(numbers);
  return roomy;
}
