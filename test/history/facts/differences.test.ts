import { describe, expect, it } from 'vitest';
import { cdrOf, charged, creditOf, HOUR, START, sessionOf } from './charges.ts';
import { openFollowed, openTold } from './facts-support.ts';

describe('sessions beside their CDRs', () => {
  it('are not mentioned where both tell the same, within what rounding explains', async () => {
    const told = await openTold();
    const of = charged('1');
    await told.tell('sessions', [sessionOf(of)]);
    await told.tell('cdrs', [
      cdrOf(of, {
        ...{ session_id: 's-1', total_energy: 20.0005, start_date_time: '2026-03-10T09:31:00Z' },
        total_cost: { excl_vat: 10.01, incl_vat: 12 },
      }),
    ]);
    expect(openFollowed(told).differences()).toEqual({ count: 0, rows: [] });
  });

  it('are told with what each states, where they differ', async () => {
    const told = await openTold();
    const of = charged('1');
    await told.tell('sessions', [sessionOf(of)]);
    await told.tell('cdrs', [
      cdrOf(
        charged('1', { start: START + 2 * 60_000, hours: 3, kwh: 20.1, cost: 10.02, token: 'B', location: 'LOC2' }),
      ),
    ]);
    const facts = openFollowed(told);
    const { count, rows } = facts.differences();
    expect(count).toBe(6);
    expect(new Map(rows.map(row => [row.what, [row.inSession, row.inCdr]]))).toEqual(
      new Map([
        ['kwh', ['20 kWh', '20.1 kWh']],
        ['start', ['2026-03-10T09:30:00.000Z', '2026-03-10T09:32:00.000Z']],
        ['end', ['2026-03-10T11:30:00.000Z', '2026-03-10T12:32:00.000Z']],
        ['cost', ['10 EUR', '10.02 EUR']],
        ['token', ['TOKEN1', 'B']],
        ['location', ['LOC1', 'LOC2']],
      ]),
    );
    expect(facts.differences({ what: 'kwh' })).toEqual({
      count: 1,
      rows: [
        {
          ...{
            what: 'kwh',
            link: 'first',
            party: 'NL-TNM',
            session: 'S-1',
            cdr: 'C-1',
            at: '2026-03-10T09:30:00.000Z',
          },
          ...{ inSession: '20 kWh', inCdr: '20.1 kWh' },
          sentence: 'Session S-1 and CDR C-1 differ in energy: 20 kWh and 20.1 kWh.',
        },
      ],
    });
    // Either of the two may meet the conditions.
    expect(facts.differences({ token: 'b' }).count).toBe(6);
    expect(facts.differences({ token: 'C' }).count).toBe(0);
    expect(facts.differences({ offset: 4, limit: 10 }).rows).toHaveLength(2);
  });

  it('are told where one of the two is missing: a CDR after an hour, a session where the partner tells any', async () => {
    const told = await openTold();
    await told.tell('sessions', [
      sessionOf(charged('1')),
      sessionOf(charged('2'), { status: 'ACTIVE' }),
      sessionOf(charged('3'), { status: 'INVALID' }),
    ]);
    await told.tell('cdrs', [
      cdrOf(charged('3')),
      cdrOf(charged('9')),
      cdrOf(charged('8', { start: START - 24 * HOUR })),
    ]);
    // This partner tells no sessions at all.
    await told.tell('cdrs', [cdrOf(charged('7'))], { linkId: 2 });
    const facts = openFollowed(told);
    const end = START + 2 * HOUR;
    const whats = (now: number) =>
      facts.differences({ now }).rows.map(({ what, session, cdr }) => [what, session, cdr]);
    expect(whats(end + HOUR - 1)).toEqual([['no-session', 'S-9', 'C-9']]);
    expect(new Set(whats(end + HOUR).map(row => row.join(' ')))).toEqual(
      new Set(['no-session S-9 C-9', 'no-cdr S-1 ']),
    );
    expect(facts.differences({ now: end + HOUR, what: 'no-cdr' }).rows[0]?.sentence).toBe(
      'Session S-1 is over since 2026-03-10T11:30:00.000Z, and no CDR of it came.',
    );
  });

  it('leave credit CDRs and what they take back alone, and compare the CDR that came instead', async () => {
    const told = await openTold();
    const of = charged('1');
    await told.tell('sessions', [sessionOf(of), sessionOf(charged('2'))]);
    await told.tell('cdrs', [
      ...[cdrOf({ ...of, kwh: 99 }), creditOf({ ...of, kwh: 99 })],
      cdrOf({ ...of, kwh: 21 }, { id: 'C-1-NEW' }),
      ...[cdrOf(charged('2', { kwh: 3 })), creditOf(charged('2', { kwh: 3 }))],
    ]);
    expect(
      openFollowed(told)
        .differences()
        .rows.map(({ what, cdr, inCdr }) => [what, cdr, inCdr]),
    ).toEqual([['kwh', 'C-1-NEW', '21 kWh']]);
  });

  it('find each other by token, place and time in 2.1.1, where a CDR names no session', async () => {
    const told = await openTold();
    const ids = ['1', '2', '3'];
    const old = (of: ReturnType<typeof charged>) => ({ auth_id: of.token, location: { id: of.location } });
    const charges = ids.map(id => charged(id, { start: START + Number(id) * HOUR * 4 }));
    await told.tell(
      'sessions',
      charges.map(of => ({ ...sessionOf(of), ...old(of), start_datetime: sessionOf(of).start_date_time })),
      { version: '2.1.1' },
    );
    await told.tell(
      'cdrs',
      charges.slice(0, 2).map((of, at) => ({ ...cdrOf({ ...of, kwh: 20 + at }), ...old(of), session_id: undefined })),
      { version: '2.1.1' },
    );
    expect(
      openFollowed(told)
        .differences()
        .rows.map(({ what, session, cdr }) => [what, session, cdr]),
    ).toEqual([
      ['no-cdr', 'S-3', null],
      ['kwh', 'S-2', 'C-2'],
    ]);
  });
});
