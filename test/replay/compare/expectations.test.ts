import { describe, expect, it } from 'vitest';
import type { ScenarioExpectation } from '../../../core/contract/scenario.ts';
import { compareStep } from '../../../core/replay/compare/compare-step.ts';
import { type Bound, envelopeOf, type Made, planOf, spoken, stepOf } from './made.ts';

interface Judged {
  readonly by?: 'us' | 'them';
  readonly bound?: Bound;
}

function judged(expectation: ScenarioExpectation | undefined, met: Made, { by = 'us', bound = [] }: Judged = {}) {
  const step = stepOf(spoken(), { by, ...(expectation && { expectation }) });
  const declared = [
    { kind: 'session', name: 'SESSION-000001' },
    { kind: 'reservation', name: '7000001' },
  ] as const;
  const plan = planOf([step], { made: 'written', declared, bound });
  return compareStep({ plan, step, met: spoken(met), strict: false }).map(({ layer, where }) => `${layer} ${where}`);
}

const DATA = { result: 'ACCEPTED', timeout: 30, list: [{ a: 1, b: '2026-01-01T00:00:00Z' }], none: null };

describe('what a scenario expects of an answer', () => {
  it('is HTTP 2xx and OCPI 1xxx unless it says more', () => {
    expect(judged(undefined, { answer: DATA, status: 201 })).toEqual([]);
    expect(judged({}, { answer: envelopeOf(undefined, 2001), status: 400 })).toEqual([
      'http answer:status',
      'ocpi answer/status_code',
    ]);
    expect(judged({}, { answer: 'HTML' })).toEqual(['ocpi answer/status_code']);
    expect(judged({ http: 401 }, { answer: '', status: 401 })).toEqual([]);
    expect(judged({ ocpi: 2001 }, { answer: envelopeOf(undefined, 2003) })).toEqual(['ocpi answer/status_code']);
  });

  it.each<[string, ScenarioExpectation, readonly string[]]>([
    ['a value', { equals: { '/data/result': 'ACCEPTED' } }, []],
    ['a value that is another one', { equals: { '/data/result': 'REJECTED' } }, ['assertion answer/data/result']],
    ['a whole value, times at any moment', { equals: { '/data/list': [{ b: '2020-01-01T00:00:00Z', a: 1 }] } }, []],
    ['a list that is longer', { equals: { '/data/list': [] } }, ['assertion answer/data/list']],
    ['one of several', { oneOf: { '/data/result': ['REJECTED', 'ACCEPTED'] } }, []],
    ['one of others', { oneOf: { '/data/result': ['REJECTED'] } }, ['assertion answer/data/result']],
    ['something', { present: ['/data/timeout', '/data/list/0/a'] }, []],
    ['something that is null', { present: ['/data/none'] }, ['assertion answer/data/none']],
    ['nothing', { absent: ['/data/else', '/data/none'] }, []],
    ['nothing, and it is there', { absent: ['/data/timeout'] }, ['assertion answer/data/timeout']],
  ])('is met or not: %s', (_what, expectation, expected) => {
    expect(judged(expectation, { answer: DATA })).toEqual(expected);
  });

  it('names ids as they are called now; what nobody knows yet may be anything', () => {
    const expectation = { equals: { '/data/id': 'SESSION-000001', '/data/reservation_id': 7000001 } };
    const answer = { id: 'S9', reservation_id: 12 };
    expect(judged(expectation, { answer })).toEqual([]);
    const bound: Bound = [
      ['session', 'SESSION-000001', 'S9'],
      ['reservation', '7000001', '12'],
    ];
    expect(judged(expectation, { answer }, { bound })).toEqual([]);
    expect(judged(expectation, { answer: { id: 'S8', reservation_id: 13 } }, { bound })).toEqual([
      'assertion answer/data/id',
      'assertion answer/data/reservation_id',
    ]);
    const party = { equals: { '/data/country_code': 'XC', '/data/party_id': 'CPO' } };
    const parties: Bound = [['party', 'XC-CPO', 'NL-TNM']];
    expect(judged(party, { answer: { country_code: 'NL', party_id: 'TNM' } }, { bound: parties })).toEqual([]);
  });
});

describe('what a scenario expects of the partner', () => {
  const body = { result: 'FAILED' };

  it('is that it comes, unless it says more of its body', () => {
    expect(judged(undefined, { body }, { by: 'them' })).toEqual([]);
    expect(judged({ equals: { '/result': 'FAILED' } }, { body, status: 500 }, { by: 'them' })).toEqual([]);
    expect(judged({ equals: { '/result': 'ACCEPTED' } }, { body }, { by: 'them' })).toEqual([
      'assertion request/result',
    ]);
    expect(judged({ present: ['/x'] }, { body: 'no JSON' }, { by: 'them' })).toEqual(['assertion request/x']);
  });
});
