import type { FaultOccasion } from '../contract/fault.ts';
import { chance } from './chance.ts';
import type { Facts } from './kind.ts';
import type { Rule } from './rule.ts';
import { idleAt, idleAtSort, type Sort, unfit } from './scope.ts';

/** How often a rule met an exchange on one link, and fired there. */
export interface Tally {
  readonly met: number;
  readonly fired: number;
}

/** A rule that looks at exchanges of a sort. `fits`: its kind has something to do there; else it only listens. */
export interface Candidate {
  readonly rule: Rule;
  readonly fits: boolean;
}

/** The armed rules, sorted out: what none of them looks at costs one look into a table. */
export interface RuleIndex {
  /** In the order of the rules. */
  candidates(key: string, sort: () => Sort): readonly Candidate[];
}

const NONE: readonly Candidate[] = [];
/** Sorts of exchanges remembered; there are as many as links times operations, unless somebody makes links all day. */
const MOST_REMEMBERED = 10_000;

export function indexRules(rules: readonly Rule[]): RuleIndex {
  const armed = rules.filter(rule => rule.armed);
  if (armed.length === 0) return { candidates: () => NONE };
  const known = new Map<string, readonly Candidate[]>();
  return {
    candidates(key, sort) {
      const before = known.get(key);
      if (before !== undefined) return before;
      const found = candidatesAt(armed, sort());
      if (known.size >= MOST_REMEMBERED) known.clear();
      known.set(key, found);
      return found;
    },
  };
}

function candidatesAt(armed: readonly Rule[], sort: Sort): readonly Candidate[] {
  const found = armed.flatMap((rule): Candidate[] => {
    if (idleAtSort(rule, sort) !== undefined) return [];
    const fits = unfit(rule.kind, sort) === undefined;
    return fits || rule.kind.observe !== undefined ? [{ rule, fits }] : [];
  });
  return found.length === 0 ? NONE : found;
}

/** One exchange, as rules are chosen for it. */
export interface Meeting {
  readonly facts: Facts;
  readonly party: string | undefined;
}

/** `later`: it depends on what the answer will hold. */
export type Choice = { readonly rule: Rule; readonly how: 'meets' | 'listens' | 'later' };

/** Which of the candidates have this exchange in scope, in their order. */
export function choose(candidates: readonly Candidate[], meeting: Meeting): Choice[] {
  return candidates.flatMap(({ rule, fits }): Choice[] => {
    const idle = idleAt(rule, meeting);
    if (idle === undefined) return [{ rule, how: fits ? 'meets' : 'listens' }];
    return idle.later && fits ? [{ rule, how: 'later' }] : [];
  });
}

export interface Turn {
  readonly rule: Pick<Rule, 'when' | 'seed' | 'name'>;
  /** Name of the link; empty where nobody knows it. */
  readonly link: string;
  /** The how manieth exchange in scope on that link this is, from 1. */
  readonly hit: number;
  /** How often the rule fired on that link before. */
  readonly fired: number;
}

/** Why it is not the rule's turn; undefined where it fires. */
export function notItsTurn({ rule, link, hit, fired }: Turn): string | undefined {
  const { nth, everyNth, after, times, probability }: FaultOccasion = rule.when;
  if (nth !== undefined && hit !== nth) return `it fires at number ${nth}, and this is number ${hit}`;
  if (everyNth !== undefined && hit % everyNth !== 0)
    return `it fires at every ${everyNth}., and this is number ${hit}`;
  if (after !== undefined && hit <= after) return `it leaves the first ${after} alone, and this is number ${hit}`;
  if (times !== undefined && fired >= times)
    return `it has fired ${fired} ${fired === 1 ? 'time' : 'times'}, and that was all`;
  if (probability === undefined) return undefined;
  const drawn = chance({ seed: rule.seed, rule: rule.name, link, hit, name: 'fires' });
  return drawn < probability ? undefined : `its chance of ${probability} was not drawn for number ${hit}`;
}
