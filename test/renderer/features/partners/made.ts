import type { ExchangeSummary } from '../../../../core/contract/exchange.ts';
import type { LedgerToken } from '../../../../core/contract/link.ts';
import type { LinkView } from '../../../../core/contract/links.ts';
import type { Run, RunStep } from '../../../../core/contract/run.ts';

const BEGAN = Date.parse('2026-11-22T10:42:00.000Z');

/** An exchange of a registration, `after` milliseconds into it. */
export function exchange(id: number, after: number, more: Partial<ExchangeSummary> = {}): ExchangeSummary {
  return {
    id,
    at: new Date(BEGAN + after).toISOString(),
    direction: 'out',
    link: 'acme',
    operation: 'versions.list',
    method: 'GET',
    url: 'https://ocpi.acme.example/ocpi/versions',
    httpStatus: 200,
    ocpiStatus: 1000,
    ended: 'complete',
    durationMs: 10,
    requestId: null,
    correlationId: null,
    module: 'versions',
    version: null,
    runId: 1,
    fromParty: null,
    toParty: null,
    note: null,
    pinned: false,
    findings: [],
    faults: [],
    ...more,
  };
}

export function step(name: string, exchangeIds: readonly number[], more: Partial<RunStep> = {}): RunStep {
  return { step: name, ok: true, exchangeIds: [...exchangeIds], reason: `${name} it is`, findings: [], ...more };
}

export function run(steps: readonly RunStep[], more: Partial<Run> = {}): Run {
  return {
    id: 1,
    kind: 'registration',
    linkId: 1,
    initiator: 'us',
    state: 'done',
    startedAt: BEGAN,
    steps: [...steps],
    ...more,
  };
}

export function link(more: Partial<LinkView> = {}): LinkView {
  return {
    id: 1,
    name: 'acme',
    organisation: 'Acme',
    environment: 'test',
    state: 'new',
    readOnly: false,
    versionsUrl: 'https://ocpi.acme.example/ocpi/versions',
    offeredVersions: [],
    endpoints: [],
    parties: [],
    settings: { tokenForm: 'auto', requiredModules: [] },
    createdAt: BEGAN,
    updatedAt: BEGAN,
    tokens: [],
    importedLog: null,
    ...more,
  };
}

export function token(more: Partial<LedgerToken> = {}): LedgerToken {
  return {
    id: '0a1b2c3d4e5f',
    linkId: 1,
    direction: 'incoming',
    kind: 'B',
    state: 'active',
    issuedBy: 'us',
    length: 43,
    createdAt: BEGAN,
    lastUsedAt: BEGAN,
    lastForm: 'base64',
    readable: true,
    ...more,
  };
}
