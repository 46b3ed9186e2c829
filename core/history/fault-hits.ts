import type { Database } from 'better-sqlite3';
import type { FaultFiring, FaultHit } from '../contract/fault.ts';

export interface HitsQuery {
  /** Of this rule only. */
  readonly ruleId?: number | undefined;
  /** Of exchanges before this one. */
  readonly before?: number | undefined;
  readonly limit: number;
}

/** What rules did to exchanges, as stamped on them. */
export interface FaultHits {
  /** Newest first; of one rule, among the newest 20,000 exchanges at which rules were at work. */
  hits(query: HitsQuery): FaultHit[];
}

interface HitRow {
  readonly id: number;
  readonly firings: string;
  readonly started_at: number;
  readonly incoming: number;
  readonly link_id: number | null;
  readonly operation: string;
}

/** Rows looked at for one rule: more of them would keep partners waiting. */
const MOST_LOOKED_AT = 20_000;

export function createFaultHits(
  database: Database,
  { nameOf }: { readonly nameOf: (linkId: number) => string | undefined },
): FaultHits {
  // Those of the newest exchange alone are cut by nothing: firings of one exchange come together.
  const newest = database.prepare<[number, number, string, number], HitRow>(
    `SELECT exchange.id, firings, started_at, incoming, link_id, operation
     FROM (SELECT exchange_id, firings FROM exchange_fault WHERE exchange_id < ? ORDER BY exchange_id DESC LIMIT ?) AS hit
     JOIN exchange ON exchange.id = hit.exchange_id
     WHERE instr(hit.firings, ?) > 0 ORDER BY hit.exchange_id DESC LIMIT ?`,
  );
  return {
    hits({ ruleId, before = Number.MAX_SAFE_INTEGER, limit }) {
      const wanted = ruleId === undefined ? '' : `"ruleId":${ruleId},`;
      return newest
        .all(before, MOST_LOOKED_AT, wanted, limit)
        .flatMap(row => hitsOf(row, nameOf))
        .filter(hit => ruleId === undefined || hit.ruleId === ruleId);
    },
  };
}

function hitsOf(row: HitRow, nameOf: (linkId: number) => string | undefined): FaultHit[] {
  const firings = JSON.parse(row.firings) as FaultFiring[];
  const where = {
    exchangeId: row.id,
    at: new Date(row.started_at).toISOString(),
    direction: row.incoming === 1 ? 'in' : 'out',
    link: row.link_id === null ? null : (nameOf(row.link_id) ?? null),
    operation: row.operation,
  } as const;
  return firings.map(firing => ({ ...firing, ...where }));
}
