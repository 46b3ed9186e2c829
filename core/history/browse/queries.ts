import type { MapMark, ObjectLine, PulledModule } from '../../contract/objects.ts';
import type { ObjectKey } from '../objects/objects.ts';
import type { LinkFacts } from '../objects/reader-messages.ts';
import type { Bounds } from './place.ts';

/** A link whose objects are asked for, with what only the answering thread knows of it. */
export interface BrowsedLink extends LinkFacts {
  readonly linkId: number;
}

/** The contract's conditions, with links by their ids. Several values of one path widen, several paths narrow. */
export interface BrowseQuery {
  readonly links: readonly BrowsedLink[];
  readonly module: PulledModule;
  readonly search?: string;
  readonly where?: readonly string[];
  readonly parties?: readonly string[];
  readonly changedSince?: number;
  readonly vanished?: boolean;
  readonly finding?: 'error' | 'warning' | 'note' | 'any';
  readonly within?: Bounds;
}

export type BrowseQuestion =
  | { readonly kind: 'lines'; readonly query: BrowseQuery; readonly offset: number; readonly limit: number }
  | { readonly kind: 'count'; readonly query: BrowseQuery }
  | { readonly kind: 'map'; readonly query: BrowseQuery; readonly bounds: Bounds; readonly zoom: number }
  | { readonly kind: 'offset'; readonly query: BrowseQuery; readonly key: ObjectKey }
  | { readonly kind: 'lists'; readonly links: readonly BrowsedLink[] };

export interface ListCount {
  readonly link: string;
  readonly module: PulledModule;
  readonly objects: number;
  readonly vanished: number;
}

/** `behind`: changed objects that are not derived yet, where the answer depends on what is derived. */
export type BrowseFound =
  | { readonly ok: true; readonly kind: 'lines'; readonly lines: readonly ObjectLine[]; readonly behind: number }
  | { readonly ok: true; readonly kind: 'count'; readonly count: number }
  | {
      readonly ok: true;
      readonly kind: 'map';
      readonly marks: readonly MapMark[];
      readonly total: number;
      readonly behind: number;
    }
  /** Null: it does not hold, or is not there. */
  | { readonly ok: true; readonly kind: 'offset'; readonly offset: number | null }
  | { readonly ok: true; readonly kind: 'lists'; readonly lists: readonly ListCount[] }
  | { readonly ok: false; readonly reason: string };
