import * as z from 'zod';
import type { Clock } from '../../clock.ts';
import { DEFAULT_RETENTION, Retention } from '../../contract/storage.ts';
import type { History } from '../../history/history.ts';

/** What is kept, how long, and what pruning did last. */
export interface KeptRetention {
  get(): Retention;
  /** Only the bounds named change. Throws what SQLite throws. */
  set(bounds: { readonly [Bound in keyof Retention]?: Retention[Bound] | undefined }): Retention;
  lastPruned(): LastPruned | null;
  notePruned(pruned: Omit<LastPruned, 'at'>): void;
  /** From when on it is pruned by itself; milliseconds since the epoch. */
  beginsAt(): number;
  /** A workbench that prunes has the database open: from the first time on the time runs. Throws what SQLite throws. */
  meet(): void;
}

const LastPruned = z.object({ at: z.string(), exchanges: z.int(), bytes: z.int() });
type LastPruned = z.infer<typeof LastPruned>;

const NAMES = { retention: 'retention', last: 'retention.last-pruned', since: 'retention.since' } as const;
/** Whoever updates has a day to say otherwise before anything old goes. */
const GRACE = 24 * 60 * 60 * 1000;

export function createRetention({ settings }: Pick<History, 'settings'>, clock: Clock): KeptRetention {
  const get = () => settings.get(NAMES.retention, Retention) ?? DEFAULT_RETENTION;
  return {
    get,
    set(bounds) {
      const named = Object.fromEntries(Object.entries(bounds).filter(([, value]) => value !== undefined));
      const next = Retention.parse({ ...get(), ...named });
      settings.set(NAMES.retention, next);
      return next;
    },
    lastPruned: () => settings.get(NAMES.last, LastPruned) ?? null,
    notePruned: pruned => settings.set(NAMES.last, { at: new Date(clock.now()).toISOString(), ...pruned }),
    beginsAt() {
      return (settings.get(NAMES.since, z.number()) ?? clock.now()) + GRACE;
    },
    meet() {
      if (settings.get(NAMES.since, z.number()) === undefined) settings.set(NAMES.since, clock.now());
    },
  };
}
