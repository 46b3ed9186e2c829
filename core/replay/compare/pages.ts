import type { ReplayDifference } from '../../contract/replay.ts';
import { isJsonObject } from '../../ocpi/json-value.ts';
import { readPagingHeaders } from '../../ocpi/paging.ts';
import { headerValue, type RawHeaders } from '../../ocpi/raw-headers.ts';
import { difference, headerPlace } from './difference.ts';
import { layLists } from './lists.ts';

/** One page of a list as it was answered. */
export interface PageSide {
  /** Of the request: absolute, or its path and query where no more is known. */
  readonly url: string;
  readonly headers: RawHeaders;
  /** `data` of the envelope; undefined where it is no list. */
  readonly data: readonly unknown[] | undefined;
}

export interface PagePair {
  readonly operation: string;
  readonly expected: PageSide;
  readonly met: PageSide;
}

/** Objects of these modules are never taken out of a list without a word (digest 6.1, 6.5). */
const STANDING = /^(?:locations|tariffs|tokens|payments)\./;
const NOWHERE = 'http://partner.invalid';

/**
 * What a page says of the list it is part of. The list itself may have grown since it was recorded; but where X-Total-Count is
 * as before, the page has to hold the objects it held, and in a list of locations, tariffs or tokens without a date filter the
 * number of all never falls.
 */
export function comparePages(pair: PagePair): ReplayDifference[] {
  const { expected, met } = pair;
  return [...compareCounts(pair), ...compareLinks(expected, met), ...compareContents(pair)];
}

function compareCounts({ operation, expected, met }: PagePair): ReplayDifference[] {
  const out: ReplayDifference[] = [];
  const [before, now] = [pagingOf(expected), pagingOf(met)];
  for (const name of ['X-Total-Count', 'X-Limit'] as const) {
    const field = name === 'X-Limit' ? 'limit' : 'totalCount';
    const texts = [headerValue(expected.headers, name), headerValue(met.headers, name)] as const;
    const kinds = [countKind(texts[0], before[field]), countKind(texts[1], now[field])] as const;
    const details = { expected: texts[0] ?? 'no line', met: texts[1] ?? 'no line' };
    const tell = (meaning: string) =>
      out.push(difference({ layer: 'header', where: headerPlace('answer', name), ...details, meaning }));
    if (kinds[0] !== kinds[1]) tell(`${name} is ${kinds[1]}; it was ${kinds[0]}.`);
    else if (before[field] === now[field]) continue;
    else if (name === 'X-Limit') tell('Pages are of another size than before.');
    else if (shrank({ operation, expected, met }, before.totalCount, now.totalCount)) {
      tell('The whole list holds fewer objects than before.');
    } else if (wholeInOne(expected, before) && wholeInOne(met, now) && now.totalCount !== met.data?.length) {
      if (before.totalCount === expected.data?.length) tell('X-Total-Count is not the number of objects in the list.');
    }
  }
  return out;
}

function countKind(text: string | undefined, count: number | undefined): string {
  return text === undefined ? 'absent' : count === undefined ? 'no number' : 'a number';
}

function shrank({ operation, met }: PagePair, before: number | undefined, now: number | undefined): boolean {
  const filtered = /[?&]date_(?:from|to)=/.test(met.url);
  return STANDING.test(operation) && !filtered && before !== undefined && now !== undefined && now < before;
}

/** Neither an offset nor a next page: everything is on it. */
function wholeInOne({ url, headers }: PageSide, paging: Paging): boolean {
  return Number(queryOf(url).get('offset') ?? 0) === 0 && paging.next === undefined && !hasLink(headers);
}

function compareContents({ expected, met }: PagePair): ReplayDifference[] {
  if (expected.data === undefined || met.data === undefined) return [];
  const where = 'answer/data';
  const shown = { expected: listed(expected.data), met: listed(met.data) };
  const tell = (meaning: string) => [difference({ layer: 'object', where, ...shown, meaning })];
  if (expected.data.length > 0 && met.data.length === 0) return tell('The list is empty; it was not before.');
  const [before, now] = [pagingOf(expected), pagingOf(met)];
  if (before.totalCount === undefined || before.totalCount !== now.totalCount) return [];
  if (met.data.length < expected.data.length)
    return tell('Objects are missing from the page although the list is as long.');
  if (met.data.length > expected.data.length) return tell('The page holds more objects although the list is as long.');
  const laid = layLists(expected.data, met.data);
  if (laid.by === undefined || laid.missing.length === 0) return [];
  return tell('The page holds other objects than before although the list is as long.');
}

function compareLinks(expected: PageSide, met: PageSide): ReplayDifference[] {
  const sorts = [linkSort(expected), linkSort(met)] as const;
  if (sorts[0].sort === sorts[1].sort) return compareTargets(expected, met, [sorts[0].target, sorts[1].target]);
  // A list that has grown or shrunk may have a next page where it had none, and the other way round.
  const counts = [pagingOf(expected).totalCount, pagingOf(met).totalCount];
  const grown = counts[0] !== undefined && counts[1] !== undefined && counts[0] !== counts[1];
  const both = sorts.every(({ sort }) => sort === 'absent' || sort === 'there');
  if (grown && both && fitsCount(met, sorts[1].sort)) return [];
  return [linkDifference(expected, met, `The Link to the next page is ${sorts[1].sort}; it was ${sorts[0].sort}.`)];
}

/** Whether a next page is due by the counts the page itself has. */
function fitsCount(met: PageSide, sort: string): boolean {
  const { totalCount } = pagingOf(met);
  if (totalCount === undefined || met.data === undefined) return true;
  const end = Number(queryOf(met.url).get('offset') ?? 0) + met.data.length;
  return sort === 'there' ? end < totalCount : end >= totalCount;
}

function compareTargets(
  expected: PageSide,
  met: PageSide,
  [before, now]: readonly [URL | undefined, URL | undefined],
): ReplayDifference[] {
  if (before === undefined || now === undefined) return [];
  const asked = [queryOf(expected.url), queryOf(met.url)] as const;
  for (const name of new Set([...before.searchParams.keys(), ...now.searchParams.keys()])) {
    const values = [before.searchParams.get(name), now.searchParams.get(name)] as const;
    const own = [asked[0].get(name), asked[1].get(name)] as const;
    if (values[1] === null) return [linkDifference(expected, met, `The Link to the next page has lost ${name}.`)];
    if (values[0] === null)
      return [linkDifference(expected, met, `The Link to the next page has ${name}; it had none.`)];
    // Where both lead on with what was asked for, or neither does, and it is no number of the paging: a cursor, a date.
    const kept = [values[0] === own[0], values[1] === own[1]] as const;
    const number = name === 'offset' || name === 'limit';
    if (number ? values[0] === values[1] : kept[0] === kept[1]) continue;
    return [linkDifference(expected, met, `The Link to the next page has another ${name} than before.`)];
  }
  return [];
}

function linkDifference(expected: PageSide, met: PageSide, meaning: string): ReplayDifference {
  const text = ({ headers }: PageSide) => headerValue(headers, 'Link') ?? 'no line';
  return difference({
    layer: 'header',
    where: headerPlace('answer', 'Link'),
    expected: text(expected),
    met: text(met),
    meaning,
  });
}

interface LinkSort {
  readonly sort: string;
  readonly target: URL | undefined;
}

function linkSort(side: PageSide): LinkSort {
  if (!hasLink(side.headers)) return { sort: 'absent', target: undefined };
  const { next, findings } = pagingOf(side);
  if (next === undefined) return { sort: 'no URL that can be followed', target: undefined };
  const odd = findings.find(({ code }) => code.startsWith('paging.link.'));
  const target = new URL(next);
  if (odd?.code === 'paging.link.relative') return { sort: 'relative', target };
  if (odd?.code === 'paging.link.origin' && /^https?:/i.test(side.url)) {
    const same = target.hostname === new URL(side.url).hostname;
    return { sort: same ? 'at another scheme or port than the page' : 'at another host than the page', target };
  }
  if (odd?.code === 'paging.link.spelling') return { sort: 'spelled in another way', target };
  return { sort: 'there', target };
}

function hasLink(headers: RawHeaders): boolean {
  return headerValue(headers, 'Link') !== undefined;
}

type Paging = ReturnType<typeof readPagingHeaders>;

function pagingOf({ headers, url }: PageSide): Paging {
  return readPagingHeaders(headers, /^https?:\/\//i.test(url) ? url : `${NOWHERE}${url}`);
}

function queryOf(url: string): URLSearchParams {
  const at = url.indexOf('?');
  return new URLSearchParams(at === -1 ? '' : url.slice(at + 1));
}

function listed(data: readonly unknown[]): string {
  const names = data.map(element => (isJsonObject(element) ? (element['id'] ?? element['uid']) : undefined));
  const known = names.every(name => typeof name === 'string' || typeof name === 'number');
  const count = `${data.length} object${data.length === 1 ? '' : 's'}`;
  return known && data.length > 0 ? `${count}: ${names.join(', ')}` : count;
}
