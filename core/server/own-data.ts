import type { Version } from '../ocpi/versions.ts';
import type { Caller } from './caller.ts';

/** Modules whose objects a party of ours owns and serves to partners that pull (SENDER interface). */
export type OwnModule = 'locations' | 'sessions' | 'cdrs' | 'tariffs' | 'tokens';

export interface OwnQuery {
  readonly module: OwnModule;
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

/** Where what we serve comes from: the operator's own data, or the sandbox's world. A page costs only itself. */
export interface OwnData {
  page(query: OwnQuery): OwnPage;
  /** By id, without regard to case; the JSON text of the whole object. */
  get(one: Pick<OwnQuery, 'module' | 'version' | 'caller'> & { readonly id: string }): string | undefined;
}
