import type { Database } from 'better-sqlite3';
import type { Clock } from '../../clock.ts';
import { done, failed, type Outcome } from '../../contract/failure.ts';
import type { BackedUp, Retention, StorageCheck } from '../../contract/storage.ts';
import type { BodyStore } from '../bodies.ts';
import { createAskingThread } from '../objects/asking-thread.ts';
import type { Background } from '../worker/background.ts';
import { createBits } from './bits.ts';
import type { DeleteExchanges, DeletingOptions } from './deleting.ts';
import type { KeepingAnswer, KeepingProgress, KeepingQuestion, KeepingStart } from './keeping-messages.ts';
import type { Pins } from './pins.ts';
import type { StoredStats } from './stats.ts';

export interface LookingOptions {
  readonly progress?: (progress: KeepingProgress) => void;
  readonly signal?: AbortSignal | undefined;
}

/** What changes many rows at once, or looks at all of them, in threads of their own. `history.keeping`. */
export interface Keeper {
  /**
   * One after the other: whoever stores or changes exchanges or bodies over a connection of its own runs inside of this, so
   * that no body is taken for nobody's while it is being given to an exchange. Not to be nested.
   */
  alone<T>(work: () => Promise<T>): Promise<T>;
  /** Takes its turn by itself. */
  readonly deleteExchanges: DeleteExchanges;
  /** How many the bounds would let go now, of how many. */
  due(retention: Retention): Promise<Outcome<{ readonly due: number; readonly exchanges: number }>>;
  stats(retention: Retention): Promise<Outcome<StoredStats>>;
  check(options?: LookingOptions): Promise<Outcome<StorageCheck>>;
  backUp(path: string, options?: LookingOptions): Promise<Outcome<BackedUp>>;
  readonly pins: Pins;
}

export interface KeeperOptions extends Omit<KeepingStart, 'looks'> {
  readonly database: Database;
  readonly bodies: Pick<BodyStore, 'watch'>;
  readonly background: Background | undefined;
  readonly pins: Pins;
  readonly clock: Clock;
}

export function createKeeper(options: KeeperOptions): Keeper & { close(): Promise<void> } {
  const { file, databaseId, gate, database, bodies, background, clock } = options;
  const thread = (looks: boolean) =>
    createAskingThread<KeepingQuestion, KeepingAnswer, KeepingProgress>({
      script: new URL('./keeping-worker.ts', import.meta.url),
      workerData: { file, databaseId, gate, looks } satisfies KeepingStart,
      gone: reason => ({ kind: 'gone', reason }),
    });
  // What is deleted takes long; whoever looks meanwhile is answered by the other one.
  const writing = thread(false);
  const reading = thread(true);
  const newestBody = database.prepare<[], number | null>('SELECT max(id) FROM body').pluck();
  let last: Promise<unknown> = Promise.resolve();

  const alone = <T>(work: () => Promise<T>): Promise<T> => {
    const turn = last.then(work);
    // Whoever asked hears of a failure; the next one has its turn all the same.
    last = turn.catch(() => {});
    return turn;
  };
  const unanswered = (what: string, answer: KeepingAnswer): Outcome<never> => {
    if (answer.kind !== 'gone') throw new Error(`${what} was answered with ${answer.kind}`);
    const { why, reason, advice = why === 'cancelled' ? 'Begin anew to go on.' : 'Try again.' } = answer;
    return failed(why === undefined ? 'DATABASE_UNUSABLE' : 'OPERATION_FAILED', `${what}: ${reason}`, advice);
  };
  const asking = ({ progress, signal }: LookingOptions | DeletingOptions) => ({
    ...(progress === undefined ? {} : { progress: progress as (progress: KeepingProgress) => void }),
    ...(signal === undefined ? {} : { signal }),
  });

  const deleteExchanges: DeleteExchanges = (which, how = {}) =>
    alone(async () => {
      const handedOut = createBits((newestBody.get() ?? 0) + 1);
      bodies.watch(handedOut.set);
      try {
        const question: KeepingQuestion = { kind: 'delete', which, now: clock.now(), handedOut: handedOut.shared };
        const answer = await writing.ask(question, asking(how));
        // What is found by words and conditions follows by itself, and has done so before anybody is told.
        await background?.followGone();
        if (answer.kind !== 'deleted') return unanswered('exchanges could not be deleted', answer);
        return done(answer.deleted);
      } finally {
        bodies.watch(undefined);
      }
    });

  return {
    alone,
    deleteExchanges,
    pins: options.pins,
    async due(retention) {
      const answer = await reading.ask({ kind: 'due', retention, now: clock.now() });
      if (answer.kind !== 'due') return unanswered('what is due could not be read', answer);
      const { due, exchanges } = answer;
      return done({ due, exchanges });
    },
    async stats(retention) {
      const answer = await reading.ask({ kind: 'stats', retention, now: clock.now() });
      return answer.kind === 'stats' ? done(answer.stats) : unanswered('the database could not be read', answer);
    },
    async check(how = {}) {
      const answer = await reading.ask({ kind: 'check' }, asking(how));
      return answer.kind === 'checked' ? done(answer.check) : unanswered('the database could not be checked', answer);
    },
    async backUp(path, how = {}) {
      const answer = await reading.ask({ kind: 'backup', path }, asking(how));
      return answer.kind === 'backed-up' ? done(answer.backedUp) : unanswered('the backup was not made', answer);
    },
    async close() {
      await Promise.all([writing.close(), reading.close()]);
      await last;
    },
  };
}
