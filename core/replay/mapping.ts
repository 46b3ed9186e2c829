import type { RewriteKind } from '../contract/rewrite-kind.ts';

/**
 * What ids and parties of the recording are called now. Ids that only the partner can make are learned while the replay
 * runs. Kinds are kept apart: a session `1` and a connector `1` are two things. Without regard to the case of `from`.
 */
export interface Mapping {
  get(kind: RewriteKind, from: string): string | undefined;
  set(kind: RewriteKind, from: string, to: string): void;
  /** What the recording called something that is now called so. */
  before(kind: RewriteKind, to: string): string | undefined;
  entries(): Iterable<{ readonly kind: RewriteKind; readonly from: string; readonly to: string }>;
}

const keyOf = (kind: RewriteKind, id: string) => `${kind} ${id.toLowerCase()}`;

export function createMapping(): Mapping {
  const forth = new Map<string, { readonly kind: RewriteKind; readonly from: string; readonly to: string }>();
  const back = new Map<string, string>();
  return {
    get: (kind, from) => forth.get(keyOf(kind, from))?.to,
    set(kind, from, to) {
      forth.set(keyOf(kind, from), { kind, from, to });
      back.set(keyOf(kind, to), from);
    },
    before: (kind, to) => back.get(keyOf(kind, to)),
    entries: () => forth.values(),
  };
}
