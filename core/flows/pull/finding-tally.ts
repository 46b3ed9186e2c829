import type { CountedFinding } from '../../contract/run.ts';
import { DETECTOR_VERSION, type Finding } from '../../ocpi/findings.ts';

export interface Counted {
  readonly finding: Finding;
  readonly count: number;
}

/** As many lines are told apart; what a partner does wrong in more ways is told by codes alone. */
const MOST_LINES = 200;

/**
 * Findings counted by code and place, numbers in the place left out, in the order they were met first: a million objects
 * with the same mistake make one line.
 */
export interface FindingTally {
  add(findings: readonly Finding[]): void;
  addCounted(counted: readonly Counted[]): void;
  findings(): Finding[];
  lines(): CountedFinding[];
}

/** `known`: lines written earlier, to go on with. */
export function createFindingTally(known: readonly CountedFinding[] = []): FindingTally {
  const byPlace = new Map<string, Counted>();
  const count = ({ finding, count: times }: Counted) => {
    if (times === 0) return;
    const { severity, code, pointer } = finding;
    const place = `${severity} ${code} ${pointer.replaceAll(/\/\d+(?=\/|$)/g, '/*')}`;
    const key = byPlace.has(place) || byPlace.size < MOST_LINES ? place : `${severity} ${code}`;
    const before = byPlace.get(key);
    byPlace.set(key, { finding: before?.finding ?? finding, count: (before?.count ?? 0) + times });
  };
  for (const { count: times, ...view } of known) {
    // Written by `lines` of a tally, so the code is one of ours.
    count({ finding: { ...view, detector: DETECTOR_VERSION } as Finding, count: times });
  }
  return {
    add: findings => {
      for (const finding of findings) count({ finding, count: 1 });
    },
    addCounted: counted => {
      for (const one of counted) count(one);
    },
    findings: () => [...byPlace.values()].map(({ finding }) => finding),
    lines: () =>
      [...byPlace.values()].map(({ finding: { detector: _, ...view }, count: times }) => ({ ...view, count: times })),
  };
}
