import type { Recording } from '../recording.ts';
import { asIn, type Ledger } from './ledger.ts';
import { counted } from './words.ts';

export interface Summed {
  readonly ok: boolean;
  readonly summary: string;
}

export interface SummaryOf {
  readonly ledger: Ledger;
  readonly recording: Pick<Recording, 'made'>;
  /** Of all steps that were to be done. */
  readonly steps: number;
  /** Why it ended before its end, one clause; undefined where it did not. */
  readonly ended: string | undefined;
}

/** `23 of 24 steps as recorded, 1 different`. */
export function sum({ ledger, recording, steps, ended }: SummaryOf): Summed {
  const counts = { same: 0, different: 0, missing: 0, failed: 0, extra: 0 };
  for (const { kind, verdict } of ledger.all()) {
    if (kind === 'extra') counts.extra++;
    else if (verdict !== 'waiting' && verdict !== 'running' && verdict !== 'skipped') counts[verdict]++;
  }
  const { same, different, missing, failed, extra } = counts;
  const skipped = steps - same - different - missing - failed;
  const clauses = [
    `${same} of ${counted(steps, 'step')} ${asIn(recording)}`,
    ...(different > 0 ? [`${different} different`] : []),
    ...(missing > 0 ? [`${missing} missing`] : []),
    ...(failed > 0 ? [`${failed} not possible`] : []),
    ...(extra > 0 ? [`${extra} not expected`] : []),
    ...(skipped > 0 ? [`${skipped} left out`] : []),
  ];
  const summary = clauses.join(', ');
  const ok = ended === undefined && same === steps && extra === 0;
  return { ok, summary: ended === undefined ? summary : `${summary}: ${ended}` };
}
