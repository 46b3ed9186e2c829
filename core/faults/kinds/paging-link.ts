import * as z from 'zod';
import { headerValue } from '../../ocpi/raw-headers.ts';
import { appendQuery, splitPath } from '../../ocpi/urls.ts';
import type { AnswerMessage, Draft } from '../draft.ts';
import { altered, nothing, onAnswer } from '../editing/altered.ts';
import { isList } from '../editing/fitting.ts';
import { dropHeaders, hasHeader, setHeader, withHeaders } from '../editing/headers.ts';
import { contentsOf } from '../editing/objects.ts';
import { NO_PARAMETERS } from '../editing/parameters.ts';
import { nextPage, originOf, plainHttpUrl, relativeUrl, withNextPage } from '../editing/urls.ts';
import { type Altered, type Facts, type FaultKind, faultKind } from '../kind.ts';

const PAGE = { operation: 'locations.list', version: '2.2.1', direction: 'answer' } as const;
const LAST_PAGE = 'there is no Link to a next page in this answer';
/** Objects we put on a page where nobody says how many. */
const USUAL_LIMIT = 50;

type Next = (url: string, message: AnswerMessage, facts: Facts) => string | undefined;

/** Another next page than the one there is. */
function otherNext(next: Next, did: (url: string) => string, same: string) {
  return onAnswer((message: AnswerMessage, draft: Draft, { facts }): Altered => {
    const now = nextPage(message.headers);
    if (now === undefined) return nothing(LAST_PAGE);
    const other = next(now, message, facts);
    if (other === undefined || other === now) return nothing(same);
    return altered(withHeaders(draft, withNextPage(message.headers, other)), did(other));
  });
}

/** The Link header, whatever it says. */
function otherLink(value: string, did: string) {
  return onAnswer((message: AnswerMessage, draft: Draft): Altered => {
    if (!hasHeader(message.headers, 'Link')) return nothing(LAST_PAGE);
    return altered(withHeaders(draft, setHeader(message.headers, 'Link', value)), did);
  });
}

const COMMON = {
  family: 'paging',
  parameters: NO_PARAMETERS,
  directions: ['answer'],
  fits: isList,
  sample: PAGE,
} as const;

const linkMissing = faultKind({
  ...COMMON,
  kind: 'paging.link-missing',
  title: 'No Link to the next page',
  explain: () => 'Leaves out the Link header of pages behind which there are more, so that a client stops too early.',
  cases: [11],
  alter: onAnswer((message, draft) => {
    if (!hasHeader(message.headers, 'Link')) return nothing(LAST_PAGE);
    return altered(withHeaders(draft, dropHeaders(message.headers, 'Link')), 'the Link header was left out');
  }),
});

const linkOnLast = faultKind({
  ...COMMON,
  kind: 'paging.link-on-last',
  title: 'Link on the last page',
  explain: () => 'Puts a Link to a page behind the last one, which is empty and has such a Link again.',
  cases: [13],
  sample: { ...PAGE, query: 'offset=2&limit=2' },
  alter: onAnswer((message, draft, { facts }) => {
    const more = nextPage(message.headers);
    const { path, query } = splitPath(facts.request.url);
    const asked = new URLSearchParams(query);
    const limit = wholeNumber(headerValue(message.headers, 'X-Limit') ?? asked.get('limit')) || USUAL_LIMIT;
    const offset = wholeNumber(asked.get('offset')) + (contentsOf(message, facts)?.objects.length || limit);
    if (more !== undefined) return nothing('this is not the last page');
    const rest = query
      .split('&')
      .filter(part => part !== '' && !/^(?:offset|limit)=/.test(part))
      .join('&');
    const base = `${originOf(facts.ownVersionsUrl)}${path}${rest === '' ? '' : `?${rest}`}`;
    const url = appendQuery(base, { offset, limit });
    return altered(withHeaders(draft, withNextPage(message.headers, url)), `a Link to ${url} was put on the last page`);
  }),
});

function wholeNumber(text: string | null | undefined): number {
  return /^\d{1,9}$/.test(text ?? '') ? Number(text) : 0;
}

const linkLoop = faultKind({
  ...COMMON,
  kind: 'paging.link-loop',
  title: 'Link in a loop',
  explain: () => 'Points the Link of a page to that page itself, for ever.',
  cases: [13],
  alter: otherNext(
    (next, _message, { request: { url } }) => {
      // On the host the Link names, for that is how we are reached.
      const { path, query } = splitPath(url);
      return `${originOf(next)}${path}${query === '' ? '' : `?${query}`}`;
    },
    () => 'the Link was pointed to the page it stands on',
    'the Link points there already',
  ),
});

const linkRelative = faultKind({
  ...COMMON,
  kind: 'paging.link-relative',
  title: 'Relative Link',
  explain: () => 'Writes the URL of the next page without scheme and host.',
  cases: [11],
  alter: otherNext(relativeUrl, url => `the Link became ${url}`, 'the Link is relative already'),
});

const linkHttp = faultKind({
  ...COMMON,
  kind: 'paging.link-http',
  title: 'Link with http for https',
  explain: () =>
    'Writes the URL of the next page with http where https is due, or with https where there is only http.',
  cases: [11],
  alter: otherNext(
    url => plainHttpUrl(url) ?? url.replace(/^http:/i, 'https:'),
    url => `the Link became ${url}`,
    'the Link has no scheme',
  ),
});

const linkHost = faultKind({
  ...COMMON,
  kind: 'paging.link-other-host',
  title: 'Link to another host',
  explain: ({ host }) => `Puts the next page at ${host}, as by a server that does not know its own name.`,
  parameters: z.strictObject({
    host: z
      .string()
      .regex(/^[A-Za-z0-9.-]{1,200}(?::\d{1,5})?$/, 'a host name, with a port where it has one')
      .default('internal.invalid:8080')
      .describe('The host, with its port.'),
  }),
  cases: [11],
  alter: onAnswer((message, draft, { parameters: { host } }) => {
    const now = nextPage(message.headers);
    if (now === undefined) return nothing(LAST_PAGE);
    const scheme = /^https?:\/\//i.exec(originOf(now))?.[0] ?? 'http://';
    const url = `${scheme}${host}${relativeUrl(now)}`;
    return altered(withHeaders(draft, withNextPage(message.headers, url)), `the Link became ${url}`);
  }),
});

const linkNone = faultKind({
  ...COMMON,
  kind: 'paging.link-none',
  title: 'Link: None',
  explain: ({ word }) => `Writes ${word} where the Link should be, on the last page too.`,
  parameters: z.strictObject({
    word: z.enum(['None', 'null', 'undefined']).default('None').describe('What is written.'),
  }),
  cases: [11],
  alter: onAnswer((message, draft, { parameters: { word } }) =>
    altered(withHeaders(draft, setHeader(message.headers, 'Link', word)), `the Link header said ${word}`),
  ),
});

const linkEmpty = faultKind({
  ...COMMON,
  kind: 'paging.link-empty',
  title: 'Link with nothing in it',
  explain: () => 'Writes <>; rel="next" in place of the URL of the next page.',
  cases: [11],
  alter: otherLink('<>; rel="next"', 'the URL in the Link header was left out'),
});

/** The URL without the parameters for which `drops` is true. */
function withoutParameters(url: string, drops: (name: string) => boolean): string {
  const [, before = '', query = '', hash = ''] = /^([^?#]*)\??([^#]*)(#.*)?$/s.exec(url) ?? [];
  const kept = query.split('&').filter(part => part !== '' && !drops((part.split('=')[0] ?? '').toLowerCase()));
  return `${before}${kept.length === 0 ? '' : `?${kept.join('&')}`}${hash}`;
}

const filtersLost = faultKind({
  ...COMMON,
  kind: 'paging.filters-lost',
  title: 'Link that loses the filters',
  explain: () =>
    'Leaves date_from, date_to and all else but offset and limit out of the Link, so that from the second page on everything comes.',
  cases: [11],
  sample: { ...PAGE, query: 'date_from=2026-01-01T00:00:00Z&limit=2' },
  alter: otherNext(
    url => withoutParameters(url, name => name !== 'offset' && name !== 'limit'),
    url => `the Link lost its filters and became ${url}`,
    'there are no filters in the Link',
  ),
});

const limitLost = faultKind({
  ...COMMON,
  kind: 'paging.limit-lost',
  title: 'Link that loses the limit',
  explain: () => 'Leaves the limit out of the Link, so that further pages have another size than was asked for.',
  cases: [11],
  alter: otherNext(
    url => withoutParameters(url, name => name === 'limit'),
    url => `the Link lost its limit and became ${url}`,
    'there is no limit in the Link',
  ),
});

/** What the Link header of a page can get wrong. */
export const PAGING_LINK_KINDS: readonly FaultKind[] = [
  linkMissing,
  linkOnLast,
  linkLoop,
  linkRelative,
  linkHttp,
  linkHost,
  linkNone,
  linkEmpty,
  filtersLost,
  limitLost,
];
