import type { Clock, Deadline } from '../../clock.ts';
import type { SimulatedTime } from './simulated-time.ts';

/** What is to happen at which simulated moment: one timer for all of it. */
export interface Agenda {
  /** `what` happens at the moment, or as soon as it can; a later call with the same key replaces the one before. */
  at(key: string, moment: number, what: () => void): void;
  cancel(key: string): void;
  /** Nothing is to happen. */
  isEmpty(): boolean;
  /** The speed changed, or time stands or runs again: the timer is set anew. */
  renew(): void;
  close(): void;
}

export interface AgendaParts {
  readonly clock: Clock;
  readonly time: SimulatedTime;
  readonly onTrouble: (what: string, error: unknown) => void;
}

interface Entry {
  readonly key: string;
  readonly moment: number;
  readonly what: () => void;
}

/** Milliseconds of one turn: then whoever else waits for the event loop has it. */
const TURN = 4;
/** Timers cannot wait longer than 2^31 milliseconds. */
const LONGEST = 60_000;

export function createAgenda({ clock, time, onTrouble }: AgendaParts): Agenda {
  /** A heap: no entry is due before the one above it. Entries that were replaced or cancelled stay until they come up. */
  const heap: Entry[] = [];
  const current = new Map<string, Entry>();
  let timer: Deadline | undefined;
  /** The moment the timer is set for. */
  let set = Number.POSITIVE_INFINITY;
  let closed = false;

  const top = () => {
    for (let first = heap[0]; first !== undefined; first = heap[0]) {
      if (current.get(first.key) === first) return first;
      removeFirst(heap);
    }
    return undefined;
  };

  const wind = () => {
    const first = top();
    if (closed || first === undefined || first.moment >= set) return;
    timer?.cancel();
    const wait = time.until(first.moment);
    if (wait === Number.POSITIVE_INFINITY) return;
    set = first.moment;
    timer = clock.deadline(Math.min(Math.ceil(wait), LONGEST), turn);
  };

  const turn = () => {
    timer = undefined;
    set = Number.POSITIVE_INFINITY;
    if (closed || !time.runs) return;
    const began = clock.elapsed();
    for (let due = top(); due !== undefined && due.moment <= time.now(); due = top()) {
      removeFirst(heap);
      current.delete(due.key);
      try {
        due.what();
      } catch (error) {
        onTrouble(`what was to happen with ${due.key} did not`, error);
      }
      if (clock.elapsed() - began > TURN) break;
    }
    wind();
  };

  return {
    at: (key, moment, what) => {
      const entry = { key, moment, what };
      current.set(key, entry);
      insert(heap, entry);
      wind();
    },
    cancel: key => current.delete(key),
    isEmpty: () => current.size === 0,
    renew: () => {
      timer?.cancel();
      set = Number.POSITIVE_INFINITY;
      wind();
    },
    close: () => {
      closed = true;
      timer?.cancel();
      current.clear();
    },
  };
}

function insert(heap: Entry[], entry: Entry): void {
  let at = heap.push(entry) - 1;
  while (at > 0) {
    const above = (at - 1) >> 1;
    const parent = heap[above];
    if (parent === undefined || parent.moment <= entry.moment) break;
    heap[at] = parent;
    at = above;
  }
  heap[at] = entry;
}

function removeFirst(heap: Entry[]): void {
  const last = heap.pop();
  if (last === undefined || heap.length === 0) return;
  let at = 0;
  for (;;) {
    const [left, right] = [heap[2 * at + 1], heap[2 * at + 2]];
    const child = left !== undefined && right !== undefined && right.moment < left.moment ? 2 * at + 2 : 2 * at + 1;
    const below = heap[child];
    if (below === undefined || below.moment >= last.moment) break;
    heap[at] = below;
    at = child;
  }
  heap[at] = last;
}
