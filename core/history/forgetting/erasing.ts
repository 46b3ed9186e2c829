import type { Database } from 'better-sqlite3';
import type { Pace } from '../keeping/pace.ts';
import type { ForgottenValue } from './forgotten-value.ts';

/** What all who erase share. */
export interface Erasing {
  readonly database: Database;
  readonly value: ForgottenValue;
  readonly pace: Pace;
  /** Only counts. */
  readonly dry: boolean;
  readonly tally: Tally;
  readonly progress: (progress: ErasingProgress) => void;
}

export interface ErasingProgress {
  readonly doing: string;
  readonly done: number;
  readonly total: number | null;
}

/** In how many places it was met, by what they are. */
export interface Tally {
  add(where: string, count: number): void;
  sum(): number;
  places(): { readonly where: string; readonly count: number }[];
}

export function createTally(): Tally {
  const counts = new Map<string, number>();
  return {
    add: (where, count) => void counts.set(where, (counts.get(where) ?? 0) + count),
    sum: () => [...counts.values()].reduce((sum, count) => sum + count, 0),
    places: () => [...counts].map(([where, count]) => ({ where, count })),
  };
}
