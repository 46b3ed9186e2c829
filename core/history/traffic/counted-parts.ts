import { STRETCH, stretchOf } from './facet.ts';
import type { Matches, Part } from './matches.ts';
import type { Tally } from './sources.ts';
import type { TrafficFile } from './traffic-file.ts';

/** As many filters are remembered: those an operator goes to and fro between. */
const MOST_FILTERS = 30;

const NONE: Tally = { count: 0, errors: 0 };

interface Counted {
  readonly stamp: number;
  readonly tally: Tally;
}

/** Counts of the parts of one table. */
export interface Tallies {
  tally(part: Part): Tally;
  /** Known without counting. */
  isKnownEmpty(part: Part): boolean;
  /** Nothing was found in it. */
  noteEmpty(part: Part): void;
}

/** What was counted before, so that a table that is scrolled or grows counts only what is new. */
export interface CountedParts {
  /** Reads which facets were derived again. Inside the transaction whose matches are counted. */
  refreshed(file: TrafficFile): (matches: Matches) => Tallies;
  forget(): void;
}

export function createCountedParts(): CountedParts {
  const filters = new Map<string, Map<number, Counted>>();
  const partsFor = (key: string) => {
    const parts = filters.get(key) ?? new Map<number, Counted>();
    filters.delete(key);
    filters.set(key, parts);
    for (const oldest of filters.keys()) {
      if (filters.size <= MOST_FILTERS) break;
      filters.delete(oldest);
    }
    return parts;
  };
  return {
    refreshed(file) {
      const changes = file.prepare<{ stretch: number; stamp: number }>(
        'SELECT stretch, stamp FROM derived.facet_change',
      );
      const stamps = new Map(changes.all().map(({ stretch, stamp }) => [stretch, stamp]));
      const stampOf = ({ from, before }: Part) => {
        let last = 0;
        for (let id = from; id < before; id += STRETCH) last = Math.max(last, stamps.get(stretchOf(id)) ?? 0);
        return last;
      };
      return matches => {
        const known = matches.key === undefined ? undefined : partsFor(matches.key);
        const before = (part: Part): Tally | undefined => {
          const counted = part.settled ? known?.get(part.from) : undefined;
          return counted?.stamp === stampOf(part) ? counted.tally : undefined;
        };
        const keep = (part: Part, tally: Tally) => {
          if (part.settled) known?.set(part.from, { stamp: stampOf(part), tally });
          return tally;
        };
        const corrected = (part: Part, tally: Tally) => matches.corrected(part, tally);
        return {
          tally: part => corrected(part, before(part) ?? keep(part, matches.counted(part))),
          isKnownEmpty(part) {
            const tally = before(part);
            return tally?.count === 0 && corrected(part, tally).count === 0;
          },
          noteEmpty(part) {
            if (matches.isUncorrected(part)) keep(part, NONE);
          },
        };
      };
    },
    forget: () => filters.clear(),
  };
}
