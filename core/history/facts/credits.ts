import type { Database } from 'better-sqlite3';
import { billNumbers } from './bill-stretches.ts';

/** Numbers of CDRs that another CDR takes back: of the same party, over the same link (T38). */
export function readCredited(facts: Database): ReadonlySet<number> {
  const { from, before } = billNumbers('cdr');
  const credited = facts
    .prepare<[number, number], number>(
      `SELECT whole.id FROM bill_credit
       JOIN bill AS taking ON taking.id = bill_credit.id
       JOIN bill AS whole ON whole.text = bill_credit.credited AND whole.link_id = taking.link_id
         AND whole.party = taking.party
       WHERE bill_credit.credited <> '' AND whole.id >= ? AND whole.id < ? AND whole.id <> taking.id`,
    )
    .pluck();
  return new Set(credited.all(from, before));
}
