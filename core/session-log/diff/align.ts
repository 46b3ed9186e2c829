import type { AlignedBy, LogDiff } from '../../contract/log-diff.ts';
import type { ExchangeKey } from './exchange-key.ts';
import { laySequences } from './lay-sequences.ts';

export interface Alignment {
  readonly view: LogDiff['view'];
  /** For each exchange of the first log its like in the second, by their places; undefined where there is none. */
  readonly like: readonly (Like | undefined)[];
}

export interface Like {
  readonly at: number;
  readonly by: AlignedBy;
}

type Keys = readonly ExchangeKey[];

interface Work {
  readonly a: Keys;
  readonly b: Keys;
  readonly like: (Like | undefined)[];
  /** Places of the second log that are taken. */
  readonly taken: Set<number>;
  /** The direction in which the other log has what this one has. */
  readonly there: (direction: ExchangeKey['direction']) => ExchangeKey['direction'];
}

/**
 * Which exchange of one log is which of the other: by request id first, by correlation id and operation next; what is left of
 * each pair of links by operation and object in order, so that what one of them has more does not shift the rest. Objects that
 * only one of the logs has by that name may be called otherwise in the other one.
 */
export function align(a: Keys, b: Keys): Alignment {
  const view = viewOf(a, b);
  const opposite = { in: 'out', out: 'in' } as const;
  const there: Work['there'] = direction => (view === 'both-sides' ? opposite[direction] : direction);
  const work: Work = { a, b, like: new Array<Like | undefined>(a.length).fill(undefined), taken: new Set(), there };
  const withOperation = (id: string | undefined, { operation }: ExchangeKey) => id && `${operation} ${id}`;
  byId(work, 'request-id', key => withOperation(key.requestId, key));
  // Where one of them could not tell what was asked for.
  byId(work, 'request-id', ({ requestId }) => requestId);
  byId(work, 'correlation-id', key => withOperation(key.correlationId, key));
  byOrder(work);
  return { view, like: work.like };
}

/**
 * `both-sides` where most of the request ids that both have were sent in one log and received in the other; where they share
 * none, where more operations are found the other way round.
 */
function viewOf(a: Keys, b: Keys): LogDiff['view'] {
  const shared = votes(a, b, ({ requestId }) => requestId);
  const { same, opposite } = shared.same + shared.opposite > 0 ? shared : votes(a, b, ({ operation }) => operation);
  return opposite > same ? 'both-sides' : 'same-side';
}

/** How many exchanges find one of their name in the other log, sent in the same direction and in the opposite one. */
function votes(a: Keys, b: Keys, nameOf: (key: ExchangeKey) => string | undefined) {
  const counts = { a: countNames(a, nameOf), b: countNames(b, nameOf) };
  const shared = (ours: ReadonlyMap<string, number>, theirs: ReadonlyMap<string, number>) => {
    let sum = 0;
    for (const [name, count] of ours) sum += Math.min(count, theirs.get(name) ?? 0);
    return sum;
  };
  return {
    same: shared(counts.a.in, counts.b.in) + shared(counts.a.out, counts.b.out),
    opposite: shared(counts.a.in, counts.b.out) + shared(counts.a.out, counts.b.in),
  };
}

function countNames(keys: Keys, nameOf: (key: ExchangeKey) => string | undefined) {
  const counts = { in: new Map<string, number>(), out: new Map<string, number>() };
  for (const key of keys) {
    const name = nameOf(key);
    if (name !== undefined) counts[key.direction].set(name, (counts[key.direction].get(name) ?? 0) + 1);
  }
  return counts;
}

function byId(work: Work, by: AlignedBy, idOf: (key: ExchangeKey) => string | undefined): void {
  const { a, b, like, taken, there } = work;
  const waiting = new Map<string, number[]>();
  b.forEach((key, at) => {
    const id = idOf(key);
    if (id === undefined || taken.has(at)) return;
    const name = `${key.direction} ${id}`;
    const places = waiting.get(name);
    if (places === undefined) waiting.set(name, [at]);
    else places.push(at);
  });
  // The first of those with one id is taken first; a list that is emptied from its end is turned round once.
  for (const places of waiting.values()) places.reverse();
  a.forEach((key, index) => {
    const id = idOf(key);
    if (id === undefined || like[index] !== undefined) return;
    const at = waiting.get(`${there(key.direction)} ${id}`)?.pop();
    if (at === undefined) return;
    like[index] = { at, by };
    taken.add(at);
  });
}

function byOrder(work: Work): void {
  const { a, b, like, taken, there } = work;
  const left = a.flatMap((_, at) => (like[at] === undefined ? [at] : []));
  const right = b.flatMap((_, at) => (taken.has(at) ? [] : [at]));
  const objects = { a: objectsOf(a), b: objectsOf(b) };
  const symbols = new Map<string, number>();
  const symbolOf = ({ operation, object }: ExchangeKey, direction: ExchangeKey['direction']) => {
    const name = `${operation} ${object}`;
    const known = objects.a.has(name) && objects.b.has(name);
    const text = `${direction} ${known ? name : operation}`;
    const symbol = symbols.get(text) ?? symbols.size;
    symbols.set(text, symbol);
    return symbol;
  };
  for (const [linkA, linkB] of linkPairs(work)) {
    const ours = left.filter(at => a[at]?.link === linkA);
    const theirs = right.filter(at => b[at]?.link === linkB);
    const laid = laySequences(
      ours.map(at => keyAt(a, at, key => symbolOf(key, there(key.direction)))),
      theirs.map(at => keyAt(b, at, key => symbolOf(key, key.direction))),
    );
    laid.forEach((place, index) => {
      const [from, to] = [ours[index], theirs[place]];
      if (from === undefined || to === undefined) return;
      like[from] = { at: to, by: 'order' };
      taken.add(to);
    });
  }
}

function keyAt<T>(keys: Keys, at: number, of: (key: ExchangeKey) => T): T {
  const key = keys[at];
  if (key === undefined) throw new Error(`there is no exchange at ${at}`);
  return of(key);
}

function objectsOf(keys: Keys): Set<string> {
  return new Set(keys.map(({ operation, object }) => `${operation} ${object}`));
}

/** Links that are one: most of what was found by ids says so, or their names; what is left goes together in order. */
function linkPairs({ a, b, like }: Work): [string, string][] {
  const counts = new Map<string, number>();
  like.forEach((found, index) => {
    if (found === undefined) return;
    const pair = JSON.stringify([a[index]?.link, b[found.at]?.link]);
    counts.set(pair, (counts.get(pair) ?? 0) + 1);
  });
  const names = { a: linksOf(a), b: linksOf(b) };
  const pairs: [string, string][] = [];
  const pair = (one: string, other: string) => {
    if (!names.a.delete(one)) return;
    if (names.b.delete(other)) pairs.push([one, other]);
    else names.a.add(one);
  };
  for (const [text] of [...counts].sort((one, other) => other[1] - one[1]))
    pair(...(JSON.parse(text) as [string, string]));
  for (const name of [...names.a]) {
    const same = [...names.b].find(other => other.toLowerCase() === name.toLowerCase());
    if (same !== undefined) pair(name, same);
  }
  const rest = [...names.b];
  [...names.a].forEach((name, at) => {
    const other = rest[at];
    if (other !== undefined) pair(name, other);
  });
  return pairs;
}

function linksOf(keys: Keys): Set<string> {
  return new Set(keys.map(({ link }) => link));
}
