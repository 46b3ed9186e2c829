import type { Outcome } from '../../contract/failure.ts';
import { compareStep } from '../compare/compare-step.ts';
import { learn } from '../learn.ts';
import type { ReadyRequest } from '../plan.ts';
import { readyRequest } from '../rebase/ready-request.ts';
import type { FlowStep, RequestStep } from '../recording.ts';
import { type After, type Course, ON } from './course.ts';
import { clauseOf } from './ledger.ts';
import { moduleOfUse } from './object-key.ts';

/** Modules in which a request names where its result is to be posted. */
const WITH_RESULTS: ReadonlySet<string> = new Set(['commands', 'chargingprofiles']);

/** The request of a step of ours as it leaves now. */
export function readied({ plan, ports }: Course, step: RequestStep): Outcome<ReadyRequest> {
  const asks = WITH_RESULTS.has(moduleOfUse(step.spoken.operation));
  return readyRequest(plan, step, { responseUrl: asks ? ports.responseUrl(step) : '', newId: ports.newId });
}

/** Sends one request and judges what came of it. */
export async function send(course: Course, step: RequestStep, ready = readied(course, step)): Promise<After> {
  const { plan, ports, ledger, options, signal } = course;
  ledger.begin(step, '');
  const sent = ready.ok ? await ports.send(ready.value, signal) : ready;
  if (!sent.ok) {
    const { message, advice } = sent.failure;
    ledger.end(step, { verdict: 'failed', reason: `${message}. ${advice}`, exchangeIds: [], differences: [] });
    return { goesOn: false, why: message };
  }
  const { exchangeIds, spoken } = sent.value;
  if (signal.aborted && spoken.ended.how === 'cancelled') {
    ledger.end(step, { verdict: 'skipped', reason: 'cancelled while it was under way', exchangeIds, differences: [] });
    return ON;
  }
  learn(plan, step, spoken);
  const differences = compareStep({ plan, step, met: spoken, strict: options.strict });
  const verdict = differences.length === 0 ? 'same' : 'different';
  ledger.end(step, { verdict, reason: clauseOf(differences), exchangeIds, differences });
  return ON;
}

/** Runs a flow of several exchanges; without one exchange it did not even begin, and nothing after it makes sense. */
export async function runFlow({ ports, ledger, signal }: Course, step: FlowStep): Promise<After> {
  ledger.begin(step, '');
  const { ok, reason, exchangeIds } = await ports.flow(step.flow, signal);
  if (ok) {
    ledger.end(step, { verdict: 'same', reason, exchangeIds, differences: [] });
    return ON;
  }
  if (exchangeIds.length === 0) {
    ledger.end(step, { verdict: 'failed', reason, exchangeIds, differences: [] });
    return { goesOn: false, why: reason };
  }
  const differences = [
    { layer: 'assertion' as const, where: '', expected: 'it succeeds', met: reason, meaning: `It failed: ${reason}.` },
  ];
  ledger.end(step, { verdict: 'different', reason, exchangeIds, differences });
  return ON;
}
