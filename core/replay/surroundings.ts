import type { LinkEndpoint } from '../contract/link.ts';
import type { PartyId } from '../ocpi/party-id.ts';
import type { Version } from '../ocpi/versions.ts';

/** A place somebody may charge at. */
export interface KnownPlace {
  readonly location: string;
  readonly evse: string;
  /** As painted on it, where it has one (eMI3). */
  readonly evseId?: string;
  readonly connector: string;
  readonly available: boolean;
}

export interface KnownToken {
  readonly uid: string;
  readonly type: string;
  readonly contract: string | undefined;
  /** ALLOWED by the whitelist, as far as is known. */
  readonly valid: boolean;
}

/** A party, with its roles where they are known: of several the one that does such a thing speaks. */
export interface KnownParty extends PartyId {
  readonly roles?: readonly string[];
}

/** Whose things are meant: ours, or those of the target. */
export interface KnownThings {
  readonly parties: readonly KnownParty[];
  /** The first hundred that are there; `has` asks for any. */
  readonly places: readonly KnownPlace[];
  readonly tokens: readonly KnownToken[];
  readonly tariffs: readonly string[];
  readonly terminals: readonly string[];
  has(kind: 'location' | 'token' | 'tariff' | 'session' | 'cdr', id: string): boolean;
}

/** The target of a replay as it is now: plain facts, gathered before. */
export interface Surroundings {
  readonly link: string;
  readonly environment: 'test' | 'production';
  readonly version: Version;
  readonly endpoints: readonly LinkEndpoint[];
  readonly versionsUrl: string | undefined;
  readonly ours: KnownThings;
  readonly theirs: KnownThings;
  /** The role we have in this link. */
  readonly roles: readonly string[];
  /** Milliseconds since the epoch. */
  readonly now: number;
}
