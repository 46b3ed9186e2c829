import { readDateTime } from '../../ocpi/date-time.ts';
import { type Finding, finding } from '../../ocpi/findings.ts';
import { isJsonObject } from '../../ocpi/json-value.ts';
import { judgePage } from '../../ocpi/judge-page.ts';
import { lostByLink } from '../../ocpi/link-losses.ts';
import { type PagingRead, readPagingHeaders } from '../../ocpi/paging.ts';
import type { Reading } from '../reading.ts';

const COUNT = 'header:X-Total-Count';

/** Link and counts of a page, and the page against what was asked for (digest 1.6). */
export function pageFindings(reading: Reading): Finding[] {
  const { observed, entry, ok, answer } = reading;
  if (!ok || observed.response === undefined || entry?.items === undefined) return [];
  const head = pageHeadOf(reading);
  const findings = [...head.findings];
  if (head.next !== undefined) findings.push(...lostByLink(reading.url, head.next));
  const { data } = answer ?? {};
  if (data === undefined || data === null) {
    return [...findings, finding('paging.data.none', { pointer: '/data', met: 'none', expected: '[]' })];
  }
  return Array.isArray(data) ? [...findings, ...listFindings(reading, data, head)] : findings;
}

/** The paging headers of an answer. Under which address of ours a partner asked is not known, so no origin is compared. */
export function pageHeadOf({ observed, url }: Reading): PagingRead {
  const head = readPagingHeaders(observed.response?.headers ?? [], url);
  if (observed.direction === 'out') return head;
  return { ...head, findings: head.findings.filter(({ code }) => code !== 'paging.link.origin') };
}

/** `offset` or `limit` of the request; undefined where it is absent or no number. */
export function askedNumber({ query }: Pick<Reading, 'query'>, name: string): number | undefined {
  const text = query.get(name);
  return text !== null && /^\d{1,15}$/.test(text) ? Number(text) : undefined;
}

function listFindings(reading: Reading, data: readonly unknown[], head: PagingRead): Finding[] {
  const items = data.length;
  const { next, totalCount, limit: xLimit } = head;
  const offset = askedNumber(reading, 'offset') ?? 0;
  const findings = judgePage({
    limit: askedNumber(reading, 'limit'),
    xLimit,
    items,
    from: momentAsked(reading, 'date_from'),
    to: momentAsked(reading, 'date_to'),
    ...updatesIn(data, reading),
  });
  if (items === 0 && next !== undefined) {
    const details = { pointer: 'header:Link', met: next, expected: 'no Link' };
    findings.push(finding('paging.link.on-empty-page', details));
  }
  if (totalCount !== undefined && totalCount < items) {
    findings.push(
      finding('paging.count.untrue', { pointer: COUNT, met: `${totalCount}`, expected: `at least ${items}` }),
    );
  } else if (isMissing(reading, { next, totalCount, items, offset })) {
    const met = `no usable Link before offset ${offset + items} of ${totalCount}`;
    const details = { pointer: 'header:Link', met, expected: 'a Link on every page but the last' };
    findings.push(finding('paging.link.missing', details));
  }
  return findings;
}

interface Reached {
  readonly next: string | undefined;
  readonly totalCount: number | undefined;
  readonly items: number;
  readonly offset: number;
}

/** Where a page is reached by a cursor nobody can count; an empty page ends every list. */
function isMissing({ query }: Reading, { next, totalCount, items, offset }: Reached): boolean {
  if (next !== undefined || totalCount === undefined || items === 0) return false;
  const known = new Set(['offset', 'limit', 'date_from', 'date_to']);
  return [...query.keys()].every(name => known.has(name)) && offset + items < totalCount;
}

function momentAsked({ query, observed }: Reading, name: string): number | undefined {
  const text = query.get(name);
  return text === null ? undefined : readDateTime(text, observed.version ?? '2.2.1').epochMs;
}

function updatesIn(data: readonly unknown[], { observed, query }: Reading) {
  let oldestUpdate: number | undefined;
  let newestUpdate: number | undefined;
  // Only with a date in the question it is worth reading them.
  if (query.has('date_from') || query.has('date_to')) {
    for (const item of data) {
      const updated = isJsonObject(item) ? item['last_updated'] : undefined;
      if (typeof updated !== 'string') continue;
      const { epochMs } = readDateTime(updated, observed.version ?? '2.2.1');
      if (epochMs === undefined) continue;
      oldestUpdate = Math.min(epochMs, oldestUpdate ?? epochMs);
      newestUpdate = Math.max(epochMs, newestUpdate ?? epochMs);
    }
  }
  return { oldestUpdate, newestUpdate };
}
