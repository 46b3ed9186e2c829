import type { ReplayRewrite, ReplayRun, ReplayStep, ReplaySummary } from '../../contract/replay.ts';
import type { Run } from '../../contract/run.ts';
import type { KeptReplay, KeptReplayLine, ReplayCounts } from '../../history/replays.ts';
import type { Mapping } from '../../replay/mapping.ts';
import type { ControlState } from '../../replay/run/control.ts';

/** What a replay that runs knows better than the database. */
export interface Now {
  readonly counts: ReplayCounts;
  readonly control: ControlState;
  readonly mapping: Mapping;
}

export function summaryOf(kept: KeptReplayLine, run: Run, now: Now | undefined): ReplaySummary {
  const { steps, done, same, different } = now?.counts ?? kept;
  return {
    runId: kept.runId,
    title: kept.title,
    to: kept.target,
    state: run.state,
    paused: now?.control.paused ?? false,
    startedAt: run.startedAt,
    endedAt: run.endedAt ?? null,
    steps,
    done,
    same,
    different,
    summary: run.result?.summary ?? `${done} of ${steps} steps done`,
  };
}

export function replayOf(kept: KeptReplay, run: Run, now: Now | undefined): ReplayRun {
  return {
    ...summaryOf(kept, run, now),
    options: kept.options,
    seed: kept.seed,
    rewrites: now === undefined ? kept.rewrites : learned(kept.rewrites, now.mapping),
    notes: kept.notes,
    waitsFor: now?.control.waitsFor ?? null,
  };
}

/** With what the partner has called things by now. */
export function learned(rewrites: readonly ReplayRewrite[], mapping: Mapping): ReplayRewrite[] {
  return rewrites.map(rewrite =>
    rewrite.to === null ? { ...rewrite, to: mapping.get(rewrite.kind, rewrite.from) ?? null } : rewrite,
  );
}

/** Nobody goes on with a step that was under way when the workbench ended. */
export function asLeft(step: ReplayStep, run: Run): ReplayStep {
  if (run.state === 'running' || (step.verdict !== 'running' && step.verdict !== 'waiting')) return step;
  return { ...step, verdict: 'skipped', reason: 'the workbench ended before it was over' };
}
