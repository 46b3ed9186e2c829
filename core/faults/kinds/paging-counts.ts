import * as z from 'zod';
import { headerValue } from '../../ocpi/raw-headers.ts';
import type { AnswerMessage, Draft } from '../draft.ts';
import { counted, countWords, hitObjects, OneObject } from '../editing/aim.ts';
import { altered, nothing, onAnswer } from '../editing/altered.ts';
import { isList } from '../editing/fitting.ts';
import { dropHeaders, hasHeader, setHeader, withHeaders } from '../editing/headers.ts';
import { dropObjects, repeatObject } from '../editing/list.ts';
import { type Contents, contentsOf } from '../editing/objects.ts';
import { NO_PARAMETERS } from '../editing/parameters.ts';
import { queryWith } from '../editing/queries.ts';
import { type Altered, type Asked, type FaultKind, faultKind, type Using } from '../kind.ts';

const PAGE = { operation: 'locations.list', version: '2.2.1', direction: 'answer' } as const;
const COMMON = { family: 'paging', directions: ['answer'], fits: isList, sample: PAGE } as const;
const NO_LIST = 'there is no list of objects in this answer';
const TOTAL = 'X-Total-Count';
const LIMIT = 'X-Limit';

function ofList<P>(alter: (contents: Contents, draft: Draft, using: Using<P>) => Altered) {
  return onAnswer((message: AnswerMessage, draft: Draft, using: Using<P>): Altered => {
    const contents = contentsOf(message, using.facts);
    return contents?.isList ? alter(contents, draft, using) : nothing(NO_LIST);
  });
}

const limitLies = faultKind({
  ...COMMON,
  kind: 'paging.limit-lies',
  title: 'X-Limit that is not true',
  explain: ({ limit }) => `Says X-Limit: ${limit}, however many objects the pages hold.`,
  parameters: z.strictObject({ limit: z.int().min(0).max(1_000_000).default(1).describe('What X-Limit says.') }),
  cases: [34],
  alter: onAnswer((message, draft, { parameters: { limit } }) => {
    if (!hasHeader(message.headers, LIMIT)) return nothing(`there is no ${LIMIT} in this answer`);
    return altered(withHeaders(draft, setHeader(message.headers, LIMIT, String(limit))), `${LIMIT} was made ${limit}`);
  }),
});

const totalDrifts = faultKind({
  ...COMMON,
  kind: 'paging.total-drifts',
  title: 'X-Total-Count that drifts',
  explain: ({ by }) => `Says another X-Total-Count with every page, up to ${by} more or fewer than there are.`,
  parameters: z.strictObject({
    by: z.int().min(1).max(1_000_000).default(5).describe('The most objects it is away from the truth.'),
  }),
  cases: [12],
  alter: onAnswer((message, draft, { parameters: { by }, draw }) => {
    const total = headerValue(message.headers, TOTAL);
    if (total === undefined || !/^\d{1,15}$/.test(total)) return nothing(`there is no ${TOTAL} in this answer`);
    const steps = 1 + Math.floor(draw('steps') * by);
    // Below nothing there is no way down.
    const away = draw('direction') < 0.5 && Number(total) >= steps ? -steps : steps;
    const told = String(Number(total) + away);
    return altered(
      withHeaders(draft, setHeader(message.headers, TOTAL, told)),
      `${TOTAL} went from ${total} to ${told}`,
    );
  }),
});

const totalMissing = faultKind({
  ...COMMON,
  kind: 'paging.total-missing',
  title: 'No X-Total-Count',
  explain: ({ limit }) => `Leaves out X-Total-Count${limit ? ' and X-Limit' : ''}.`,
  parameters: z.strictObject({ limit: z.boolean().default(false).describe('Whether X-Limit is left out too.') }),
  cases: [12],
  alter: onAnswer((message, draft, { parameters: { limit } }) => {
    const names = limit ? [TOTAL, LIMIT] : [TOTAL];
    const there = names.filter(name => hasHeader(message.headers, name));
    if (there.length === 0) return nothing(`there is no ${names.join(' or ')} in this answer`);
    return altered(withHeaders(draft, dropHeaders(message.headers, ...there)), `${there.join(' and ')} was left out`);
  }),
});

const itemTwice = faultKind({
  ...COMMON,
  kind: 'paging.item-twice',
  title: 'An object twice',
  explain: ({ object }) =>
    `Sends ${object === 'drawn' ? 'an' : `the ${object}`} object of a page twice, one behind the other.`,
  parameters: z.strictObject({ object: OneObject }),
  cases: [12],
  alter: ofList((contents, draft, { parameters, draw }) => {
    const [hit] = hitObjects(contents, { which: parameters.object, draw });
    if (hit === undefined) return nothing(NO_LIST);
    return altered(repeatObject(draft, contents, hit.index), `${countWords([hit], contents)} was sent twice`);
  }),
});

const itemSkipped = faultKind({
  ...COMMON,
  kind: 'paging.item-skipped',
  title: 'An object skipped',
  explain: ({ object }) =>
    `Leaves ${object === 'drawn' ? 'an' : `the ${object}`} object out of a page, while X-Total-Count counts it.`,
  parameters: z.strictObject({ object: OneObject }),
  cases: [12],
  alter: ofList((contents, draft, { parameters, draw }) => {
    const [hit] = hitObjects(contents, { which: parameters.object, draw });
    if (hit === undefined) return nothing(NO_LIST);
    return altered(dropObjects(draft, contents, new Set([hit.index])), `${countWords([hit], contents)} was left out`);
  }),
});

const pageShifts = faultKind({
  ...COMMON,
  kind: 'paging.page-shifts',
  title: 'Objects shift between pages',
  explain: ({ by }) =>
    by > 0
      ? `Begins every page but the first ${counted(by, 'object')} later than asked for, so that something never comes.`
      : `Begins every page but the first ${counted(-by, 'object')} earlier than asked for, so that something comes twice.`,
  parameters: z.strictObject({
    by: z
      .int()
      .min(-1000)
      .max(1000)
      .refine(by => by !== 0, 'another number than 0')
      .default(1)
      .describe('Objects by which a page begins later; earlier where it is negative.'),
  }),
  cases: [12],
  sample: { ...PAGE, query: 'offset=2&limit=2' },
  before: ({ query }, { parameters: { by } }): Asked => {
    const offset = /(?:^|&)offset=(\d{1,9})(?:&|$)/.exec(query)?.[1];
    if (offset === undefined || offset === '0') return undefined;
    const other = Math.max(0, Number(offset) + by);
    return { ask: { query: queryWith(query, { offset: other }) }, did: `the page began at ${other}, not at ${offset}` };
  },
});

const capped = faultKind({
  ...COMMON,
  kind: 'paging.capped',
  title: 'Pages capped',
  explain: ({ most }) => `Puts at most ${counted(most, 'object')} on a page, however many are asked for.`,
  parameters: z.strictObject({
    most: z.int().min(1).max(10_000).default(10).describe('The most objects on a page.'),
  }),
  cases: [34],
  sample: { ...PAGE, query: 'limit=100' },
  before: ({ query }, { parameters: { most } }) => cap(query, most),
});

/** The page no longer than this; undefined where it is asked to be no longer anyway. */
export function cap(query: string, most: number): Asked {
  const asked = /(?:^|&)limit=(\d{1,9})(?:&|$)/.exec(query)?.[1];
  if (asked !== undefined && Number(asked) <= most) return undefined;
  const did = `the page was capped at ${counted(most, 'object')}${asked === undefined ? '' : `, ${asked} were asked for`}`;
  return { ask: { query: queryWith(query, { limit: most }) }, did };
}

const offsetIgnored = faultKind({
  ...COMMON,
  kind: 'paging.offset-ignored',
  title: 'offset ignored',
  explain: () =>
    'Answers with the first page, whatever the offset, so that a client that follows Links never comes to an end.',
  parameters: NO_PARAMETERS,
  cases: [13],
  sample: { ...PAGE, query: 'offset=2&limit=2' },
  before: ({ query }) => ignoring(query, 'offset'),
});

const dateFromIgnored = faultKind({
  ...COMMON,
  kind: 'paging.date-from-ignored',
  title: 'date_from ignored',
  explain: () => 'Answers with all objects, whatever date_from says.',
  parameters: NO_PARAMETERS,
  cases: [13],
  sample: { ...PAGE, query: 'date_from=2026-01-01T00:00:00Z&limit=2' },
  before: ({ query }) => ignoring(query, 'date_from'),
});

function ignoring(query: string, name: string): Asked {
  const other = queryWith(query, { [name]: undefined });
  return other === query ? undefined : { ask: { query: other }, did: `${name} was ignored` };
}

/** What the pages themselves and their counts can get wrong. */
export const PAGING_COUNT_KINDS: readonly FaultKind[] = [
  limitLies,
  totalDrifts,
  totalMissing,
  itemTwice,
  itemSkipped,
  pageShifts,
  capped,
  offsetIgnored,
  dateFromIgnored,
];
