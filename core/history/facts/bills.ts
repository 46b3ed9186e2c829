import type { Database } from 'better-sqlite3';
import { BILL_STATE, type BillValues } from '../../insight/report/bill-columns.ts';
import { type BillTold, placeOf, readBill } from '../../insight/report/bill-told.ts';
import { ciKey } from '../../ocpi/ci-string.ts';
import {
  type BillKind,
  billNumbers,
  createStretchReading,
  createStretchWriting,
  STRETCH_TABLE,
} from './bill-stretches.ts';
import type { FollowedObject, ObjectDeriver, ObjectDeriverKind } from './following.ts';
import { createNames, NAME_TABLE } from './names.ts';
import { createPlaces, PLACE_TABLE } from './places.ts';

/**
 * What reports count: each session and each CDR once, as it was told last. A CDR that vanished from its list stays, for
 * nobody takes a CDR back that way (digest 6.3).
 */
export const billDeriver: ObjectDeriverKind = {
  modules: ['sessions', 'cdrs', 'locations'],
  takesEarlier: false,
  // What is read of a single one; text: the id as sent. session: of a CDR.
  tables: `
    CREATE TABLE bill (
      id INTEGER PRIMARY KEY,
      object INTEGER NOT NULL UNIQUE,
      link_id INTEGER NOT NULL,
      party INTEGER NOT NULL,
      text TEXT NOT NULL COLLATE NOCASE,
      session TEXT,
      status TEXT
    );
    CREATE INDEX bill_text ON bill (text);
    -- Credit CDRs, and what they take back; empty where they do not say.
    CREATE TABLE bill_credit (id INTEGER PRIMARY KEY, credited TEXT NOT NULL COLLATE NOCASE);
    ${STRETCH_TABLE}
    ${NAME_TABLE}
    ${PLACE_TABLE}
  `,
  open: openBills,
};

function openBills(facts: Database): ObjectDeriver {
  const names = createNames(facts);
  const places = createPlaces(facts);
  const stretches = createStretchWriting(facts);
  const read = createStretchReading(facts);
  const find = facts.prepare<[number], number>('SELECT id FROM bill WHERE object = ?').pluck();
  const newest = facts
    .prepare<[number, number], number | null>('SELECT max(id) FROM bill WHERE id >= ? AND id < ?')
    .pluck();
  const write = facts.prepare(
    'INSERT OR REPLACE INTO bill (id, object, link_id, party, text, session, status) VALUES (?, ?, ?, ?, ?, ?, ?)',
  );
  const credit = facts.prepare('INSERT OR REPLACE INTO bill_credit (id, credited) VALUES (?, ?)');
  const noCredit = facts.prepare('DELETE FROM bill_credit WHERE id = ?');
  const some = facts
    .prepare<[number, number, number], number>('SELECT id FROM bill WHERE object >= ? AND object < ? LIMIT ?')
    .pluck();
  const drop = facts.prepare('DELETE FROM bill WHERE id = ?');

  const nextNumber = (kind: BillKind): number => {
    const { from, before } = billNumbers(kind);
    const last = newest.get(from, before) ?? null;
    return last === null ? from : last + 1;
  };
  const valuesOf = (told: BillTold, { linkId, party }: FollowedObject): BillValues => ({
    start: told.start ?? Number.NaN,
    end: told.end ?? Number.NaN,
    kwh: told.kwh ?? Number.NaN,
    hours: told.hours ?? Number.NaN,
    idle: told.idle ?? Number.NaN,
    before: told.before ?? Number.NaN,
    after: told.after ?? Number.NaN,
    link: linkId ?? 0,
    party: names.number('party', party),
    place: places.number({ linkId: linkId ?? 0, party, location: told.location }, told.place),
    evse: names.number('evse', told.evse),
    token: names.number('token', told.token),
    tariff: names.number('tariff', told.tariff),
    currency: names.number('currency', told.currency),
    session: told.session === undefined ? 0 : names.number('session', `${linkId ?? 0} ${party} ${told.session}`),
    state: stateOf(told),
  });
  /** What nothing names any more goes as well: among it are ids of customers. */
  const dropUnused = () => {
    stretches.settle();
    const used = new Set<number>();
    const usedPlaces = new Set<number>();
    for (const kind of ['cdr', 'session'] as const) {
      for (const { columns } of read(kind)) {
        for (const id of columns.place) usedPlaces.add(id);
        for (const name of ['party', 'evse', 'token', 'tariff', 'currency', 'session'] as const) {
          for (const id of columns[name]) used.add(id);
        }
      }
    }
    names.dropUnused(used);
    places.dropUnused(usedPlaces);
  };

  return {
    take(object) {
      const { objectId, linkId, module, party, id: text, version } = object;
      if (module === 'locations') {
        places.describe({ linkId: linkId ?? 0, party, location: text, objectId }, placeOf(object.object));
        return;
      }
      const kind = module === 'cdrs' ? 'cdr' : 'session';
      const told = readBill(object.object, { kind, version });
      const id = find.get(objectId) ?? nextNumber(kind);
      const values = valuesOf(told, object);
      const session = kind === 'cdr' ? (told.session ?? null) : text;
      write.run(id, objectId, values.link, values.party, text, session, told.status ?? null);
      stretches.put(id, values);
      if (told.credits === undefined) {
        if (kind === 'cdr') noCredit.run(id);
      } else credit.run(id, told.credits);
    },
    gone(range, most) {
      const ids = some.all(range.from, range.before, most);
      for (const id of ids) {
        drop.run(id);
        noCredit.run(id);
        stretches.clear(id);
      }
      const dropped = ids.length + places.undescribe(range, most);
      // Once for a whole list.
      if (dropped === 0 && range.before - range.from > 1) dropUnused();
      return dropped;
    },
    settle: stretches.settle,
  };
}

/** Sessions that were prepared, reserved or found invalid are no charges (digest 6.2, T19). */
function stateOf({ kind, status, credits }: BillTold): number {
  if (kind === 'cdr') return credits === undefined ? BILL_STATE.charge : BILL_STATE.credit;
  const told = ciKey(status ?? '');
  if (['pending', 'invalid', 'reservation', 'reserved'].includes(told)) return BILL_STATE.none;
  return told === 'completed' ? BILL_STATE.charge : BILL_STATE.going;
}
