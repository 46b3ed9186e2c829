import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Scenario, type ScenarioRole } from '../../../core/contract/scenario.ts';
import { entryById } from '../../../core/ocpi/catalogue.ts';
import type { Version } from '../../../core/ocpi/versions.ts';
import { learn } from '../../../core/replay/learn.ts';
import { planReplay } from '../../../core/replay/plan-replay.ts';
import { readyRequest } from '../../../core/replay/rebase/ready-request.ts';
import type { Recording, RequestStep } from '../../../core/replay/recording.ts';
import { recordingOfScenario } from '../../../core/replay/scenarios/compile.ts';
import { partsFor } from '../../../core/replay/scenarios/parts.ts';
import { ourScenarios } from '../../../core/replay/scenarios/scenarios.ts';
import { fill } from '../../../core/replay/scenarios/template.ts';
import { options, surroundings, things } from '../support/recorded.ts';

type Json = Record<string, unknown>;

function named(name: string): Scenario {
  const found = ourScenarios().find(scenario => scenario.name === name);
  if (found === undefined) throw new Error(`no scenario ${name}`);
  return found;
}

interface Asked {
  readonly version?: Version;
  readonly part?: ScenarioRole;
  readonly set?: Record<string, string>;
}

function recorded(scenario: Scenario, { version = '2.2.1', part = 'cpo', set = {} }: Asked = {}): Recording {
  const made = recordingOfScenario({ scenario, version, part, set });
  if (!made.ok) throw new Error(made.failure.message);
  return made.value;
}

function requests({ steps }: Recording): RequestStep[] {
  return steps.filter(step => step.kind === 'request');
}

function bodyOf(step: RequestStep | undefined): Json {
  return JSON.parse(step?.spoken.request.text ?? 'null') as Json;
}

const small = (changes: Json) =>
  Scenario.parse({ scenario: 1, name: 'x', title: 'X', versions: ['2.2.1'], parts: ['cpo', 'emsp'], ...changes });

describe('a scenario as a recording', () => {
  it('is sent where it is of our part, and awaited where it is of the other one', () => {
    const by = (part: ScenarioRole) => requests(recorded(named('charge'), { part })).map(step => step.by);
    expect(by('emsp')).toEqual(['us', 'them', 'them', 'them', 'us', 'them', 'them', 'them']);
    // The awaited PATCHes are one step, those sent three.
    expect(by('cpo')).toEqual(['them', 'us', 'us', 'us', 'us', 'us', 'them', 'us', 'us', 'us']);
  });

  it('leaves out the steps of other versions', () => {
    const operations = (version: Version) => requests(recorded(named('reservation-used'), { version })).length;
    expect([operations('2.1.1'), operations('2.2.1')]).toEqual([5, 6]);
  });

  it('has ids by names that are declared, a number where 2.1.1 has one', () => {
    const old = recorded(named('reservation-used'), { version: '2.1.1', part: 'emsp' });
    const [reserve] = requests(old);
    expect(bodyOf(reserve)).toMatchObject({ reservation_id: 7_000_009 });
    expect(old.declared).toContainEqual({ kind: 'reservation', name: '7000009' });
    expect(bodyOf(requests(recorded(named('reservation-used'), { part: 'emsp' }))[0])).toMatchObject({
      reservation_id: 'RESERVATION-000009',
    });
  });

  it('has a response URL of its own for each command, to which the result behind it goes', () => {
    const steps = requests(recorded(named('charge'), { part: 'emsp' }));
    const urlOf = (operation: string, place: number) =>
      steps.filter(step => step.spoken.operation === operation)[place]?.spoken.url;
    const askedIn = (operation: string) =>
      bodyOf(steps.find(step => step.spoken.operation === operation))['response_url'];
    expect(urlOf('commands.result', 0)).toBe(askedIn('commands.start-session'));
    expect(urlOf('commands.result', 1)).toBe(askedIn('commands.stop-session'));
    expect(urlOf('commands.result', 0)).not.toBe(urlOf('commands.result', 1));
  });

  it('answers a command that has a result of its own with yes, and sends nothing besides', () => {
    const [start] = requests(recorded(named('charge')));
    expect(start?.answerWith).toEqual({ answer: 'accept', later: 'none' });
    const [refused] = requests(recorded(named('start-refused')));
    expect(refused?.answerWith).toMatchObject({ answer: 'reject', result: 'REJECTED' });
  });

  it('routes from 2.2 on, and knows ids the answer may tell', () => {
    const card = recorded(named('charge-by-card'));
    const [authorize] = requests(card);
    expect(authorize?.spoken).toMatchObject({ fromParty: 'XC-CPO', toParty: 'XE-MSP' });
    expect(authorize?.spoken.url).toBe('https://emsp.invalid/ocpi/2.2.1/tokens/TOKEN-000007/authorize?type=RFID');
    expect(card.declared?.filter(({ optional }) => optional)).toEqual([
      { kind: 'authorization_reference', name: 'REFERENCE-000003', optional: true },
    ]);
    expect(requests(recorded(named('charge-by-card'), { version: '2.1.1' }))[0]?.spoken.fromParty).toBeUndefined();
  });

  it('counts repetitions of what is sent, and moves their times', () => {
    const steps = requests(recorded(named('patch-storm'))).filter(({ spoken }) => spoken.method === 'PATCH');
    expect(steps).toHaveLength(200);
    expect(steps.map(({ at }) => at).slice(0, 3)).toEqual([1000, 1050, 1100]);
    expect([bodyOf(steps[0]), bodyOf(steps[199])]).toMatchObject([
      { kwh: 0.1, last_updated: '2025-12-31T23:55:01Z' },
      { kwh: 20, last_updated: '2025-12-31T23:58:20Z' },
    ]);
    const [, awaited] = requests(recorded(named('patch-storm'), { part: 'emsp' }));
    expect(awaited).toMatchObject({ by: 'them', repeats: { least: 200, most: 200 } });
  });

  it('takes values instead of its own, each of its type', () => {
    const cdr = requests(recorded(named('charge'), { set: { kwh: '12.5', price: '0.4' } })).at(-1);
    expect(bodyOf(cdr)).toMatchObject({ total_energy: 12.5, total_cost: { excl_vat: 5, incl_vat: 6 } });
  });

  it.each<[string, Asked, RegExp, RegExp]>([
    ['a value it does not have', { set: { kw: '1' } }, /no value "kw"/, /kwh, price/],
    ['a value of another type', { set: { kwh: 'much' } }, /"much" is no number, as kwh is/, /20 unless set/],
    ['a part it does not have', { part: 'ptp' }, /part of ptp cannot be played/, /emsp, cpo/],
  ])('refuses %s', (_, { set = {}, part = 'cpo' }, message, advice) => {
    expect(recordingOfScenario({ scenario: named('charge'), version: '2.2.1', part, set })).toMatchObject({
      failure: {
        code: 'INVALID_INPUT',
        message: expect.stringMatching(message),
        advice: expect.stringMatching(advice),
      },
    });
  });

  it('refuses a version it does not have', () => {
    const made = recordingOfScenario({ scenario: named('cdr-credit'), version: '2.1.1', part: 'cpo', set: {} });
    expect(made).toMatchObject({ failure: { message: expect.stringMatching(/does not exist in OCPI 2.1.1/) } });
  });

  it('fills pieces by version, and pieces in pieces behind them', () => {
    const scenario = small({
      values: { kwh: 2, on: true },
      pieces: {
        inner: { body: ['{{kwh*n}}', '{{on}}'] },
        outer: { bodyIn: { '2.2.1': { in: '{{inner}}' } }, body: 1 },
      },
      steps: [
        {
          from: 'cpo',
          do: 'cdrs.post',
          body: { x: '{{outer}}', y: 'at {{kwh}} kWh', z: '{{at +01:02:03 -00:00:03}}' },
        },
      ],
    });
    expect(bodyOf(requests(recorded(scenario))[0])).toEqual({
      x: { in: [2, true] },
      y: 'at 2 kWh',
      z: '2026-01-01T01:02:00Z',
    });
  });

  it('leaves out a reference that the partner did not give', () => {
    const place = { location: 'L1', evse: 'E1', connector: '1', available: true };
    const card = { uid: 'T1', type: 'RFID', contract: 'C1', valid: true };
    const around = surroundings();
    const made = planReplay({
      recording: recorded(named('charge-by-card')),
      surroundings: {
        ...around,
        ours: { ...things({ places: [place] }), parties: around.ours.parties },
        theirs: { ...things({ tokens: [card] }), parties: around.theirs.parties },
      },
      options: options(),
      seed: '1',
    });
    if (!made.ok) throw new Error(made.failure.message);
    const plan = made.value;
    const [authorize, put] = requests(plan.recording);
    if (authorize === undefined || put === undefined) throw new Error('two steps are needed');
    const fresh = { responseUrl: '', newId: () => 'x' };
    const sent = (told: Json) => {
      readyRequest(plan, authorize, fresh);
      const text = JSON.stringify({ status_code: 1000, data: { allowed: 'ALLOWED', ...told } });
      const answer = { status: 200, statusText: '', headers: [], text, length: text.length, shortened: false };
      learn(plan, authorize, { ...authorize.spoken, answer });
      const ready = readyRequest(plan, put, fresh);
      return ready.ok ? (JSON.parse(ready.value.text ?? '') as Json) : ready.failure;
    };
    const without = sent({});
    expect(without).toMatchObject({ status: 'ACTIVE', location_id: 'L1', cdr_token: { uid: 'T1' } });
    expect(without).not.toHaveProperty('authorization_reference');
    expect(sent({ authorization_reference: 'ABC' })).toHaveProperty('authorization_reference', 'ABC');
  });
});

describe('the parts of a scenario', () => {
  it.each([
    [['CPO'], ['cpo']],
    [
      ['EMSP', 'CPO'],
      ['emsp', 'cpo'],
    ],
    [['HUB'], ['emsp', 'cpo']],
    [['NSP'], []],
  ])('for the roles %j are %j', (roles, parts) => {
    expect(partsFor({ scenario: named('charge'), roles })).toEqual(parts);
  });

  it('of a terminal provider are found under every role it may have to take', () => {
    const scenario = named('ad-hoc-card');
    expect([partsFor({ scenario, roles: ['PTP'] }), partsFor({ scenario, roles: ['other'] })]).toEqual([
      ['ptp'],
      ['ptp'],
    ]);
  });
});

describe('times and sums in a scenario', () => {
  it('are so long after the begin, whatever the begin is', () => {
    const moment = fc.record({ begin: fc.integer({ min: 0, max: 4e9 }), h: fc.nat(99), m: fc.nat(59), s: fc.nat(59) });
    fc.assert(
      fc.property(moment, fc.integer({ min: 1, max: 999 }), ({ begin, h, m, s }, n) => {
        const two = (value: number) => String(value).padStart(2, '0');
        const text = `{{at +${two(h)}:${two(m)}:${two(s)} -00:00:01*n}}`;
        const filled = fill([text], { begin: begin * 1000, n, named: () => undefined }) as string[];
        const seconds = begin + h * 3600 + m * 60 + s - n;
        expect(Date.parse(filled[0] ?? '')).toBe(seconds * 1000);
      }),
    );
  });

  it('keep every body of every scenario right, whatever is set', () => {
    const numbers = fc.record({ kwh: fc.integer({ min: 1, max: 4000 }), price: fc.integer({ min: 1, max: 200 }) });
    const billing = ourScenarios().filter(({ values }) => 'price' in values);
    fc.assert(
      fc.property(fc.constantFrom(...billing), numbers, (scenario, { kwh, price }) => {
        for (const version of scenario.versions) {
          const set = { kwh: String(kwh / 20), price: String(price / 100) };
          const steps = requests(recorded(scenario, { version, set }));
          for (const { spoken } of steps) {
            const check = entryById(spoken.operation)?.request?.[version];
            if (spoken.request.text === undefined || check === undefined) continue;
            expect(check(JSON.parse(spoken.request.text), { version }).findings).toEqual([]);
          }
          const cdr = bodyOf(steps.findLast(({ spoken }) => spoken.operation === 'cdrs.post'));
          expect(cdr['total_energy']).toBe(kwh / 20);
          if (scenario.name === 'tariff-change') continue;
          const cost = cdr['total_cost'] as number | { excl_vat?: number; before_taxes?: number };
          const net = typeof cost === 'number' ? cost : (cost.excl_vat ?? cost.before_taxes ?? Number.NaN);
          expect(net).toBeCloseTo((kwh * price) / 2000, 3);
        }
      }),
      { numRuns: 25 },
    );
  });
});
