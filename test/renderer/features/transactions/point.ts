import type { TransactionPoint } from '../../../../core/contract/transaction.ts';

const BEGAN = Date.parse('2026-11-22T09:00:00Z');

/** A session PATCH that went well, a minute after the one before it. */
export function pointOf(exchangeId: number, change: Partial<TransactionPoint> = {}): TransactionPoint {
  return {
    exchangeId,
    at: new Date(BEGAN + exchangeId * 60_000).toISOString(),
    durationMs: 12,
    direction: 'in',
    kind: 'session',
    operation: 'sessions.patch',
    method: 'PATCH',
    title: 'session PATCH',
    said: `${exchangeId} kWh`,
    httpStatus: 200,
    ocpiStatus: 1000,
    ended: 'answered',
    ok: true,
    why: 'the same session id',
    status: null,
    kwh: exchangeId,
    findings: [],
    faults: [],
    ...change,
  };
}
