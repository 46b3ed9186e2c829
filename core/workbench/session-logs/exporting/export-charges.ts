import { done, type Outcome } from '../../../contract/failure.ts';
import type { LogScope } from '../../../contract/session-log.ts';
import type { TransactionSummary } from '../../../contract/transaction.ts';
import type { TransactionsDesk } from '../../transactions/transactions-desk.ts';
import type { Scoped } from './export-scope.ts';

export interface ChargesAsked {
  readonly transactions: Pick<TransactionsDesk, 'page' | 'exchangeIds'>;
  readonly scope: LogScope;
  readonly scoped: Pick<Scoped, 'ids' | 'chosen'>;
  readonly signal: AbortSignal;
}

const AT_ONCE = 200;
/** What was recorded last is put together first. While more is recorded all the time there may be no end of it. */
const MOST_LOOKS = 1000;

/** The charges of which an exchange is in the scope, newest first; those that began meanwhile may be missing. */
export async function* chargePages({
  transactions,
  scope,
  scoped,
  signal,
}: ChargesAsked): AsyncGenerator<Outcome<TransactionSummary[]>> {
  const { ids, chosen } = scoped;
  const wanted = ids === null && chosen === null ? undefined : new Set(ids ?? chosen);
  const only = chosen === null || ids === null ? undefined : new Set(chosen);
  const link = scope.link === undefined ? {} : { link: scope.link };
  for (let looks = 0; looks < MOST_LOOKS && !signal.aborted; looks++) {
    const first = await transactions.page({ ...link, offset: 0, limit: 1 }, signal);
    if (!first.ok || first.value.behind === 0) break;
  }
  for (let offset = 0; ; offset += AT_ONCE) {
    const page = await transactions.page({ ...link, offset, limit: AT_ONCE }, signal);
    if (!page.ok) {
      yield page;
      return;
    }
    const rows: TransactionSummary[] = [];
    for (const row of page.value.rows) {
      if (wanted === undefined) {
        rows.push(row);
        continue;
      }
      const members = await transactions.exchangeIds(row.id);
      if (!members.ok) {
        yield members;
        return;
      }
      if (members.value.some(id => wanted.has(id) && (only === undefined || only.has(id)))) rows.push(row);
    }
    if (rows.length > 0) yield done(rows);
    if (page.value.rows.length < AT_ONCE) return;
  }
}
