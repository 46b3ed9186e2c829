import type { Database } from 'better-sqlite3';
import { createRecent } from '../../insight/flows/recent.ts';
import type { Charge } from '../../insight/transactions/charge.ts';
import type { ChargeStore } from '../../insight/transactions/charge-store.ts';
import { cdrDue } from '../../insight/transactions/problems.ts';
import { stateOf } from '../../insight/transactions/state.ts';
import { type ChargeLeaving, createChargeLeaving } from './charge-leaving.ts';

/** The store of charges in SQLite; it throws what SQLite throws. Many changes share a transaction of whoever calls. */
export interface ChargeRows extends ChargeStore {
  /** Every exchange up to this id was looked at. */
  upTo(): number;
  setUpTo(id: number): void;
  /** Takes deleted exchanges out. */
  readonly leaving: ChargeLeaving;
  /** Met while they were open. */
  later(): readonly number[];
  putLater(exchangeId: number, open: boolean): void;
  members(chargeId: number): readonly { readonly exchangeId: number; readonly why: string }[];
  /** The worst of the problems found at an exchange; false: it is known already. */
  setRank(exchangeId: number, rank: number): boolean;
  /** The worst of the charge: of its exchanges, or of the whole where that is worse. */
  rankCharge(chargeId: number, whole: number): void;
}

const MOST_READ = 2000;

interface MemberRow {
  readonly exchangeId: number;
  readonly why: string;
}

export function createChargeRows(database: Database): ChargeRows {
  const upTo = database.prepare<[], number>('SELECT up_to FROM state').pluck();
  const setUpTo = database.prepare('UPDATE state SET up_to = ?');
  const later = database.prepare<[], number>('SELECT exchange_id FROM later ORDER BY exchange_id').pluck();
  const addLater = database.prepare('INSERT OR IGNORE INTO later (exchange_id) VALUES (?)');
  const removeLater = database.prepare('DELETE FROM later WHERE exchange_id = ?');
  const charge = database.prepare<[number], string>('SELECT charge FROM fact WHERE charge_id = ?').pluck();
  const putFact = database.prepare('INSERT OR REPLACE INTO fact (charge_id, charge) VALUES (?, ?)');
  const put = database.prepare(`
    INSERT INTO charge (id, link_id, started_at, shown, state, open, turn_at, turn_state, cdr_due)
    VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
    ON CONFLICT (id) DO UPDATE SET
      link_id = excluded.link_id, started_at = excluded.started_at, shown = excluded.shown, state = excluded.state,
      open = excluded.open, turn_at = excluded.turn_at, turn_state = excluded.turn_state, cdr_due = excluded.cdr_due
  `);
  const tied = database
    .prepare<[string, string], number>('SELECT charge_id FROM tie WHERE scope = ? AND key = ?')
    .pluck();
  const tie = database.prepare('INSERT OR REPLACE INTO tie (scope, key, charge_id) VALUES (?, ?, ?)');
  const near = database
    .prepare<[string, string, number, number, number], number>(
      `SELECT charge_id FROM (
        SELECT charge_id, at, until FROM near WHERE scope = ? AND key = ? AND at <= ? ORDER BY at DESC, charge_id DESC LIMIT ?
      ) WHERE until >= ? ORDER BY at DESC, charge_id DESC`,
    )
    .pluck();
  const putNear = database.prepare(`
    INSERT INTO near (charge_id, scope, key, at, until) VALUES (?, ?, ?, ?, ?)
    ON CONFLICT DO UPDATE SET at = min(at, excluded.at), until = max(until, excluded.until)
  `);
  const notOpen = database.prepare("DELETE FROM near WHERE charge_id = ? AND key >= 'open ' AND key < 'open!'");
  const addMember = database.prepare(
    'INSERT OR IGNORE INTO member (charge_id, exchange_id, why, rank) VALUES (?, ?, ?, 0)',
  );
  const chargesOf = database.prepare<[number], number>('SELECT charge_id FROM member WHERE exchange_id = ?').pluck();
  const members = database.prepare<[number], MemberRow>(
    'SELECT exchange_id AS exchangeId, why FROM member WHERE charge_id = ? ORDER BY exchange_id',
  );
  const setRank = database.prepare('UPDATE member SET rank = ? WHERE exchange_id = ? AND rank <> ?');
  const rankCharge = database.prepare(
    'UPDATE charge SET rank = max(?, coalesce((SELECT max(rank) FROM member WHERE charge_id = charge.id), 0)) WHERE id = ?',
  );
  const contract = database
    .prepare<[string, string], string>('SELECT contract FROM contract WHERE scope = ? AND uid = ?')
    .pluck();
  const putContract = database.prepare('INSERT OR REPLACE INTO contract (scope, uid, contract) VALUES (?, ?, ?)');
  const since = database.prepare<[string], number>('SELECT at FROM sessions_since WHERE scope = ?').pluck();
  const putSince = database.prepare('INSERT OR IGNORE INTO sessions_since (scope, at) VALUES (?, ?)');
  const addName = database.prepare('INSERT OR IGNORE INTO name (text, charge_id) VALUES (?, ?)');
  // In this order: what the other one has already is not moved, and goes with the rest.
  const merging = [
    'UPDATE tie SET charge_id = :into WHERE charge_id = :from',
    `INSERT INTO near (charge_id, scope, key, at, until) SELECT :into, scope, key, at, until FROM near WHERE charge_id = :from
      ON CONFLICT DO UPDATE SET at = min(at, excluded.at), until = max(until, excluded.until)`,
    'DELETE FROM near WHERE charge_id = :from',
    'INSERT OR IGNORE INTO name (text, charge_id) SELECT text, :into FROM name WHERE charge_id = :from',
    'DELETE FROM name WHERE charge_id = :from',
    'INSERT OR IGNORE INTO member (charge_id, exchange_id, why, rank) SELECT :into, exchange_id, why, rank FROM member WHERE charge_id = :from',
    'DELETE FROM member WHERE charge_id = :from',
    'DELETE FROM charge WHERE id = :from',
    'DELETE FROM fact WHERE charge_id = :from',
  ].map(sql => database.prepare<[{ from: number; into: number }]>(named(sql)));

  /** Charges that were read or written last; they never change, they are replaced. */
  const read = createRecent<Charge>(MOST_READ);

  const leaving = createChargeLeaving(database);

  return {
    leaving: {
      ...leaving,
      leave(exchangeIds) {
        const left = leaving.leave(exchangeIds);
        for (const id of left.gone) read.delete(String(id));
        return left;
      },
    },
    upTo: () => upTo.get() ?? 0,
    setUpTo: id => void setUpTo.run(id),
    later: () => later.all(),
    putLater: (id, open) => void (open ? addLater : removeLater).run(id),
    charge(id) {
      const known = read.get(String(id));
      if (known !== undefined) return known;
      const text = charge.get(id);
      if (text === undefined) return undefined;
      const found = JSON.parse(text) as Charge;
      read.set(String(id), found);
      return found;
    },
    put(one) {
      const { state, open, turn } = stateOf(one);
      put.run(
        one.id,
        one.linkId,
        one.startedAt,
        one.loose ? 0 : 1,
        state,
        open ? 1 : 0,
        turn?.at ?? null,
        turn?.state ?? null,
        cdrDue(one) ?? null,
      );
      putFact.run(one.id, JSON.stringify(one));
      const before = read.get(String(one.id));
      const known = new Set(before === undefined ? [] : namesOf(before));
      for (const name of namesOf(one)) if (!known.has(name)) addName.run(name, one.id);
      read.set(String(one.id), one);
    },
    merge(from, into) {
      for (const statement of merging) statement.run({ from, into });
      read.delete(String(from));
      // The names of the other one are beside it now: they are written once more rather than lost.
      read.delete(String(into));
    },
    tied: (scope, key) => tied.get(scope, key),
    tie: (scope, key, id) => void tie.run(scope, key, id),
    near: (scope, key, at, most) => near.all(scope, key, at, most, at),
    notOpenAnyMore: id => void notOpen.run(id),
    putNear: ({ scope, key, at, until, chargeId }) => void putNear.run(chargeId, scope, key, at, until),
    addMember: ({ exchangeId, chargeId, why }) => void addMember.run(chargeId, exchangeId, why),
    chargesOf: id => chargesOf.all(id),
    members: id => members.all(id),
    setRank: (id, rank) => setRank.run(rank, id, rank).changes > 0,
    rankCharge: (id, whole) => void rankCharge.run(whole, id),
    contractOf: (scope, uid) => contract.get(scope, uid.toLowerCase()),
    putContract: (scope, uid, id) => void putContract.run(scope, uid.toLowerCase(), id),
    sessionsSince: scope => since.get(scope),
    putSessionsSince: (scope, at) => void putSince.run(scope, at),
  };
}

/** Better-sqlite3 wants every name that is handed over to occur. */
function named(sql: string): string {
  return sql.includes(':into') ? sql : `${sql} AND :into IS NOT NULL`;
}

function namesOf({ sessionId, reference, token, contract, location, evse, bills }: Charge): string[] {
  return [sessionId, reference, token, contract, location, evse, ...bills.map(({ id }) => id)].flatMap(name =>
    name === undefined || name === '' ? [] : [name.toLowerCase()],
  );
}
