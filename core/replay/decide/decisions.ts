import type { ReplayRewrite } from '../../contract/replay.ts';
import type { RewriteKind } from '../../contract/rewrite-kind.ts';
import { ciKey } from '../../ocpi/ci-string.ts';
import { createMapping, type Mapping } from '../mapping.ts';

export interface Decision {
  readonly kind: RewriteKind;
  readonly from: string;
  /** Null: learned while it runs. */
  readonly to: string | null;
  readonly why: string;
}

/** What is decided about the ids of a recording, each once. */
export interface Decisions {
  readonly mapping: Mapping;
  has(kind: RewriteKind, from: string): boolean;
  decide(decision: Decision): void;
  /** It is called as before: `id`, where it is known under another name (a connector by its EVSE). */
  keep(kind: RewriteKind, from: string, id?: string): void;
  /** It stands in the request of this step. */
  count(kind: RewriteKind, from: string, step: number): void;
  /** Nothing else of this kind is called so. */
  isFree(kind: RewriteKind, to: string): boolean;
  note(sentence: string): void;
  notes(): readonly string[];
  /**
   * Those that are not as they were, in the order in which they were met; what is only said in answers, and no request
   * has, is nobody's concern before it is said.
   */
  rewrites(): readonly ReplayRewrite[];
}

export function createDecisions(): Decisions {
  const mapping = createMapping();
  const decided = new Map<string, Decision | undefined>();
  const counts = new Map<string, Set<number>>();
  const taken = new Set<string>();
  const notes = new Set<string>();
  const keyOf = (kind: RewriteKind, id: string) => `${kind} ${ciKey(id)}`;
  return {
    mapping,
    has: (kind, from) => decided.has(keyOf(kind, from)),
    decide(decision) {
      const { kind, from, to } = decision;
      decided.set(keyOf(kind, from), decision);
      if (to === null) return;
      mapping.set(kind, from, to);
      taken.add(keyOf(kind, to));
    },
    keep(kind, from, id = from) {
      decided.set(keyOf(kind, from), undefined);
      mapping.set(kind, from, id);
      taken.add(keyOf(kind, id));
    },
    count(kind, from, step) {
      const key = keyOf(kind, from);
      const counted = counts.get(key);
      if (counted === undefined) counts.set(key, new Set([step]));
      else counted.add(step);
    },
    isFree: (kind, to) => !taken.has(keyOf(kind, to)),
    note: sentence => void notes.add(sentence),
    notes: () => [...notes],
    rewrites: () =>
      [...decided].flatMap(([key, decision]) => {
        const steps = counts.get(key)?.size ?? 0;
        if (decision === undefined || decision.from === decision.to) return [];
        return decision.to === null && steps === 0 ? [] : [{ ...decision, steps }];
      }),
  };
}
