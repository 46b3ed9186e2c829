import type { Clock } from '../clock.ts';
import { done, failed, type Outcome } from '../contract/failure.ts';
import type { Run, RunKind, RunStep } from '../contract/run.ts';
import type { PullRun } from '../flows/pull/ports.ts';
import type { FlowResult, RunContext, TellStep } from '../flows/registration/ports.ts';
import type { RunListFilter, Runs } from '../history/runs.ts';
import { StorageTrouble } from './storage.ts';

export interface RunStart {
  readonly kind: RunKind;
  readonly linkId?: number;
  readonly initiator: 'us' | 'them';
}

/** A run that somebody else drives step by step: a registration the partner began. */
export interface DrivenRun {
  readonly context: RunContext;
  end(result: FlowResult): void;
}

/** Flows under way and done; each step is stored when it is told, and everybody watching hears it. */
export interface RunDesk {
  /** Starts a flow; fails with BUSY while another one changes the same link. */
  start(start: RunStart, flow: (context: PullRun) => Promise<FlowResult>): Outcome<number>;
  begin(start: RunStart): Outcome<DrivenRun>;
  get(id: number): Run | undefined;
  list(filter: RunListFilter & { readonly limit: number }): Run[];
  /** The run now and after each change, until it has ended or the listener has gone. */
  watch(id: number, signal?: AbortSignal): AsyncGenerator<Run, void>;
  cancel(id: number): Outcome<Run>;
  /** What came to light of a run after it had ended; one that runs tells by itself. */
  amend(id: number, patch: Pick<Run, 'steps' | 'result'>): void;
  /** Id of the run that changes this link now. */
  busyWith(linkId: number): number | undefined;
  /** Id of a run that has to do with this link, whether it changes it or not. */
  usedBy(linkId: number): number | undefined;
  /** Cancels what is under way and waits for it to end. */
  close(): Promise<void>;
}

/** Runs that change nothing about the link they are for: others may go on beside them. */
const HARMLESS: ReadonlySet<RunKind> = new Set([
  'doctor',
  'pull',
  'push',
  'command',
  'authorization',
  'profile',
  // Its flows are runs of their own, which do change the link.
  'replay',
]);

interface Active {
  run: Run;
  readonly abort: AbortController;
  readonly listeners: Set<() => void>;
  ended: Promise<void>;
}

export interface RunDeskOptions {
  readonly runs: Runs;
  readonly clock: Clock;
  /** A run that could not be stored goes on; its reason is one for the log. */
  readonly onTrouble: (what: string, error: unknown) => void;
  readonly onEnd: (runId: number) => void;
  /** It began, moved or ended. */
  readonly onChange: (runId: number) => void;
}

export function createRunDesk({ runs, clock, onTrouble, onEnd, onChange }: RunDeskOptions): RunDesk {
  const active = new Map<number, Active>();

  const change = (current: Active, patch: Partial<Omit<Run, 'id'>>) => {
    current.run = { ...current.run, ...patch };
    try {
      runs.update(current.run.id, patch);
    } catch (error) {
      onTrouble(`run ${current.run.id} could not be stored`, error);
    }
    heard(current);
  };

  const heard = ({ run, listeners }: Active) => {
    for (const hear of listeners) hear();
    onChange(run.id);
  };

  const busyWith = (linkId: number) => {
    for (const { run } of active.values()) if (run.linkId === linkId && !HARMLESS.has(run.kind)) return run.id;
    return undefined;
  };

  const usedBy = (linkId: number) => {
    for (const { run } of active.values()) if (run.linkId === linkId) return run.id;
    return undefined;
  };

  const open = (start: RunStart): Outcome<Active> => {
    const other = start.linkId === undefined || HARMLESS.has(start.kind) ? undefined : busyWith(start.linkId);
    if (other !== undefined) {
      return failed('BUSY', `run ${other} is changing this link`, 'Wait for it to end, or cancel it, and try again.');
    }
    try {
      const run = runs.insert({
        kind: start.kind,
        initiator: start.initiator,
        startedAt: clock.now(),
        ...(start.linkId === undefined ? {} : { linkId: start.linkId }),
      });
      const entry: Active = { run, abort: new AbortController(), listeners: new Set(), ended: Promise.resolve() };
      active.set(run.id, entry);
      onChange(run.id);
      return done(entry);
    } catch (error) {
      onTrouble('a run could not be stored', error);
      const detail = error instanceof Error ? error.message : String(error);
      return failed(
        'DATABASE_UNUSABLE',
        `the database takes no new run: ${detail}`,
        'Make room, or free the file, and try again.',
      );
    }
  };

  const contextOf = (entry: Active): PullRun => ({
    runId: entry.run.id,
    signal: entry.abort.signal,
    tell: tellInto(step => change(entry, { steps: [...entry.run.steps, step] })),
    // Seen by whoever watches, and not worth a write.
    progress: progress => {
      entry.run = { ...entry.run, progress };
      heard(entry);
    },
  });

  const finish = (entry: Active, result: FlowResult) => {
    const state = result.ok ? 'done' : entry.abort.signal.aborted ? 'cancelled' : 'failed';
    active.delete(entry.run.id);
    onEnd(entry.run.id);
    change(entry, {
      state,
      progress: undefined,
      endedAt: clock.now(),
      result: {
        summary: result.summary,
        ...(result.version === undefined ? {} : { version: result.version }),
        ...(result.modules === undefined ? {} : { modules: [...result.modules] }),
        ...(result.pull === undefined ? {} : { pull: result.pull }),
        ...(result.push === undefined ? {} : { push: result.push }),
        ...(result.asked === undefined ? {} : { asked: result.asked }),
      },
    });
  };

  const get = (id: number) => active.get(id)?.run ?? runs.shown(id);

  return {
    start: (start, flow) => {
      const opened = open(start);
      if (!opened.ok) return opened;
      const entry = opened.value;
      entry.ended = flow(contextOf(entry)).then(
        result => finish(entry, result),
        error => {
          const detail = error instanceof Error ? error.message : String(error);
          if (error instanceof StorageTrouble) {
            finish(entry, { ok: false, summary: detail });
            return;
          }
          onTrouble(`run ${entry.run.id} (${start.kind}) ended with a defect`, error);
          finish(entry, { ok: false, summary: `a defect of the workbench: ${detail}` });
        },
      );
      return done(entry.run.id);
    },
    begin: start => {
      const opened = open(start);
      if (!opened.ok) return opened;
      const entry = opened.value;
      let over: () => void = () => {};
      entry.ended = new Promise(resolve => {
        over = resolve;
      });
      return done({
        context: contextOf(entry),
        end: result => {
          finish(entry, result);
          over();
        },
      });
    },
    get,
    list: filter => runs.list(filter).map(run => active.get(run.id)?.run ?? run),
    watch: async function* (id, signal) {
      const entry = active.get(id);
      if (entry === undefined) {
        const run = runs.shown(id);
        if (run !== undefined) yield run;
        return;
      }
      let wake: () => void = () => {};
      const hear = () => wake();
      entry.listeners.add(hear);
      signal?.addEventListener('abort', hear, { once: true });
      try {
        for (let seen: Run | undefined; !signal?.aborted; ) {
          const changed = new Promise<void>(resolve => {
            wake = resolve;
          });
          if (entry.run !== seen) {
            seen = entry.run;
            yield seen;
            if (seen.state !== 'running') return;
            continue;
          }
          await changed;
        }
      } finally {
        entry.listeners.delete(hear);
        signal?.removeEventListener('abort', hear);
      }
    },
    cancel: id => {
      const entry = active.get(id);
      entry?.abort.abort(new Error('cancelled by the operator'));
      const run = get(id);
      return run === undefined
        ? failed('NOT_FOUND', `there is no run ${id}`, 'wb register and its like print the id of their run.')
        : done(run);
    },
    amend: (id, patch) => {
      if (active.has(id)) return;
      try {
        runs.update(id, patch);
      } catch (error) {
        onTrouble(`run ${id} could not be stored`, error);
      }
      onChange(id);
    },
    busyWith,
    usedBy,
    close: async () => {
      const open = [...active.values()];
      for (const { abort } of open) abort.abort(new Error('the workbench closes'));
      await Promise.all(open.map(({ ended }) => ended));
    },
  };
}

/** Findings reach the run without the detector's version, as faces see them. */
function tellInto(store: (step: RunStep) => void): TellStep {
  return ({ findings = [], ...step }) =>
    store({ ...step, findings: findings.map(({ detector: _, ...finding }) => finding) });
}
