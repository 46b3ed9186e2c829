import type { Clock } from '../../clock.ts';
import type { History } from '../../history/history.ts';
import type { FindingsChange, LookedState } from '../../history/insight/findings-store.ts';
import type { AskingThread } from '../../history/objects/asking-thread.ts';
import { DETECTOR_VERSION } from '../../ocpi/findings.ts';
import { createFloodGauge } from '../flood-gauge.ts';
import { createRounds } from '../rounds.ts';
import type { Looked, LookingAnswer, LookingQuestion } from './looking-messages.ts';

/** Has every exchange looked at by the detectors, in the background: new ones, old ones, and those that change. */
export interface Following {
  /** The detectors have seen this exchange as it is now. */
  hasLooked(id: number): boolean;
  /** Exchanges they have not looked at yet. */
  behind(): number;
  /** Begins at once where it would have begun by itself a little later. */
  awake(): void;
  close(): Promise<void>;
}

export interface FollowingOptions {
  readonly history: Pick<History, 'findings' | 'exchanges' | 'onCommit'>;
  readonly thread: AskingThread<LookingQuestion, LookingAnswer, never>;
  readonly clock: Clock;
  readonly onTrouble: (what: string, error: unknown) => void;
  /** Nothing is looked at before somebody asks: of a partner that is only played as a rule nobody does. */
  readonly onlyWhenAsked?: boolean;
}

/** Milliseconds. A command that is done in a moment need not pay for a thread. */
const FIRST_PAUSE = 700;
const PAUSE = 250;
const REST_WHEN_ILL = 5000;
/** While nothing is recorded, what is overdue is looked for as often, for as long. */
const IDLE_PAUSE = 5000;
const IDLE_ROUNDS = 180;
/** A question to the thread takes as long to be answered as it looks, so nobody waits long to have one explained. */
const LOOK_TIME = 100;
const BUSY_LOOK_TIME = 30;
/** Changes written in one transaction: some milliseconds of the thread that answers, hence few at once. */
const WRITTEN_AT_ONCE = 40;
const MOST_AGAIN = 500;

export function createFollowing(options: FollowingOptions): Following {
  const { history, thread, clock, onTrouble, onlyWhenAsked = false } = options;
  const { findings, exchanges } = history;
  let state = begin(findings.state());
  let newest = exchanges.list({ limit: 1 })[0]?.id ?? 0;
  if (state.upTo > newest) state = { ...state, upTo: newest };
  const again = new Set<number>(state.later);
  const open = new Set<number>();
  /** Changed during the look under way, which may have met them as they were before. */
  const meanwhile = new Set<number>();
  /** Being looked at, or written. */
  let underWay: readonly number[] = [];
  const gauge = createFloodGauge(clock);
  let idle = 0;
  let closing = false;
  let asleep = onlyWhenAsked;

  const stop = history.onCommit(({ recorded, newest: last, changed, byDetectors }) => {
    gauge.count(recorded);
    if (last > newest) newest = last;
    if (byDetectors) return;
    for (const id of changed) {
      if (id <= state.upTo) again.add(id);
      else if (background.isRunning()) meanwhile.add(id);
    }
    idle = 0;
    background.schedule(PAUSE);
  });

  /** Looks until nothing is left; gives how long to pause before the next time, if there is to be one. */
  const rounds = async (): Promise<number | undefined> => {
    for (;;) {
      if (closing) return undefined;
      const rest = gauge.rest();
      const busy = rest > 0;
      const asked = [...again].slice(0, MOST_AGAIN);
      for (const id of asked) again.delete(id);
      underWay = asked;
      meanwhile.clear();
      const answer = await thread.ask({
        kind: 'look',
        after: state.upTo,
        again: asked,
        time: busy ? BUSY_LOOK_TIME : LOOK_TIME,
        now: clock.now(),
      });
      if (answer.kind !== 'looked') {
        for (const id of asked) again.add(id);
        underWay = [];
        if (closing) return undefined;
        onTrouble(
          'looking at exchanges',
          new Error(answer.kind === 'gone' ? answer.reason : 'an answer to another question'),
        );
        return REST_WHEN_ILL;
      }
      for (const { id, reason } of answer.broken) onTrouble(`detectors at exchange ${id}`, new Error(reason));
      const taken = await take(answer, asked);
      underWay = [];
      if (!taken) return closing ? undefined : REST_WHEN_ILL;
      if (answer.behind === 0 && again.size === 0) return ++idle > IDLE_ROUNDS ? undefined : IDLE_PAUSE;
      if (busy) await clock.sleep(BUSY_LOOK_TIME * rest);
    }
  };

  /** Stores what was found; false where it could not be. */
  const take = async ({ upTo, left, open: met, changes, behind }: Looked, asked: readonly number[]) => {
    for (const id of asked) open.delete(id);
    for (const id of met) {
      open.add(id);
      if (meanwhile.has(id)) again.add(id);
    }
    for (const id of left) again.add(id);
    const next: LookedState = { detector: DETECTOR_VERSION, upTo, later: [...open, ...again] };
    if (changes.length === 0 && upTo === state.upTo && sameIds(next.later, state.later)) return true;
    const outcome = await write(changes, next);
    if (outcome) {
      state = next;
      newest = Math.max(newest, upTo + behind);
    } else {
      for (const id of asked) again.add(id);
      // What flows found of earlier exchanges is known, and put back when those are looked at.
      for (const { id } of changes) if (id <= state.upTo) again.add(id);
    }
    return outcome;
  };

  const write = async (changes: readonly FindingsChange[], next: LookedState): Promise<boolean> => {
    for (let at = 0; at === 0 || at < changes.length; at += WRITTEN_AT_ONCE) {
      const last = at + WRITTEN_AT_ONCE >= changes.length;
      // Only with the last of them all that it says is true.
      const written = await findings.write(changes.slice(at, at + WRITTEN_AT_ONCE), last ? next : state);
      if (!written.ok) {
        onTrouble('storing what detectors found', new Error(written.reason));
        return false;
      }
      for (const id of written.missed) again.add(id);
    }
    return true;
  };

  const background = createRounds({
    clock,
    run: rounds,
    afterwards: pause =>
      pause !== undefined && (again.size > 0 || newest > state.upTo) ? Math.min(pause, PAUSE) : pause,
    asleep: () => asleep,
  });
  background.schedule(FIRST_PAUSE);
  return {
    hasLooked: id => id <= state.upTo && !again.has(id) && !open.has(id) && !underWay.includes(id),
    behind: () => Math.max(0, newest - state.upTo) + new Set([...again, ...underWay]).size,
    awake() {
      asleep = false;
      if (newest > state.upTo || again.size > 0) background.schedule(0);
    },
    async close() {
      closing = true;
      stop();
      await Promise.all([thread.close(), background.close()]);
    },
  };
}

/** Where the detectors have learned something since, they start over. */
function begin(kept: LookedState | undefined): LookedState {
  if (kept?.detector === DETECTOR_VERSION) return kept;
  return { detector: DETECTOR_VERSION, upTo: 0, later: [] };
}

function sameIds(left: readonly number[], right: readonly number[]): boolean {
  return left.length === right.length && left.every((id, at) => id === right[at]);
}
