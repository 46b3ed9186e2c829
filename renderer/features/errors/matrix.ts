import type { TroubleGroup, Troubles } from '../../../core/contract/errors.ts';
import { compareVersions } from '../../../core/ocpi/versions.ts';
import { type By, printColumn, printRow, type RowName } from './search.ts';

/** What is put together of several groups. */
export interface Sum {
  readonly count: number;
  readonly onPurpose: number;
  /** RFC 3339. */
  readonly first: string;
  readonly last: string;
  readonly newestId: number;
  /** None of them is older than 24 hours. */
  readonly fresh: boolean;
  /** Newest first; null, where none was agreed, last. */
  readonly versions: readonly (string | null)[];
  readonly overTime: readonly number[];
}

/** One code, said by one side, at one layer: on every link, in every module. */
export interface TroubleRow extends RowName, Sum {
  readonly key: string;
  readonly groups: readonly TroubleGroup[];
  /** By the key of their column; where nothing happened there is none. */
  readonly cells: ReadonlyMap<string, TroubleCell>;
}

export interface TroubleCell {
  readonly count: number;
  /** Of a stretch of time it is not known. */
  readonly onPurpose: number;
  readonly fresh: boolean;
}

export interface TroubleColumn {
  readonly key: string;
  /** Of the link or module; null: of none. */
  readonly name: string | null;
  /** Of a stretch of time, milliseconds since the epoch. */
  readonly span?: TimeSpan;
}

/** `to` is exclusive. */
export interface TimeSpan {
  readonly from: number;
  readonly to: number;
}

/** Failures first, then what was found; in both the most frequent first, equal ones in the order of their names. */
export function rowsOf(groups: readonly TroubleGroup[], by: By): TroubleRow[] {
  const together = new Map<string, TroubleGroup[]>();
  for (const group of groups) {
    const key = printRow(group);
    const known = together.get(key);
    if (known === undefined) together.set(key, [group]);
    else known.push(group);
  }
  const rows = [...together].flatMap(([key, groups]) => {
    const [one] = groups;
    if (one === undefined) return [];
    const { failed, direction, layer, code } = one;
    return [{ key, failed, direction, layer, code, groups, ...sumOf(groups), cells: cellsOf(groups, by) }];
  });
  return rows.sort(
    (left, right) =>
      Number(right.failed) - Number(left.failed) || right.count - left.count || compare(left.key, right.key),
  );
}

export function sumOf(groups: readonly TroubleGroup[]): Sum {
  const lists = groups.map(({ overTime }) => overTime);
  const longest = Math.max(0, ...lists.map(({ length }) => length));
  const total = (of: (group: TroubleGroup) => number) => groups.reduce((sum, group) => sum + of(group), 0);
  return {
    count: total(({ count }) => count),
    onPurpose: total(({ onPurpose }) => onPurpose),
    first: groups.map(({ first }) => first).sort(compare)[0] ?? '',
    last:
      groups
        .map(({ last }) => last)
        .sort(compare)
        .at(-1) ?? '',
    newestId: Math.max(0, ...groups.map(({ newestId }) => newestId)),
    fresh: groups.every(({ fresh }) => fresh),
    versions: inOrder(groups.flatMap(({ versions }) => versions)),
    overTime: Array.from({ length: longest }, (_, at) => lists.reduce((sum, list) => sum + (list[at] ?? 0), 0)),
  };
}

function cellsOf(groups: readonly TroubleGroup[], by: By): ReadonlyMap<string, TroubleCell> {
  const cells = new Map<string, TroubleCell>();
  if (by === 'time') {
    sumOf(groups).overTime.forEach((count, at) => {
      if (count > 0) cells.set(printColumn('time', String(at)), { count, onPurpose: 0, fresh: false });
    });
    return cells;
  }
  for (const group of groups) {
    const key = printColumn(by, group[by]);
    const before = cells.get(key);
    cells.set(key, {
      count: group.count + (before?.count ?? 0),
      onPurpose: group.onPurpose + (before?.onPurpose ?? 0),
      fresh: group.fresh && before?.fresh !== false,
    });
  }
  return cells;
}

/** Links and modules by how much failed there, then by how much was found; what has none last; stretches of time from the oldest on. */
export function columnsOf(groups: readonly TroubleGroup[], by: By, { from, to }: Pick<Troubles, 'from' | 'to'>) {
  if (by === 'time') return stretchesOf(groups[0]?.overTime.length ?? 0, Date.parse(from), Date.parse(to));
  const counts = new Map<string | null, { failed: number; found: number }>();
  for (const group of groups) {
    const known = counts.get(group[by]) ?? { failed: 0, found: 0 };
    known[group.failed ? 'failed' : 'found'] += group.count;
    counts.set(group[by], known);
  }
  return [...counts]
    .sort(
      ([left, some], [right, others]) =>
        Number(left === null) - Number(right === null) ||
        others.failed - some.failed ||
        others.found - some.found ||
        compare(left ?? '', right ?? ''),
    )
    .map(([name]): TroubleColumn => ({ key: printColumn(by, name), name }));
}

function stretchesOf(count: number, from: number, to: number): TroubleColumn[] {
  const edge = (at: number) => Math.floor(from + ((to - from) * at) / count);
  return Array.from({ length: count }, (_, at) => ({
    key: printColumn('time', String(at)),
    name: null,
    // What happened at the very end belongs to the last one.
    span: { from: edge(at), to: at === count - 1 ? to + 1 : edge(at + 1) },
  }));
}

/** As the address has it: stretches move on with the clock, so one is named by its time, in milliseconds since the epoch. */
export function columnAddress({ key, span }: TroubleColumn): string {
  return span === undefined ? key : `time:${span.from}-${span.to}`;
}

/** The stretch of time that an address names. */
export function spanOf(address: string | undefined): TimeSpan | undefined {
  const [, from, to] = /^time:(\d{1,15})-(\d{1,15})$/.exec(address ?? '') ?? [];
  return from === undefined || Number(from) >= Number(to) ? undefined : { from: Number(from), to: Number(to) };
}

function inOrder(versions: readonly (string | null)[]): (string | null)[] {
  return [...new Set(versions)].sort((left, right) => {
    if (left === null || right === null) return left === right ? 0 : left === null ? 1 : -1;
    return compareVersions(right, left);
  });
}

function compare(left: string, right: string): number {
  return left < right ? -1 : left > right ? 1 : 0;
}
