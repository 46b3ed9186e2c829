import { existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import * as fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { chargeFileOf, openChargeFile } from '../../../core/history/transactions/charge-file.ts';
import { readChargePage } from '../../../core/history/transactions/charge-pages.ts';
import { createChargeRows } from '../../../core/history/transactions/charge-rows.ts';
import type { Charge } from '../../../core/insight/transactions/charge.ts';
import { createGathering } from '../../../core/insight/transactions/gathering.ts';
import { GATHERING_VERSION } from '../../../core/insight/transactions/operations.ts';
import { VERSIONS } from '../../../core/ocpi/versions.ts';
import { messagesOf } from '../../insight/transactions/charge-messages.ts';
import { createMapStore } from '../../insight/transactions/map-store.ts';
import { BEGIN, type LiteralExchange, observed } from '../../support/observed.ts';

let folder: string;
let file: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'workbench-charges-'));
  file = join(folder, 'workbench.db');
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const opened = () => {
  const { connection, madeAnew } = openChargeFile(file, 'db');
  return { connection, madeAnew, rows: createChargeRows(connection) };
};

/** Everything that happens at a few EVSEs, in any order. */
const happening = (version: (typeof VERSIONS)[number]) => {
  const say = messagesOf({ version, we: 'cpo' });
  const evse = fc.constantFrom('E1', 'E2');
  const uid = fc.constantFrom('CARD1', 'CARD2');
  const id = fc.constantFrom('S1', 'S2', 'S3');
  const minute = fc.integer({ min: 0, max: 50 });
  const url = fc.constantFrom('/results/17', '/results/21');
  return fc.oneof(
    fc.record({ minute, evse, uid }).map(({ minute: when, ...more }) => say.authorize(when, more)),
    fc
      .record({ minute, evse, uid, url })
      .map(({ minute: when, url: path, ...more }) => say.start(when, { ...more, url: `https://emsp.example${path}` })),
    fc.record({ minute, url }).map(({ minute: when, url: path }) => say.result(when, { url: path })),
    fc.record({ minute, evse, uid, id, status: fc.constantFrom('PENDING', 'ACTIVE', 'COMPLETED') }).map(say.put),
    fc.record({ minute, id }).map(one => say.patch(one.minute, '"kwh":2', { id: one.id })),
    fc.record({ minute, session: id }).map(one => say.stop(one.minute, one)),
    fc.record({ minute, evse }).map(one => say.unlock(one.minute, one)),
    fc
      .record({ minute, evse, uid, session: id, id: fc.constantFrom('D1', 'D2') })
      .map(one => say.bill(one.minute, say.cdrObject(one))),
    fc
      .record({ minute })
      .map(one =>
        say.listed(one.minute, [
          say.sessionObject({ minute: one.minute }),
          say.sessionObject({ minute: one.minute, id: 'S2' }),
        ]),
      ),
  );
};

const shown = (charges: readonly Charge[]) => charges.toSorted((left, right) => left.id - right.id);

describe('transactions in their file', () => {
  it.each(VERSIONS)(
    'are the same whether put together at once or in pieces with restarts, in memory or in the file, in OCPI %s',
    version => {
      let run = 0;
      fc.assert(
        fc.property(
          fc.array(happening(version), { maxLength: 25 }),
          fc.integer({ min: 3, max: 9 }),
          (literals: LiteralExchange[], piece) => {
            file = join(folder, `${++run}.db`);
            const exchanges = literals.map(observed);
            const memory = createMapStore();
            const whole = createGathering(memory);
            for (const one of exchanges) whole.see(one);
            for (let at = 0; at < exchanges.length; at += piece) {
              const { connection, rows } = opened();
              const gathering = createGathering(rows);
              connection.transaction(() => {
                for (const one of exchanges.slice(at, at + piece)) gathering.see(one);
              })();
              connection.close();
            }
            const { connection, rows } = opened();
            const ids = connection
              .prepare<[], number>('SELECT id FROM charge WHERE shown = 1 ORDER BY id')
              .pluck()
              .all();
            expect(ids.map(id => rows.charge(id))).toEqual(shown(memory.charges()));
            for (const id of ids) {
              const members = memory.members().filter(({ chargeId }) => chargeId === id);
              expect(rows.members(id)).toEqual(
                members
                  .map(({ exchangeId, why }) => ({ exchangeId, why }))
                  .toSorted((left, right) => left.exchangeId - right.exchangeId),
              );
            }
            connection.close();
          },
        ),
        { numRuns: 15 },
      );
    },
  );

  it('every exchange of a charge leads to it, and no charge has an exchange that leads elsewhere', () => {
    fc.assert(
      fc.property(fc.array(happening('2.2.1'), { maxLength: 30 }), literals => {
        const store = createMapStore();
        const gathering = createGathering(store);
        for (const literal of literals) gathering.see(observed(literal));
        for (const { chargeId, exchangeId } of store.members()) {
          expect(store.charge(chargeId)).toBeDefined();
          expect(store.chargesOf(exchangeId)).toContain(chargeId);
        }
        for (const charge of store.charges()) {
          const named = store.members().filter(({ chargeId }) => chargeId === charge.id);
          expect(Math.min(...named.map(({ exchangeId }) => exchangeId))).toBe(charge.id % 1_000_000_000);
        }
      }),
      { numRuns: 60 },
    );
  });

  it('are found by link, state, problem, time, and the beginning of any id', () => {
    const say = messagesOf({ version: '2.2.1', we: 'emsp' });
    const { connection, rows } = opened();
    const gathering = createGathering(rows);
    const literals = [
      say.put({ minute: 1, id: 'Alpha', evse: 'E1' }),
      { ...say.start(2, { uid: 'Beta', evse: 'E2' }), linkId: 2 },
      say.put({ minute: 3, id: 'Gamma', evse: 'E3', uid: 'CARD3' }),
      say.put({ minute: 9, id: 'Gamma', evse: 'E3', uid: 'CARD3', status: 'COMPLETED', end: 9, begin: 3 }),
      say.unlock(10, { evse: 'E9' }),
    ];
    const exchanges = literals.map(literal => {
      const one = observed(literal);
      gathering.see(one);
      return one;
    });
    const last = exchanges[3]?.id ?? 0;
    rows.setRank(last, 3);
    for (const id of rows.chargesOf(last)) rows.rankCharge(id, 0);
    const find = (conditions: Parameters<typeof readChargePage>[1]['conditions'], minute = 10) =>
      readChargePage(connection, { conditions, now: BEGIN + minute * 60_000, offset: 0, limit: 10 }).rows.map(
        ({ charge }) => charge.sessionId ?? charge.token,
      );
    const day = 24 * 60;
    expect(find({})).toEqual(['Gamma', 'Beta', 'Alpha']);
    expect(find({ linkIds: [2] })).toEqual(['Beta']);
    expect(find({ linkIds: [] })).toEqual([]);
    expect(find({ state: 'charging' })).toEqual(['Alpha']);
    expect([find({ state: 'asked' }, 2), find({ state: 'asked' }), find({ state: 'refused' })]).toEqual([
      ['Beta'],
      [],
      ['Beta'],
    ]);
    expect([find({ open: false }, 2), find({ open: false })]).toEqual([[], ['Beta']]);
    expect(find({ leastRank: 3 })).toEqual(['Gamma']);
    expect([find({ leastRank: 2 }), find({ leastRank: 2 }, day + 60)]).toEqual([['Gamma'], ['Gamma']]);
    expect(find({ search: 'alp' })).toEqual(['Alpha']);
    expect(find({ search: 'E' })).toEqual(['Gamma', 'Beta', 'Alpha']);
    expect(find({ search: 'lpha' })).toEqual([]);
    expect(find({ since: BEGIN + 2 * 60_000, until: BEGIN + 3 * 60_000 })).toEqual(['Beta']);
    rows.setRank(last, 0);
    for (const id of rows.chargesOf(last)) rows.rankCharge(id, 0);
    // Nothing found any more; but after a day the CDR is overdue.
    expect([find({ leastRank: 1 }), find({ leastRank: 2 }, day + 60)]).toEqual([[], ['Gamma']]);
    expect(readChargePage(connection, { conditions: {}, now: 0, offset: 1, limit: 1 })).toMatchObject({
      count: 3,
      rows: [{ exchanges: 1 }],
    });
    connection.close();
  });

  it('are made anew where the file is damaged, of another version, or of another database; the reason is told', () => {
    const first = opened();
    expect(first.madeAnew).toBeUndefined();
    first.rows.setUpTo(7);
    first.connection.close();
    expect(statSync(chargeFileOf(file)).mode & 0o777).toBe(0o600);
    const again = opened();
    expect([again.madeAnew, again.rows.upTo()]).toEqual([undefined, 7]);
    again.connection.pragma(`user_version = ${GATHERING_VERSION + 1}`);
    again.connection.close();
    const newer = opened();
    expect([newer.madeAnew, newer.rows.upTo()]).toEqual(['it was written by a newer OCPI Workbench', 0]);
    newer.connection.close();
    const other = openChargeFile(file, 'another');
    expect(other.madeAnew).toBe('it belonged to another database');
    other.connection.close();
    writeFileSync(chargeFileOf(file), Buffer.alloc(8192, 0x41));
    expect(opened().madeAnew).toBe('it was damaged');
    expect(existsSync(chargeFileOf(file))).toBe(true);
    expect(readFileSync(chargeFileOf(file)).subarray(0, 15).toString()).toBe('SQLite format 3');
    expect(new Database(chargeFileOf(file), { readonly: true }).prepare('SELECT up_to FROM state').pluck().get()).toBe(
      0,
    );
  });
});
