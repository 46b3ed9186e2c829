import { describe, expect, it } from 'vitest';
import { judgeResult, type ResultContext } from '../../core/ocpi/judge-result.ts';

const PLAIN: ResultContext = {
  version: '2.2.1',
  what: 'START_SESSION',
  answer: { result: 'ACCEPTED', accepted: true },
  earlier: [],
  inTime: true,
  body: { result: 'ACCEPTED' },
  result: 'ACCEPTED',
};
const RESERVED = { what: 'RESERVE_NOW', result: 'CANCELED_RESERVATION', body: { result: 'CANCELED_RESERVATION' } };

describe('a result of something that was asked', () => {
  const CASES: readonly [string, Partial<ResultContext>, string[]][] = [
    ['in time, once', {}, []],
    ['late', { inTime: false }, ['result.late']],
    ['before the answer', { answer: 'open' }, ['result.before-answer']],
    ['after a rejection', { answer: { result: 'REJECTED', accepted: false } }, ['result.after-rejection']],
    ['after an answer that was lost', { answer: { accepted: false } }, ['result.without-answer']],
    ['of a run that nobody knows the answer of', { answer: 'unknown', inTime: false }, []],
    ['for the second time', { earlier: ['FAILED'] }, ['result.twice']],
    ['for the second time and late: said once', { earlier: ['FAILED'], inTime: false }, ['result.twice']],
    ['with a timeout, as an answer has it', { body: { result: 'ACCEPTED', timeout: 1 } }, ['result.is-response']],
    ['with a timeout in 2.1.1, which has one type', { version: '2.1.1', body: { result: 'ACCEPTED', timeout: 1 } }, []],
    ['nested as an answer', { body: { CommandResponse: { result: 'ACCEPTED' } } }, ['result.is-response']],
    ['that withdraws a reservation long after', { ...RESERVED, earlier: ['ACCEPTED'], inTime: false }, []],
    ['that withdraws a reservation and nothing came before', { ...RESERVED, inTime: false }, []],
    ['that withdraws it twice', { ...RESERVED, earlier: ['ACCEPTED', 'CANCELED_RESERVATION'] }, ['result.twice']],
    [
      'that withdraws what is no reservation',
      { ...RESERVED, what: 'STOP_SESSION', earlier: ['ACCEPTED'] },
      ['result.twice'],
    ],
    ['that cannot be read', { result: undefined, body: 5, earlier: ['ACCEPTED'] }, ['result.twice']],
  ];
  it.each(CASES)('%s', (_, context, codes) => {
    expect(judgeResult({ ...PLAIN, ...context }).map(({ code }) => code)).toEqual(codes);
  });
});
