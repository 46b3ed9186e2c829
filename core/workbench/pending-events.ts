import type { EventBatch } from '../contract/events.ts';

/** One thing that happened. */
export type Happened =
  | {
      readonly kind: 'exchanges';
      readonly recorded: number;
      readonly failed: number;
      /** 0 where none was recorded. */
      readonly newest: number;
      readonly changed: readonly number[];
    }
  | { readonly kind: 'run'; readonly id: number }
  | { readonly kind: 'objects'; readonly list: string }
  | {
      readonly kind:
        | 'links'
        | 'platform'
        | 'own'
        | 'decisions'
        | 'faults'
        | 'life'
        | 'transactions'
        | 'scenarios'
        | 'logs'
        | 'health';
    }
  /** Whatever was known may be old. */
  | { readonly kind: 'everything' };

/** What one listener has not heard yet: bounded, however long it does not listen. */
export interface PendingEvents {
  add(happened: Happened): void;
  isEmpty(): boolean;
  /** Empties it. */
  take(): EventBatch;
}

const MOST_CHANGED = 500;
const MOST_RUNS = 200;
const MOST_LISTS = 200;
const NO_FLAGS = {
  links: false,
  platform: false,
  own: false,
  decisions: false,
  faults: false,
  life: false,
  transactions: false,
  scenarios: false,
  logs: false,
  health: false,
  refetch: false,
};

export interface PendingOptions {
  /** The newest exchange, as far as was told before. */
  readonly newest: number;
  /** It was empty, and is not any more. */
  readonly filled: () => void;
}

export function createPendingEvents({ newest: known, filled }: PendingOptions): PendingEvents {
  const changed = new Set<number>();
  const runs = new Set<number>();
  const objects = new Set<string>();
  let exchanges = { recorded: 0, failed: 0 };
  // Kept: a batch of changes alone still says which the newest is.
  let newest = known;
  let flags = { ...NO_FLAGS };
  let empty = true;

  const keep = <T>(set: Set<T>, one: T, most: number) => {
    if (set.size < most || set.has(one)) set.add(one);
    else flags.refetch = true;
  };
  const note = (happened: Happened) => {
    switch (happened.kind) {
      case 'exchanges':
        exchanges.recorded += happened.recorded;
        exchanges.failed += happened.failed;
        newest = Math.max(newest, happened.newest);
        for (const id of happened.changed) keep(changed, id, MOST_CHANGED);
        return;
      case 'run':
        keep(runs, happened.id, MOST_RUNS);
        return;
      case 'objects':
        keep(objects, happened.list, MOST_LISTS);
        return;
      case 'everything':
        flags.refetch = true;
        return;
      default:
        flags[happened.kind] = true;
    }
  };

  return {
    add(happened) {
      note(happened);
      if (!empty) return;
      empty = false;
      filled();
    },
    isEmpty: () => empty,
    take() {
      const told = exchanges.recorded > 0 || changed.size > 0;
      const batch: EventBatch = {
        ...(told ? { exchanges: { newest, ...exchanges, changed: [...changed] } } : {}),
        runs: [...runs],
        objects: [...objects],
        ...flags,
      };
      changed.clear();
      runs.clear();
      objects.clear();
      exchanges = { recorded: 0, failed: 0 };
      flags = { ...NO_FLAGS };
      empty = true;
      return batch;
    },
  };
}
