import type { Chance } from './chance.ts';
import type { TokenIds } from './ids.ts';
import type { Ages, Permutation } from './moments.ts';
import type { Companies } from './operators.ts';
import type { Atlas } from './places.ts';
import type { TariffFacts } from './tariff-book.ts';

/** What all objects of a world have in common, worked out once. */
export interface Setting {
  readonly chance: Chance;
  /** The moment at which the world stands, in seconds since the epoch. */
  readonly now: number;
  readonly atlas: Atlas;
  readonly companies: Companies;
  readonly tariffs: readonly TariffFacts[];
  readonly ages: Readonly<Record<WorldModule, Ages>>;
  /** So many of the last locations have someone charging right now: one each. */
  readonly busy: number;
  /** Sessions before this one are over; the others are those of the busy locations, in their order. */
  readonly finished: number;
  /** Which location the finished sessions of a round belong to. */
  readonly round: Permutation;
  readonly tokenIds: TokenIds;
  readonly shape?: Shape;
}

export type WorldModule = 'locations' | 'sessions' | 'cdrs' | 'tariffs' | 'tokens';

/** The same number of EVSEs at every location, and of connectors at every EVSE, for figures that compare. */
export interface Shape {
  readonly evses: number;
  /** One to three. */
  readonly connectors: number;
}
