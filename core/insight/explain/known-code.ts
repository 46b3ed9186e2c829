import type { Blamed, Layer } from '../../contract/explanation.ts';

/** `out`: we asked. `in`: we were asked. */
export type Direction = 'in' | 'out';

/** What is known of a code besides the exchange it is met in. */
export interface KnownCode {
  readonly layer: Layer;
  /** A few words, for lists. */
  readonly meaning: string;
  /** The same at length, where there is more to say. */
  readonly explained?: string;
  /** Most promising first. */
  readonly next: readonly string[];
  /** Who is at fault as a rule. */
  readonly blamed: Blamed;
  /** Section or trap of the digest; null where no clause speaks of it. */
  readonly section: string | null;
}

/** Who asked, and who answered, as the two sides of a link. */
export function asker(direction: Direction): Blamed {
  return direction === 'out' ? 'us' : 'them';
}

export function answerer(direction: Direction): Blamed {
  return direction === 'out' ? 'them' : 'us';
}
