import type { ExchangeConditions, ExchangeSummary, RelatedExchanges } from '../../contract/exchange.ts';

/** What the thread is started with. */
export interface TrafficStart {
  /** The database; facets and full text lie beside it. */
  readonly file: string;
}

/** As the contract's conditions, with the link by its ids: a name may have been used for several. */
export interface TrafficConditions extends Omit<ExchangeConditions, 'link'> {
  readonly linkIds?: readonly number[];
  /** Those of which nobody is shown anything; absent where there are none. */
  readonly hiddenLinkIds?: readonly number[];
}

export interface TrafficAsked {
  readonly conditions: TrafficConditions;
  /** The table ends with this id; absent: with the newest there is. */
  readonly newest?: number | undefined;
  /** Changed since their facets were derived, as far as is known. */
  readonly changed: readonly number[];
}

export interface TroubleAsked extends TrafficAsked {
  /** Findings of exchanges that did not fail: from this rank on (`severityRank`); 0: none. */
  readonly leastRank: number;
  readonly stretches: number;
  /** Milliseconds since the epoch: where stretches end unless `until` says so. */
  readonly now: number;
  /** A group is fresh where none of it is older. */
  readonly freshFrom: number;
}

/** As `TroubleGroup` of the contract, with times in milliseconds since the epoch. */
export interface TroubleFound {
  readonly from: number;
  readonly to: number;
  readonly groups: readonly {
    readonly link: string | null;
    readonly module: string | null;
    /** `finding`: the code is that of a finding, of exchanges that did not fail. */
    readonly layer: 'network' | 'http' | 'ocpi' | 'finding';
    readonly code: string;
    readonly failed: boolean;
    readonly direction: 'in' | 'out';
    readonly versions: readonly (string | null)[];
    readonly count: number;
    readonly onPurpose: number;
    readonly first: number;
    readonly last: number;
    readonly newestId: number;
    readonly fresh: boolean;
    readonly overTime: readonly number[];
  }[];
}

export type TrafficQuestion =
  | (TrafficAsked & { readonly kind: 'page'; readonly offset: number; readonly limit: number })
  | (TrafficAsked & { readonly kind: 'count' })
  | (TrafficAsked & { readonly kind: 'ids' })
  | (TroubleAsked & { readonly kind: 'troubles' })
  | (Pick<TrafficAsked, 'changed'> &
      Pick<TrafficConditions, 'hiddenLinkIds'> & { readonly kind: 'related'; readonly id: number });

/** `behind`: exchanges that could not be looked at yet. */
export interface PageFound {
  readonly newest: number;
  readonly rows: ExchangeSummary[];
  readonly behind: number;
}

/** Ids of all that fit, ascending; a million are eight megabytes. */
export interface IdsFound {
  readonly newest: number;
  readonly ids: Float64Array;
  readonly behind: number;
}

export interface CountFound {
  readonly newest: number;
  readonly count: number;
  readonly errors: number;
}

export type TrafficAnswer =
  | { readonly kind: 'page'; readonly found: PageFound }
  | { readonly kind: 'count'; readonly found: CountFound }
  | { readonly kind: 'ids'; readonly found: IdsFound }
  | { readonly kind: 'troubles'; readonly found: TroubleFound }
  /** Null: there is no such exchange. */
  | { readonly kind: 'related'; readonly found: RelatedExchanges | null }
  /** `damaged`: what was read is. */
  | { readonly kind: 'gone'; readonly reason: string; readonly damaged?: boolean };
