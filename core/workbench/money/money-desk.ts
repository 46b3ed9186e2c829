import type * as z from 'zod';
import type { Clock } from '../../clock.ts';
import { done, failed, type Outcome } from '../../contract/failure.ts';
import type { PaymentMatch, PaymentsInput, PriceInput } from '../../contract/money.ts';
import type { PricedBill } from '../../contract/price.ts';
import type { TransactionView } from '../../contract/transaction.ts';
import type { History } from '../../history/history.ts';
import { createAskingThread } from '../../history/objects/asking-thread.ts';
import { isVersion } from '../../ocpi/versions.ts';
import type { TransactionsDesk } from '../transactions/transactions-desk.ts';
import type { BillAsked, MoneyAnswer, MoneyQuestion, MoneyStart, PriceQuestion } from './money-messages.ts';

/** Whether charges were billed rightly. */
export interface MoneyDesk {
  price(input: z.output<typeof PriceInput>): Promise<Outcome<PricedBill>>;
  payments(
    input: z.output<typeof PaymentsInput>,
    signal?: AbortSignal,
  ): Promise<Outcome<{ count: number; rows: PaymentMatch[] }>>;
  /** Before the history is closed. */
  close(): Promise<void>;
}

export interface MoneyParts {
  readonly history: Pick<History, 'file' | 'links'>;
  readonly transactions: TransactionsDesk;
  readonly clock: Clock;
}

/** What is worked out for one bill lives until it is handed back. */
const YOUNG_MEBIBYTES = 16;

type BillSource = z.output<typeof PriceInput>['bill'];

/** What is priced is read, found and worked out in a thread of its own: it may be large. */
export function createMoneyDesk({ history, transactions, clock }: MoneyParts): MoneyDesk {
  const thread = createAskingThread<MoneyQuestion, MoneyAnswer>({
    script: new URL('./money-worker.ts', import.meta.url),
    workerData: { file: history.file } satisfies MoneyStart,
    gone: reason => ({ kind: 'gone', reason }),
    youngMebibytes: YOUNG_MEBIBYTES,
  });
  const ask = async (question: PriceQuestion): Promise<Outcome<PricedBill>> => {
    const answer = await thread.ask({ kind: 'price', question });
    if (answer.kind === 'price') return answer.priced;
    if (answer.kind === 'gone') return failed('OPERATION_FAILED', `nothing was priced: ${answer.reason}`, 'Try again.');
    throw new Error(`asked for a price, answered with ${answer.kind}`);
  };
  const whoseIs = ({ side, link }: TransactionView) =>
    side === 'ours' ? ('own' as const) : link === null ? undefined : history.links.byName(link)?.id;
  const billAsked = async (bill: BillSource): Promise<Outcome<BillAsked>> => {
    if ('text' in bill) return done(bill);
    if ('transaction' in bill) {
      const view = await transactions.get(bill.transaction);
      return view.ok ? ofTransaction(view.value, bill.what, whoseIs(view.value)) : view;
    }
    if ('anywhere' in bill) return done({ id: bill.anywhere, kind: bill.what });
    const { id, party } = bill;
    if ('own' in bill) return done({ id, party, kind: kindOf(bill.own), of: 'own' });
    const link = history.links.byName(bill.link);
    if (link === undefined) return noLink(bill.link);
    return done({ id, party, kind: kindOf(bill.module), of: link.id });
  };
  /** What nobody keeps may still stand in exchanges. */
  const inTransactions = async (id: string, kind: 'session' | 'cdr' | undefined): Promise<BillAsked | undefined> => {
    const page = await transactions.page({ search: id, offset: 0, limit: 20 });
    if (!page.ok) return undefined;
    const is = (other: string | null) => other !== null && other.toLowerCase() === id.toLowerCase();
    for (const { id: transaction, session, cdr } of page.value.rows) {
      const what = is(cdr) && kind !== 'session' ? 'cdr' : is(session) && kind !== 'cdr' ? 'session' : undefined;
      const view = what && (await transactions.get(transaction));
      const found = view?.ok ? ofTransaction(view.value, what, whoseIs(view.value)) : undefined;
      if (found?.ok) return found.value;
    }
    return undefined;
  };

  return {
    async price({ bill, ...given }) {
      const asked = await billAsked(bill);
      if (!asked.ok) return asked;
      const priced = await ask({ ...given, bill: asked.value });
      if (priced.ok || priced.failure.code !== 'NOT_FOUND' || !('anywhere' in bill)) return priced;
      const instead = await inTransactions(bill.anywhere, bill.what);
      return instead === undefined ? priced : ask({ ...given, bill: instead });
    },
    async payments({ link, ...conditions }, signal) {
      if (link !== undefined && history.links.idsNamed(link).length === 0) return noLink(link);
      const name = link === undefined ? undefined : (history.links.byName(link)?.name ?? link);
      const question = { ...conditions, link: name, now: clock.now() };
      const answer = await thread.ask({ kind: 'payments', question }, signal ? { signal } : {});
      if (answer.kind === 'payments') return answer.found;
      if (answer.kind !== 'gone') throw new Error(`asked for payments, answered with ${answer.kind}`);
      return failed('OPERATION_FAILED', `the payments could not be read: ${answer.reason}`, 'Try again.');
    },
    close: thread.close,
  };
}

function kindOf(module: 'cdrs' | 'sessions'): 'cdr' | 'session' {
  return module === 'cdrs' ? 'cdr' : 'session';
}

function noLink(name: string): Outcome<never> {
  return failed('NOT_FOUND', `there is no link "${name}"`, 'wb link list names the links.');
}

function ofTransaction(
  { id, version, cdrObject, sessionObject }: TransactionView,
  what: 'cdr' | 'session' | undefined,
  of: number | 'own' | undefined,
): Outcome<BillAsked> {
  const kind = what ?? (cdrObject === null ? 'session' : 'cdr');
  const object = kind === 'cdr' ? cdrObject : sessionObject;
  const known = version !== null && isVersion(version) ? version : undefined;
  if (object !== null) return done({ object, kind, version: known, of });
  const missing = what === undefined ? 'neither a CDR nor a session' : what === 'cdr' ? 'no CDR' : 'no session';
  const advice = 'A charge that was refused has none; of one that goes on a session comes soon.';
  return failed('NOT_FOUND', `transaction ${id} has ${missing} that can be read`, advice);
}
