import type { OwnListName, OwnModuleName } from '../contract/own.ts';
import type { Version } from '../ocpi/versions.ts';
import type { Caller } from './caller.ts';

/** Modules whose objects a party of ours owns and serves to partners that pull (SENDER interface). */
export type OwnModule = OwnModuleName;

export interface OwnQuery {
  readonly module: OwnModule;
  /** Where the module has several lists, which of them; absent: the one at the endpoint itself. */
  readonly list?: OwnListName;
  /** The version whose shapes are asked for. */
  readonly version: Version;
  readonly caller: Caller;
  /** Milliseconds since the epoch: `last_updated` from here on (inclusive) and before that (exclusive), digest 1.6. */
  readonly from?: number;
  readonly to?: number;
  readonly offset: number;
  readonly limit: number;
}

export interface OwnPage {
  /** Everything that fits the filters and is visible to the caller. */
  readonly total: number;
  /** JSON texts in a stable order, oldest first. */
  readonly items: readonly string[];
}

type OfList = Pick<OwnQuery, 'module' | 'list' | 'version' | 'caller'>;

/** Where what we serve comes from: the operator's own data, or the sandbox's world. A page costs only itself. */
export interface OwnData {
  page(query: OwnQuery): OwnPage;
  /** By id, without regard to case, of a token by its type too where that is said; the JSON text of the whole object. */
  get(one: OfList & { readonly id: string; readonly type?: string }): string | undefined;
}

/** `reason`: why the database refused. */
export type OwnChanged = { readonly ok: true } | { readonly ok: false; readonly reason: string };

/** Where what partners change of our own data goes: bookings that are asked for, terminals that are assigned. */
export interface OwnChanges {
  /** The JSON text of a whole object, new or in place of the one with its id; kept once this returns. */
  put(change: OfList & { readonly text: string }): OwnChanged;
}
