import type { Clock } from '../../clock.ts';
import { done, failed, type Outcome } from '../../contract/failure.ts';
import type { History } from '../../history/history.ts';
import { createAskingThread } from '../../history/objects/asking-thread.ts';
import { createTransactionsFollowing } from './following.ts';
import type { TransactionsAnswer, TransactionsQuestion, TransactionsStart } from './transaction-messages.ts';
import { createTransactionsDesk, type TransactionsDesk } from './transactions-desk.ts';

/** What is asked about transactions, and the background that puts them together. */
export interface Transactions {
  readonly desk: TransactionsDesk;
  /** What is kept of them is dropped, and put together anew of what is stored by now. */
  anew(): Promise<Outcome<undefined>>;
  /** Before the history is closed. */
  close(): Promise<void>;
}

export interface TransactionsOptions {
  readonly history: History;
  readonly clock: Clock;
  readonly onTrouble: (what: string, error: unknown) => void;
  /** Transactions began, grew, or turned out otherwise. */
  readonly onChange: () => void;
  readonly onlyWhenAsked: boolean;
}

/** Much of what is read lives for a batch only. */
const YOUNG_MEBIBYTES = 16;

export function createTransactions(options: TransactionsOptions): Transactions {
  const { history } = options;
  const { file, databaseId } = history;
  const thread = createAskingThread<TransactionsQuestion, TransactionsAnswer>({
    script: new URL('./transactions-worker.ts', import.meta.url),
    workerData: { file, databaseId } satisfies TransactionsStart,
    gone: reason => ({ kind: 'gone', reason }),
    youngMebibytes: YOUNG_MEBIBYTES,
  });
  const following = createTransactionsFollowing({ ...options, thread });
  return {
    desk: createTransactionsDesk({ history, following, thread }),
    async anew() {
      const answer = await thread.ask({ kind: 'anew', again: [], time: 0, now: options.clock.now() });
      if (answer.kind !== 'gone') return done(undefined);
      return failed('OPERATION_FAILED', `the transactions were not made anew: ${answer.reason}`, 'Try again.');
    },
    close: following.close,
  };
}
