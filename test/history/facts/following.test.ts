import { existsSync, statSync, writeFileSync } from 'node:fs';
import Database from 'better-sqlite3';
import { describe, expect, it } from 'vitest';
import { factsFileOf } from '../../../core/history/facts/facts-file.ts';
import type { NewOwnObject } from '../../../core/history/own-data.ts';
import { newFile } from '../folder.ts';
import { cdrOf, charged, sessionOf } from './charges.ts';
import { openFollowed, openTold } from './facts-support.ts';

function own(id: string, more: Partial<NewOwnObject> = {}): NewOwnObject {
  const text = JSON.stringify(cdrOf(charged(id)));
  return { party: 'NL-WBX', module: 'cdrs', id: `C-${id}`, type: '', version: '2.2.1', text, ...more };
}

/** Everything that stands in a file beside a database, its log included. */
function bytesOf(file: string, text: string): number {
  const database = new Database(factsFileOf(file), { readonly: true });
  const rows = ['name', 'place', 'bill', 'bill_stretch'].map(table =>
    JSON.stringify(database.prepare(`SELECT * FROM ${table}`).all()),
  );
  database.close();
  return rows.join('').split(text).length - 1;
}

describe('what reports count', () => {
  it('follows objects as they are told anew, and a CDR that vanished stays', async () => {
    const told = await openTold();
    await told.tell('sessions', [sessionOf(charged('1', { kwh: 1 }), { status: 'ACTIVE' }), sessionOf(charged('2'))]);
    await told.tell('cdrs', [cdrOf(charged('1')), cdrOf(charged('2'))]);
    const facts = openFollowed(told);
    expect(facts.report({ source: 'sessions' }).total).toMatchObject({ charges: 2, kwh: 21 });
    await told.tell('sessions', [sessionOf(charged('1', { kwh: 5 }), { status: 'ACTIVE' })]);
    await told.tell('sessions', [sessionOf(charged('1', { kwh: 7, token: 'OTHER' }))]);
    expect(facts.facts.following().behind()).toBeGreaterThan(0);
    facts.follow();
    expect(facts.facts.following().behind()).toBe(0);
    expect(facts.report({ source: 'sessions', token: 'other' }).total).toMatchObject({ charges: 1, kwh: 7 });
    expect(facts.report({ source: 'sessions' }).total).toMatchObject({ charges: 2, kwh: 27 });
    await told.history.objects.ingest.vanish({ linkId: 1, module: 'cdrs', id: 'C-2' });
    facts.follow();
    expect(facts.report().total.charges).toBe(2);
  });

  it('reads CDRs of 2.1.1: party of the link, location and zone within, cost without taxes', async () => {
    const told = await openTold();
    const { country_code, party_id, session_id, cdr_token, cdr_location, end_date_time, ...cdr } = cdrOf(charged('1'));
    const location = { id: 'LOC9', time_zone: 'Asia/Tokyo', evses: [{ uid: 'EV9' }] };
    const old = { ...cdr, stop_date_time: '2026-03-10T23:30:00Z', total_cost: 7.5, auth_id: 'CARD', location };
    await told.tell('cdrs', [{ ...old, start_date_time: '2026-03-10T20:00:00Z', total_time: undefined }], {
      version: '2.1.1',
    });
    const facts = openFollowed(told);
    expect(facts.report().rows.map(({ key }) => key)).toEqual(['2026-03-11']);
    expect(facts.charges().rows).toEqual([
      {
        ...{ kind: 'cdr', id: 'C-1', link: 'first', party: 'NL-TNM', zone: 'Asia/Tokyo', kwh: 20, hours: 3.5 },
        ...{ start: '2026-03-10T20:00:00.000Z', end: '2026-03-10T23:30:00.000Z', idleHours: 0.5 },
        cost: { currency: 'EUR', before: 7.5, after: null },
        ...{ location: 'LOC9', evse: 'EV9', token: 'CARD', tariff: 'T1', session: null, credits: null, status: null },
      },
    ]);
  });

  it('counts our own data too, as it is added, changed and taken away', async () => {
    const told = await openTold();
    const { ownData } = told.history;
    ownData.put([own('1'), own('2'), own('3')]);
    const facts = openFollowed(told);
    expect(facts.report({ by: 'link' }).rows).toMatchObject([{ key: '-', charges: 3, kwh: 60 }]);
    ownData.put([own('2', { text: JSON.stringify(cdrOf(charged('2', { kwh: 1 }))) })]);
    ownData.remove({ parties: ['NL-WBX'], module: 'cdrs', id: 'C-3' });
    ownData.put([own('x', { module: 'tokens', text: '{"uid":"x"}' })]);
    facts.follow();
    expect(facts.report({ linkIds: [0] }).total).toMatchObject({ charges: 2, kwh: 21 });
    expect(facts.charges().rows.map(({ id, link, party }) => [id, link, party])).toEqual([
      ['C-2', null, 'NL-TNM'],
      ['C-1', null, 'NL-TNM'],
    ]);
  });

  it('forgets a link that is removed, with its tokens and places, and keeps the others', async () => {
    const told = await openTold();
    await told.tell('cdrs', [cdrOf(charged('1', { token: 'GOES', location: 'PLACE-GOES' }))]);
    await told.tell('locations', [{ country_code: 'NL', party_id: 'TNM', id: 'PLACE-GOES', name: 'Goes' }]);
    await told.tell('cdrs', [cdrOf(charged('2', { token: 'STAYS' }))], { linkId: 2 });
    const facts = openFollowed(told);
    expect(facts.report().total.charges).toBe(2);
    told.history.objects.removeLink(1);
    facts.follow();
    expect(facts.report({ by: 'token' }).rows.map(({ key }) => key)).toEqual(['STAYS']);
    expect(facts.charges().count).toBe(1);
    expect(bytesOf(told.file, 'GOES')).toBe(0);
    expect(bytesOf(told.file, 'STAYS')).toBe(1);
    expect(facts.facts.following().behind()).toBe(0);
  });

  it('goes on where it stopped, however little was followed at a time', async () => {
    const told = await openTold();
    const all = Array.from({ length: 900 }, (_, at) => charged(String(at), { token: `T${at % 7}` }));
    await told.tell(
      'cdrs',
      all.map(charge => cdrOf(charge)),
    );
    await told.tell(
      'sessions',
      all.map(charge => sessionOf(charge)),
    );
    const whole = openFollowed(told);
    const expected = [whole.report({ by: 'token' }), whole.report({ by: 'token', source: 'sessions' })];
    whole.facts.anew('this test wants it');
    for (let stopped = 0; ; stopped++) {
      const { isMore } = whole.facts.following().follow(() => false);
      if (isMore) continue;
      expect(stopped).toBeGreaterThan(5);
      break;
    }
    expect([whole.report({ by: 'token' }), whole.report({ by: 'token', source: 'sessions' })]).toEqual(expected);
    expect(whole.charges({ limit: 10, offset: 895 }).rows).toHaveLength(5);
  });

  it('is derived anew where its file is damaged, of another version or database, or ahead of the database', async () => {
    const told = await openTold();
    await told.tell('cdrs', [cdrOf(charged('1'))]);
    openFollowed(told).close();
    const harms: readonly (readonly [why: string, harm: (path: string) => void])[] = [
      ['it was damaged', path => writeFileSync(path, 'no database')],
      ['by a newer OCPI Workbench', path => change(path, 'PRAGMA user_version = 999')],
      ['by an older OCPI Workbench', path => change(path, 'PRAGMA user_version = 0')],
      ['to another database', path => change(path, "UPDATE state SET database_id = 'x'")],
      ['older than it', path => change(path, 'UPDATE followed_list SET up_to = up_to + 9')],
    ];
    for (const [why, harm] of harms) {
      harm(factsFileOf(told.file));
      const facts = openFollowed(told);
      expect(facts.facts.madeAnew()).toContain(why);
      expect(facts.report().total.charges).toBe(1);
      facts.close();
    }
  });

  it('stands in a file of its own that only its owner may read', async () => {
    const told = await openTold(newFile());
    expect(existsSync(factsFileOf(told.file))).toBe(false);
    openFollowed(told);
    expect(statSync(factsFileOf(told.file)).mode & 0o077).toBe(0);
  });
});

function change(path: string, sql: string): void {
  const database = new Database(path);
  database.exec(sql);
  database.close();
}
