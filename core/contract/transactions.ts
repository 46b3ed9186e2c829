import { oc } from '@orpc/contract';
import * as z from 'zod';
import { failures } from './failures.ts';
import { TransactionPage, TransactionPageInput, TransactionView } from './transaction.ts';

const transactions = oc.errors(failures);

/** The exchanges of one charge, put together. */
export const transactionsContract = {
  page: transactions.input(TransactionPageInput).output(TransactionPage),
  /** By its id, or by that of any of its exchanges. */
  get: transactions.input(z.object({ id: z.int().positive() })).output(TransactionView),
  /** Ids of the transactions an exchange belongs to: none, one, of a list several. */
  of: transactions.input(z.object({ exchangeId: z.int().positive() })).output(z.array(z.int())),
};
