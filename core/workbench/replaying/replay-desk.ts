import type { Clock } from '../../clock.ts';
import { done, failed, type Outcome } from '../../contract/failure.ts';
import type { Link } from '../../contract/link.ts';
import type {
  ReplayComparison,
  ReplayPlan,
  ReplayRun,
  ReplayStep,
  ReplayStepPage,
  ReplayStepView,
  ReplaySummary,
} from '../../contract/replay.ts';
import type { Run } from '../../contract/run.ts';
import type { PullRun } from '../../flows/pull/ports.ts';
import type { FlowResult } from '../../flows/registration/ports.ts';
import type { History } from '../../history/history.ts';
import type { KeptReplay } from '../../history/replays.ts';
import type { Plan } from '../../replay/plan.ts';
import type { ReplayPorts } from '../../replay/ports.ts';
import { compareRuns } from '../../replay/report/compare-runs.ts';
import { writeReport } from '../../replay/report/report.ts';
import { type Control, createControl } from '../../replay/run/control.ts';
import { waitingStep } from '../../replay/run/ledger.ts';
import { runReplay } from '../../replay/run/run-replay.ts';
import type { RunDesk } from '../run-desk.ts';
import type { Serving } from '../serving.ts';
import { createLiveReplay, type LiveReplay } from './live-replay.ts';
import type { Planning, Prepared } from './planning.ts';
import type { ReplayInput } from './replay-input.ts';
import { refuseReplay } from './replay-rules.ts';
import { asLeft, learned, type Now, replayOf, summaryOf } from './replay-views.ts';
import { viewStep } from './step-view.ts';

export interface ReplayStepsAsked {
  readonly runId: number;
  readonly different?: boolean | undefined;
  readonly offset: number;
  readonly limit: number;
}

/** Replays: planned, under way and over. */
export interface ReplayDesk {
  plan(input: ReplayInput): Promise<Outcome<ReplayPlan>>;
  /** Answers as soon as the run has begun. */
  start(input: ReplayInput): Promise<Outcome<{ runId: number }>>;
  pause(runId: number): Outcome<ReplayRun>;
  continue(runId: number): Outcome<ReplayRun>;
  step(runId: number): Outcome<ReplayRun>;
  stop(runId: number): Outcome<ReplayRun>;
  list(of: { readonly to?: string | undefined; readonly limit: number }): Outcome<ReplaySummary[]>;
  get(runId: number): Outcome<ReplayRun>;
  steps(asked: ReplayStepsAsked): Outcome<ReplayStepPage>;
  stepView(of: { readonly runId: number; readonly no: number }): Promise<Outcome<ReplayStepView>>;
  compare(of: { readonly runId: number; readonly earlier: number }): Promise<Outcome<ReplayComparison>>;
  report(of: {
    readonly runId: number;
    readonly format: 'text' | 'json' | 'junit';
  }): Promise<Outcome<{ text: string }>>;
}

export interface ReplayDeskParts {
  readonly history: Pick<History, 'replays' | 'exchanges' | 'transaction'>;
  readonly planning: Planning;
  readonly runs: Pick<RunDesk, 'start' | 'get' | 'cancel' | 'busyWith'>;
  readonly serving: Pick<Serving, 'during'>;
  /** What a run needs of the world; `tell` hears its steps. */
  readonly bind: (of: {
    readonly link: Link;
    readonly plan: Plan;
    readonly runId: number;
    readonly speed: ReplayInput['speed'];
    readonly confirmed: boolean | undefined;
    readonly tell: (step: ReplayStep) => void;
  }) => ReplayPorts & { close(): void };
  readonly clock: Clock;
  readonly onTrouble: (what: string, error: unknown) => void;
}

interface Active {
  readonly linkId: number;
  readonly plan: Plan;
  readonly control: Control;
  readonly live: LiveReplay;
}

/** Steps read in one go. */
const PAGE = 200;
/** Plans of replays that are over, for whoever looks at their steps. */
const MOST_PLANS = 3;

export function createReplayDesk(parts: ReplayDeskParts): ReplayDesk {
  const { history, planning, runs, serving, clock, onTrouble } = parts;
  const { replays } = history;
  /** Under way, and those whose steps the database did not take. */
  const active = new Map<number, Active>();
  const plans = new Map<number, Plan>();

  const missing = (runId: number) =>
    failed('NOT_FOUND', `there is no replay ${runId}`, 'Name one of the replays that are listed.');
  const nowOf = (runId: number): Now | undefined => {
    const entry = active.get(runId);
    return entry && { counts: entry.live.counts(), control: entry.control.state(), mapping: entry.plan.mapping };
  };
  const find = (runId: number): Outcome<{ readonly kept: KeptReplay; readonly run: Run }> => {
    const kept = replays.get(runId);
    const run = runs.get(runId);
    return kept === undefined || run === undefined ? missing(runId) : done({ kept, run });
  };
  const get = (runId: number): Outcome<ReplayRun> => {
    const found = find(runId);
    return found.ok ? done(replayOf(found.value.kept, found.value.run, nowOf(runId))) : found;
  };
  const controlled = (runId: number, what: (control: Control) => void): Outcome<ReplayRun> => {
    const found = find(runId);
    if (!found.ok) return found;
    const entry = active.get(runId);
    if (entry === undefined || found.value.run.state !== 'running') {
      return failed('WRONG_STATE', `replay ${runId} is over`, 'Replay it again.');
    }
    what(entry.control);
    return get(runId);
  };
  const pageOf = (run: Run, asked: { different: boolean; offset: number; limit: number }): ReplayStepPage => {
    const live = active.get(run.id)?.live;
    if (live !== undefined) return live.page(asked);
    const { different, ...place } = asked;
    const { count, steps } = replays.steps({ runId: run.id, unlike: different, ...place });
    return { count, steps: steps.map(step => asLeft(step, run)) };
  };
  const allOf = async (run: Run): Promise<ReplayStep[]> => {
    const all: ReplayStep[] = [];
    for (;;) {
      const { count, steps } = pageOf(run, { different: false, offset: all.length, limit: PAGE });
      all.push(...steps);
      if (steps.length === 0 || all.length >= count) return all;
      await clock.sleep(0);
    }
  };

  /** One replay of a link at a time, and none while its registration changes. */
  const busyWith = (linkId: number) => {
    const replaying = [...active].find(([id, entry]) => entry.linkId === linkId && runs.get(id)?.state === 'running');
    return replaying?.[0] ?? runs.busyWith(linkId);
  };

  const keepPlan = (runId: number, plan: Plan) => {
    plans.set(runId, plan);
    const [oldest] = plans.keys();
    if (plans.size > MOST_PLANS && oldest !== undefined) plans.delete(oldest);
  };
  const planOf = async (kept: KeptReplay): Promise<Outcome<Plan>> => {
    const known = active.get(kept.runId)?.plan ?? plans.get(kept.runId);
    if (known !== undefined) return done(known);
    const made = await planning.remember(kept);
    if (made.ok) keepPlan(kept.runId, made.value);
    return made;
  };

  /** The run from its first step to its last; what it told stands in the database before it is over. */
  const run = async (prepared: Prepared, context: PullRun): Promise<FlowResult> => {
    const { plan, options, link } = prepared;
    const { runId, signal } = context;
    const control = createControl(options.paused);
    const byNumber = new Map(plan.steps.map(step => [step.no, step]));
    const moved = () => {
      const { steps, done: over } = live.counts();
      const { paused, waitsFor } = control.state();
      const waiting = paused ? 'the operator' : waitsFor;
      context.progress({ objects: over, pages: 0, total: steps, rate: 0, ...(waiting !== null && { waiting }) });
    };
    const live: LiveReplay = createLiveReplay({
      history,
      runId,
      planned: plan.steps.map(({ no }) => no),
      waiting: no => {
        const step = byNumber.get(no);
        if (step === undefined) throw new Error(`the plan has no step ${no}`);
        return waitingStep(step);
      },
      clock,
      onTrouble,
      onMoved: moved,
    });
    active.set(runId, { linkId: link.id, plan, control, live });
    const stopListening = control.onChange(live.moved);
    const bound = parts.bind({
      link,
      plan,
      runId,
      speed: options.speed,
      confirmed: options.confirmed,
      tell: live.tell,
    });
    const work = () => runReplay({ plan, options, ports: bound, control, signal });
    try {
      // Partners call back while it is open.
      const served = needsServer(plan) ? await serving.during(work) : done(await work());
      if (!served.ok) {
        const { message, advice } = served.failure;
        return { ok: false, summary: `${message}. ${advice}` };
      }
      const { ok, summary, notes } = served.value;
      if (!ok && control.state().stopped) runs.cancel(runId);
      context.tell({ step: 'replay', ok, exchangeIds: [], reason: summary });
      const last = history.transaction(() =>
        replays.finish(runId, {
          rewrites: learned(plan.rewrites, plan.mapping),
          notes: [...plan.notes, ...notes],
          ground: prepared.ground(),
        }),
      );
      if (!last.ok) onTrouble(`replay ${runId} could not be stored: ${last.failure.message}`, undefined);
      return { ok, summary };
    } finally {
      bound.close();
      stopListening();
      if (await live.close()) active.delete(runId);
      keepPlan(runId, plan);
    }
  };

  return {
    plan: async input => {
      const prepared = await planning.prepare(input);
      return prepared.ok ? done(prepared.value.plan.view) : prepared;
    },
    start: async input => {
      const made = await planning.prepare(input);
      if (!made.ok) return made;
      const prepared = made.value;
      const { link, plan, options } = prepared;
      const refused = refuseReplay({ link, plan, confirmed: input.confirmed }, busyWith);
      if (refused !== undefined) return refused;
      const { confirmed: _, ...asked } = options;
      const counts = { steps: plan.steps.length, done: 0, same: 0, different: 0 };
      let kept: Outcome<unknown> = done(undefined);
      const started = runs.start({ kind: 'replay', linkId: link.id, initiator: 'us' }, async context => {
        const { runId } = context;
        kept = history.transaction(() =>
          replays.insert({
            runId,
            target: link.name,
            title: plan.view.title,
            options: asked,
            seed: plan.seed,
            rewrites: [...plan.rewrites],
            notes: [...plan.notes],
            ground: prepared.ground(),
            ...counts,
          }),
        );
        if (!kept.ok) return { ok: false, summary: kept.failure.message };
        return run(prepared, context);
      });
      if (!started.ok) return started;
      return kept.ok ? done({ runId: started.value }) : kept;
    },
    pause: runId => controlled(runId, control => control.pause()),
    continue: runId => controlled(runId, control => control.continue()),
    step: runId => controlled(runId, control => control.step()),
    stop: runId => controlled(runId, control => control.stop()),
    list: ({ to, limit }) => {
      const lines = replays.list({ target: to, limit });
      return done(
        lines.flatMap(line => {
          const of = runs.get(line.runId);
          return of === undefined ? [] : [summaryOf(line, of, nowOf(line.runId))];
        }),
      );
    },
    get,
    steps: ({ runId, different = false, offset, limit }) => {
      const found = find(runId);
      return found.ok ? done(pageOf(found.value.run, { different, offset, limit })) : found;
    },
    stepView: async ({ runId, no }) => {
      const found = find(runId);
      if (!found.ok) return found;
      const known = active.get(runId)?.live.step(no) ?? replays.step(runId, no);
      if (known === undefined) {
        return failed('NOT_FOUND', `replay ${runId} has no step ${no}`, 'Name one of its steps.');
      }
      const plan = await planOf(found.value.kept);
      if (!plan.ok) return plan;
      return done(viewStep({ plan: plan.value, step: asLeft(known, found.value.run), exchanges: history.exchanges }));
    },
    compare: async ({ runId, earlier }) => {
      const [later, before] = [find(runId), find(earlier)];
      if (!later.ok) return later;
      if (!before.ok) return before;
      const [laterSteps, earlierSteps] = [await allOf(later.value.run), await allOf(before.value.run)];
      return done({
        earlier: summaryOf(before.value.kept, before.value.run, nowOf(earlier)),
        later: summaryOf(later.value.kept, later.value.run, nowOf(runId)),
        changed: compareRuns({ earlier: earlierSteps, later: laterSteps }),
      });
    },
    report: async ({ runId, format }) => {
      const found = find(runId);
      if (!found.ok) return found;
      const steps = await allOf(found.value.run);
      const replay = get(runId);
      return replay.ok ? done({ text: writeReport({ run: replay.value, steps, format }) }) : replay;
    },
  };
}

/** Whether the partner has anything to call us for. */
function needsServer({ steps }: Plan): boolean {
  return steps.some(step => step.kind === 'flow' || step.by === 'them');
}
