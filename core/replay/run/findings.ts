import { FINDING_CODES } from '../../ocpi/finding-codes.ts';
import { newFindings } from '../compare/new-findings.ts';
import type { Judged } from '../ports.ts';
import type { Step } from '../recording.ts';
import type { Course } from './course.ts';
import { clauseOf } from './ledger.ts';

/**
 * Has all detectors look at the recorded exchanges and at those of today, and tells at each step what only today's show. A
 * scenario has no exchanges of its own: its flow is expected to be free of errors and warnings.
 */
export async function tellFindings({ plan, ports, ledger, signal }: Course): Promise<void> {
  const steps = new Map(plan.steps.map(step => [step.no, step]));
  const recorded: Judged[] = [];
  const met: Judged[] = [];
  for (const { no, verdict, exchangeIds } of ledger.all()) {
    const step = steps.get(no);
    // In a flow both sides ask.
    const by = step === undefined ? 'them' : step.kind === 'flow' ? undefined : step.by;
    met.push(...exchangeIds.map(exchangeId => ({ exchangeId, by })));
    if (step !== undefined && verdict !== 'skipped') {
      recorded.push(...recordedIds(step).map(exchangeId => ({ exchangeId, by })));
    }
  }
  const now = await ports.findingsOf(met.toSorted(byId), signal);
  if ([...now.values()].every(codes => codes.length === 0)) return;
  const then = await ports.findingsOf(recorded.toSorted(byId), signal);
  if (signal.aborted) return;
  const written = plan.recording.made === 'written';
  const isTold = (code: string) => !written || severityOf(code) !== 'note';
  for (const step of plan.steps) {
    const told = ledger.of(step.no);
    if (told === undefined || told.exchangeIds.length === 0) continue;
    const differences = newFindings({
      before: [...new Set(recordedIds(step).flatMap(id => then.get(id) ?? findingsBeside(step)))],
      now: [...new Set(told.exchangeIds.flatMap(id => now.get(id) ?? []))].filter(isTold),
    });
    if (differences.length === 0) continue;
    const verdict = told.verdict === 'same' ? 'different' : undefined;
    const reason = clauseOf([...told.differences, ...differences]);
    ledger.amend(step.no, { differences, ...(verdict && { verdict, reason }) });
  }
}

function byId(left: Judged, right: Judged): number {
  return left.exchangeId - right.exchangeId;
}

function recordedIds(step: Step): readonly number[] {
  if (step.kind === 'flow') return step.exchangeIds;
  return step.exchangeId === undefined ? [] : [step.exchangeId, ...(step.alsoIds ?? [])];
}

/** What is stored beside a recorded exchange that is gone by now. */
function findingsBeside(step: Step): readonly string[] {
  return step.kind === 'flow' ? [] : step.spoken.findings;
}

function severityOf(code: string): string {
  const known: Readonly<Record<string, { readonly severity: string }>> = FINDING_CODES;
  return known[code]?.severity ?? 'error';
}
