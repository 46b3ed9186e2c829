import type { ErrorGroup } from '../../../core/contract/exchange.ts';
import { compareVersions } from '../../../core/ocpi/versions.ts';
import { printGroup } from './search.ts';

/** Failures of one link that say the same, whichever version was spoken: the table of traffic is not told apart by it. */
export interface FailureGroup extends Omit<ErrorGroup, 'version'> {
  /** Newest first; null, where none was agreed, last. */
  readonly versions: readonly (string | null)[];
}

/** A line of the list. */
export interface FailureRow extends FailureGroup {
  /** Of everything that is listed, from 0 to 1. */
  readonly share: number;
  /** Above it stands another code, or the same one said by the other side: what it says of it is new. */
  readonly newCode: boolean;
  /** How often the code was met on all links that are listed, both ways. */
  readonly ofCode: number;
}

/** Puts together what differs by version alone. */
export function mergeVersions(groups: readonly ErrorGroup[]): FailureGroup[] {
  const merged = new Map<string, FailureGroup>();
  for (const { version, ...group } of groups) {
    const key = printGroup(group);
    const before = merged.get(key);
    if (before === undefined) {
      merged.set(key, { ...group, versions: [version] });
      continue;
    }
    merged.set(key, {
      ...group,
      versions: inOrder([...before.versions, version]),
      count: before.count + group.count,
      first: group.first < before.first ? group.first : before.first,
      last: group.last > before.last ? group.last : before.last,
      newestId: Math.max(before.newestId, group.newestId),
    });
  }
  return [...merged.values()];
}

function inOrder(versions: readonly (string | null)[]): (string | null)[] {
  return [...new Set(versions)].sort((left, right) => {
    if (left === null || right === null) return left === right ? 0 : left === null ? 1 : -1;
    return compareVersions(right, left);
  });
}

/** Code by code, the most frequent first; within a code likewise. Equal ones stand in the order of their names. */
export function listed(groups: readonly FailureGroup[]): FailureRow[] {
  const totals = new Map<string, number>();
  let all = 0;
  for (const group of groups) {
    all += group.count;
    totals.set(codeOf(group), (totals.get(codeOf(group)) ?? 0) + group.count);
  }
  const totalOf = (group: FailureGroup) => totals.get(codeOf(group)) ?? 0;
  const sorted = [...groups].sort(
    (left, right) =>
      totalOf(right) - totalOf(left) ||
      compare(codeOf(left), codeOf(right)) ||
      right.count - left.count ||
      compare(printGroup(left), printGroup(right)),
  );
  return sorted.map((group, at) => {
    const above = sorted[at - 1];
    return {
      ...group,
      share: group.count / all,
      newCode: above === undefined || codeOf(above) !== codeOf(group) || above.direction !== group.direction,
      ofCode: totalOf(group),
    };
  });
}

function codeOf({ layer, code }: Pick<ErrorGroup, 'layer' | 'code'>): string {
  return `${layer} ${code}`;
}

function compare(left: string, right: string): number {
  return left < right ? -1 : left > right ? 1 : 0;
}
