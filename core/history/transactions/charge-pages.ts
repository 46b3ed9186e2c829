import type { Database } from 'better-sqlite3';
import type { TransactionState } from '../../contract/transaction.ts';
import type { Charge } from '../../insight/transactions/charge.ts';

/** As the contract's conditions, with the link by its ids: a name may have been used for several. */
export interface ChargeConditions {
  readonly linkIds?: readonly number[] | undefined;
  /** Links of which nobody is shown anything, or that are gone. */
  readonly hiddenLinkIds?: readonly number[] | undefined;
  readonly open?: boolean | undefined;
  /** 1 note, 2 warning, 3 error: so bad or worse. */
  readonly leastRank?: number | undefined;
  readonly state?: TransactionState | undefined;
  readonly search?: string | undefined;
  readonly since?: number | undefined;
  readonly until?: number | undefined;
}

export interface ChargePage {
  readonly count: number;
  readonly rows: readonly ChargeLine[];
}

export interface ChargeLine {
  readonly charge: Charge;
  readonly exchanges: number;
  readonly rank: number;
}

const WARNING = 2;
/** The state and whether more is due change by themselves as time passes. */
const STATE = 'CASE WHEN turn_at <= :now THEN turn_state ELSE state END';
const OPEN = 'CASE WHEN turn_at <= :now THEN 0 ELSE open END';
const RANK = `CASE WHEN cdr_due <= :now THEN max(rank, ${WARNING}) ELSE rank END`;

export interface ChargePageAsked {
  readonly conditions: ChargeConditions;
  /** Milliseconds since the epoch. */
  readonly now: number;
  readonly offset: number;
  readonly limit: number;
}

/** Charges by any conditions, newest first. */
export function readChargePage(database: Database, { conditions, now, offset, limit }: ChargePageAsked): ChargePage {
  const { where, values } = conditionsInSql(conditions);
  const named = { now, ...values };
  const count =
    database.prepare<[object], number>(`SELECT count(*) FROM charge WHERE ${where}`).pluck().get(named) ?? 0;
  const rows = database
    .prepare<[object], { charge: string; exchanges: number; rank: number }>(
      `SELECT fact.charge, listed.rank, (SELECT count(*) FROM member WHERE charge_id = listed.id) AS exchanges
       FROM (
         SELECT id, started_at, ${RANK} AS rank FROM charge WHERE ${where}
         ORDER BY started_at DESC, id DESC LIMIT :limit OFFSET :offset
       ) AS listed CROSS JOIN fact ON fact.charge_id = listed.id
       ORDER BY listed.started_at DESC, listed.id DESC`,
    )
    .all({ ...named, limit, offset });
  return {
    count,
    rows: rows.map(({ charge, exchanges, rank }) => ({ charge: JSON.parse(charge) as Charge, exchanges, rank })),
  };
}

function conditionsInSql(conditions: ChargeConditions): {
  readonly where: string;
  readonly values: Readonly<Record<string, unknown>>;
} {
  const { linkIds, hiddenLinkIds = [], open, leastRank, state, search, since, until } = conditions;
  // Always used, so that every statement knows the moment.
  const parts = ['shown = 1 AND :now IS NOT NULL'];
  const values: Record<string, unknown> = {};
  const add = (part: string, named: Readonly<Record<string, unknown>>) => {
    parts.push(part);
    Object.assign(values, named);
  };
  if (linkIds !== undefined)
    add('link_id IN (SELECT value FROM json_each(:links))', { links: JSON.stringify(linkIds) });
  if (hiddenLinkIds.length > 0)
    add('(link_id IS NULL OR link_id NOT IN (SELECT value FROM json_each(:hidden)))', {
      hidden: JSON.stringify(hiddenLinkIds),
    });
  if (open !== undefined) add(`${OPEN} = :open`, { open: open ? 1 : 0 });
  if (leastRank !== undefined) add(`${RANK} >= :rank`, { rank: leastRank });
  if (state !== undefined) add(`${STATE} = :state`, { state });
  if (since !== undefined) add('started_at >= :since', { since });
  if (until !== undefined) add('started_at < :until', { until });
  if (search !== undefined && search.trim() !== '') {
    const from = search.trim().toLowerCase();
    add('id IN (SELECT charge_id FROM name WHERE text >= :from AND text < :to)', { from, to: `${from}\u{10ffff}` });
  }
  return { where: parts.join(' AND '), values };
}
