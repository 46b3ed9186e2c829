import type * as z from 'zod';
import { done, failed, type Outcome } from '../../contract/failure.ts';
import type { TransactionPage, TransactionPageInput, TransactionView } from '../../contract/transaction.ts';
import type { History } from '../../history/history.ts';
import type { AskingThread } from '../../history/objects/asking-thread.ts';
import { rankOf } from '../../insight/transactions/problems.ts';
import type { TransactionsFollowing } from './following.ts';
import type { ToGather, TransactionsAnswer, TransactionsQuestion } from './transaction-messages.ts';

/** The exchanges of each charge, put together. */
export interface TransactionsDesk {
  page(input: z.output<typeof TransactionPageInput>, signal?: AbortSignal): Promise<Outcome<TransactionPage>>;
  /** By its id, or by that of any of its exchanges. */
  get(id: number): Promise<Outcome<TransactionView>>;
  /** Ids of the transactions an exchange belongs to. */
  of(exchangeId: number): Promise<Outcome<number[]>>;
  /** Ids of the exchanges of a transaction, which may be named by any of them; oldest first. */
  exchangeIds(id: number): Promise<Outcome<readonly number[]>>;
}

export interface TransactionsDeskOptions {
  readonly history: Pick<History, 'links' | 'exchanges'>;
  readonly following: TransactionsFollowing;
  readonly thread: AskingThread<TransactionsQuestion, TransactionsAnswer, never>;
}

/** What was just recorded is put together first, for so many milliseconds at most: a charge that is just over is there. */
const CATCH_UP = 120;

export function createTransactionsDesk({ history, following, thread }: TransactionsDeskOptions): TransactionsDesk {
  const ask = async <Kind extends TransactionsAnswer['kind']>(
    kind: Kind,
    question: (toGather: ToGather) => TransactionsQuestion,
    signal?: AbortSignal,
  ): Promise<Outcome<Extract<TransactionsAnswer, { kind: Kind }>>> => {
    const toGather = following.toGather(CATCH_UP);
    const answer = await thread.ask(question(toGather), signal ? { signal } : {});
    if (answer.kind === 'gone') {
      following.unheard(toGather);
      return failed('OPERATION_FAILED', `the transactions could not be read: ${answer.reason}`, 'Try again.');
    }
    following.heard(answer.gathered);
    if (answer.kind !== kind) throw new Error(`asked for ${kind}, answered with ${answer.kind}`);
    return done(answer as Extract<TransactionsAnswer, { kind: Kind }>);
  };
  const missing = (id: number) =>
    failed(
      'NOT_FOUND',
      `there is no transaction ${id}, and no exchange ${id} that belongs to one`,
      'wb transactions lists them.',
    );

  return {
    async page({ link, problem, offset, limit, ...conditions }, signal) {
      const linkIds = link === undefined ? undefined : history.links.idsNamed(link);
      if (linkIds !== undefined && linkIds.length === 0)
        return failed('NOT_FOUND', `there is no link "${link}"`, 'wb link list names the links.');
      const leastRank = problem === undefined ? undefined : rankOf(problem);
      const answer = await ask(
        'page',
        toGather => ({
          ...{ kind: 'page', ...toGather, offset, limit },
          conditions: {
            ...conditions,
            linkIds,
            leastRank,
            hiddenLinkIds: [...history.links.hidden(), ...history.links.erased()],
          },
        }),
        signal,
      );
      if (!answer.ok) return answer;
      const { count, rows } = answer.value;
      return done({ count, rows, behind: following.behind() });
    },
    async get(id) {
      if (history.exchanges.isHidden(id)) return missing(id);
      const answer = await ask('view', toGather => ({ kind: 'get', ...toGather, id }));
      if (!answer.ok) return answer;
      const { view } = answer.value;
      return view === null ? missing(id) : done(view);
    },
    async of(exchangeId) {
      if (history.exchanges.listIds([exchangeId]).length === 0)
        return failed('NOT_FOUND', `there is no exchange ${exchangeId}`, 'wb exchanges lists the newest.');
      const answer = await ask('ids', toGather => ({ kind: 'of', ...toGather, exchangeId }));
      return answer.ok ? done(answer.value.ids ?? []) : answer;
    },
    async exchangeIds(id) {
      if (history.exchanges.isHidden(id)) return missing(id);
      const answer = await ask('ids', toGather => ({ kind: 'exchanges', ...toGather, id }));
      if (!answer.ok) return answer;
      const { ids } = answer.value;
      return ids === null ? missing(id) : done(ids);
    },
  };
}
