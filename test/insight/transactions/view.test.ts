import { describe, expect, it } from 'vitest';
import { finding } from '../../../core/ocpi/findings.ts';
import { VERSIONS } from '../../../core/ocpi/versions.ts';
import { BEGIN } from '../../support/observed.ts';
import { at, messagesOf } from './charge-messages.ts';
import { putTogether } from './put-together.ts';

const DAY = 24 * 60;
const codes = (made: ReturnType<typeof putTogether>, minute?: number) =>
  made
    .view(0, minute)
    .problems.map(({ code, exchangeId }) => `${code} ${exchangeId === null ? '-' : 'at an exchange'}`);

describe.each(VERSIONS)('a transaction in OCPI %s', version => {
  const say = messagesOf({ version, we: 'emsp' });

  it('shows what each exchange said, and what is known at last', () => {
    const made = putTogether([
      say.start(0),
      say.result(0.2),
      say.put({ minute: 1 }),
      say.patch(10, '"kwh":3.2'),
      say.put({ minute: 31, begin: 1, status: 'COMPLETED', kwh: 10, end: 31 }),
      say.bill(32, say.cdrObject()),
    ]);
    const view = made.view();
    expect(view.points.map(({ direction, kind, title, said, ok }) => [direction, kind, title, said, ok])).toEqual([
      ['out', 'command', 'START_SESSION', version === '2.1.1' ? 'ACCEPTED' : 'ACCEPTED, result within 60 s', true],
      ['in', 'result', 'result', 'ACCEPTED', true],
      ['in', 'session', 'session PUT', 'ACTIVE, 0 kWh', true],
      ['in', 'session', 'session PATCH', '3.2 kWh', true],
      ['in', 'session', 'session PUT', 'COMPLETED, 10 kWh', true],
      ['in', 'cdr', 'CDR', 'D1, 10 kWh', true],
    ]);
    expect(view).toMatchObject({
      state: 'billed',
      open: false,
      session: 'S1',
      cdr: 'D1',
      kwh: 10,
      cost: { amount: 3, currency: 'EUR' },
      location: 'LOC1',
      evse: 'E1',
      connector: '1',
      problem: null,
      exchanges: 6,
      sessionObject: { id: 'S1', status: 'COMPLETED' },
      cdrObject: { id: 'D1' },
    });
    expect(view.curve.map(({ source, kwh, kw }) => [source, kwh, kw])).toEqual([
      ['session', 0, 21.333333],
      ['cdr-period', 0, 20],
      ['session', 3.2, 19.428571],
      ['session', 10, null],
      ['cdr-period', 10, 0],
      ['cdr', 10, null],
    ]);
  });

  it('without a CDR a day after its end has a problem, and says how long', () => {
    const made = putTogether([say.put({ minute: 1 }), say.put({ minute: 31, begin: 1, status: 'COMPLETED', end: 31 })]);
    expect(codes(made, DAY)).toEqual([]);
    expect(codes(made, DAY + 32)).toEqual(['transaction.no-cdr -']);
    expect(made.view(0, 2 * DAY + 32).problems[0]?.sentence).toMatch(/no CDR came: nothing for 48 hours/);
    expect(made.view(0, 2 * DAY)).toMatchObject({ state: 'ended', open: true, problem: 'warning' });
  });

  it('a CDR that bills another energy, or whose periods are missing or lie outside, has a problem', () => {
    const ended = [say.put({ minute: 1 }), say.put({ minute: 31, begin: 1, status: 'COMPLETED', kwh: 10, end: 31 })];
    const billed = (cdr: Parameters<typeof say.cdrObject>[0]) =>
      codes(putTogether([...ended, say.bill(32, say.cdrObject(cdr))]));
    expect(billed({})).toEqual([]);
    expect(billed({ kwh: 10.005 })).toEqual([]);
    expect(billed({ kwh: 12 })).toEqual(['transaction.energy-differs at an exchange']);
    expect(billed({ firstPeriod: 5 })).toEqual(['transaction.periods-missing at an exchange']);
    expect(billed({ firstPeriod: -30 })).toEqual(['transaction.periods-outside at an exchange']);
  });

  it('a CDR of a session nobody told of has a problem where other sessions were told of before', () => {
    const alone = say.bill(32, say.cdrObject({ session: 'S7', evse: 'E7' }));
    expect(codes(putTogether([alone]))).toEqual([]);
    const made = putTogether([say.put({ minute: 0 }), alone]);
    expect(made.view(1).problems.map(({ code }) => code)).toEqual(['transaction.cdr-without-session']);
    const old = putTogether([say.put({ minute: 10 }), say.bill(32, say.cdrObject({ session: 'S7', evse: 'E7' }))]);
    expect(old.view(1).problems).toEqual([]);
  });

  it('a status that goes backwards is a problem, once', () => {
    const back = [say.put({ minute: 1 }), say.put({ minute: 5, begin: 1, status: 'PENDING' })];
    expect(codes(putTogether(back))).toEqual(['transaction.state-backwards at an exchange']);
    // Late, but older: nothing went back.
    expect(codes(putTogether([say.put({ minute: 5, begin: 1 }), say.put({ minute: 1, status: 'PENDING' })]))).toEqual(
      [],
    );
    const details = { met: 'another value after COMPLETED', expected: 'no change any more' };
    const found = [finding('session.changed-after-end', details)];
    const after = [
      say.put({ minute: 5, status: 'COMPLETED' }),
      { ...say.put({ minute: 6, begin: 5 }), findings: found },
    ];
    expect(codes(putTogether(after))).toEqual(['session.changed-after-end at an exchange']);
  });

  it('what detectors found of the charge is a problem of it, what they found of the writing is not', () => {
    const findings = [
      finding('session.kwh-falling', { pointer: '/kwh', met: '1 after 2', expected: 'at least 2' }),
      finding('field.missing', { pointer: '/id', met: 'no field', expected: 'an id' }),
    ];
    const made = putTogether([say.put({ minute: 1 }), { ...say.patch(2, '"kwh":1'), findings }]);
    expect(made.view().problems).toMatchObject([
      {
        severity: 'warning',
        code: 'session.kwh-falling',
        sentence: 'The energy of a session became less while it ran at /kwh: 1 after 2 instead of at least 2.',
      },
    ]);
    expect(made.view().points[1]?.findings).toHaveLength(2);
  });

  it('an exchange that nobody answered is told as such', () => {
    const { response: _, ...silent } = say.put({ minute: 1 });
    const made = putTogether([{ ...silent, ended: { how: 'timeout', phase: 'answer', afterMs: 30_000 } as never }]);
    expect(made.view().points).toMatchObject([{ ok: false, httpStatus: null, ocpiStatus: null, ended: 'timeout' }]);
  });
});

describe('charging periods', () => {
  const say = messagesOf({ version: '2.2.1', we: 'emsp' });
  const period = (minute: number, dimensions: string) =>
    `{"start_date_time":"${at(minute)}","dimensions":[${dimensions}]}`;
  const energy = (minute: number, kwh: number) => period(minute, `{"type":"ENERGY","volume":${kwh}}`);

  it('of a PATCH are appended, and give energy and power over time', () => {
    const made = putTogether([
      say.put({ minute: 0 }),
      say.patch(30, `"kwh":5,"charging_periods":[${energy(0, 5)}]`),
      say.patch(
        60,
        `"kwh":6,"charging_periods":[${period(30, '{"type":"ENERGY","volume":1},{"type":"POWER","volume":2.5}')}]`,
      ),
    ]);
    expect(
      made
        .view()
        .curve.filter(({ source }) => source === 'session-period')
        .map(({ kwh, kw }) => [kwh, kw]),
    ).toEqual([
      [0, 10],
      [5, 2.5],
      // It goes on, and nobody has told with how much power.
      [6, null],
    ]);
  });

  it('without energy tell power alone, and nothing where there is neither', () => {
    const powers = period(0, '{"type":"POWER","volume":11}');
    const made = putTogether([say.put({ minute: 0 }), say.patch(10, `"charging_periods":[${powers}]`)]);
    expect(made.view().curve.at(-1)).toMatchObject({ source: 'session-period', kwh: null });
    const none = putTogether([say.put({ minute: 0 }), say.patch(10, `"charging_periods":[${period(0, '')}]`)]);
    expect(none.view().curve.map(({ source }) => source)).toEqual(['session']);
  });

  it('that begin before what was sent overlap', () => {
    const made = putTogether([
      say.put({ minute: 0 }),
      say.patch(30, `"charging_periods":[${energy(20, 5)}]`),
      say.patch(60, `"charging_periods":[${energy(10, 1)}]`),
    ]);
    expect(codes(made)).toEqual(['transaction.periods-overlap at an exchange']);
    expect(made.view().problems[0]?.sentence).toContain(new Date(BEGIN + 10 * 60_000).toISOString());
  });
});
