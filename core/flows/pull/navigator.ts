import type { PageStored } from '../../contract/ingest.ts';
import { type Finding, finding } from '../../ocpi/findings.ts';
import { judgePage } from '../../ocpi/judge-page.ts';
import { lostByLink } from '../../ocpi/link-losses.ts';
import { type PageHead, withSmallerOffset } from './page-head.ts';
import type { Stretch } from './stretch.ts';

/** A page of a list. `offset`: objects before it, as far as counted; `again`: asked for once more on purpose. */
export type Position = { readonly offset: number; readonly again?: true } & (
  | { readonly by: 'offset'; readonly overlap: number }
  | { readonly by: 'link'; readonly url: string }
);

/** Why a list was not read further. `stuck`: the partner leads round in a circle; `refused`: going on is not possible. */
export type WalkEnd =
  | { readonly how: 'read' }
  | { readonly how: 'stuck' }
  | { readonly how: 'refused'; readonly reason: string };

export interface Verdict {
  readonly next?: Position;
  readonly end?: WalkEnd;
  readonly findings: readonly Finding[];
}

export interface NavigatorOptions {
  readonly limit: number;
  readonly stretch: Stretch;
  readonly urlOf: (position: Position) => string;
  /** Whether objects met again tell anything: not when the run has read them before on its way. */
  readonly judgesAgain: boolean;
}

/** Decides page by page where to go next, and notices what does not add up. */
export interface Navigator {
  /** Where the next page most likely is, before this one was read; undefined where nobody can tell. */
  guess(position: Position, head: PageHead): Position | undefined;
  /** Where to go now that the page was read and stored. */
  settle(position: Position, head: PageHead, page: PageStored): Verdict;
  /** X-Total-Count of the last page that had a usable one. */
  total(): number | undefined;
  /** Objects moved or came and went while the list was read. */
  moved(): boolean;
  /** A shift was noticed that could not be made good by asking again. */
  unresolved(): boolean;
}

/** Pages asked for again in one walk; a list that moves more than that is read once more instead. */
const MOST_REWINDS = 50;
/** Where going back changes nothing, the edge of the list is there and not what moved. */
const MOST_REWINDS_FROM_ONE_PLACE = 2;
/** Pages in a row without anything new, after which the list is taken to go round in a circle. */
const MOST_IDLE_PAGES = 3;
const COUNT_POINTER = 'header:X-Total-Count';

export function createNavigator({ limit, stretch, urlOf, judgesAgain }: NavigatorOptions): Navigator {
  const urls = new Set<string>();
  let total: number | undefined;
  let step: number | undefined;
  let fingerprint: string | undefined;
  let last: string | undefined;
  let rewinds = 0;
  const rewindsFrom = new Map<number, number>();
  let rewindsInRow = 0;
  let idle = 0;
  let repeats = 0;
  /** Objects that may come again because pages were asked for again. */
  let slack = 0;
  let moved = false;
  let unresolved = false;
  let continued = false;

  const expectedOverlap = (position: Position) => (position.by === 'offset' ? position.overlap : 0);
  const onward = (offset: number, items: number): Position => {
    // The last object is asked for once more: where it is not met, pages have moved.
    const overlap = items >= 2 ? 1 : 0;
    return { by: 'offset', offset: offset + items - overlap, overlap };
  };

  const guess: Navigator['guess'] = (position, head) => {
    if (head.foreign !== undefined || (head.total !== undefined && total !== undefined && head.total < total)) {
      return undefined;
    }
    const expected = Math.min(step ?? limit, limit, head.limit ?? limit);
    if (head.next !== undefined) {
      const seen = urls.has(head.next) || head.next === urlOf(position);
      return seen ? undefined : { by: 'link', url: head.next, offset: position.offset + expected };
    }
    if (head.total === undefined || expected === 0 || position.offset + expected >= head.total) return undefined;
    return onward(position.offset, expected);
  };

  /** Asks for an earlier page; undefined where it can not be done. */
  const rewind = (position: Position, by: number): Position | undefined => {
    const here = rewindsFrom.get(position.offset) ?? 0;
    if (rewinds >= MOST_REWINDS || here >= MOST_REWINDS_FROM_ONE_PLACE) return undefined;
    rewindsFrom.set(position.offset, here + 1);
    const offset = Math.max(0, position.offset - by);
    if (position.by === 'offset') return { by: 'offset', offset, overlap: offset > 0 ? 1 : 0, again: true };
    const url = withSmallerOffset(position.url, by);
    return url === undefined ? undefined : { by: 'link', url, offset, again: true };
  };

  const shifted = (position: Position, by: number, met: string): Verdict | undefined => {
    moved = true;
    const next = rewind(position, by);
    if (next === undefined) {
      unresolved = true;
      return undefined;
    }
    rewinds++;
    rewindsInRow++;
    // The way from there leads over pages that were asked for before.
    urls.clear();
    slack = position.by === 'offset' ? Number.POSITIVE_INFINITY : slack + by;
    return { next, findings: [finding('paging.shifted', { met, expected: 'pages that stay where they are' })] };
  };

  const settle: Navigator['settle'] = (position, head, page) => {
    const { items, again } = page;
    const fresh = items - again;
    const url = urlOf(position);
    const findings = [...head.findings, ...pageFindings({ head, page, limit, stretch, position })];
    const usable = head.total === undefined || head.total >= items ? head.total : undefined;
    const end = (how: WalkEnd): Verdict => ({ end: how, findings });
    const before = { total, fingerprint, last };
    urls.add(url);
    total = usable ?? total;
    fingerprint = page.fingerprint;
    last = page.last;
    if (head.total !== usable) {
      findings.push(
        finding('paging.count.untrue', { pointer: COUNT_POINTER, met: `${head.total}`, expected: `at least ${items}` }),
      );
    }
    if (before.total !== undefined && usable !== undefined && usable !== before.total) {
      moved = true;
      const met = `${before.total}, then ${usable}`;
      findings.push(finding('paging.count.drifts', { pointer: COUNT_POINTER, met, expected: 'one number' }));
    }
    if (page.data === 'object' || page.data === 'other') {
      return end({ how: 'refused', reason: 'data is no list' });
    }
    // Once may be chance: objects that came meanwhile pushed the same ones to where the next page begins.
    repeats = items > 0 && page.fingerprint === before.fingerprint && position.again === undefined ? repeats + 1 : 0;
    if (repeats > 1 || idle >= MOST_IDLE_PAGES) {
      const code = position.by === 'offset' ? 'paging.offset-ignored' : 'paging.page-repeated';
      findings.push(finding(code, { pointer: 'url', met: url, expected: 'other objects than on the pages before' }));
      return end({ how: 'stuck' });
    }
    const overlap = expectedOverlap(position);
    if (judgesAgain && position.again === undefined && again > overlap + slack) {
      moved = true;
      // Whatever made them come twice may have moved others to where nobody asks any more.
      unresolved = true;
      const met = `${again - overlap} of ${items} objects were on earlier pages, or twice on this one`;
      if (repeats === 0) findings.push(finding('paging.items-twice', { met, expected: 'each object once' }));
    }
    const fallen = before.total !== undefined && usable !== undefined ? before.total - usable : 0;
    const torn = overlap > 0 && before.last !== undefined && position.again === undefined && page.first !== before.last;
    if (torn) {
      // Something else stands where the page before ended: an object behind it may have moved to before it.
      moved = true;
      unresolved = true;
    }
    const missedOverlap = overlap > 0 && again === 0;
    if (missedOverlap || (fallen > 0 && position.offset > 0)) {
      const back = missedOverlap ? (step ?? limit) * 2 ** rewindsInRow : fallen;
      const met = missedOverlap
        ? `the last object before offset ${position.offset + overlap} was no longer there`
        : `X-Total-Count fell by ${fallen}`;
      const verdict = shifted(position, back, met);
      if (verdict !== undefined) return { ...verdict, findings: [...findings, ...verdict.findings] };
    }
    if (items === 0) {
      if (head.next !== undefined) {
        findings.push(
          finding('paging.link.on-empty-page', { pointer: 'header:Link', met: head.next, expected: 'no Link' }),
        );
      }
      return end({ how: 'read' });
    }
    rewindsInRow = 0;
    if (continued && fresh > 0 && position.by === 'offset') {
      continued = false;
      findings.push(
        finding('paging.link.missing', {
          pointer: 'header:Link',
          met: `no usable Link before offset ${position.offset + overlap}`,
          expected: 'a Link on every page but the last',
        }),
      );
    }
    step = items;
    idle = judgesAgain && fresh === 0 && slack === 0 ? idle + 1 : 0;
    const next = onwardFrom(position, head, { items, url, findings });
    if (next.next !== undefined && (head.next ?? usable) !== undefined) findings.push(...shortPage(head, items));
    return { ...next, findings };
  };

  const onwardFrom = (
    position: Position,
    head: PageHead,
    { items, url, findings }: { items: number; url: string; findings: Finding[] },
  ): Omit<Verdict, 'findings'> => {
    const reached = position.offset + items;
    // Only what was asked for once more came: there is nothing behind it, whatever the count says.
    if (position.by === 'offset' && head.next === undefined && items <= position.overlap)
      return { end: { how: 'read' } };
    if (head.foreign !== undefined) {
      const reason = `the next page lies at another origin (${head.foreign}), where our token must not go: ask the partner to write its public address into the Link header`;
      return { end: { how: 'refused', reason } };
    }
    if (head.next !== undefined) {
      const loops = urls.has(head.next);
      if (!loops) {
        findings.push(...lostByLink(url, head.next));
        return { next: { by: 'link', url: head.next, offset: reached } };
      }
      const met = head.next;
      findings.push(finding('paging.link.loop', { pointer: 'header:Link', met, expected: 'the next page' }));
      if (total === undefined || reached >= total) return { end: { how: total === undefined ? 'stuck' : 'read' } };
    }
    if (total !== undefined) {
      if (reached >= total) return { end: { how: 'read' } };
    } else {
      const short = head.limit !== undefined && items < Math.min(limit, head.limit);
      if (short) return { end: { how: 'read' } };
    }
    continued = position.by === 'link' || position.offset === 0 || continued;
    return { next: onward(position.offset, items) };
  };

  const shortPage = (head: PageHead, items: number): Finding[] => {
    if (items >= Math.min(limit, head.limit ?? limit)) return [];
    const met = `${items} objects on a page that is not the last`;
    if (head.limit === undefined) return [finding('paging.limit.capped', { met, expected: `${limit} objects` })];
    const expected = `${Math.min(limit, head.limit)} objects`;
    return [finding('paging.limit.untrue', { pointer: 'header:X-Limit', met, expected, severity: 'note' })];
  };

  return { guess, settle, total: () => total, moved: () => moved, unresolved: () => unresolved };
}

interface PageFacts {
  readonly head: PageHead;
  readonly page: PageStored;
  readonly limit: number;
  readonly stretch: Stretch;
  readonly position: Position;
}

/** What one page shows by itself, against what was asked for. */
function pageFindings({ head, page, limit, stretch, position }: PageFacts): Finding[] {
  const { items, oldestUpdate, newestUpdate } = page;
  const found: Finding[] = [];
  if (page.data === 'none') found.push(finding('paging.data.none', { pointer: '/data', met: 'none', expected: '[]' }));
  if (items === 0 && position.offset === 0 && head.selfAddressed !== undefined) {
    const pointer = 'header:OCPI-to-party-id';
    found.push(
      finding('paging.list.self-addressed', { pointer, met: `${head.selfAddressed} twice`, expected: 'two parties' }),
    );
  }
  found.push(
    ...judgePage({ limit, items, oldestUpdate, newestUpdate, xLimit: head.limit, from: stretch.from, to: stretch.to }),
  );
  return found;
}
