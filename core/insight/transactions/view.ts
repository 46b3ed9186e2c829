import type { TransactionProblem, TransactionView } from '../../contract/transaction.ts';
import type { Observed } from '../observed.ts';
import type { Charge } from './charge.ts';
import { curveOf } from './curve.ts';
import { objectsAt } from './known-objects.ts';
import { paymentOf } from './payment.ts';
import { pointOf } from './points.ts';
import { isOfCharges, problemOf, wholeProblems } from './problems.ts';
import { summaryOf } from './summary.ts';

export interface Belonging {
  readonly observed: Observed;
  readonly why: string;
}

export interface Viewed {
  readonly charge: Charge;
  /** Its exchanges, oldest first. */
  readonly belonging: readonly Belonging[];
  /** Milliseconds since the epoch. */
  readonly now: number;
  readonly sessionsSince: number | undefined;
}

/** A charge, whole. */
export function viewOf({ charge, belonging, now, sessionsSince }: Viewed): TransactionView {
  const exchanges = belonging.map(({ observed }) => observed);
  const objects = objectsAt(exchanges, charge);
  const byExchange = new Map(objects.map(object => [object.exchange.id, object]));
  const found = exchanges.flatMap(problemsAt);
  const changedAfterEnd = new Set(
    exchanges
      .filter(({ findings }) => findings.some(({ code }) => code === 'session.changed-after-end'))
      .map(({ id }) => id),
  );
  const whole = wholeProblems(charge, { now, sessionsSince, changedAfterEnd }).map(problemOf);
  const problems = [...whole, ...found].sort(bySeverity);
  const sessionObject = objects.findLast(({ kind }) => kind === 'session')?.whole ?? null;
  const cdrs = objects.filter(({ kind }) => kind === 'cdr');
  return {
    ...summaryOf(charge, { exchanges: belonging.length, problem: problems[0]?.severity ?? null, now }),
    points: belonging.map(({ observed, why }) => pointOf({ observed, why, object: byExchange.get(observed.id) })),
    problems,
    curve: curveOf(objects),
    payment: paymentOf(exchanges, objects),
    sessionObject,
    cdrObject: (cdrs.findLast(({ said }) => said['credit'] !== true) ?? cdrs.at(-1))?.whole ?? null,
  };
}

/** What detectors found at one exchange that tells how the charge went. Of lists nobody knows whose it is. */
export function problemsAt(observed: Pick<Observed, 'id' | 'operation' | 'findings'>): TransactionProblem[] {
  if (observed.operation.includes('.list')) return [];
  return observed.findings.filter(isOfCharges).map(finding => problemOf({ finding, exchangeId: observed.id }));
}

const ORDER = ['error', 'warning', 'note'];

function bySeverity(left: TransactionProblem, right: TransactionProblem): number {
  return (
    ORDER.indexOf(left.severity) - ORDER.indexOf(right.severity) || (left.exchangeId ?? 0) - (right.exchangeId ?? 0)
  );
}
