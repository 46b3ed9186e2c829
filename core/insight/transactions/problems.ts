import type { TransactionProblem } from '../../contract/transaction.ts';
import type { FindingCode } from '../../ocpi/finding-codes.ts';
import { type Finding, finding, type Severity } from '../../ocpi/findings.ts';
import { findingWords } from '../explain/finding-words.ts';
import { sentence } from '../explain/subject.ts';
import type { Charge } from './charge.ts';
import { standingBill, stateOf } from './state.ts';

/** What is wrong with a charge as a whole. */
export interface WholeProblem {
  readonly finding: Finding;
  /** The exchange that shows it; null: what did not come. */
  readonly exchangeId: number | null;
}

/** How long after the end of a session a CDR may take before something is wrong. Milliseconds. */
export const CDR_WITHIN_MS = 24 * 60 * 60_000;
/** Clocks of chargers are set by minutes, and first periods begin when the cable is locked. */
const PERIOD_SLACK_MS = 60_000;
/** kWh: both may be rounded. */
const ENERGY_SLACK = 0.01;
/** Codes of findings that tell how a charge went, not how a message is written. */
const OF_CHARGES =
  /^(session|result)\.|^cdr\.(again|changed|before-session-end|session-billed-twice|energy-differs|time-differs|sum-differs|cost-differs|step-size-differs)$|^charging-periods\.|^authorize\.|^push\.(late|out-of-order)$/;

export function isOfCharges({ code }: Pick<Finding, 'code'>): boolean {
  return OF_CHARGES.test(code);
}

export interface Circumstances {
  /** Milliseconds since the epoch. */
  readonly now: number;
  /** When the first session of this link and side was told of; undefined where none ever was. */
  readonly sessionsSince: number | undefined;
  /** Exchanges that a detector has already found a status changed after the end at. */
  readonly changedAfterEnd?: ReadonlySet<number>;
}

/** From when on a CDR is overdue; undefined where none is due. */
export function cdrDue(charge: Charge): number | undefined {
  const { session } = charge;
  if (session?.status !== 'COMPLETED' || stateOf(charge).state !== 'ended') return undefined;
  // Told late, it is not late by that; a clock that is wrong makes nothing overdue before it was told.
  return Math.max(session.end ?? session.updated, charge.updatedAt) + CDR_WITHIN_MS;
}

/** Problems of the whole, beside those that detectors find at its exchanges. */
export function wholeProblems(charge: Charge, circumstances: Circumstances): WholeProblem[] {
  const problems: WholeProblem[] = [];
  const say = (code: FindingCode, exchangeId: number | null, met: string, expected: string) => {
    problems.push({ finding: finding(code, { met, expected }), exchangeId });
  };
  for (const { code, exchangeId, met, expected } of charge.noted) {
    if (code !== 'transaction.state-backwards' || !circumstances.changedAfterEnd?.has(exchangeId))
      say(code, exchangeId, met, expected);
  }
  const due = cdrDue(charge);
  if (due !== undefined && circumstances.now >= due) {
    const hours = Math.floor((circumstances.now - due + CDR_WITHIN_MS) / 3_600_000);
    say('transaction.no-cdr', null, `nothing for ${hours} hours`, 'a CDR');
  }
  aboutBill(charge, circumstances, say);
  const alone = charge.orders.length === 0 && charge.sessionId === undefined && charge.bills.length === 0;
  if (charge.confirmation !== undefined && alone && charge.authorized === undefined && charge.booked === undefined) {
    say('transaction.confirmation-alone', charge.confirmation, charge.reference ?? 'no reference', 'that of a charge');
  }
  return problems;
}

function aboutBill(
  charge: Charge,
  { sessionsSince }: Circumstances,
  say: (code: FindingCode, exchangeId: number | null, met: string, expected: string) => void,
): void {
  const bill = standingBill(charge);
  if (bill === undefined) return;
  const { session } = charge;
  const { exchangeId, begin, end, firstPeriod, lastPeriod } = bill;
  // Of what began before anybody told of sessions nothing can be missing.
  const mayKnow = sessionsSince !== undefined && begin !== undefined && begin > sessionsSince;
  if (session === undefined && mayKnow) {
    say(
      'transaction.cdr-without-session',
      exchangeId,
      charge.sessionId ?? `CDR ${bill.id}`,
      'a session that was told of',
    );
  }
  if (session?.status === 'COMPLETED' && session.kwh !== undefined && bill.kwh !== undefined) {
    if (Math.abs(session.kwh - bill.kwh) > ENERGY_SLACK)
      say('transaction.energy-differs', exchangeId, `${bill.kwh} kWh`, `${session.kwh} kWh, as the session ended`);
  }
  const at = (time: number) => new Date(time).toISOString();
  if (begin !== undefined && firstPeriod !== undefined && firstPeriod > begin + PERIOD_SLACK_MS) {
    say('transaction.periods-missing', exchangeId, `the first from ${at(firstPeriod)}`, `one from ${at(begin)}`);
  }
  const tooEarly = begin !== undefined && firstPeriod !== undefined && firstPeriod < begin - PERIOD_SLACK_MS;
  const tooLate = end !== undefined && lastPeriod !== undefined && lastPeriod > end + PERIOD_SLACK_MS;
  if (tooEarly || tooLate) {
    const met = `one from ${at(tooEarly ? (firstPeriod ?? 0) : (lastPeriod ?? 0))}`;
    say('transaction.periods-outside', exchangeId, met, `${at(begin ?? 0)} to ${at(end ?? 0)}`);
  }
}

/** As faces show it. */
export function problemOf({ finding: found, exchangeId }: WholeProblem): TransactionProblem {
  const { severity, code } = found;
  return { severity, code, sentence: sentence(capital(findingWords(found))), exchangeId };
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

const RANKS = ['note', 'warning', 'error'] as const satisfies readonly Severity[];

/** 0 for none, 3 for an error. */
export function rankOf(severity: Severity | undefined | null): number {
  return severity === undefined || severity === null ? 0 : RANKS.indexOf(severity) + 1;
}

export function severityOf(rank: number): Severity | null {
  return RANKS[rank - 1] ?? null;
}
