import type { Clock } from '../../clock.ts';
import type { ReplayStep, ReplayVerdict } from '../../contract/replay.ts';
import type { History } from '../../history/history.ts';
import type { ReplayCounts } from '../../history/replays.ts';

export interface StepsAsked {
  /** Only those that are different, missing or failed. */
  readonly different: boolean;
  readonly offset: number;
  readonly limit: number;
}

/** The steps of a replay that runs: in memory as they are told, in the database soon after. */
export interface LiveReplay {
  tell(step: ReplayStep): void;
  counts(): ReplayCounts;
  page(asked: StepsAsked): { count: number; steps: ReplayStep[] };
  step(no: number): ReplayStep | undefined;
  /** Somebody who watches is told, soon and not too often. */
  moved(): void;
  /** Writes what waits; false where the database refuses. Nothing is told after it. */
  close(): Promise<boolean>;
}

export interface LiveReplayOptions {
  readonly history: Pick<History, 'replays' | 'transaction'>;
  readonly runId: number;
  /** Numbers of its steps. */
  readonly planned: readonly number[];
  /** A step that has not begun. */
  readonly waiting: (no: number) => ReplayStep;
  readonly clock: Clock;
  readonly onTrouble: (what: string, error: unknown) => void;
  readonly onMoved: () => void;
}

const EVERY = 100;
const AFTER_TROUBLE = 2000;
/** Steps of one transaction: written within a few milliseconds. */
const AT_ONCE = 100;
const OPEN: ReadonlySet<ReplayVerdict> = new Set(['waiting', 'running']);
const UNLIKE: ReadonlySet<ReplayVerdict> = new Set(['different', 'missing', 'failed']);

export function createLiveReplay(options: LiveReplayOptions): LiveReplay {
  const { history, runId, planned, waiting, clock, onTrouble, onMoved } = options;
  const told = new Map<number, ReplayStep>();
  /** Steps beyond those that were planned, in the order in which they were told. */
  const extra: number[] = [];
  const known = new Set(planned);
  const unwritten = new Set<number>();
  const tally = { done: 0, same: 0, different: 0 };
  let due = false;
  let closed = false;
  let troubled = false;

  const counts = (): ReplayCounts => ({ steps: planned.length + extra.length, ...tally });
  const count = (step: ReplayStep | undefined, by: 1 | -1) => {
    if (step === undefined || OPEN.has(step.verdict)) return;
    tally.done += by;
    if (step.verdict === 'same') tally.same += by;
    if (UNLIKE.has(step.verdict)) tally.different += by;
  };

  const write = (): boolean => {
    const numbers = [...unwritten].slice(0, AT_ONCE);
    const steps = numbers.flatMap(no => told.get(no) ?? []);
    const stored = history.transaction(() => {
      history.replays.writeSteps(runId, steps);
      history.replays.count(runId, counts());
    });
    if (stored.ok) for (const no of numbers) unwritten.delete(no);
    else if (!troubled) onTrouble(`steps of replay ${runId} could not be stored: ${stored.failure.message}`, undefined);
    troubled = !stored.ok;
    return stored.ok;
  };
  const moved = () => {
    if (due || closed) return;
    due = true;
    clock.deadline(troubled ? AFTER_TROUBLE : EVERY, () => {
      due = false;
      if (closed) return;
      if (unwritten.size > 0) write();
      onMoved();
      if (unwritten.size > 0) moved();
    });
  };

  return {
    tell(step) {
      count(told.get(step.no), -1);
      count(step, 1);
      if (!known.has(step.no)) {
        known.add(step.no);
        extra.push(step.no);
      }
      told.set(step.no, step);
      unwritten.add(step.no);
      moved();
    },
    counts,
    page({ different, offset, limit }) {
      const all = [...planned, ...extra];
      if (!different) {
        const steps = all.slice(offset, offset + limit).map(no => told.get(no) ?? waiting(no));
        return { count: all.length, steps };
      }
      const unlike = all.flatMap(no => {
        const step = told.get(no);
        return step !== undefined && UNLIKE.has(step.verdict) ? [step] : [];
      });
      return { count: unlike.length, steps: unlike.slice(offset, offset + limit) };
    },
    step: no => told.get(no) ?? (known.has(no) ? waiting(no) : undefined),
    moved,
    async close() {
      closed = true;
      do {
        if (!write()) return false;
        if (unwritten.size > 0) await clock.sleep(0);
      } while (unwritten.size > 0);
      return true;
    },
  };
}
