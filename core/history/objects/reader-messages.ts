import type { BrowseFound, BrowseQuestion } from '../browse/queries.ts';
import type { ChangesFound, ObjectKey, ObjectQuery, ObjectsFound, RevisionsFound, ScanProgress } from './objects.ts';

export interface ReaderStart {
  /** The database; the full text lies beside it. */
  readonly file: string;
}

/** What only the answering thread knows of a link. */
export interface LinkFacts {
  readonly name: string;
  /** `NL-TNM`: whose objects are that do not say so themselves; empty where nobody knows. */
  readonly party: string;
}

export interface ChangesQuery {
  readonly linkId: number;
  readonly module: ObjectQuery['module'];
  readonly since?: number;
  readonly limit: number;
}

export type ReaderQuestion =
  | { readonly kind: 'list'; readonly query: ObjectQuery; readonly link: LinkFacts }
  | { readonly kind: 'revisions'; readonly key: ObjectKey; readonly link: LinkFacts }
  | { readonly kind: 'changes'; readonly query: ChangesQuery; readonly link: LinkFacts }
  | { readonly kind: 'browse'; readonly question: BrowseQuestion };

export type ReaderAnswer =
  | { readonly kind: 'list'; readonly found: ObjectsFound }
  | { readonly kind: 'revisions'; readonly found: RevisionsFound }
  | { readonly kind: 'changes'; readonly found: ChangesFound }
  | { readonly kind: 'browse'; readonly found: BrowseFound }
  | { readonly kind: 'gone'; readonly reason: string };

export type ReaderProgress = ScanProgress;
