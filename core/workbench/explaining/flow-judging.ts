import type { ObservedRows } from '../../history/insight/observed-rows.ts';
import { detect } from '../../insight/detect/detect.ts';
import { merge } from '../../insight/detect/merge.ts';
import { createFlowDetection, type FlowDetection } from '../../insight/flows/flow-detection.ts';
import type { FlowFinding } from '../../insight/observed.ts';
import type { CodesOf, Judge } from './looking-messages.ts';

interface Begun {
  readonly flows: FlowDetection;
  readonly codes: Map<number, Set<string>>;
  /** When the last of them was over, milliseconds since the epoch. */
  until: number;
}

/**
 * All detectors over some exchanges that make one flow, whatever lies between them, and whoever looked at them before. Flows
 * are told apart by a number; what is remembered of one is forgotten with its last part.
 */
export function createFlowJudging(rows: Pick<ObservedRows, 'one'>): (judge: Judge) => readonly CodesOf[] {
  const begun = new Map<number, Begun>();
  return ({ flow, exchanges, last }) => {
    const state = begun.get(flow) ?? { flows: createFlowDetection(), codes: new Map(), until: 0 };
    begun.set(flow, state);
    const { flows, codes } = state;
    const say = (found: readonly FlowFinding[]) => {
      for (const { exchangeId, finding } of found) codes.get(exchangeId)?.add(finding.code);
    };
    for (const { exchangeId, by } of exchanges) {
      const row = rows.one(exchangeId);
      if (row === undefined) continue;
      const direction = by === undefined ? row.observed.direction : by === 'us' ? 'out' : 'in';
      const observed = { ...row.observed, direction } as const;
      codes.set(exchangeId, new Set(merge(observed, detect(observed)).map(({ code }) => code)));
      say(flows.see(observed));
      state.until = Math.max(state.until, observed.startedAt + (observed.durationMs ?? 0));
    }
    if (!last) return [];
    say(flows.tick(state.until));
    begun.delete(flow);
    return Array.from(codes, ([id, all]) => ({ id, codes: [...all].sort() }));
  };
}
