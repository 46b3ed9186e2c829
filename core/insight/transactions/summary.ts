import type { TransactionSummary } from '../../contract/transaction.ts';
import type { Severity } from '../../ocpi/findings.ts';
import type { Charge } from './charge.ts';
import { standingBill, stateAt } from './state.ts';

export interface Counted {
  readonly exchanges: number;
  readonly problem: Severity | null;
  /** Milliseconds since the epoch. */
  readonly now: number;
}

/** A charge in a line. */
export function summaryOf(charge: Charge, { exchanges, problem, now }: Counted): TransactionSummary {
  const { session } = charge;
  const bill = standingBill(charge) ?? charge.bills.at(-1);
  return {
    id: charge.id,
    link: charge.link,
    version: charge.version,
    side: charge.side,
    startedAt: new Date(charge.startedAt).toISOString(),
    updatedAt: new Date(charge.updatedAt).toISOString(),
    ...stateAt(charge, now),
    session: charge.sessionId ?? null,
    cdr: bill?.id ?? null,
    reference: charge.reference ?? null,
    token: charge.token ?? charge.contract ?? null,
    location: charge.location ?? null,
    evse: charge.evse ?? null,
    connector: charge.connector ?? null,
    kwh: bill?.kwh ?? session?.kwh ?? null,
    cost: bill?.cost ?? session?.cost ?? null,
    exchanges,
    problem,
  };
}
