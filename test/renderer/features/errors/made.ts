import type { ErrorGroup, ExchangeSummary } from '../../../../core/contract/exchange.ts';
import type { FailureGroup } from '../../../../renderer/features/errors/groups.ts';

/** A group as the core gives it. */
export function group(of: Partial<ErrorGroup> = {}): ErrorGroup {
  return {
    link: 'volta',
    layer: 'http',
    code: '401',
    version: '2.2.1',
    direction: 'out',
    count: 1,
    first: '2026-11-20T10:00:00.000Z',
    last: '2026-11-21T10:00:00.000Z',
    newestId: 1,
    ...of,
  };
}

/** A group of the list. */
export function failure(of: Partial<FailureGroup> = {}): FailureGroup {
  const { version, ...rest } = group();
  return { ...rest, versions: [version], ...of };
}

/** An exchange of the group above. */
export function exchange(of: Partial<ExchangeSummary> = {}): ExchangeSummary {
  return {
    id: 1,
    at: '2026-11-21T10:00:00.000Z',
    direction: 'out',
    link: 'volta',
    operation: 'versions.list',
    method: 'GET',
    url: 'https://volta.example/ocpi/versions',
    httpStatus: 401,
    ocpiStatus: null,
    ended: 'complete',
    durationMs: 12,
    requestId: null,
    correlationId: null,
    module: 'versions',
    version: '2.2.1',
    runId: null,
    fromParty: null,
    toParty: null,
    note: null,
    findings: [],
    ...of,
  };
}
