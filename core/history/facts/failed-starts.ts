import { existsSync } from 'node:fs';
import Database from 'better-sqlite3';
import type { Charge } from '../../insight/transactions/charge.ts';
import { GATHERING_VERSION } from '../../insight/transactions/operations.ts';
import { chargeFileOf } from '../transactions/charge-file.ts';
import { isDamage } from '../worker/text-index.ts';

/** A charge that ended before it began. */
export interface FailedStart {
  /** Of the partner whose charger it was; 0: ours. Null: nobody knows. */
  readonly linkId: number | null;
  /** As it was told with it; undefined: it was not. */
  readonly party: string | undefined;
  /** Milliseconds since the epoch. */
  readonly at: number;
  readonly token: string | undefined;
  readonly location: string | undefined;
  readonly evse: string | undefined;
}

const PATIENCE = 1000;

/**
 * Of the transactions as they were put together by now; undefined where they cannot be read, since they are of another
 * database or version, or damaged: they are made anew soon.
 */
export function readFailedStarts(of: {
  readonly file: string;
  readonly databaseId: string;
  /** Milliseconds since the epoch: states change by themselves as time passes. */
  readonly now: number;
}): readonly FailedStart[] | undefined {
  const path = chargeFileOf(of.file);
  // Nothing was ever put together.
  if (!existsSync(path)) return [];
  let charges: Database.Database | undefined;
  try {
    charges = new Database(path, { readonly: true, timeout: PATIENCE });
    if (charges.pragma('user_version', { simple: true }) !== GATHERING_VERSION) return undefined;
    if (charges.prepare('SELECT database_id FROM state').pluck().get() !== of.databaseId) return undefined;
    return charges
      .prepare<[number], { linkId: number | null; at: number; charge: string }>(
        `SELECT link_id AS linkId, started_at AS at, fact.charge
         FROM charge CROSS JOIN fact ON fact.charge_id = charge.id
         WHERE shown = 1 AND CASE WHEN turn_at <= ? THEN turn_state ELSE state END = 'refused'`,
      )
      .all(of.now)
      .map(({ linkId, at, charge }) => {
        const { side, owner: party, token, location, evse } = JSON.parse(charge) as Charge;
        // As with what is charged: what happens at our own chargers is our own, over whichever link it was asked for.
        return { linkId: side === 'ours' ? 0 : linkId, at, party, token, location, evse };
      });
  } catch (error) {
    if (isDamage(error)) return undefined;
    throw error;
  } finally {
    charges?.close();
  }
}
