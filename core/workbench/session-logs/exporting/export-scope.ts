import type { Clock } from '../../../clock.ts';
import type { ExchangeConditions } from '../../../contract/exchange.ts';
import { done, failed, type Outcome } from '../../../contract/failure.ts';
import type { LogScope } from '../../../contract/session-log.ts';
import type { History } from '../../../history/history.ts';
import type { TransactionsDesk } from '../../transactions/transactions-desk.ts';
import type { ExportAbout } from './export-messages.ts';

/** What a scope comes to in the database as it is now. */
export interface Scoped extends Pick<ExportAbout, 'ids' | 'chosen' | 'links' | 'runs' | 'objects'> {
  readonly notes: readonly string[];
}

export interface ScopeParts {
  readonly history: Pick<History, 'links' | 'traffic' | 'exchanges' | 'runs'>;
  readonly transactions: Pick<TransactionsDesk, 'exchangeIds'>;
  readonly clock: Clock;
}

/** What exchanges are found by may be some moments behind; as often it is looked again, after so many milliseconds. */
const LOOKS = 20;
const BETWEEN_LOOKS = 250;

/** Exactly the exchanges that a table with these conditions shows. */
export async function resolveScope(
  scope: LogScope,
  { history, transactions, clock }: ScopeParts,
  signal: AbortSignal,
): Promise<Outcome<Scoped>> {
  const { transaction, ids: chosen, ...conditions } = scope;
  const { link, runId } = conditions;
  const linkIds = link === undefined ? [] : history.links.idsNamed(link);
  if (link !== undefined && linkIds.length === 0)
    return failed('NOT_FOUND', `there is no link "${link}"`, 'See the list of links for the names there are.');
  if (runId !== undefined && history.runs.get(runId) === undefined)
    return failed('NOT_FOUND', `there is no run ${runId}`, 'See the list of runs for those there are.');
  let selected = chosen;
  if (transaction !== undefined) {
    const found = await transactions.exchangeIds(transaction);
    if (!found.ok) return found;
    const members = new Set(found.value);
    selected = selected === undefined ? [...members] : selected.filter(id => members.has(id));
  }
  const narrowing = Object.entries(conditions).flatMap(([name, value]) =>
    value === undefined || value === false || value === '' ? [] : [name],
  );
  const found = narrowing.length === 0 ? done(null) : await matching(conditions, { history, clock, signal });
  if (!found.ok) return found;
  const beyond = (...allowed: readonly string[]) =>
    selected !== undefined || narrowing.some(name => !allowed.includes(name));
  return done({
    ids: found.value?.ids ?? null,
    chosen: selected ?? null,
    links: link !== undefined ? linkIds : narrowing.length === 0 && selected === undefined ? 'all' : [],
    // With a condition about exchanges, runs are those that exchanges name.
    runs: beyond('link', 'since', 'until')
      ? null
      : { since: conditions.since ?? 0, until: conditions.until ?? Number.MAX_SAFE_INTEGER },
    objects: beyond('link') ? 'met' : 'all',
    notes: found.value?.notes ?? [],
  });
}

interface Matching extends Pick<ScopeParts, 'clock'> {
  readonly history: Pick<History, 'traffic'>;
  readonly signal: AbortSignal;
}

async function matching(
  conditions: ExchangeConditions,
  { history, clock, signal }: Matching,
): Promise<Outcome<{ readonly ids: Float64Array; readonly notes: readonly string[] }>> {
  for (let looks = 1; ; looks++) {
    const answer = await history.traffic.ids(conditions, signal);
    if (!answer.ok) {
      const advice = 'Try again; what they are found by is being derived anew if it was damaged.';
      return failed('OPERATION_FAILED', `the exchanges could not be read: ${answer.reason}`, advice);
    }
    const { ids, behind } = answer.found;
    if (behind === 0) return done({ ids, notes: [] });
    if (looks === LOOKS || signal.aborted) {
      const many = behind === 1 ? 'exchange could' : 'exchanges could';
      return done({ ids, notes: [`${behind} ${many} not be looked at yet, and may be missing: export again later.`] });
    }
    await clock.sleep(BETWEEN_LOOKS);
  }
}
