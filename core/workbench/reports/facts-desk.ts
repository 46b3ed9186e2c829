import type { Clock } from '../../clock.ts';
import { done, failed, type Outcome } from '../../contract/failure.ts';
import type { History } from '../../history/history.ts';
import { createAskingThread } from '../../history/objects/asking-thread.ts';
import { createFloodGauge } from '../flood-gauge.ts';
import { createRounds } from '../rounds.ts';
import type { FactsAnswer, FactsQuestion, FactsStart, FollowedTold, ToFollow } from './facts-messages.ts';

type AnswerOf<Kind> = Extract<FactsAnswer, { kind: Kind }>;

/** What is derived from objects, followed in the background and before each question. */
export interface FactsDesk {
  /** Answered of what stands in the database by now, as far as that was followed within a moment. */
  ask<Kind extends Exclude<FactsAnswer['kind'], 'gone'>>(
    kind: Kind,
    question: (toFollow: ToFollow) => FactsQuestion,
    signal?: AbortSignal,
  ): Promise<Outcome<AnswerOf<Kind>>>;
  /** Everything is derived anew of what is stored by now. */
  anew(): Promise<Outcome<undefined>>;
  /** Hears when something was followed in the background. Returns the function that stops listening. */
  onFollowed(listener: () => void): () => void;
  /** Before the history is closed. */
  close(): Promise<void>;
}

export interface FactsDeskOptions {
  readonly history: Pick<History, 'file' | 'databaseId' | 'onChange' | 'onCommit'>;
  readonly clock: Clock;
  readonly onTrouble: (what: string, error: unknown) => void;
  /** Nothing is followed before somebody asks. */
  readonly onlyWhenAsked: boolean;
}

/** Milliseconds. A command that is done in a moment need not pay for a thread. */
const FIRST_PAUSE = 2000;
const PAUSE = 400;
const REST_WHEN_ILL = 5000;
/** A question to the thread takes as long to be answered as it works, so nobody waits long. */
const WORK_TIME = 100;
const BUSY_WORK_TIME = 30;
/** What just came is followed first, for so many milliseconds at most. */
const CATCH_UP = 150;
/** Times as long as is worked: somebody waits for what is asked, so no longer is rested than so. */
const MOST_REST = 2;
/** Much of what is read lives for a batch only. */
const YOUNG_MEBIBYTES = 16;

export function createFactsDesk({ history, clock, onTrouble, onlyWhenAsked }: FactsDeskOptions): FactsDesk {
  const { file, databaseId } = history;
  const thread = createAskingThread<FactsQuestion, FactsAnswer>({
    script: new URL('./facts-worker.ts', import.meta.url),
    workerData: { file, databaseId } satisfies FactsStart,
    gone: reason => ({ kind: 'gone', reason }),
    youngMebibytes: YOUNG_MEBIBYTES,
  });
  const gauge = createFloodGauge(clock);
  const listeners = new Set<() => void>();
  let asleep = onlyWhenAsked;
  let closing = false;
  /** Something changed since the last round began. */
  let news = true;

  const heard = ({ broken, madeAnew, behind, changed }: FollowedTold) => {
    for (const { objectId, reason } of broken) onTrouble(`facts of object ${objectId}`, new Error(reason));
    if (madeAnew !== undefined) {
      const why = `they are derived anew, since what was kept of them cannot be used: ${madeAnew}`;
      onTrouble('facts for reports', new Error(why));
    }
    if (behind > 0) news = true;
    if (changed) for (const listener of listeners) listener();
  };
  /** Until nothing is left; gives how long to pause where that could not be reached. */
  const rounds = async (): Promise<number | undefined> => {
    for (;;) {
      if (closing) return undefined;
      news = false;
      const rest = gauge.rest();
      const answer = await thread.ask({ kind: 'follow', time: rest > 0 ? BUSY_WORK_TIME : WORK_TIME, rest: 0 });
      if (answer.kind === 'gone') {
        news = true;
        if (closing) return undefined;
        onTrouble('deriving facts for reports', new Error(answer.reason));
        return REST_WHEN_ILL;
      }
      heard(answer.followed);
      if (answer.followed.behind === 0) return undefined;
      if (rest > 0) await clock.sleep(BUSY_WORK_TIME * rest);
    }
  };
  const background = createRounds({
    clock,
    run: rounds,
    afterwards: pause => pause ?? (news ? PAUSE : undefined),
    asleep: () => asleep,
  });
  const stops = [
    history.onChange(() => {
      news = true;
      background.schedule(PAUSE);
    }),
    history.onCommit(({ recorded }) => gauge.count(recorded)),
  ];
  background.schedule(FIRST_PAUSE);

  return {
    async ask<Kind extends Exclude<FactsAnswer['kind'], 'gone'>>(
      kind: Kind,
      question: (toFollow: ToFollow) => FactsQuestion,
      signal?: AbortSignal,
    ): Promise<Outcome<AnswerOf<Kind>>> {
      // Somebody wants to know: from now on it is followed.
      asleep = false;
      const rest = Math.min(gauge.rest(), MOST_REST);
      const answer = await thread.ask(question({ time: CATCH_UP, rest }), signal === undefined ? {} : { signal });
      if (answer.kind === 'gone') {
        return failed('OPERATION_FAILED', `what reports count could not be read: ${answer.reason}`, 'Try again.');
      }
      heard(answer.followed);
      if (news) background.schedule(PAUSE);
      if (answer.kind !== kind) throw new Error(`asked for ${kind}, answered with ${answer.kind}`);
      return done(answer as AnswerOf<Kind>);
    },
    async anew() {
      const answer = await thread.ask({ kind: 'anew', time: 0, rest: 0 });
      news = true;
      background.schedule(PAUSE);
      if (answer.kind !== 'gone') return done(undefined);
      return failed('OPERATION_FAILED', `what reports count was not made anew: ${answer.reason}`, 'Try again.');
    },
    onFollowed(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    async close() {
      closing = true;
      for (const stop of stops) stop();
      await Promise.all([thread.close(), background.close()]);
    },
  };
}
