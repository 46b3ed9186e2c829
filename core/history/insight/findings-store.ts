import type { Database } from 'better-sqlite3';
import * as z from 'zod';
import type { GroupRecorder } from '../recorder.ts';

/** How far the detectors have come. */
export const LookedState = z.object({
  /** Their version. */
  detector: z.int(),
  /** Every exchange up to this id was looked at, except for those in `later`. */
  upTo: z.int(),
  /** Still open when they were met. */
  later: z.array(z.int()),
});
export type LookedState = z.infer<typeof LookedState>;

/** The findings of one exchange, as JSON, before and now; null: none. */
export interface FindingsChange {
  readonly id: number;
  readonly before: string | null;
  readonly now: string | null;
}

export type FindingsWritten =
  /** `missed`: their findings had changed in the meantime, so that they are to be looked at again. */
  { readonly ok: true; readonly missed: readonly number[] } | { readonly ok: false; readonly reason: string };

/** Where what detectors found is written, by the thread that records, in the transactions it has anyway. */
export interface FindingsStore {
  /** Undefined: they have never looked. */
  state(): LookedState | undefined;
  /** All of it in one transaction; a hundred changes take about three milliseconds. */
  write(changes: readonly FindingsChange[], state: LookedState): Promise<FindingsWritten>;
}

export interface FindingsStoreOptions {
  readonly beside: GroupRecorder['beside'];
  /** Findings of these were written. */
  readonly written: (ids: readonly number[]) => void;
}

const NAME = 'insight.looked';

export function createFindingsStore(database: Database, { beside, written }: FindingsStoreOptions): FindingsStore {
  const read = database.prepare<[string], string>('SELECT value FROM setting WHERE name = ?').pluck();
  const keep = database.prepare('INSERT OR REPLACE INTO setting (name, value) VALUES (?, ?)');
  // Somebody else may have written findings since they were read: theirs are not lost.
  const change = database.prepare('UPDATE exchange SET findings = ? WHERE id = ? AND findings IS ?');
  return {
    state() {
      const kept = LookedState.safeParse(JSON.parse(read.get(NAME) ?? 'null'));
      return kept.success ? kept.data : undefined;
    },
    async write(changes, state) {
      let done: number[] = [];
      let missed: number[] = [];
      const outcome = await beside(() => {
        done = [];
        missed = [];
        for (const { id, before, now } of changes) {
          if (change.run(now, id, before).changes > 0) done.push(id);
          else missed.push(id);
        }
        keep.run(NAME, JSON.stringify(state));
      });
      if (!outcome.ok) return outcome;
      if (done.length > 0) written(done);
      return { ok: true, missed };
    },
  };
}
