import type { LinkState } from '../../contract/link.ts';

/** What was seen of one link, as far as thresholds ask. Times in milliseconds since the epoch. */
export interface LinkObservation {
  readonly state: LinkState;
  /** When its row came to be: whoever was never heard is silent since then. */
  readonly createdAt: number;
  /** The newest request of theirs, or answer of theirs; null: never. */
  readonly lastHeard: number | null;
  /** Of the last 60 minutes; exchanges at which faults of ours were at work are left out. */
  readonly hour: HourFigures;
  /** Results of commands of ours that should have come. */
  readonly overdue: readonly OverdueResult[];
  /** Of modules that are pulled by schedule. */
  readonly pulls: readonly PullObservation[];
  /** In use. */
  readonly tokens: readonly TokenObservation[];
  /** Within a day before now, oldest first. */
  readonly changes: readonly OfferChange[];
}

export interface HourFigures {
  readonly exchanges: number;
  readonly failed: number;
  /** Answers of theirs, and milliseconds until 95 of 100 were there; null where there was none. */
  readonly answers: number;
  readonly p95Ms: number | null;
}

export interface OverdueResult {
  readonly exchangeId: number;
  /** `START_SESSION`. */
  readonly what: string;
  readonly due: number;
}

export interface PullObservation {
  readonly module: string;
  /** Milliseconds between two pulls, as scheduled. */
  readonly every: number;
  readonly lastGood: number | null;
  readonly last: number | null;
  readonly lastOk: boolean | null;
  readonly runId: number | null;
}

export interface TokenObservation {
  readonly label: string;
  readonly issuedBy: 'us' | 'them';
  readonly issuedAt: number;
}

/** A version, or endpoints, that are others than before. */
export interface OfferChange {
  readonly at: number;
  readonly what: 'version' | 'endpoints';
  readonly sentence: string;
}

/** Where an EVSE stands. */
export interface EvsePlace {
  /** `NL-TNM`. */
  readonly party: string;
  readonly location: string;
  /** Of the location, empty where it has none. */
  readonly name: string;
  readonly evse: string;
}

/** An EVSE that has said the same for longer than a threshold. */
export interface EvseObservation extends EvsePlace {
  readonly status: string;
  /** Milliseconds since the epoch. */
  readonly since: number;
}

/** A location that could be used less than a threshold asks. */
export interface AvailabilityObservation extends Omit<EvsePlace, 'evse'> {
  readonly evses: number;
  /** Share of the last 24 hours. */
  readonly availability: number;
}
