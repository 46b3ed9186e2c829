import type { Clock } from '../../clock.ts';
import type { History } from '../../history/history.ts';
import type { AskingThread } from '../../history/objects/asking-thread.ts';
import { createFloodGauge } from '../flood-gauge.ts';
import { createRounds } from '../rounds.ts';
import type { Gathered, ToGather, TransactionsAnswer, TransactionsQuestion } from './transaction-messages.ts';

/** Has transactions follow what is recorded, in the background and before each question. */
export interface TransactionsFollowing {
  /** What is to be handed over with a question. */
  toGather(time: number): ToGather;
  /** Of an answer to one. */
  heard(gathered: Gathered): void;
  /** Exchanges that have not been looked at, or not since they changed. */
  behind(): number;
  /** A question was not answered: what was handed over with it is to be handed over once more. */
  unheard(asked: ToGather): void;
  close(): Promise<void>;
}

export interface TransactionsFollowingOptions {
  readonly history: Pick<History, 'exchanges' | 'onCommit'>;
  readonly thread: AskingThread<TransactionsQuestion, TransactionsAnswer, never>;
  readonly clock: Clock;
  readonly onTrouble: (what: string, error: unknown) => void;
  readonly onChange: () => void;
  /** Nothing is put together before somebody asks. */
  readonly onlyWhenAsked?: boolean;
}

/** Milliseconds. A command that is done in a moment need not pay for a thread. */
const FIRST_PAUSE = 1500;
const PAUSE = 300;
const REST_WHEN_ILL = 5000;
/** A question to the thread takes as long to be answered as it works, so nobody waits long. */
const WORK_TIME = 100;
const BUSY_WORK_TIME = 30;
const MOST_AGAIN = 500;

export function createTransactionsFollowing(options: TransactionsFollowingOptions): TransactionsFollowing {
  const { history, thread, clock, onTrouble, onChange, onlyWhenAsked = false } = options;
  const gauge = createFloodGauge(clock);
  const again = new Set<number>();
  let upTo = 0;
  /** Questions that are being answered: how far they look is not known yet. */
  let asking = 0;
  let behind = history.exchanges.list({ limit: 1 }).length;
  let closing = false;
  let asleep = onlyWhenAsked;

  const stop = history.onCommit(({ recorded, changed }) => {
    gauge.count(recorded);
    behind += recorded;
    // What was not looked at before will be anyhow.
    for (const id of changed) if (asking > 0 || id <= upTo) again.add(id);
    if (recorded > 0 || changed.length > 0) background.schedule(PAUSE);
  });

  const toGather = (time: number): ToGather => {
    const taken = [...again].slice(0, MOST_AGAIN);
    for (const id of taken) again.delete(id);
    asking++;
    return { again: taken, time, now: clock.now() };
  };
  const unheard = (asked: ToGather) => {
    asking--;
    for (const id of asked.again) again.add(id);
  };
  const heard = (gathered: Gathered) => {
    asking--;
    upTo = gathered.upTo;
    behind = gathered.behind;
    for (const { id, reason } of gathered.broken) onTrouble(`the transaction of exchange ${id}`, new Error(reason));
    if (gathered.madeAnew !== undefined)
      onTrouble(
        'transactions',
        new Error(`they are put together anew, since what was kept of them cannot be used: ${gathered.madeAnew}`),
      );
    if (gathered.changed) onChange();
  };

  /** Until nothing is left; gives how long to pause where that could not be reached. */
  const rounds = async (): Promise<number | undefined> => {
    for (;;) {
      if (closing) return undefined;
      const rest = gauge.rest();
      const asked = toGather(rest > 0 ? BUSY_WORK_TIME : WORK_TIME);
      const answer = await thread.ask({ kind: 'gather', ...asked });
      if (answer.kind === 'gone') {
        unheard(asked);
        if (closing) return undefined;
        onTrouble('putting transactions together', new Error(answer.reason));
        return REST_WHEN_ILL;
      }
      heard(answer.gathered);
      if (behind === 0 && again.size === 0) return undefined;
      if (rest > 0) await clock.sleep(BUSY_WORK_TIME * rest);
    }
  };

  const background = createRounds({
    clock,
    run: rounds,
    afterwards: pause => pause ?? (behind > 0 || again.size > 0 ? PAUSE : undefined),
    asleep: () => asleep,
  });
  if (behind > 0) background.schedule(FIRST_PAUSE);
  return {
    toGather(time) {
      // Somebody wants to know: from now on it is followed.
      asleep = false;
      return toGather(time);
    },
    heard(gathered) {
      heard(gathered);
      if (behind > 0 || again.size > 0) background.schedule(PAUSE);
    },
    behind: () => behind + again.size,
    unheard,
    async close() {
      closing = true;
      stop();
      await Promise.all([thread.close(), background.close()]);
    },
  };
}
