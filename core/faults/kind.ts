import type * as z from 'zod';
import type { FaultDirection, FaultFamily } from '../contract/fault.ts';
import type { CatalogueEntry } from '../ocpi/catalogue.ts';
import type { RawHeaders } from '../ocpi/raw-headers.ts';
import type { Version } from '../ocpi/versions.ts';
import type { AnswerMessage, Draft } from './draft.ts';

/** What is known of the exchange a fault is at work on; the same on both directions. */
export interface Facts {
  readonly direction: FaultDirection;
  /** Catalogue id, or `unknown`. */
  readonly operation: string;
  /** The catalogue's entry of it; absent for `unknown`. */
  readonly entry?: CatalogueEntry;
  /** Absent for the versions list. */
  readonly version?: Version;
  /** Method and target of the request; of ours the absolute URL. */
  readonly request: {
    readonly method: string;
    readonly url: string;
    readonly headers: RawHeaders;
    readonly body: Uint8Array;
  };
  /** Values of the path's placeholders, decoded; empty where they are not known. */
  readonly params: Readonly<Record<string, string>>;
  /** Our own versions URL, for URLs that point at ourselves. */
  readonly ownVersionsUrl: string;
  /** Our own parties, for credentials that nobody worked out; absent where whoever asks does not know them. */
  readonly ownParties?: readonly OwnParty[];
  /** Routing parties as they stand in the message that is about to cross, `NL-TNM`. */
  readonly from?: string;
  readonly to?: string;
  /** Milliseconds since the epoch. */
  readonly now: number;
}

/** One of our parties, as credentials name it. */
export interface OwnParty {
  readonly role: string;
  readonly countryCode: string;
  readonly partyId: string;
}

/**
 * A token for requests of ours: A of the registration, the one before the present one, the present one, or the one that
 * the partner has to use when it calls us (`incoming`).
 */
export type WantedToken = 'A' | 'previous' | 'current' | 'incoming';

/** What a rule remembers between its hits, for each link: small texts by key. Kept in the database. */
export interface Memory {
  get(key: string): string | undefined;
  /** Undefined forgets it. */
  set(key: string, value: string | undefined): void;
}

export interface Using<P> {
  readonly parameters: P;
  readonly facts: Facts;
  /** In [0, 1), drawn as hash(seed, rule, link, hit, name): the same name gives the same number within one hit. */
  readonly draw: (name: string) => number;
  readonly memory: Memory;
  /** Tokens for requests of ours, where a kind needs another one than was written; undefined where there is none. */
  readonly token: (which: WantedToken) => string | undefined;
}

/** What became of it. `did`: one sentence, stamped on the exchange. `nothing`: there was nothing to do here, and why. */
export type Altered = { readonly draft: Draft; readonly did: string } | { readonly nothing: string };

/** A call to us before anybody has worked out its answer. */
export interface Ask {
  /** What follows the `?`, undecoded; empty when there is none. */
  readonly query: string;
}

/** Undefined lets it pass unchanged. An answer given here is all the answer there is: nothing is done. */
export type Asked =
  | { readonly ask: Ask; readonly did: string }
  | { readonly answer: AnswerMessage; readonly did: string }
  | undefined;

/** How a TLS handshake is refused, and the sentence about it. */
export interface Refusal {
  readonly by: 'alert' | 'close' | 'reset';
  readonly did: string;
}

/**
 * One kind of fault. Everything in it is pure: what it does depends on what it is given, and on the numbers it draws.
 * It must work on any module and version it does not exclude, through the schemas (core/ocpi), never by fixed fields.
 */
export interface FaultKind<P = unknown> {
  /** `envelope.data-null`: stable once released. */
  readonly kind: `${FaultFamily}.${string}`;
  readonly family: FaultFamily;
  /** A few words. */
  readonly title: string;
  /** What it does with these parameters, one sentence. */
  readonly explain: (parameters: P) => string;
  /** A strict object; every property has a default and a description. */
  readonly parameters: z.ZodType<P>;
  /** Numbers of failures.md. */
  readonly cases: readonly number[];
  readonly directions: readonly FaultDirection[];
  /** Which operations it can apply to; any unless said. */
  readonly fits?: (entry: CatalogueEntry) => boolean;
  /** A catalogue id whose sample message shows it well. */
  readonly sample: {
    readonly operation: string;
    readonly version: Version;
    readonly direction: FaultDirection;
    /** HTTP status of an answer that refuses; a good answer unless said. */
    readonly refusedWith?: number;
    /** Of lists: what is asked for, `limit=2` unless said. With an offset it is the last page. */
    readonly query?: string;
  };
  /** Of answers: before the answer is worked out. Where it gives the answer, `alter` of the same rule is not asked. */
  readonly before?: (ask: Ask, using: Using<P>) => Asked;
  /** The message that is about to cross, already as the rules before this one left it. */
  readonly alter?: (draft: Draft, using: Using<P>) => Altered;
  /** Of TLS connections to us, before anything else is known of them: how the handshake is refused. Its rule has no scope. */
  readonly refuseHandshake?: (using: Pick<Using<P>, 'parameters' | 'draw'>) => Refusal;
  /**
   * Hears of every exchange in scope of an armed rule, hit or not, fitting or not, in either direction, before `before` and
   * `alter`: for kinds that wait for something.
   */
  readonly observe?: (facts: Facts, memory: Memory) => void;
}

/** Lets a kind's parameters be typed by its schema. */
export function faultKind<S extends z.ZodType>(
  kind: Omit<FaultKind<z.infer<S>>, 'parameters'> & { readonly parameters: S },
): FaultKind {
  return kind as unknown as FaultKind;
}
