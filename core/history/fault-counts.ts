import type { Database } from 'better-sqlite3';
import type { Atomic } from './atomic.ts';
import type { GroupRecorder } from './recorder.ts';

/** Of one rule on one link. */
export interface FaultTally {
  /** Exchanges in scope. */
  readonly met: number;
  readonly fired: number;
  /** Milliseconds since the epoch; null where it never fired. */
  readonly lastFiredAt: number | null;
}

/** What one rule remembers between its hits on one link. */
export interface FaultMemory {
  get(key: string): string | undefined;
  /** Undefined forgets it. */
  set(key: string, value: string | undefined): void;
}

/** Whose count it is; link 0: exchanges of nobody known. */
export interface FaultPlace {
  readonly ruleId: number;
  readonly linkId: number;
}

/**
 * How often rules met and fired, and what they remember. It counts in memory at once; it is written with the next commit of
 * the recorder, which is that of the exchange where its answer is worked out in the same turn, and an earlier one otherwise.
 */
export interface FaultCounts {
  tally(place: FaultPlace): FaultTally;
  /** One more that was met. `firedAt`: it fired then. */
  count(place: FaultPlace, firedAt?: number): void;
  /** Of all links together. */
  total(ruleId: number): FaultTally;
  memory(place: FaultPlace): FaultMemory;
  /** Counts from the beginning, and remembers nothing. */
  restart(ruleIds: readonly number[]): void;
  /** A transaction was rolled back: what was forgotten within is read anew. */
  reload(): void;
}

interface Kept {
  readonly place: FaultPlace;
  tally: FaultTally;
  readonly remembered: Map<string, string>;
}

/** What is to be written: the tallies, and the keys of memories that changed. */
type Unwritten = Map<Kept, Set<string>>;

interface TallyRow {
  readonly rule_id: number;
  readonly link_id: number;
  readonly met: number;
  readonly fired: number;
  readonly last_fired_at: number | null;
}

interface MemoryRow {
  readonly rule_id: number;
  readonly link_id: number;
  readonly key: string;
  readonly value: string;
}

const NEVER: FaultTally = { met: 0, fired: 0, lastFiredAt: null };

export function createFaultCounts(
  database: Database,
  { atomic, beside }: { readonly atomic: Atomic; readonly beside: GroupRecorder['beside'] },
): FaultCounts {
  const tallies = database.prepare<[], TallyRow>('SELECT * FROM fault_tally');
  const memories = database.prepare<[], MemoryRow>('SELECT * FROM fault_memory');
  const writeTally = database.prepare(
    'INSERT OR REPLACE INTO fault_tally (rule_id, link_id, met, fired, last_fired_at) VALUES (?, ?, ?, ?, ?)',
  );
  const writeMemory = database.prepare(
    'INSERT OR REPLACE INTO fault_memory (rule_id, link_id, key, value) VALUES (?, ?, ?, ?)',
  );
  const forget = database.prepare('DELETE FROM fault_memory WHERE rule_id = ? AND link_id = ? AND key = ?');
  const dropTallies = database.prepare('DELETE FROM fault_tally WHERE rule_id = ?');
  const dropMemories = database.prepare('DELETE FROM fault_memory WHERE rule_id = ?');

  const kept = new Map<number, Map<number, Kept>>();
  /** What the commit to come takes with it. */
  let open: Unwritten | undefined;
  /** What a commit failed to write: the next one takes it. */
  const late: Unwritten = new Map();

  const at = (place: FaultPlace): Kept => {
    let ofRule = kept.get(place.ruleId);
    if (ofRule === undefined) {
      ofRule = new Map();
      kept.set(place.ruleId, ofRule);
    }
    let one = ofRule.get(place.linkId);
    if (one === undefined) {
      one = { place, tally: NEVER, remembered: new Map() };
      ofRule.set(place.linkId, one);
    }
    return one;
  };

  const changed = (one: Kept, key?: string) => {
    const batch = open ?? begin();
    const keys = batch.get(one) ?? new Set();
    if (key !== undefined) keys.add(key);
    batch.set(one, keys);
  };

  const begin = (): Unwritten => {
    const batch: Unwritten = new Map(late);
    late.clear();
    open = batch;
    const write = () => {
      // Written again where another one of the group could not be: what comes meanwhile joins the next commit.
      if (open === batch) open = undefined;
      for (const [one, keys] of batch) writeOne(one, keys);
    };
    void beside(write).then(({ ok }) => {
      if (open === batch) open = undefined;
      if (ok) return;
      for (const [one, keys] of batch) late.set(one, new Set([...keys, ...(late.get(one) ?? [])]));
    });
    return batch;
  };

  const writeOne = (one: Kept, keys: ReadonlySet<string>) => {
    const { ruleId, linkId } = one.place;
    // Removed or begun anew meanwhile: what it was has no place any more.
    if (kept.get(ruleId)?.get(linkId) !== one) return;
    const { met, fired, lastFiredAt } = one.tally;
    writeTally.run(ruleId, linkId, met, fired, lastFiredAt);
    for (const key of keys) {
      const value = one.remembered.get(key);
      if (value === undefined) forget.run(ruleId, linkId, key);
      else writeMemory.run(ruleId, linkId, key, value);
    }
  };

  /** Those that stand in memory already know more than the file. */
  const read = () => {
    const known = new Map([...kept].map(([ruleId, ofRule]) => [ruleId, new Set(ofRule.keys())]));
    const isKnown = (ruleId: number, linkId: number) => known.get(ruleId)?.has(linkId) === true;
    for (const { rule_id: ruleId, link_id: linkId, met, fired, last_fired_at: lastFiredAt } of tallies.all()) {
      if (!isKnown(ruleId, linkId)) at({ ruleId, linkId }).tally = { met, fired, lastFiredAt };
    }
    for (const { rule_id: ruleId, link_id: linkId, key, value } of memories.all()) {
      if (!isKnown(ruleId, linkId)) at({ ruleId, linkId }).remembered.set(key, value);
    }
  };
  read();

  return {
    tally: ({ ruleId, linkId }) => kept.get(ruleId)?.get(linkId)?.tally ?? NEVER,
    count(place, firedAt) {
      const one = at(place);
      const { met, fired, lastFiredAt } = one.tally;
      one.tally =
        firedAt === undefined
          ? { met: met + 1, fired, lastFiredAt }
          : { met: met + 1, fired: fired + 1, lastFiredAt: firedAt };
      changed(one);
    },
    total(ruleId) {
      const all = [...(kept.get(ruleId)?.values() ?? [])].map(({ tally }) => tally);
      return all.reduce(sum, NEVER);
    },
    memory(place) {
      const one = at(place);
      return {
        get: key => one.remembered.get(key),
        set(key, value) {
          if (value === one.remembered.get(key)) return;
          if (value === undefined) one.remembered.delete(key);
          else one.remembered.set(key, value);
          changed(one, key);
        },
      };
    },
    restart(ruleIds) {
      atomic(() => {
        for (const id of ruleIds) {
          dropTallies.run(id);
          dropMemories.run(id);
        }
      });
      for (const id of ruleIds) kept.delete(id);
    },
    reload: read,
  };
}

function sum(left: FaultTally, right: FaultTally): FaultTally {
  const { lastFiredAt: one } = left;
  const { lastFiredAt: other } = right;
  return {
    met: left.met + right.met,
    fired: left.fired + right.fired,
    lastFiredAt: one === null ? other : other === null ? one : Math.max(one, other),
  };
}
