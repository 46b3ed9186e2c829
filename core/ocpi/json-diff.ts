import { isJsonObject, type JsonObject } from './json-value.ts';
import { escapePointer } from './walk.ts';

/** One place that differs. Of `added` there is no `before`, of `removed` no `after`. */
export interface JsonChange {
  /** RFC 6901. Elements of lists by their place in the later value, removed ones by their place in the earlier one. */
  readonly pointer: string;
  readonly kind: 'added' | 'removed' | 'changed';
  readonly before?: unknown;
  readonly after?: unknown;
}

/** No type of the protocol is as deep; what lies deeper is one change, equal or not, so that nobody runs out of stack. */
const DEEPEST = 200;

/**
 * Where two JSON values differ, down to the scalars; none when they are equal. Elements of a list are matched by `uid` or
 * `id` where every element of both has one of its own (EVSEs, connectors, tariffs of a CDR), else by place. A list whose
 * matched elements only changed places is one change of the list, told by the ids in their order.
 */
export function jsonDiff(before: unknown, after: unknown): JsonChange[] {
  const changes: JsonChange[] = [];
  compare({ before, after, pointer: '', depth: 0 }, changes);
  return changes;
}

interface Pair<T> {
  readonly before: T;
  readonly after: T;
  readonly pointer: string;
  readonly depth: number;
}

function compare({ before, after, pointer, depth }: Pair<unknown>, changes: JsonChange[]): void {
  // 0 and -0 are one number to readers of JSON.
  if (before === after) return;
  if (depth > DEEPEST) changes.push({ pointer, kind: 'changed', before, after });
  else if (Array.isArray(before) && Array.isArray(after)) compareLists({ before, after, pointer, depth }, changes);
  else if (isJsonObject(before) && isJsonObject(after)) compareObjects({ before, after, pointer, depth }, changes);
  else changes.push({ pointer, kind: 'changed', before, after });
}

function compareObjects({ before, after, pointer, depth }: Pair<JsonObject>, changes: JsonChange[]): void {
  for (const name of Object.keys(before)) {
    const place = `${pointer}/${escapePointer(name)}`;
    if (!Object.hasOwn(after, name)) changes.push({ pointer: place, kind: 'removed', before: before[name] });
    else compare({ before: before[name], after: after[name], pointer: place, depth: depth + 1 }, changes);
  }
  for (const name of Object.keys(after)) {
    if (Object.hasOwn(before, name)) continue;
    changes.push({ pointer: `${pointer}/${escapePointer(name)}`, kind: 'added', after: after[name] });
  }
}

function compareLists(lists: Pair<readonly unknown[]>, changes: JsonChange[]): void {
  const { before, after, pointer, depth } = lists;
  const names = identities(before, after);
  if (names) {
    compareNamed(names, lists, changes);
    return;
  }
  for (let at = 0; at < Math.max(before.length, after.length); at++) {
    const place = `${pointer}/${at}`;
    if (at >= after.length) changes.push({ pointer: place, kind: 'removed', before: before[at] });
    else if (at >= before.length) changes.push({ pointer: place, kind: 'added', after: after[at] });
    else compare({ before: before[at], after: after[at], pointer: place, depth: depth + 1 }, changes);
  }
}

interface Names {
  readonly before: readonly string[];
  readonly after: readonly string[];
}

function compareNamed(names: Names, lists: Pair<readonly unknown[]>, changes: JsonChange[]): void {
  const { before, after, pointer, depth } = lists;
  const earlier = new Map(names.before.map((name, at) => [name, at]));
  const later = new Set(names.after);
  for (const [name, at] of earlier) {
    if (!later.has(name)) changes.push({ pointer: `${pointer}/${at}`, kind: 'removed', before: before[at] });
  }
  names.after.forEach((name, at) => {
    const was = earlier.get(name);
    const place = `${pointer}/${at}`;
    if (was === undefined) changes.push({ pointer: place, kind: 'added', after: after[at] });
    else compare({ before: before[was], after: after[at], pointer: place, depth: depth + 1 }, changes);
  });
  const kept = names.before.filter(name => later.has(name));
  const keptAfter = names.after.filter(name => earlier.has(name));
  if (kept.some((name, at) => name !== keptAfter[at])) {
    changes.push({ pointer, kind: 'changed', before: names.before, after: names.after });
  }
}

/** The names of all elements of both lists; undefined where one has none, or two of a list share one. */
function identities(before: readonly unknown[], after: readonly unknown[]): Names | undefined {
  for (const field of ['uid', 'id']) {
    const names = { before: namesOf(before, field), after: namesOf(after, field) };
    if (names.before && names.after) return { before: names.before, after: names.after };
  }
  return undefined;
}

function namesOf(list: readonly unknown[], field: string): readonly string[] | undefined {
  const names: string[] = [];
  for (const element of list) {
    const name = isJsonObject(element) ? element[field] : undefined;
    if (typeof name !== 'string' && typeof name !== 'number') return undefined;
    names.push(String(name).toLowerCase());
  }
  return new Set(names).size === names.length ? names : undefined;
}
