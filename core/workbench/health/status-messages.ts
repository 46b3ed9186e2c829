import type { EvseTimeline, LocationHealth, LocationsHealthInput } from '../../contract/health.ts';
import type { LinkLimits, LinkOver, LinkStatuses } from '../../history/facts/status-reading.ts';

/** Links are named by their numbers; times in milliseconds since the epoch. */
interface AskedLinks {
  readonly linkIds: readonly number[];
  readonly now: number;
  /** Beginning of the time over which availability is told. */
  readonly from: number;
  /** EVSEs that have said the same since before are stuck; null, or a link that is not named: none are. */
  readonly stuckSince: readonly (readonly [linkId: number, since: number | null])[];
  /** Open notices of locations. */
  readonly noticed: readonly NoticedLocation[];
}

export interface NoticedLocation {
  readonly linkId: number;
  readonly party: string;
  readonly location: string;
  readonly notices: number;
}

/** What is asked about statuses of EVSEs; the thread that keeps facts answers it. */
export type StatusQuestion =
  | { readonly kind: 'statuses-of-links'; readonly linkIds: readonly number[] }
  | { readonly kind: 'statuses-over'; readonly limits: readonly LinkLimits[]; readonly now: number }
  | (AskedLinks & {
      readonly kind: 'statuses-locations';
      readonly search: string | null;
      readonly only: NonNullable<LocationsHealthInput['only']> | null;
      readonly order: NonNullable<LocationsHealthInput['order']>;
      readonly offset: number;
      readonly limit: number;
    })
  | (AskedLinks & { readonly kind: 'statuses-location'; readonly party: string | null; readonly id: string });

/** As the contract has it, but for the link's name. */
export type LocationRow = Omit<LocationHealth, 'link'> & { readonly linkId: number };

export type StatusAnswer =
  | { readonly kind: 'statuses-of-links'; readonly links: readonly LinkStatuses[] }
  | { readonly kind: 'statuses-over'; readonly links: readonly LinkOver[] }
  | { readonly kind: 'statuses-locations'; readonly count: number; readonly rows: readonly LocationRow[] }
  /** Null: there is no such location. */
  | {
      readonly kind: 'statuses-location';
      readonly location: (LocationRow & { readonly timelines: EvseTimeline[] }) | null;
    };
