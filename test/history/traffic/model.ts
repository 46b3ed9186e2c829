import fc from 'fast-check';
import type { ExchangeConditions } from '../../../core/contract/exchange.ts';
import type { ExchangeRecord } from '../../../core/http/exchange.ts';
import type { Ended } from '../../../core/http/wire.ts';
import { failedLayer } from '../../../core/ocpi/failed-layer.ts';
import { type Finding, finding } from '../../../core/ocpi/findings.ts';
import { versionsExchange } from '../../support/exchanges.ts';

/** An exchange as it was recorded, in the order of ids, with what was written beside it. */
export interface Kept {
  readonly id: number;
  readonly record: ExchangeRecord;
  readonly noted: boolean;
}

export const LINKS = ['Acme', 'Volt', 'Third'] as const;
const OPERATIONS = ['versions.list', 'locations.list', 'tokens.authorize', 'credentials.post', 'unknown'] as const;
const PARTIES = ['NL-TNM', 'nl-tnm', 'DE-ABC', 'SE-X', 'not a party'] as const;
const CODES = ['registration.dead-token', 'registration.suspended', 'wire.redirect-followed'] as const;
const WORDS = ['amber', 'birch', 'cedar', 'cedarwood', 'dune'] as const;
const START = 1_790_000_000_000;

const ended: fc.Arbitrary<Ended> = fc.constantFrom<Ended>(
  { how: 'answered' },
  { how: 'complete' },
  { how: 'open' },
  { how: 'timeout', phase: 'connect' } as unknown as Ended,
  { how: 'interrupted' },
);

const someFinding: fc.Arbitrary<Finding> = fc
  .record({
    severity: fc.constantFrom('error' as const, 'warning' as const, 'note' as const),
    code: fc.constantFrom(...CODES),
  })
  .map(({ severity, code }) => finding(code, { severity, met: 'that', expected: 'this' }));

const facts = fc.record(
  {
    linkId: fc.integer({ min: 1, max: LINKS.length }),
    runId: fc.integer({ min: 1, max: 4 }),
    ocpiStatus: fc.constantFrom(1000, 1000, 1001, 2001, 2003, 3000, 4001),
    correlationId: fc.constantFrom('one', 'two', 'three'),
    fromParty: fc.constantFrom(...PARTIES),
    toParty: fc.constantFrom(...PARTIES),
    version: fc.constantFrom('2.1.1', '2.2.1', '2.3.0'),
  },
  { requiredKeys: [] },
);

/** Of every kind a filter tells apart. `number`: starts that much later, not always in the order of recording. */
export const exchange: fc.Arbitrary<(number: number) => ExchangeRecord> = fc
  .record({
    facts,
    ended,
    direction: fc.constantFrom('in', 'out'),
    operation: fc.constantFrom(...OPERATIONS),
    status: fc.constantFrom(undefined, 200, 200, 201, 301, 401, 404, 500),
    findings: fc.oneof({ weight: 2, arbitrary: fc.constant([]) }, fc.array(someFinding, { maxLength: 3 })),
    words: fc.array(fc.constantFrom(...WORDS), { maxLength: 3 }),
    jitter: fc.integer({ min: 0, max: 20 }),
  })
  .map(one => number => {
    const { request, response, requestId: _, correlationId: __, ocpiStatus: ___, ...plain } = versionsExchange(number);
    return {
      ...plain,
      ...one.facts,
      startedAt: START + number + one.jitter,
      direction: one.direction,
      operation: one.operation,
      request: { ...request, url: `/ocpi/${one.words.join('/')}`, headers: [] },
      ...(one.status === undefined || response === undefined
        ? {}
        : { response: { ...response, status: one.status, headers: [], body: new Uint8Array() } }),
      ended: one.ended,
      findings: one.findings,
    } as ExchangeRecord;
  });

/** Any conditions that a filter of the window can say, few at a time. `length`: of the table. */
export function conditions(length: number): fc.Arbitrary<ExchangeConditions> {
  const time = fc.integer({ min: START - 5, max: START + length + 30 });
  const one: fc.Arbitrary<ExchangeConditions> = fc.oneof(
    fc.constant({}),
    fc.constantFrom(...LINKS).map(link => ({ link: link.toLowerCase() })),
    fc.constantFrom('NL-TNM', 'de*abc', 'SE-X', 'Not A Party', 'FR-NON').map(party => ({ party })),
    fc.constantFrom('versions', 'locations', 'Credentials', 'cdrs').map(module => ({ module })),
    fc.constantFrom('in' as const, 'out' as const).map(direction => ({ direction })),
    fc.constantFrom('200', '2xx', '4xx', '404', 'none', '5xx').map(status => ({ status })),
    fc.constantFrom('1000', '2xxx', '2001', 'none', '4xxx').map(ocpi => ({ ocpi })),
    fc.constant({ errors: true }),
    fc
      .constantFrom('404', '401', '500', '2001', '2003', '3000', '4001', 'timeout', 'interrupted', 'complete', 'reset')
      .map(failedWith => ({ failedWith })),
    fc.constant({ well: true }),
    fc.constant({ unlinked: true }),
    fc.constant({ open: true }),
    fc.constant({ noted: true }),
    fc
      .constantFrom('error' as const, 'warning' as const, 'note' as const, 'any' as const)
      .map(severity => ({ finding: severity })),
    fc.constantFrom(...CODES, 'no.such').map(findingCode => ({ findingCode })),
    fc.integer({ min: 1, max: 5 }).map(runId => ({ runId })),
    fc.constantFrom('one', 'three', 'nobody').map(correlationId => ({ correlationId })),
    time.map(since => ({ since })),
    time.map(until => ({ until })),
    fc.constantFrom('amber', 'cedar', 'cedar*', 'birch dune', 'nothing', '...').map(search => ({ search })),
  );
  return fc.array(one, { maxLength: 3 }).map(parts => Object.assign({}, ...parts) as ExchangeConditions);
}

const RANK = { note: 1, warning: 2, error: 3, any: 0 } as const;

/** Whether one fits, told from the record alone. */
export function fits({ record, noted }: Kept, wanted: ExchangeConditions): boolean {
  const { direction, startedAt, runId, correlationId, ocpiStatus, findings } = record;
  const status = record.response?.status;
  return [
    wanted.link === undefined || LINKS[(record.linkId ?? 0) - 1]?.toLowerCase() === wanted.link.toLowerCase(),
    wanted.party === undefined ||
      [record.fromParty, record.toParty].some(party => plain(party) === plain(wanted.party)),
    wanted.module === undefined || record.operation.startsWith(`${wanted.module.toLowerCase()}.`),
    wanted.direction === undefined || direction === wanted.direction,
    wanted.status === undefined || numberFits(status, wanted.status),
    wanted.ocpi === undefined || numberFits(ocpiStatus, wanted.ocpi),
    !wanted.errors || failed(record),
    wanted.failedWith === undefined || (failed(record) && failureOf(record) === wanted.failedWith),
    !wanted.well || !failed(record),
    !wanted.unlinked || record.linkId === undefined,
    !wanted.open || record.ended.how === 'open',
    !wanted.noted || noted,
    wanted.finding === undefined || findings.some(({ severity }) => RANK[severity] >= RANK[wanted.finding ?? 'any']),
    wanted.findingCode === undefined || findings.some(({ code }) => code === wanted.findingCode),
    wanted.runId === undefined || runId === wanted.runId,
    wanted.correlationId === undefined || correlationId === wanted.correlationId,
    wanted.since === undefined || startedAt >= wanted.since,
    wanted.until === undefined || startedAt < wanted.until,
    wanted.search === undefined || wordsFit(record.request.url, wanted.search),
  ].every(Boolean);
}

export function failed({ ended: { how }, response, ocpiStatus }: ExchangeRecord): boolean {
  if (how !== 'answered' && how !== 'complete' && how !== 'open') return true;
  return (response?.status ?? 0) >= 400 || (ocpiStatus !== undefined && Math.floor(ocpiStatus / 1000) !== 1);
}

function failureOf({ ended: { how }, response, ocpiStatus }: ExchangeRecord): string {
  return failedLayer({ ended: how, http: response?.status ?? null, ocpi: ocpiStatus ?? null }).code;
}

function plain(party: string | undefined): string | undefined {
  return party?.toLowerCase().replace('*', '-');
}

function numberFits(value: number | undefined, wanted: string): boolean {
  if (wanted === 'none') return value === undefined;
  return value !== undefined && new RegExp(`^${wanted.replaceAll('x', '\\d')}$`).test(String(value));
}

function wordsFit(url: string, search: string): boolean {
  const words = url.split('/');
  const asked = search.split(' ').filter(word => word !== '...');
  if (asked.length === 0) return false;
  return asked.every(word =>
    words.some(one => (word.endsWith('*') ? one.startsWith(word.slice(0, -1)) : one === word)),
  );
}
