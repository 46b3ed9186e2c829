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

interface Entry {
  readonly kind: RewriteKind;
  from: string;
  to: string;
}

export function createMapping(): Mapping {
  // A table for each kind: one key of kind and id would be made anew for every question, and there are many.
  const forth = new Map<RewriteKind, Map<string, Entry>>();
  const back = new Map<RewriteKind, Map<string, string>>();
  const entries: Entry[] = [];
  return {
    get: (kind, from) => forth.get(kind)?.get(from.toLowerCase())?.to,
    set(kind, from, to) {
      const names = tableOf(forth, kind);
      const known = names.get(from.toLowerCase());
      const entry = known ?? { kind, from, to };
      if (known === undefined) {
        names.set(from.toLowerCase(), entry);
        entries.push(entry);
      } else Object.assign(known, { from, to });
      tableOf(back, kind).set(to.toLowerCase(), from);
    },
    before: (kind, to) => back.get(kind)?.get(to.toLowerCase()),
    entries: () => entries.values(),
  };
}

function tableOf<T>(tables: Map<RewriteKind, Map<string, T>>, kind: RewriteKind): Map<string, T> {
  const known = tables.get(kind);
  if (known !== undefined) return known;
  const made = new Map<string, T>();
  tables.set(kind, made);
  return made;
}
