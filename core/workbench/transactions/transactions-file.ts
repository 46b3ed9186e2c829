import type { Clock } from '../../clock.ts';
import type { TransactionSummary, TransactionView } from '../../contract/transaction.ts';
import { removeChargeFile } from '../../history/transactions/charge-file.ts';
import { type Charges, openCharges } from '../../history/transactions/charges.ts';
import { openRecorded } from '../../history/transactions/recorded.ts';
import { isDamage } from '../../history/worker/text-index.ts';
import { byBegin, type Charge, exchangeOf } from '../../insight/transactions/charge.ts';
import { severityOf } from '../../insight/transactions/problems.ts';
import { summaryOf } from '../../insight/transactions/summary.ts';
import { viewOf } from '../../insight/transactions/view.ts';
import { createGatherer, type Gatherer } from './gatherer.ts';
import type { Gathered, TransactionsAnswer, TransactionsQuestion, TransactionsStart } from './transaction-messages.ts';

/** The transactions of a database, on connections of its own: to the database for reading, to what is derived for both. */
export interface TransactionsFile {
  /** Throws what SQLite throws, but for damage: what is derived is made anew then. */
  answer(question: TransactionsQuestion): TransactionsAnswer;
  close(): void;
}

/** Of a transaction of more exchanges than this, the first and the newest are shown. */
const MOST_POINTS = 5000;
const FIRST_POINTS = 500;

interface Opened {
  readonly charges: Charges;
  readonly gatherer: Gatherer;
}

export function openTransactionsFile(options: TransactionsStart & { readonly clock: Clock }): TransactionsFile {
  const { file, databaseId, clock } = options;
  const recorded = openRecorded(file);
  const { rows } = recorded;
  let madeAnew: string | undefined;

  const open = (): Opened => {
    // Where the database itself is damaged, nothing is made anew for that.
    const greatest = recorded.greatestId();
    let charges: Charges | undefined;
    try {
      charges = openCharges(file, databaseId);
      madeAnew = charges.madeAnew ?? madeAnew;
      // The database was put back to an earlier state: what came after it never happened.
      if (charges.rows.upTo() > greatest) return openAnew(charges, 'the database is older than it');
      return { charges, gatherer: createGatherer({ recorded, charges, clock }) };
    } catch (error) {
      if (!isDamage(error)) throw error;
      return openAnew(charges, 'it was damaged');
    }
  };
  const openAnew = (before: Charges | undefined, why: string): Opened => {
    before?.close();
    removeChargeFile(file);
    madeAnew = why;
    return open();
  };
  let opened = open();

  const gathered = (question: TransactionsQuestion): Gathered => {
    const result = opened.gatherer.gather(question);
    const why = madeAnew;
    madeAnew = undefined;
    return why === undefined ? result : { ...result, madeAnew: why };
  };
  const named = <T extends { readonly link: string | null }>(shown: T, { linkId }: Charge): T => ({
    ...shown,
    link: linkId === null ? shown.link : (recorded.linkName(linkId) ?? shown.link),
  });
  /** By its own id, or by that of an exchange of it. */
  const chargeNamed = (id: number): Charge | undefined => {
    const own = opened.charges.rows.charge(id);
    if (own !== undefined && !own.loose) return own;
    return shownOf(id)[0];
  };
  const shownOf = (exchangeId: number): Charge[] =>
    opened.charges.rows
      .chargesOf(exchangeOf(exchangeId))
      .flatMap(id => opened.charges.rows.charge(id) ?? [])
      .filter(({ loose }) => !loose)
      .sort((left, right) => byBegin(left.id, right.id));
  const summary = (now: number) =>
    function line({
      charge,
      exchanges,
      rank,
    }: {
      charge: Charge;
      exchanges: number;
      rank: number;
    }): TransactionSummary {
      return named(summaryOf(charge, { exchanges, problem: severityOf(rank), now }), charge);
    };
  const view = (charge: Charge, now: number): TransactionView => {
    const members = opened.charges.rows.members(charge.id);
    const shown =
      members.length <= MOST_POINTS
        ? members
        : [...members.slice(0, FIRST_POINTS), ...members.slice(FIRST_POINTS - MOST_POINTS)];
    const why = new Map(shown.map(member => [member.exchangeId, member.why]));
    const belonging = rows
      .of(shown.map(({ exchangeId }) => exchangeId))
      .map(({ observed }) => ({ observed, why: why.get(observed.id) ?? '' }));
    const sessionsSince = opened.charges.rows.sessionsSince(charge.scope);
    return { ...named(viewOf({ charge, belonging, now, sessionsSince }), charge), exchanges: members.length };
  };
  const answer = (question: TransactionsQuestion): TransactionsAnswer => {
    if (question.kind === 'anew') {
      opened = openAnew(opened.charges, 'something was erased from the database');
      madeAnew = undefined;
      return { kind: 'gathered', gathered: gathered(question) };
    }
    const before = gathered(question);
    switch (question.kind) {
      case 'gather':
        return { kind: 'gathered', gathered: before };
      case 'page': {
        const { count, rows: lines } = opened.charges.page(question);
        return { kind: 'page', gathered: before, count, rows: lines.map(summary(question.now)) };
      }
      case 'get': {
        const charge = chargeNamed(question.id);
        return { kind: 'view', gathered: before, view: charge === undefined ? null : view(charge, question.now) };
      }
      case 'of':
        return { kind: 'ids', gathered: before, ids: shownOf(question.exchangeId).map(({ id }) => id) };
      case 'exchanges': {
        const charge = chargeNamed(question.id);
        const members = charge === undefined ? undefined : opened.charges.rows.members(charge.id);
        return { kind: 'ids', gathered: before, ids: members?.map(({ exchangeId }) => exchangeId) ?? null };
      }
    }
  };

  return {
    answer(question) {
      try {
        return answer(question);
      } catch (error) {
        if (!isDamage(error)) throw error;
        opened = openAnew(opened.charges, 'it was damaged');
        return answer(question);
      }
    },
    close() {
      opened.charges.close();
      recorded.close();
    },
  };
}
