import type { JsonObject } from '../../ocpi/json-value.ts';
import { askedNumber, pageHeadOf } from '../detect/pages.ts';
import type { Reading } from '../reading.ts';
import { endOf, type Flow, type Say, sideKey, textIn } from './flow.ts';
import { createRecent } from './recent.ts';

const MOST_WALKS = 100;
/** Of one walk; what is longer is not judged any further. */
const MOST_SEEN = 50_000;
/** A reader that pauses longer has begun anew. */
const PAUSE_MS = 10 * 60_000;
const COUNT = 'header:X-Total-Count';

/** A list as it is read page by page. */
interface Walk {
  readonly seen: Set<string>;
  readonly urls: Set<string>;
  /** Where the page before began and ended, as far as offsets tell. */
  start: number;
  end: number;
  total: number | undefined;
  fingerprint: string;
  /** From its first object on, page after page. */
  whole: boolean;
  drifted: boolean;
  at: number;
}

/** Called with every list that was read from its first to its last page. */
export type OnWhole = (
  read: { readonly reading: Reading; readonly side: string; readonly objects: readonly JsonObject[] },
  say: Say,
) => void;

/**
 * Cases 12 and 13, from the pages as they were read: what comes twice or never, counts that drift, offsets that change nothing.
 * Pulls of ours judge the same while they read; here it is told of lists that partners read, and of imported ones.
 */
export function createWalkFlow(onWhole: OnWhole): Flow {
  const walks = createRecent<Walk>(MOST_WALKS);
  const kept = createRecent<JsonObject[]>(MOST_WALKS);
  return {
    see(reading, say) {
      const { observed, entry, ok, answer } = reading;
      if (entry?.items === undefined || !ok || !Array.isArray(answer?.data)) return;
      const side = `${sideKey(observed)} ${entry.id}`;
      const key = `${side} ${filtersOf(reading)}`;
      const asked = askedNumber(reading, 'offset');
      const before = walks.get(key);
      const begins = (asked ?? 0) === 0 && !continues(before, reading);
      const fresh = before === undefined || begins || observed.startedAt - before.at > PAUSE_MS;
      const walk = fresh ? newWalk(begins) : before;
      const objects = fresh ? [] : (kept.get(key) ?? []);
      walks.set(key, walk);
      kept.set(key, objects);
      const data = answer.data as readonly JsonObject[];
      const ended = page({ walk, reading, data, asked, fresh }, say);
      if (entry.id === 'locations.list' && walk.whole && walk.seen.size <= MOST_SEEN) objects.push(...data);
      if (ended && walk.whole && !reading.query.has('date_from') && !reading.query.has('date_to')) {
        onWhole({ reading, side, objects }, say);
      }
      if (ended) {
        walks.delete(key);
        kept.delete(key);
      }
    },
  };
}

function newWalk(whole: boolean): Walk {
  return {
    seen: new Set(),
    urls: new Set(),
    start: 0,
    end: 0,
    total: undefined,
    fingerprint: '',
    whole,
    drifted: false,
    at: 0,
  };
}

/** A cursor has no offset, and leads on all the same. */
function continues(before: Walk | undefined, { query, url }: Reading): boolean {
  return before !== undefined && (before.urls.has(`>${url}`) || (query.has('cursor') && before.seen.size > 0));
}

function filtersOf({ query, observed }: Reading): string {
  return `${observed.runId ?? ''} ${query.get('date_from') ?? ''} ${query.get('date_to') ?? ''}`;
}

interface Page {
  readonly walk: Walk;
  readonly reading: Reading;
  readonly data: readonly unknown[];
  readonly asked: number | undefined;
  readonly fresh: boolean;
}

/** True where the list has been read to its end. */
function page({ walk, reading, data, asked, fresh }: Page, say: Say): boolean {
  const { observed, url } = reading;
  const { id } = observed;
  const { next, totalCount } = pageHeadOf(reading);
  const names = data.map(nameOf);
  const fingerprint = names.join('\n');
  const offset = asked ?? walk.end;
  const repeated = !fresh && data.length > 1 && fingerprint === walk.fingerprint;
  const moved = asked === undefined || asked !== walk.start;
  if (repeated && moved) {
    const code = asked === undefined ? 'paging.page-repeated' : 'paging.offset-ignored';
    say(id, code, { pointer: 'url', met: url, expected: 'other objects than on the pages before' });
    walk.whole = false;
  } else if (!fresh && moved) {
    // Readers ask for the last object once more, to see whether pages have moved.
    const overlap = Math.max(0, walk.end - offset);
    const again = names.filter(name => name !== '' && walk.seen.has(name)).length;
    if (again > overlap) {
      const met = `${again - overlap} of ${data.length} objects were on earlier pages`;
      say(id, 'paging.items-twice', { met, expected: 'each object once' });
    }
    if (offset > walk.end) walk.whole = false;
  }
  if (new Set(names).size < names.length && !names.includes('')) {
    const met = `${names.length - new Set(names).size} of ${data.length} objects are twice on this page`;
    say(id, 'paging.items-twice', { met, expected: 'each object once' });
  }
  if (!fresh && totalCount !== undefined && walk.total !== undefined && totalCount !== walk.total) {
    walk.drifted = true;
    say(id, 'paging.count.drifts', {
      pointer: COUNT,
      met: `${walk.total}, then ${totalCount}`,
      expected: 'one number',
    });
  }
  if (walk.seen.size <= MOST_SEEN) for (const name of names) walk.seen.add(name);
  walk.urls.add(url);
  Object.assign(walk, { start: offset, end: offset + data.length, fingerprint, at: endOf(observed) });
  walk.total = totalCount ?? walk.total;
  if (next !== undefined) {
    if (next === url || walk.urls.has(next)) {
      say(id, 'paging.link.loop', { pointer: 'header:Link', met: next, expected: 'the next page' });
    }
    walk.urls.add(`>${next}`);
    return data.length === 0;
  }
  const total = walk.total;
  const ended = total === undefined || walk.end >= total || data.length === 0;
  if (ended && walk.whole && !walk.drifted && total !== undefined && walk.seen.size < total) {
    const met = `${walk.seen.size} of ${total} objects`;
    say(id, 'paging.items-skipped', { pointer: COUNT, met, expected: `${total}` });
  }
  return ended;
}

function nameOf(item: unknown): string {
  if (typeof item !== 'object' || item === null) return '';
  const object = item as JsonObject;
  const id = textIn(object, 'id', 'uid');
  const party = [object['country_code'], object['party_id'], object['role']].join(' ');
  return `${party} ${id ?? ''} ${object['type'] ?? ''}`.toLowerCase();
}
